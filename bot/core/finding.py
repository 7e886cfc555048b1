"""A finding: words of the draft, what they do to a reader, and the smallest edit that cures it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.click import reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.severity import Severity


class Origin(StrEnum):
    """Who found it."""

    RULE = "rule"
    MODEL = "model"


_LINE = 60
"""Characters of a quote that is only named."""


def on_one_line(quote: str) -> str:
    """A quote as it is named inside a sentence: on one line, cut where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= _LINE else f"{line[:_LINE].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` in place of the code points ``start`` to ``end``; equal offsets insert.

    ``gone`` are the (start, end) of what it takes out elsewhere: a label that moves stands nowhere twice.
    """

    start: int
    end: int
    text: str
    gone: tuple[tuple[int, int], ...] = ()

    @property
    def pieces(self) -> tuple[Edit, ...]:
        """An edit of its own for each place that it changes."""
        return Edit(self.start, self.end, self.text), *(Edit(start, end, "") for start, end in self.gone)

    def moved(self, by: int) -> Edit:
        """The same edit, ``by`` code points further on."""
        gone = tuple((start + by, end + by) for start, end in self.gone)
        return Edit(self.start + by, self.end + by, self.text, gone)

    def overlaps(self, other: Edit) -> bool:
        """True where both touch the same words; two insertions at one place do as well."""
        return any(_touch(one, another) for one in self.pieces for another in other.pieces)


def _touch(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True, slots=True)
class Finding:
    """One point about a draft. ``quote`` is always exactly ``draft.text[start:end]``.

    ``edit`` is the suggested change, None where only the author knows the missing fact.
    """

    guideline: str
    severity: Severity
    start: int
    end: int
    quote: str
    why: str
    edit: Edit | None = None
    rule: str = ""
    origin: Origin = Origin.RULE
    dismissable: bool = True
    lead: bool = False
    """True for words that only often go with a fault: somebody with judgement has to confirm it."""
    parts: tuple[Finding, ...] = ()
    """The findings that it stands for, where one sentence breaks its guideline in several places."""

    @property
    def family(self) -> str:
        """The family of its guideline."""
        return self.guideline.partition("/")[0]

    @property
    def key(self) -> str:
        """What stays the same when other words of the draft change: guideline and folded quote."""
        folded = unicodedata.normalize("NFKC", self.quote).casefold()
        return f"{self.guideline}:{' '.join(folded.split())}"

    @property
    def ref(self) -> str:
        """A short stand-in for the key, without people's words."""
        return reference(self.key)

    @property
    def replacement(self) -> str | None:
        """The words for the whole quote's place, or None where the edit only adds words, is elsewhere or unknown."""
        edit = self.edit
        if edit is None or not self.start <= edit.start < edit.end <= self.end:
            return None
        return self.quote[: edit.start - self.start] + edit.text + self.quote[edit.end - self.start :]

    def change(self, text: str) -> tuple[str, str]:
        """The words of the draft's ``text`` that the quote and the edit touch, before and after the edit."""
        edit = self.edit or Edit(self.start, self.end, self.quote)
        start, end = min(self.start, edit.start), max(self.end, edit.end)
        return text[start:end], f"{text[start : edit.start]}{edit.text}{text[edit.end : end]}"

    def moved(self, by: int) -> Finding:
        """The same finding in a text that has ``by`` more code points before it."""
        edit = self.edit.moved(by) if self.edit else None
        return replace(self, start=self.start + by, end=self.end + by, edit=edit)

    @property
    def each(self) -> tuple[Finding, ...]:
        """Its parts, or itself where it has none."""
        return self.parts or (self,)


def without_overlaps(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per span and family: the more severe stays, then the longer, then the earlier.

    What nobody can dismiss (secrets, personal data) stands beside the others and takes no words from them. A lead takes
    none from what is certain.
    """
    kept: list[Finding] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for finding in sorted(findings, key=lambda f: (f.lead, f.severity.rank, f.start - f.end, f.start)):
        spans = taken.setdefault(finding.family if finding.dismissable else finding.guideline, [])
        at = bisect_left(spans, (finding.start, finding.end))
        before_ends = spans[at - 1][1] if at else 0
        after_starts = spans[at][0] if at < len(spans) else finding.end
        if before_ends <= finding.start and finding.end <= after_starts:
            spans.insert(at, (finding.start, finding.end))
            kept.append(finding)
    return tuple(sorted(kept, key=lambda f: (f.severity.rank, f.start, f.end, f.guideline)))
