"""All figures about a set of cases, the posts behind them, and two reports side by side."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from bot.core.errors import PersonCanFix
from bot.core.findings import Origin
from bot.core.proof import rate
from bot.core.words import evaluating as words
from bot.evaluation.scores import (
    Counts,
    Fate,
    Mark,
    alarms,
    alpha,
    bootstrap,
    calibration,
    costs,
    f1,
    is_right,
    marks_of,
    pair_fate,
    pair_scores,
    same_share,
    scores,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.core.proof import Rate
    from bot.core.spending import ModelPrices
    from bot.evaluation.cases import Answered, Labels
    from bot.evaluation.scores import (
        Alarms,
        Calibration,
        Costs,
        Estimate,
        Marks,
        PairScore,
        Score,
        Scores,
        Sizes,
        Spread,
    )


@dataclass(frozen=True, slots=True)
class Stability:
    """``alpha`` over (post, label), ``same`` the share of posts with the same labels in every run."""

    runs: int
    alpha: float | None
    same: float | None


@dataclass(frozen=True, slots=True)
class Post:
    """One post of the first run with its marks and what it added to the cost."""

    answered: Answered
    marks: Marks

    @property
    def right(self) -> bool:
        """True where it has neither a miss nor a false alarm."""
        return is_right(self.marks)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of the first run but for ``stability``, ``costs`` and ``faults``, which are of all runs."""

    mode: str
    cases: int
    models: tuple[str, ...]
    scores: Scores
    alarms: tuple[Alarms, ...]
    verbatim: Rate
    """Findings whose quote stands in the post, letter by letter."""
    origins: dict[str, int]
    drops: dict[str, int]
    faults: dict[str, int]
    unconfirmed: int
    calibration: Calibration
    stability: Stability
    costs: Costs
    sizes: tuple[Sizes, ...]
    posts: tuple[Post, ...]
    pairs: tuple[PairScore, ...] = ()


def report(
    mode: str,
    answered: Sequence[Answered],
    labels: Labels,
    *,
    prices: ModelPrices | None = None,
    sizes: tuple[Sizes, ...] = (),
    seed: int = 0,
) -> Report:
    """The report on all runs."""
    first = [one for one in answered if one.run == 0]
    judged = [one for one in answered if one.usage.calls]
    return Report(
        mode,
        len(first),
        tuple(sorted({one.model for one in answered if one.model})),
        scores=scores(first, labels, seed),
        alarms=alarms(first),
        verbatim=_verbatim(first),
        origins=dict(sorted(Counter(f.origin.value for one in first for f in one.findings).items())),
        drops=_drops(first),
        faults=dict(sorted(Counter(one.fault for one in answered if one.fault).items())),
        unconfirmed=sum(not one.confirmed for one in answered),
        calibration=calibration(_confidences(first, labels)),
        stability=_report_stability(answered, labels),
        costs=costs([(one.usage, one.seconds) for one in judged], prices),
        sizes=sizes,
        posts=tuple(Post(one, marks_of(one.case, one.findings, labels)) for one in first),
        pairs=pair_scores(first),
    )


def _verbatim(answered: Sequence[Answered]) -> Rate:
    found = [(f, one.case.draft.text) for one in answered for f in one.findings]
    return rate(sum(bool(f.quote) and f.quote == text[f.start : f.end] for f, text in found), len(found))


