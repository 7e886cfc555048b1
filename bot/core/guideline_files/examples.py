"""The ``## Bad`` and ``## Good`` example posts of a guideline file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.draft import platform_named
from bot.core.guideline import Example

if TYPE_CHECKING:
    from bot.core.guideline_files.sections import Faults, Section

_MARK = "=="
_OPTIONS = ("Context", "Caught by")


def read_examples(section: Section, faults: Faults, *, marked: bool) -> tuple[Example, ...]:
    """The posts under ``### Platform, trade`` headings; ``marked`` ones carry ``==words==``."""
    for line in section.lines:
        if line.text.strip():
            faults.add(line.number, f"under “## {section.title}” each post has a heading “### Platform, trade”")
    return tuple(_example(part, faults, marked=marked) for part in section.parts)


def _example(part: Section, faults: Faults, *, marked: bool) -> Example:
    quoted = [line for line in part.lines if line.text.startswith(">")]
    part.lines = [line for line in part.lines if not line.text.startswith(">")]
    _, options, prose = part.split()
    for key, line in options.items():
        if key not in _OPTIONS:
            faults.add(line.number, f"“{key}:” is not known here; use {' or '.join(f'“{o}:”' for o in _OPTIONS)}")
    if prose or not quoted:
        faults.add(part.line, "the post itself stands in lines that start with “> ”")
    name, _, trade = part.title.partition(",")
    platform = platform_named(name)
    if platform is None:
        faults.add(part.line, f"“{name}” is not a platform Candor knows")
    text, span = _unmark("\n".join(line.text[1:].removeprefix(" ") for line in quoted))
    if marked and span is None:
        faults.add(part.line, "mark the words that break the guideline with == on both sides, once")
    values = {key: line.text for key, line in options.items()}
    return Example(
        text, part.line, platform or "", trade.strip(), values.get("Context", ""), span, values.get("Caught by", "")
    )


def _unmark(text: str) -> tuple[str, tuple[int, int] | None]:
    pieces = text.split(_MARK)
    if len(pieces) != len(("before", "span", "after")) or not pieces[1]:
        return text.replace(_MARK, ""), None
    before, span, after = pieces
    return before + span + after, (len(before), len(before) + len(span))
