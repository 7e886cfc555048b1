"""Drafts in files, checked before they go out: their front matter, their points, and what a baseline knows."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.core.drafts import PLATFORMS, Draft, platform_named
from bot.core.errors import BrokenFiles, FileFault
from bot.core.findings import folded
from bot.core.guidelines import Severity
from bot.core.judging import ReviewState
from bot.core.reading.front_matter import front_matter
from bot.core.words.terminal import unknown_platform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.core.findings import Finding
    from bot.core.guidelines import Guideline
    from bot.core.judging import Critique
    from bot.core.reading.front_matter import ReadYaml

# A draft in a file.


@dataclass(frozen=True, slots=True)
class Document:
    """A file's draft. ``text`` is the whole file in LF lines, in which the draft begins at ``begins``.

    ``drafts`` are the same words for each platform that they are meant for.
    """

    path: str
    text: str
    drafts: tuple[Draft, ...]
    begins: int = 0

    @property
    def draft(self) -> Draft:
        return self.drafts[0]


def document(path: str, text: str, read_yaml: ReadYaml, *, platform: str = "", context: str = "") -> Document:
    """The draft in a file. What its front matter says of platforms and context counts more than what is given.

    Other keys are other tools'. Raises `BrokenFiles` for front matter that cannot be read or names no known platform.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = front_matter(path, text, read_yaml)
    meant = dict.fromkeys((name, platform_named(name)) for name in head.platforms if name.strip())
    if unknown := [name for name, known in meant if known is None]:
        raise BrokenFiles([FileFault(path, head.platform_line, unknown_platform(unknown[0], PLATFORMS))])
    names = dict.fromkeys(known or "" for _, known in meant) or {platform: None}
    body, background = text[head.begins :].rstrip(), context if head.context is None else head.context
    return Document(path, text, tuple(Draft(body, name, background) for name in names), begins=head.begins)


# What a review found in it.


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns from 1, in code points; the end is behind the last one."""

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Region:
        """Those of the code points ``start`` to ``end``."""
        (line, column), (end_line, end_column) = _place(text, start), _place(text, end)
        return cls(line, column, end_line=end_line, end_column=end_column)


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


@dataclass(frozen=True, slots=True)
class GatePoint:
    """A finding or a question. ``ref`` stays the same when other words of the file change."""

    ref: str
    guideline: str
    severity: Severity
    title: str
    says: str
    region: Region
    quote: str = ""
    replacement: tuple[Region, str] | None = None
    """Where other words would cure it, and which."""
    asks: bool = False
    stays: bool = False
    """True for what no baseline may know, such as a secret."""
    places: int = 1
    """How often the draft has these words: a model, and some rules, point at them once for all."""

    def masked(self, mask: Callable[[str], str]) -> GatePoint:
        """The same without what the mask takes out. New words that hold such a thing are no suggestion any more."""
        safe = self.replacement if self.replacement and mask(self.replacement[1]) == self.replacement[1] else None
        return replace(self, title=mask(self.title), says=mask(self.says), quote=mask(self.quote), replacement=safe)


def points_of_all(
    one: Document, critiques: Sequence[Critique], guidelines: Mapping[str, Guideline]
) -> tuple[GatePoint, ...]:
    """Those of the reviews for all platforms, each once."""
    points = (point for critique in critiques for point in points_of(one, critique, guidelines))
    return tuple({(point.ref, point.region, point.says): point for point in points}.values())


def points_of(one: Document, critique: Critique, guidelines: Mapping[str, Guideline]) -> tuple[GatePoint, ...]:
    """Everything that a review has to say about the draft. ``guidelines`` are by id."""
    found = tuple(_point(one, finding.moved(one.begins), guidelines) for finding in critique.findings)
    whole = Region.of(one.text, one.begins, one.begins)
    asked = (
        GatePoint(
            question.ref,
            question.guideline,
            _severity(question.guideline, guidelines),
            title=_title(question.guideline, guidelines),
            says=question.question,
            region=whole,
            asks=True,
        )
        for question in critique.questions
    )
    return (*found, *asked)


def _point(one: Document, finding: Finding, guidelines: Mapping[str, Guideline]) -> GatePoint:
    edit = finding.edit
    plain = edit is not None and not edit.gone
    return GatePoint(
        finding.ref,
        finding.guideline,
        finding.severity,
        title=_title(finding.guideline, guidelines),
        says=finding.why,
        region=Region.of(one.text, finding.start, finding.end),
        quote=finding.quote,
        stays=not finding.dismissable,
        places=_times(folded(finding.quote), folded(one.draft.text)),
        replacement=(Region.of(one.text, edit.start, edit.end), edit.text) if edit and plain else None,
    )


def _times(words: str, text: str) -> int:
    """How often the text has the words, and no letters beside them."""
    found, at = 0, text.find(words)
    while words and at >= 0:
        end = at + len(words)
        joined = (text[at - 1 : at].isalnum() and words[0].isalnum()) or (
            text[end:][:1].isalnum() and words[-1].isalnum()
        )
        found += not joined
        at = text.find(words, end)
    return found


def _title(name: str, guidelines: Mapping[str, Guideline]) -> str:
    return guidelines[name].problem if name in guidelines else name


def _severity(name: str, guidelines: Mapping[str, Guideline]) -> Severity:
    return guidelines[name].severity if name in guidelines else Severity.CONSIDER


@dataclass(frozen=True, slots=True)
class GateResult:
    """One file. ``points`` are new, ``known`` stand in the baseline.

    ``reason`` says why no language model has reviewed it, and ``unread`` that this is a failure: a model should have,
    or it was asked for. ``fault`` is why there is no draft to review.
    """

    path: str
    points: tuple[GatePoint, ...] = ()
    known: tuple[GatePoint, ...] = ()
    reason: str = ""
    state: ReviewState = ReviewState.DONE
    unread: bool = False
    fault: FileFault | None = None

    def masked(self, mask: Callable[[str], str]) -> GateResult:
        """The same without what the mask takes out of its points."""
        points, known = (tuple(point.masked(mask) for point in some) for some in (self.points, self.known))
        return replace(self, points=points, known=known)


CLEAN, POINTS, BROKEN, NOT_REVIEWED = 0, 1, 2, 3


def status(results: Iterable[GateResult]) -> int:
    """The command's status: a file that can't be read fails first, then new points, then what nobody has reviewed."""
    known = list(results)
    if any(one.fault for one in known):
        return BROKEN
    if any(one.points for one in known):
        return POINTS
    return NOT_REVIEWED if any(one.unread for one in known) else CLEAN


# The baseline: what was there when somebody began to look.

_VERSION, _SETS = 2, 1
_NO_BASELINE = "this isn't a baseline written by `candor gate --write-baseline`"
_ANY = 2**31
"""Older baselines don't say how often a point was there."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each file may have a point, by its ref. Without ``counts`` any number passes: older ones have none."""

    known: Mapping[str, Mapping[str, int]]
    counts: bool = True

    def of(self, *names: str) -> Mapping[str, int]:
        """What it knows of a file, by the first name that it has."""
        return next((self.known[name] for name in names if name in self.known), dict[str, int]())


