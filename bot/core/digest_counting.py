"""From what is known of a workspace's drafts to the figures of its digest."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from bot.core.digest import Figures, Health
from bot.core.feedback import FeedbackCount, Thumb
from bot.core.guideline import FAMILIES
from bot.core.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.digest import Facts, Period, PointFact, ReviewFact

_ENOUGH = 20
"""Findings of a guideline from which its health can be told."""
_TOO_MANY = 0.3
"""The share of dismissed ones above which it is told."""


def figures_of(facts: Facts, period: Period) -> Figures:
    """The counts of a period. A finding counts when it is seen for the first time, not with every edit."""
    latest = {review.draft_id: review for review in facts.reviews if period.holds(review.at)}
    decided = Counter(verdict.decision for verdict in facts.verdicts if period.holds(verdict.at))
    found = Counter(point.guideline for at, _, point in _first_seen(facts.reviews) if period.holds(at))
    waits = [seconds for at, seconds in facts.waits if period.holds(at)]
    rated = {(review, thumb) for at, review, thumb in facts.thumbs if period.holds(at)}
    thumbs = Counter(thumb for _, thumb in rated)
    return Figures(
        reviewed=len(latest),
        clean=sum(review.clean for review in latest.values()),
        findings=tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))),
        accepted=decided[Decision.USED],
        dismissed=decided[Decision.DISMISSED],
        median_wait=median(waits) if waits else None,
        checked_only=sum(review.checked_only for review in latest.values()),
        thumbs=FeedbackCount(thumbs[Thumb.UP], thumbs[Thumb.DOWN]),
    )


def has_before(facts: Facts, period: Period) -> bool:
    """True where Candor was there for at least half of the time before, so that a change means something."""
    return facts.first is not None and facts.first <= (period.before.since + period.since) / 2


def must_fix_open(facts: Facts, period: Period) -> int:
    """Must-fix points of the period's drafts that stand in what the drafts say now and that nobody decided."""
    decided = {(verdict.draft_id, verdict.ref): verdict.decision for verdict in facts.verdicts}
    drafts = {review.draft_id for review in facts.reviews if period.holds(review.at)}
    latest = {review.draft_id: review for review in facts.reviews if review.draft_id in drafts}
    return sum(
        _is_open(point, decided.get((draft_id, point.ref), Decision.OPEN))
        for draft_id, review in latest.items()
        if review.current
        for point in review.points
        if point.must_fix
    )


def health_of(facts: Facts) -> tuple[Health, ...]:
    """Guidelines whose findings are often dismissed, the worst first. Few findings prove nothing."""
    dismissed = {(v.draft_id, v.ref) for v in facts.verdicts if v.decision is Decision.DISMISSED}
    seen, refused = Counter[str](), Counter[str]()
    for _, draft_id, point in _first_seen(facts.reviews):
        seen[point.guideline] += 1
        refused[point.guideline] += (draft_id, point.ref) in dismissed
    often = [Health(name, seen[name], refused[name]) for name in seen if seen[name] >= _ENOUGH]
    often = [one for one in often if one.dismissed > _TOO_MANY * one.findings]
    return tuple(sorted(often, key=lambda one: (-one.dismissed / one.findings, one.guideline)))


def families_of(figures: Figures) -> tuple[tuple[str, int], ...]:
    """The findings of every family, in the order in which families are always named."""
    return tuple((family, figures.of_family(family)) for family in FAMILIES)


def _is_open(point: PointFact, decision: Decision) -> bool:
    return decision is Decision.OPEN or (decision is Decision.DISMISSED and not point.dismissable)


def _first_seen(reviews: Iterable[ReviewFact]) -> list[tuple[float, str, PointFact]]:
    seen: dict[tuple[str, str], tuple[float, str, PointFact]] = {}
    for review in reviews:
        for point in review.points:
            seen.setdefault((review.draft_id, point.ref), (review.at, review.draft_id, point))
    return list(seen.values())