def _drops(answered: Sequence[Answered]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in answered:
        total.update(one.drops)
    return {reason: number for reason, number in sorted(total.items()) if number}


def _confidences(answered: Sequence[Answered], labels: Labels) -> list[tuple[str, bool]]:
    """Of each finding of the model that the gold can judge: how sure it was, and whether it was right."""
    said: list[tuple[str, bool]] = []
    for one in answered:
        marks = marks_of(one.case, one.findings, labels)
        for finding in one.findings:
            mine = {marks[label] for label in labels.of(finding.guideline) if label in marks}
            if mine and finding.origin is Origin.MODEL and finding.ref in one.confidences:
                said.append((one.confidences[finding.ref], Mark.HIT in mine))
    return said


def _report_stability(answered: Sequence[Answered], labels: Labels) -> Stability:
    """Over the runs in which the model had its say; posts that were judged once say nothing."""
    by_post: dict[str, list[Answered]] = {}
    for one in answered:
        if not one.fault:
            by_post.setdefault(one.case.id, []).append(one)
    again = [posts for posts in by_post.values() if len(posts) > 1]
    found = [(labels.judged(posts[0].case), [labels.found(one.findings) for one in posts]) for posts in again]
    units = [[label in one for one in said] for judged, said in found for label in sorted(judged)]
    same = same_share([[one & judged for one in said] for judged, said in found])
    return Stability(len({one.run for one in answered}), alpha(units), same)


# A report as JSON, and the part of it that a later report is compared with.


def written(report: Report, comparison: Comparison | None = None) -> dict[str, Any]:
    """The whole report. Undefined figures are null; offsets are code points of the post."""
    content: dict[str, Any] = {
        "mode": report.mode,
        "cases": report.cases,
        "models": list(report.models),
        "origins": report.origins,
        "drops": report.drops,
        "faults": report.faults,
        "unconfirmed": report.unconfirmed,
        "scores": asdict(report.scores),
        "alarms": [asdict(one) for one in report.alarms],
        "contradictions": [asdict(one) for one in report.pairs],
        "verbatim": asdict(report.verbatim),
        "calibration": asdict(report.calibration),
        "stability": asdict(report.stability),
        "costs": asdict(report.costs),
        "sizes": [asdict(one) for one in report.sizes],
        "posts": [_post(post) for post in report.posts],
    }
    return content | ({"against": asdict(comparison)} if comparison else {})


def marks_in(name: str, text: str) -> dict[str, Marks]:
    """The marks of each post in a report that `written` made. Raises `PersonCanFix`."""
    try:
        posts = cast("list[dict[str, Any]]", json.loads(text)["posts"])
        return {str(post["id"]): {label: Mark(mark) for label, mark in post["marks"].items()} for post in posts}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PersonCanFix(words.no_report(name)) from None


def _post(post: Post) -> dict[str, Any]:
    one = post.answered
    return {
        "id": one.case.id,
        "kind": one.case.kind,
        "right": post.right,
        "contradiction": pair_fate(one)[0],
        "marks": {label: mark.value for label, mark in post.marks.items()},
        "findings": [
            {
                "guideline": finding.guideline,
                "severity": finding.severity.value,
                "quote": finding.quote,
                "start": finding.start,
                "end": finding.end,
                "why": finding.why,
                "origin": finding.origin.value,
                "confidence": one.confidences.get(finding.ref),
            }
            for finding in one.findings
        ],
        "questions": [question.guideline for question in one.questions],
        "drops": one.drops,
        "fault": one.fault,
    }


# Two reports on the same posts, post by post.

_ROW = 3


@dataclass(frozen=True, slots=True)
class Turned:
    """How many posts went from right to wrong and back, with McNemar's exact p, corrected after Holm for labels."""

    name: str
    newly_wrong: int
    newly_right: int
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """``f1`` is this report's F1 over all labels less the other's. ``posts`` are those that both reports have."""

    posts: int
    f1: Estimate
    whole: Turned
    labels: tuple[Turned, ...]


def compare(ours: Mapping[str, Marks], theirs: Mapping[str, Marks], seed: int = 0) -> Comparison:
    """From the marks of both reports by the posts' ids; only labels that both judged count."""
    pairs: list[tuple[Marks, Marks]] = []
    for post in ours.keys() & theirs.keys():
        both = ours[post].keys() & theirs[post].keys()
        pairs.append(({name: ours[post][name] for name in both}, {name: theirs[post][name] for name in both}))
    rows = [(*Counts.of(mine.values()).row, *Counts.of(other.values()).row) for mine, other in sorted(pairs, key=str)]
    names = sorted({name for mine, _ in pairs for name in mine})
    return Comparison(
        len(pairs),
        bootstrap(rows, _difference, seed),
        _turned("all", ((is_right(mine), is_right(other)) for mine, other in pairs)),
        labels=_holm([_of_label(name, pairs) for name in names]),
    )


def mcnemar(newly_wrong: int, newly_right: int) -> float:
    """The exact two-sided p that a difference like this, or a greater one, is chance."""
    turned = newly_wrong + newly_right
    tail = sum(math.comb(turned, k) for k in range(min(newly_wrong, newly_right) + 1))
    return min(1.0, 2 * tail / 2**turned)


def _difference(sums: Sequence[int]) -> float | None:
    mine, other = f1(sums[:_ROW]), f1(sums[_ROW:])
    return None if mine is None or other is None else mine - other


def _of_label(name: str, pairs: Iterable[tuple[Marks, Marks]]) -> Turned:
    wrong = (Mark.MISS, Mark.FALSE_ALARM)
    return _turned(name, ((a[name] not in wrong, b[name] not in wrong) for a, b in pairs if name in a))


def _turned(name: str, right: Iterable[tuple[bool, bool]]) -> Turned:
    both = list(right)
    newly_wrong = sum(other and not mine for mine, other in both)
    newly_right = sum(mine and not other for mine, other in both)
    return Turned(name, newly_wrong, newly_right, p=mcnemar(newly_wrong, newly_right))


def _holm(turned: Sequence[Turned]) -> tuple[Turned, ...]:
    """The smaller a p, the more often it is multiplied; sorted by it, and no p below the one before."""
    corrected: list[Turned] = []
    least = 0.0
    for place, one in enumerate(sorted(turned, key=lambda t: (t.p, t.name))):
        least = max(least, min(1.0, one.p * (len(turned) - place)))
        corrected.append(Turned(one.name, one.newly_wrong, one.newly_right, p=least))
    return tuple(corrected)


# A report as tables of words, for the terminal and for the page.

NONE = "–"
_SURE = 0.0005


@dataclass(frozen=True, slots=True)
class Table:
    """``note`` explains the figures. Every row is as long as the head."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables(report: Report, comparison: Comparison | None = None) -> tuple[Table, ...]:
    """The tables that have something to say."""
    scores = report.scores
    made = (
        Table(
            words.PER_GUIDELINE, words.SCORE_HEAD, (*map(_score, scores.labels), _score(scores.whole)), words.SCORE_NOTE
        ),
        Table(words.PER_FAMILY, words.SCORE_HEAD, tuple(map(_score, scores.families))),
        Table(
            words.CONTRADICTIONS, words.CONTRADICTIONS_HEAD, tuple(map(_pairs, report.pairs)), words.CONTRADICTIONS_NOTE
        ),
        Table(words.ALARMS, words.ALARMS_HEAD, tuple(_alarms(report)), words.ALARMS_NOTE),
        Table(words.FATES, words.FATES_HEAD, tuple(_fates(scores.families, scores.whole)), words.FATES_NOTE),
        Table(words.GROUNDING, words.GROUNDING_HEAD, tuple(_findings(report))),
        Table(words.DROPS, words.DROPS_HEAD, tuple(_named(report.drops, words.DROP_WORDS))),
        Table(words.FAULTS, words.FAULTS_HEAD, tuple(_faults(report)), words.FAULTS_NOTE),
        Table(words.CONFIDENCE, words.CONFIDENCE_HEAD, tuple(_confidence(report)), words.CONFIDENCE_NOTE),
        Table(words.STABILITY, words.STABILITY_HEAD, tuple(_tables_stability(report))),
        Table(words.COSTS, words.COSTS_HEAD, tuple(_costs(report.costs)), words.COSTS_NOTE),
        sizes_table(report.sizes),
        *(_against(comparison) if comparison else ()),
    )
    return tuple(table for table in made if table.rows)


def sizes_table(sizes: Iterable[Sizes]) -> Table:
    """How large the requests are."""
    return Table(words.SIZES, words.SIZES_HEAD, tuple(map(_sizes, sizes)), words.SIZES_NOTE)


def share(rate: Rate) -> str:
    """``.958 [.86, .99] 46/48``."""
    if rate.value is None:
        return NONE
    return f"{figure(rate.value)} [{figure(rate.low)}, {figure(rate.high)}] {rate.count}/{rate.of}"


def figure(value: float | None) -> str:
    """``.958``; the first digit is left out where it is 0."""
    if value is None:
        return NONE
    said = f"{0.0 if abs(value) < _SURE else value:.3f}"
    return said.replace("0.", ".", 1) if said.lstrip("-").startswith("0.") else said


def _estimate(estimate: Estimate) -> str:
    if estimate.value is None:
        return NONE
    return f"{figure(estimate.value)} [{figure(estimate.low)}, {figure(estimate.high)}]"


def _score(score: Score) -> tuple[str, ...]:
    counts = score.counts
    return (
        score.name,
        str(counts.hits),
        str(counts.false_alarms),
        str(counts.misses),
        share(score.precision),
        share(score.recall),
        _estimate(score.f1),
        figure(score.overlap),
        str(score.questions),
    )


def _pairs(one: PairScore) -> tuple[str, ...]:
    figures = (one.contradicting, one.both, one.by_rules, one.by_model, one.one, one.fine, one.false)
    return one.kind, *map(str, figures)


def _alarms(report: Report) -> Iterator[tuple[str, ...]]:
    for one in report.alarms:
        yield one.kind, str(one.flagged.of), share(one.flagged), share(one.serious), str(one.findings), share(one.asked)


def _fates(families: Iterable[Score], whole: Score) -> Iterator[tuple[str, ...]]:
    for score in (*families, whole):
        if score.fates:
            yield score.name, *(str(score.fates.get(fate.value, 0)) for fate in Fate)


def _findings(report: Report) -> Iterator[tuple[str, ...]]:
    for origin, number in report.origins.items():
        yield words.ORIGINS[origin], str(number)
    if report.verbatim.of:
        yield words.VERBATIM, share(report.verbatim)


def _named(counted: dict[str, int], names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for reason, number in counted.items():
        yield names.get(reason, reason), str(number)


def _faults(report: Report) -> Iterator[tuple[str, ...]]:
    yield from _named(report.faults, words.FAULT_WORDS)
    if report.unconfirmed:
        yield words.UNCONFIRMED, str(report.unconfirmed)


def _confidence(report: Report) -> Iterator[tuple[str, ...]]:
    said = report.calibration
    if said.brier is None:
        return
    for level, right in said.levels.items():
        yield level, share(right)
    yield words.BRIER, figure(said.brier)
    yield words.CALIBRATION_ERROR, figure(said.error)


def _tables_stability(report: Report) -> Iterator[tuple[str, ...]]:
    said = report.stability
    if said.runs > 1:
        runs, alpha, same = words.stability(said.runs)
        yield runs, ""
        yield alpha, figure(said.alpha)
        yield same, figure(said.same)


def _costs(costs: Costs) -> Iterator[tuple[str, ...]]:
    if not costs.calls.total:
        return
    rows = (costs.calls, costs.new, costs.cached, costs.output)
    for name, spread in zip(words.COST_ROWS, rows, strict=True):
        yield _spread(name, spread, "{:,.0f}")
    if costs.dollars:
        yield _spread(words.DOLLARS, costs.dollars, "{:,.5f}")
    if costs.seconds.mean is not None:
        yield _spread(words.SECONDS, costs.seconds, "{:,.2f}")


def _spread(name: str, spread: Spread, form: str) -> tuple[str, ...]:
    values = (spread.mean, spread.median, spread.p95, spread.total)
    return name, *(NONE if value is None else form.format(value) for value in values)


def _sizes(one: Sizes) -> tuple[str, ...]:
    answer = NONE if one.answer is None else f"{one.answer:,.0f}"
    return one.form, str(one.requests), f"{one.prefix:,}", figure(one.share), f"{one.request:,.0f}", answer


def _against(comparison: Comparison) -> Iterator[Table]:
    turned = (comparison.whole, *(one for one in comparison.labels if one.newly_wrong or one.newly_right))
    rows = tuple((one.name, str(one.newly_wrong), str(one.newly_right), figure(one.p)) for one in turned)
    said = words.compared(comparison.posts, _estimate(comparison.f1))
    yield Table(words.AGAINST, words.AGAINST_HEAD, rows, f"{said}. {words.AGAINST_NOTE}")
