"""The file of references that guidelines name by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.errors import BrokenFiles
from bot.core.guideline import Reference
from bot.core.guideline_files.sections import Faults, Line, sections

if TYPE_CHECKING:
    from bot.core.guideline_files.sections import Section

_FIELDS = ("Name", "Citation", "Status", "Gist", "Basis")
_KNOWN = (*_FIELDS, "Link")


def read_references(path: str, body: list[Line]) -> tuple[Reference, ...]:
    """The references under ``## ID`` headings, each with its bullets; all but Link are required."""
    faults = Faults(path)
    title = [line for line in body if line.text.startswith("# ")]
    found = [_reference(part, faults) for part in sections([line for line in body if line not in title], faults)]
    if faults.found:
        raise BrokenFiles(faults.found)
    return tuple(found)


def _reference(part: Section, faults: Faults) -> Reference:
    values: dict[str, str] = {}
    for bullet in part.bullets(faults):
        key, colon, value = bullet.text.partition(": ")
        if not colon or key not in _KNOWN:
            faults.add(bullet.number, f"a reference has the bullets {', '.join(f'“{f}: …”' for f in _KNOWN)}")
        values[key] = value
    for key in _FIELDS:
        if not values.get(key):
            faults.add(part.line, f"“{key}:” is missing")
    name = f"{part.title}:{part.name}" if part.name else part.title
    if not values.get("Link", "https://").startswith("https://"):
        faults.add(part.line, "“Link:” is an address that begins with https://")
    given = {key.lower(): value for key, value in values.items() if key in _KNOWN}
    return Reference(**{"id": name, **dict.fromkeys(map(str.lower, _FIELDS), ""), **given})
