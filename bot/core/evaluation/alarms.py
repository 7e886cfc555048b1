"""How often posts with nothing wrong are flagged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.evaluation.cases import OTHER
from bot.core.evaluation.intervals import rate
from bot.core.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.evaluation.answered import Answered
    from bot.core.evaluation.intervals import Rate
    from bot.core.finding import Finding


@dataclass(frozen=True, slots=True)
class Alarms:
    """The posts of one kind of which the gold says that nothing is wrong. Questions are no alarms, and counted."""

    kind: str
    flagged: Rate
    serious: Rate
    """With a must-fix or a should-fix."""
    findings: int
    asked: Rate


def alarms(answered: Iterable[Answered]) -> tuple[Alarms, ...]:
    """One for each kind, in the order of the cases. Posts that are judged for a few labels only say nothing here."""
    kinds: dict[str, list[Answered]] = {}
    for one in answered:
        if not one.case.expected and one.case.kind != OTHER:
            kinds.setdefault(one.case.kind, []).append(one)
    return tuple(_alarms(kind, posts) for kind, posts in kinds.items())


def alarming(one: Answered) -> tuple[Finding, ...]:
    """The findings of a post, without those that its gold would accept."""
    return tuple(finding for finding in one.findings if finding.guideline not in one.case.acceptable_also)


def _alarms(kind: str, posts: Sequence[Answered]) -> Alarms:
    found = [alarming(post) for post in posts]
    serious = [[f for f in findings if f.severity is not Severity.CONSIDER] for findings in found]
    return Alarms(
        kind,
        rate(sum(map(bool, found)), len(posts)),
        rate(sum(map(bool, serious)), len(posts)),
        sum(map(len, found)),
        rate(sum(bool(post.questions) for post in posts), len(posts)),
    )
