"""Drafts in files, checked before they go out: their front matter, their points, and what a baseline knows."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.core.drafts import Draft, platform_named
from bot.core.guidelines import Severity
from bot.core.judging import ReviewState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.core.findings import Finding
    from bot.core.guidelines import Guideline
    from bot.core.judging import Critique

# A draft in a file.

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Document:
    """A file's draft. ``text`` is the whole file, in which the draft begins at ``begins``."""

    path: str
    text: str
    draft: Draft
    begins: int = 0


def document(path: str, text: str, platform: str = "", *, context: str = "") -> Document:
    """The draft in a file. What its front matter says of platform and context counts more than what is given.

    Other keys are other tools'. Raises ValueError for a platform that nobody knows.
    """
    begins, said = _front_matter(text)
    named = said.get("platform", "")
    meant = platform_named(named) if named else platform
    if meant is None:
        raise ValueError(named)
    body = text[begins:].rstrip()
    return Document(path, text, Draft(body, meant, said.get("context", context)), begins=begins)


def _front_matter(text: str) -> tuple[int, dict[str, str]]:
    """Where the text behind it begins, and its plain lines; (0, nothing) where there is none."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].strip() != _FENCE:
        return 0, {}
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), 0)
    if not end:
        return 0, {}
    pairs = (line.partition(":") for line in lines[1:end] if line[:1].strip())
    begins = sum(map(len, lines[: end + 1]))
    blank = len(text[begins:]) - len(text[begins:].lstrip())
    said = {key.strip().casefold(): value.strip().strip("\"'") for key, colon, value in pairs if colon}
    return begins + blank, said


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
        replacement=(Region.of(one.text, edit.start, edit.end), edit.text) if edit and plain else None,
    )


def _title(name: str, guidelines: Mapping[str, Guideline]) -> str:
    return guidelines[name].problem if name in guidelines else name


def _severity(name: str, guidelines: Mapping[str, Guideline]) -> Severity:
    return guidelines[name].severity if name in guidelines else Severity.CONSIDER


@dataclass(frozen=True, slots=True)
class GateResult:
    """One file. ``points`` are new, ``known`` stand in the baseline.

    ``reason`` says why no language model has reviewed it, and ``unread`` that this is a failure: a model should have,
    or it was asked for.
    """

    path: str
    points: tuple[GatePoint, ...] = ()
    known: tuple[GatePoint, ...] = ()
    reason: str = ""
    state: ReviewState = ReviewState.DONE
    unread: bool = False


CLEAN, POINTS, NOT_REVIEWED = 0, 1, 3


def status(results: Iterable[GateResult]) -> int:
    """The command's status: what has new points fails, and so does what nobody has read."""
    known = list(results)
    if any(one.points for one in known):
        return POINTS
    return NOT_REVIEWED if any(one.unread for one in known) else CLEAN


# The baseline: what was there when somebody began to look.

_VERSION = 1
_NO_BASELINE = "this isn't a baseline written by `candor gate --write-baseline`"


def baseline_of(results: Iterable[GateResult]) -> str:
    """All points of now, as a file that changes line by line."""
    known = {one.path: sorted({point.ref for point in (*one.points, *one.known) if not point.stays}) for one in results}
    held = {path: refs for path, refs in sorted(known.items()) if refs}
    return json.dumps({"version": _VERSION, "known": held}, ensure_ascii=False, indent=1) + "\n"


def read_baseline(text: str) -> dict[str, frozenset[str]]:
    """The refs that each file may have. Raises ValueError."""
    try:
        read: dict[str, Any] = json.loads(text)
        known: dict[str, list[str]] = {_VERSION: read["known"]}[read["version"]]
        return {path: frozenset(refs) for path, refs in known.items()}
    except (ValueError, KeyError, AttributeError, TypeError):
        raise ValueError(_NO_BASELINE) from None


def beside(result: GateResult, known: frozenset[str]) -> GateResult:
    """The result with what the baseline knows set apart."""
    old = tuple(point for point in result.points if point.ref in known and not point.stays)
    return replace(result, points=tuple(p for p in result.points if p not in old), known=old)
