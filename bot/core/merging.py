"""What the fixed rules and the language model found, as one list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.finding import without_overlaps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.finding import Finding

_SAME = 0.5
"""The share of the shorter quote that two findings must have in common to be one point."""


def merge(found: Iterable[Finding], judged: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per point.

    Where both found it, the rule's guideline, severity and quote stay, so that what people answered to
    it still holds, and the model's wording takes the place of the rule's.
    """
    points = list(found)
    own: list[Finding] = []
    for finding in judged:
        at = next((i for i, rule in enumerate(points) if rule.family == finding.family and _is_same(rule, finding)), -1)
        if at < 0:
            own.append(finding)
        else:
            points[at] = _reworded(points[at], finding)
    return without_overlaps([*points, *own])


def _is_same(one: Finding, other: Finding) -> bool:
    common = min(one.end, other.end) - max(one.start, other.start)
    return common > 0 and common >= _SAME * min(one.end - one.start, other.end - other.start)


def _reworded(rule: Finding, finding: Finding) -> Finding:
    same_words = (rule.start, rule.end) == (finding.start, finding.end)
    edit = finding.edit if finding.edit and same_words else rule.edit
    return replace(rule, why=finding.why, edit=edit)
