"""What the fixed rules and the language model found, as one list."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.core.contacts import PERSONAL
from bot.core.finding import Edit, Origin, without_overlaps
from bot.core.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.core.finding import Finding

_SAME = 0.5
"""The share of a quote that two findings must have in common to be one point.

Of the shorter one under the same guideline; of the longer one under another, for a few words inside a
sentence may well break a rule of their own.
"""
_ENDS = frozenset(".!?…")
"""What ends a sentence, before white space."""


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


def one_per_sentence(findings: Iterable[Finding], text: str) -> tuple[Finding, ...]:
    """Those of one guideline in one sentence of ``text`` as one finding. Secrets and personal data stay apart."""
    groups: list[list[Finding]] = []
    latest: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.start, f.end)):
        group = latest.get(finding.guideline)
        if group and _can_join(group[-1], finding, text):
            group.append(finding)
        else:
            latest[finding.guideline] = [finding]
            groups.append(latest[finding.guideline])
    made = [joined(group, text) for group in groups]
    return tuple(sorted(made, key=lambda f: (f.severity.rank, f.start, f.end, f.guideline)))


def joined(findings: Iterable[Finding], text: str) -> Finding:
    """Findings of one guideline as one that quotes ``text`` from the first to the last of them.

    It gives the reason of the most severe one. It has a rewording only where a model wrote one for every place, or
    where all have the same one: templates of fixed rules side by side read badly.
    """
    parts = tuple(part for finding in findings for part in finding.each)
    if len(parts) == 1:
        return parts[0]
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    first = min(parts, key=lambda part: (part.severity.rank, part.start))
    origin = Origin.MODEL if all(part.origin is Origin.MODEL for part in parts) else Origin.RULE
    edit = _edit_of(parts, text, start, end)
    return replace(first, start=start, end=end, quote=text[start:end], edit=edit, origin=origin, parts=parts)


def pieces(finding: Finding, text: str, is_apart: Callable[[Finding], bool]) -> list[Finding]:
    """The finding, or, where it stands for several and some of them are told apart, the rest as one and those."""
    if is_apart(finding):
        return [finding]
    apart = [part for part in finding.parts if is_apart(part)]
    rest = [part for part in finding.parts if part not in apart]
    return [*([joined(rest, text)] if rest else []), *apart] if apart else [finding]


def _edit_of(parts: tuple[Finding, ...], text: str, start: int, end: int) -> Edit | None:
    edits = [part.edit for part in parts if part.edit]
    if len(edits) < len(parts):
        return None
    if all(replace(edit, gone=edits[0].gone) == edits[0] for edit in edits):
        return replace(edits[0], gone=tuple(sorted({span for edit in edits for span in edit.gone})))
    ordered = sorted(edits, key=lambda edit: edit.start)
    apart = all(not one.overlaps(other) for one, other in pairwise(ordered))
    inside = start <= ordered[0].start and ordered[-1].end <= end
    if not (apart and inside and all(part.origin is Origin.MODEL for part in parts)):
        return None
    words, at = "", start
    for edit in ordered:
        words, at = f"{words}{text[at : edit.start]}{edit.text}", edit.end
    return Edit(start, end, words + text[at:end])


def _can_join(one: Finding, other: Finding, text: str) -> bool:
    """True where the other finding, which begins later, stands in the sentence in which the first one ends."""
    if PERSONAL in (one.guideline, other.guideline) or not (one.dismissable and other.dismissable):
        return False
    between = text[max(one.start, one.end - 1) : other.start + 1]
    ends = any(mark in _ENDS and behind.isspace() for mark, behind in pairwise(between))
    return not ends and "\n" not in between


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
    moves = rule.edit is not None and bool(rule.edit.gone)  # which no words in the same place can do
    fits = edit and not moves and (same_words or (not rule.edit and edit.start < rule.end and rule.start < edit.end))
    return replace(rule, why=finding.why, edit=edit if fits else rule.edit)
