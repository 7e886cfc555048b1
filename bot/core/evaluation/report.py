"""All figures about a set of cases, and the posts behind them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.evaluation.agreement import alpha, same_share
from bot.core.evaluation.alarms import alarms
from bot.core.evaluation.calibration import calibration
from bot.core.evaluation.costs import costs
from bot.core.evaluation.counts import Mark, is_right, marks_of
from bot.core.evaluation.intervals import rate
from bot.core.evaluation.scores import scores
from bot.core.finding import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.evaluation.alarms import Alarms
    from bot.core.evaluation.answered import Answered
    from bot.core.evaluation.calibration import Calibration
    from bot.core.evaluation.cases import Labels
    from bot.core.evaluation.costs import Costs, Prices
    from bot.core.evaluation.counts import Marks
    from bot.core.evaluation.intervals import Rate
    from bot.core.evaluation.scores import Scores
    from bot.core.evaluation.sizes import Sizes


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


def report(
    mode: str,
    answered: Sequence[Answered],
    labels: Labels,
    *,
    prices: Prices | None = None,
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
        scores(first, labels, seed),
        alarms(first),
        _verbatim(first),
        dict(sorted(Counter(f.origin.value for one in first for f in one.findings).items())),
        _drops(first),
        dict(sorted(Counter(one.fault for one in answered if one.fault).items())),
        sum(not one.confirmed for one in answered),
        calibration(_confidences(first, labels)),
        _stability(answered, labels),
        costs([(one.usage, one.seconds) for one in judged], prices),
        sizes,
        tuple(Post(one, marks_of(one.case, one.findings, labels)) for one in first),
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


def _stability(answered: Sequence[Answered], labels: Labels) -> Stability:
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
