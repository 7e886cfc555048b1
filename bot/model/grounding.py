"""From the model's issues to findings: only what stands in the draft, under a guideline that is in force."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.findings import Finding, Origin, share
from bot.core.guidelines import Severity
from bot.core.judging import NO_LOSS, Drop, PicturePoint
from bot.core.reading.variants import split_variants, whereabouts
from bot.model.brief import is_told
from bot.model.own_words import guideline_named, reason
from bot.model.pictures import point_in_picture
from bot.model.quotes import FoldedText, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.guidelines import Guideline
    from bot.model.brief import Brief
    from bot.model.forms import IssueAnswer
    from bot.model.guards import Rewordings
    from bot.model.quotes import Aligned


_MOST_ISSUES = 40


@dataclass(frozen=True, slots=True)
class Grounded:
    """The findings, in the order of the draft's harm, with the model's confidence by ``ref``, and what was left out."""

    findings: tuple[Finding, ...]
    confidences: dict[str, str]
    drops: Counter[Drop]
    in_pictures: tuple[PicturePoint, ...] = ()

    @property
    def dropped(self) -> int:
        """How many issues were none."""
        return self.drops.total() - sum(self.drops[drop] for drop in NO_LOSS)


def ground(
    issues: Sequence[IssueAnswer], brief: Brief, guidelines: Mapping[str, Guideline], rewordings: Rewordings
) -> Grounded:
    """The issues that hold, as findings; of several on one span the more severe, then the first.

    ``guidelines`` are those in force, by id and by short name. Dropped and counted is what quotes no words of the
    draft or of a picture, names no guideline of its platform, or is of low confidence without being a must-fix. A
    reason that is none, or claims that a machine wrote the text, gives way to the guideline's own.
    """
    seen = _Places(brief, issues)
    drops = Counter({Drop.BEYOND: len(seen.issues[_MOST_ISSUES:]), Drop.SAME_WORDS: len(issues) - len(seen.issues)})
    findings: list[Finding] = []
    confidences: dict[str, str] = {}
    in_pictures: list[PicturePoint] = []
    for issue in seen.issues[:_MOST_ISSUES]:
        found = _found(issue, seen, brief, guidelines=guidelines, rewordings=rewordings)
        if isinstance(found, Drop):
            drops[found] += 1
            continue
        drops[Drop.REASON] += found.why == reason("", guidelines[found.guideline], str)
        if isinstance(found, PicturePoint):
            in_pictures.append(found)
            continue
        findings.append(found)
        confidences.setdefault(found.ref, issue.confidence)
        drops[Drop.REWORDING] += issue.replacement is not None and found.edit is None
    kept = one_per_span(findings)
    drops[Drop.SAME_WORDS] += len(findings) - len(kept)
    return Grounded(kept, confidences, drops, in_pictures=tuple(in_pictures))


class _Places:
    """Where quotes stand in a draft, and for which platform.

    ``issues`` are those of a draft without the repeats: as many of equal words as it has places for them. Where there
    are more than are looked at, those come first that matter most.
    """

    def __init__(self, brief: Brief, issues: Sequence[IssueAnswer]) -> None:
        draft = brief.case.draft
        self._variants = split_variants(draft.text, draft.zones, draft.platform)
        self._seen = FoldedText(brief.draft.text)
        self._ends: dict[tuple[str, str], int] = {}
        self._quoted: Counter[tuple[str, str]] = Counter()
        self.issues = [issue for issue in issues if self._is_new(issue)]
        if len(self.issues) > _MOST_ISSUES:
            self.issues.sort(key=lambda issue: issue.severity.rank)

    def _is_new(self, issue: IssueAnswer) -> bool:
        said = issue.guideline, fold(issue.quote)
        is_new = self._quoted[said] < max(1, self._seen.text.count(said[1]))
        self._quoted[said] += is_new
        return is_new

    def next(self, issue: IssueAnswer) -> Aligned | None:
        """The place of the quote in the words that the model sees; of equal words, one place for each issue."""
        said = (issue.guideline, fold(issue.quote))
        found = self._seen.place(issue.quote, self._ends.get(said, 0))
        self._ends[said] = found.end if found else 0
        return found

    def is_unclear(self, issue: IssueAnswer) -> bool:
        """True for one word that stands in more places than are quoted: nobody can tell which of them is meant."""
        word = fold(issue.quote)
        return " " not in word and self._seen.times(word) > self._quoted[issue.guideline, word]

    def platform(self, offset: int) -> str:
        """The platform of the post around a code point of the draft."""
        return whereabouts(self._variants, offset).platform


def _found(
    issue: IssueAnswer, seen: _Places, brief: Brief, guidelines: Mapping[str, Guideline], rewordings: Rewordings
) -> Finding | PicturePoint | Drop:
    """What an issue is about; a point that the model itself doubts is not shown, unless it was told to doubt it."""
    guideline = guideline_named(issue.guideline, guidelines)
    if not guideline:
        return Drop.UNKNOWN
    severity = _severity(guideline, issue.severity)
    if issue.confidence == "low" and severity is not Severity.MUST_FIX and not is_told(brief.case):
        return Drop.UNSURE
    draft = brief.case.draft
    why = reason(brief.masks.unmask(issue.why), guideline, brief.folded)
    found = seen.next(issue)
    if not found:
        point = point_in_picture(issue.quote, why, brief, guideline=guideline)
        return Drop.UNSURE if isinstance(point, PicturePoint) and issue.confidence == "low" else point
    start, end = brief.draft.span(found.start, found.end)
    if guideline.platforms and seen.platform(start) not in guideline.platforms:
        return Drop.GUARD
    edit = None
    if found.whole and not seen.is_unclear(issue):
        edit = rewordings.edit(guideline, (start, end), issue.replacement, why=issue.why)
    return Finding(
        guideline.id, severity, start, end=end, quote=draft.text[start:end], why=why, edit=edit, origin=Origin.MODEL
    )


def _severity(guideline: Guideline, said: Severity) -> Severity:
    """The guideline's own severity; a higher one only where its file knows it and the model says so."""
    higher = guideline.escalates_to
    return higher if higher and higher is said and higher.rank < guideline.severity.rank else guideline.severity


def one_per_span(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, the most severe first; of several on one span the first of those."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: f.severity.rank):
        if not any(share(finding, other) > 0.5 for other in kept):  # noqa: PLR2004 - half
            kept.append(finding)
    return tuple(kept)
