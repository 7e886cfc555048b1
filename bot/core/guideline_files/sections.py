"""Markdown, as far as guideline files use it: headings of two levels, prose, bullets, options, quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.errors import FileFault

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*")
_OPTION = re.compile(r"([A-Z][a-z]+(?: [a-z]+)?): (\S.*)")
_BULLET = re.compile(r"[-*]\s+(.*\S)\s*")


@dataclass(slots=True)
class Faults:
    """Collects every mistake in one file, so that a person mends them in one go."""

    path: str
    found: list[FileFault] = field(default_factory=list[FileFault])

    def add(self, line: int, reason: str) -> None:
        """Note a mistake in ``line`` (the first line is 1)."""
        self.found.append(FileFault(self.path, line, reason))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file with its number."""

    number: int
    text: str


@dataclass(slots=True)
class Section:
    """What stands under one heading. ``name`` is what follows a colon in the heading."""

    title: str
    name: str
    line: int
    lines: list[Line] = field(default_factory=list[Line])
    parts: list[Section] = field(default_factory=list["Section"])

    def bullets(self, faults: Faults) -> list[Line]:
        """The bullets; an indented line goes on with its bullet, anything else is a fault."""
        found: list[Line] = []
        for line in self._written():
            if bullet := _BULLET.fullmatch(line.text):
                found.append(Line(line.number, bullet[1]))
            elif found and line.text.startswith("  "):
                found[-1] = Line(found[-1].number, f"{found[-1].text} {line.text.strip()}")
            else:
                faults.add(line.number, f"under “{self.title}” every line starts with “- ”")
        return found

    def prose(self) -> str:
        """The text as paragraphs, line breaks inside a paragraph joined."""
        text = "\n".join(line.text.strip() for line in self.lines).strip()
        return "\n\n".join(" ".join(p.split()) for p in re.split(r"\n{2,}", text))

    def split(self) -> tuple[Section, dict[str, Line], list[str]]:
        """The section's bullets, its ``Key: value`` options and the rest, which is prose."""
        rest = Section(self.title, self.name, self.line)
        options: dict[str, Line] = {}
        prose: list[str] = []
        in_bullets = False
        for line in self._written():
            if _BULLET.fullmatch(line.text) or (in_bullets and line.text.startswith("  ")):
                in_bullets = True
                rest.lines.append(line)
            elif option := _OPTION.fullmatch(line.text):
                options[option[1]] = Line(line.number, option[2].strip())
            else:
                prose.append(line.text.strip())
        return rest, options, prose

    def _written(self) -> list[Line]:
        return [line for line in self.lines if line.text.strip()]


def sections(body: Iterable[Line], faults: Faults) -> list[Section]:
    """The level-2 sections of a file with their level-3 parts."""
    found: list[Section] = []
    for line in body:
        heading = _HEADING.fullmatch(line.text)
        if heading is None:
            _append(found, line, faults)
            continue
        title, _, name = heading[2].partition(":")
        section = Section(title.strip(), name.strip(), line.number)
        match heading[1]:
            case "##":
                found.append(section)
            case "###" if found:
                found[-1].parts.append(section)
            case _:
                faults.add(line.number, "headings here are “## …” or, below one, “### …”")
    return found


def _append(found: list[Section], line: Line, faults: Faults) -> None:
    if not line.text.strip():
        if found:
            (found[-1].parts[-1] if found[-1].parts else found[-1]).lines.append(line)
    elif not found:
        faults.add(line.number, "text stands before the first “## …” heading")
    else:
        (found[-1].parts[-1] if found[-1].parts else found[-1]).lines.append(line)
