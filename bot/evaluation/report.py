"""A report as tables of words, for the terminal and for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.evaluation.scores import Fate
from bot.core.words import evaluation as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.evaluation.comparing import Comparison
    from bot.core.evaluation.costs import Costs, Spread
    from bot.core.evaluation.intervals import Estimate, Rate
    from bot.core.evaluation.report import Report
    from bot.core.evaluation.scores import Score
    from bot.core.evaluation.sizes import Sizes

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
        Table(words.ALARMS, words.ALARMS_HEAD, tuple(_alarms(report)), words.ALARMS_NOTE),
        Table(words.FATES, words.FATES_HEAD, tuple(_fates(scores.families, scores.whole)), words.FATES_NOTE),
        Table(words.GROUNDING, words.GROUNDING_HEAD, tuple(_findings(report))),
        Table(words.DROPS, words.DROPS_HEAD, tuple(_named(report.drops, words.DROP_WORDS))),
        Table(words.FAULTS, words.FAULTS_HEAD, tuple(_faults(report)), words.FAULTS_NOTE),
        Table(words.CONFIDENCE, words.CONFIDENCE_HEAD, tuple(_confidence(report)), words.CONFIDENCE_NOTE),
        Table(words.STABILITY, words.STABILITY_HEAD, tuple(_stability(report))),
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
    for level, rate in said.levels.items():
        yield level, share(rate)
    yield words.BRIER, figure(said.brier)
    yield words.CALIBRATION_ERROR, figure(said.error)


def _stability(report: Report) -> Iterator[tuple[str, ...]]:
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
