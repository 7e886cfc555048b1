"""What the fixed rules and the language model found, as one list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.finding import without_overlaps
from bot.core.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.finding import Finding

_SAME = 0.5
"""The share of a quote that two findings must have in common to be one point.

Of the shorter one under the same guideline; of the longer one under another, for a few words inside a
sentence may well break a rule of their own.
"""


def merge(found: Iterable[Finding], judged: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per point.

    Where both found it, the rule's guideline, severity and quote stay, so that what people answered to
    it still holds, and the model's wording takes the place of the rule's: its reason always, its edit for the same
    words, and where the rule has none for its own. A rule's must-fix gives way to nothing that a model says.
    """
    points = list(found)
    own: list[Finding] = []
    for finding in judged:
        at = next((i for i, rule in enumerate(points) if _is_same(rule, finding)), -1)
        if at < 0:
            own.append(finding)
        else:
            points[at] = _reworded(points[at], finding)
    kept = without_overlaps([*points, *own])
    severe = [f for f in points if f.severity is Severity.MUST_FIX and f not in kept]
    return tuple(sorted([*kept, *severe], key=lambda f: (f.severity.rank, f.start, f.end, f.guideline)))


def _is_same(one: Finding, other: Finding) -> bool:
    if one.family != other.family:
        return False
    measure = min if one.guideline == other.guideline else max
    common = min(one.end, other.end) - max(one.start, other.start)
    return common > 0 and common >= _SAME * measure(one.end - one.start, other.end - other.start)


def _reworded(rule: Finding, finding: Finding) -> Finding:
    if not rule.dismissable:  # secrets and personal data: nobody, and no model either, talks them away
        return rule
    same_words = (rule.start, rule.end) == (finding.start, finding.end)
    edit = finding.edit
    fits = edit and (same_words or (not rule.edit and edit.start < rule.end and rule.start < edit.end))
    return replace(rule, why=finding.why, edit=edit if fits else rule.edit)