def baseline_of(results: Mapping[str, GateResult]) -> str:
    """All points of now, by the names of their files, as a file that changes line by line."""
    known = {name: _counted((*one.points, *one.known)) for name, one in sorted(results.items())}
    held = {name: dict(sorted(refs.items())) for name, refs in known.items() if refs}
    return json.dumps({"version": _VERSION, "known": held}, ensure_ascii=False, indent=1) + "\n"


def _counted(points: Iterable[GatePoint]) -> dict[str, int]:
    """How often each point is there."""
    may = [point for point in points if not point.stays]
    seen = Counter(point.ref for point in may)
    return {point.ref: max(seen[point.ref], point.places) for point in may}


def read_baseline(text: str) -> Baseline:
    """What a file says that was written so. Raises ValueError."""
    try:
        read: dict[str, Any] = json.loads(text)
        if read["version"] == _SETS:
            old: dict[str, list[str]] = read["known"]
            return Baseline({path: dict.fromkeys(refs, _ANY) for path, refs in old.items()}, counts=False)
        known: dict[str, dict[str, int]] = {_VERSION: read["known"]}[read["version"]]
        return Baseline({path: {ref: int(often) for ref, often in refs.items()} for path, refs in known.items()})
    except (ValueError, KeyError, AttributeError, TypeError):
        raise ValueError(_NO_BASELINE) from None


def beside(result: GateResult, known: Mapping[str, int]) -> GateResult:
    """The result with what the baseline knows set apart; of more copies than it knows, the last ones are new."""
    now, left = _counted(result.points), Counter(point.ref for point in result.points)
    old, new = list[GatePoint](), list[GatePoint]()
    for point in result.points:
        beyond = max(0, now.get(point.ref, 0) - known.get(point.ref, 0))
        (new if point.stays or left[point.ref] <= beyond else old).append(point)
        left[point.ref] -= 1
    return replace(result, points=tuple(new), known=tuple(old))
