"""A guideline file to a `Guideline`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bot.core.draft import platform_named
from bot.core.errors import BrokenFiles
from bot.core.guideline import FAMILIES, Guideline
from bot.core.guideline_files.examples import read_examples
from bot.core.guideline_files.rules import KINDS, read_rule
from bot.core.guideline_files.sections import Faults, Line, Section, sections
from bot.core.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.rule import Rule

_PROSE = {"Question": "question", "Why": "why", "Fix": "fix", "Escalates when": "escalates_when"}
_LISTS = {"Not when": "not_when", "References": "references", "Grew out of": "grew_out_of"}
_REQUIRED = ("Question", "Why", "Fix")
_KNOWN = (*_PROSE, *_LISTS, *KINDS, "Bad", "Good")
_NEEDED = ("title", "severity")
_HEAD = (*_NEEDED, "problem", "escalates_to", "decided_from", "last_checked", "pack", "platforms", "fixed_rules_only")


def read_guideline(path: str, guideline_id: str, head: Mapping[str, Line], body: list[Line]) -> Guideline:
    """The guideline in a file.

    ``head`` holds the front matter's scalars, ``body`` the lines below it; both carry line numbers.
    Raises `BrokenFiles` with every fault of the file.
    """
    faults = Faults(path)
    if guideline_id.count("/") != 1 or guideline_id.partition("/")[0] not in FAMILIES:
        faults.add(1, f"the file belongs in a folder named {', '.join(FAMILIES)}")
    fields = _head(head, faults)
    parts = sections(body, faults)
    fields |= _sections(parts, faults)
    rules = tuple(read_rule(part, faults) for part in parts if part.title in KINDS)
    _check_names(rules, fields, faults)
    if faults.found:
        raise BrokenFiles(sorted(faults.found, key=lambda fault: fault.line))
    return Guideline(id=guideline_id, rules=rules, **fields)


def _head(head: Mapping[str, Line], faults: Faults) -> dict[str, Any]:
    for key, line in head.items():
        if key not in _HEAD:
            faults.add(line.number, f"“{key}” is not known in the front matter; use {', '.join(_HEAD)}")
    fields: dict[str, Any] = {key: line.text for key, line in head.items() if key in _HEAD}
    for key in _NEEDED:
        if not fields.get(key):
            faults.add(1, f"the front matter lacks “{key}:”")
    fields.setdefault("problem", fields.get("title", ""))  # files that a team wrote before there was such a line
    for key in ("severity", "escalates_to"):
        if key in fields:
            fields[key] = _severity(head[key], faults)
    if "last_checked" in fields:
        _check_date(head["last_checked"], faults)
    if "fixed_rules_only" in fields:
        fields["fixed_rules_only"] = head["fixed_rules_only"].text == "true"
    if "platforms" in fields:
        fields["platforms"] = _platforms(head["platforms"], faults)
    return fields


def _severity(line: Line, faults: Faults) -> Severity:
    try:
        return Severity(line.text)
    except ValueError:
        faults.add(line.number, f"“{line.text}” is not a severity; use {', '.join(Severity)}")
        return Severity.CONSIDER


def _check_date(line: Line, faults: Faults) -> None:
    try:
        dt.date.fromisoformat(line.text)
    except ValueError:
        faults.add(line.number, f"“{line.text}” is not a date like 2026-11-01")


def _platforms(line: Line, faults: Faults) -> tuple[str, ...]:
    named = {name.strip(): platform_named(name) for name in line.text.split(",")}
    for name, platform in named.items():
        if platform is None:
            faults.add(line.number, f"“{name}” is not a platform Candor knows")
    return tuple(platform for platform in named.values() if platform)


def _sections(parts: list[Section], faults: Faults) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for part in parts:
        if part.title in _PROSE:
            fields[_PROSE[part.title]] = part.prose()
        elif part.title in _LISTS:
            fields[_LISTS[part.title]] = tuple(line.text for line in part.bullets(faults))
        elif part.title in ("Bad", "Good"):
            fields[part.title.lower()] = read_examples(part, faults, marked=part.title == "Bad")
        elif part.title not in KINDS:
            faults.add(part.line, f"“## {part.title}” is not a known section; use one of {', '.join(_KNOWN)}")
    for title in _REQUIRED:
        if not fields.get(_PROSE[title]):
            faults.add(1, f"the section “## {title}” is missing or empty")
    return fields


def _check_names(rules: tuple[Rule, ...], fields: dict[str, Any], faults: Faults) -> None:
    names = [rule.name for rule in rules]
    for rule in rules:
        if names.count(rule.name) > 1:
            faults.add(rule.line, f"two rules are called “{rule.name}”")
        if rule.escalated and not fields.get("escalates_to"):
            faults.add(rule.line, "“Escalated: yes” needs “escalates_to:” in the front matter")
    for example in fields.get("bad", ()):
        if example.caught_by and example.caught_by not in names:
            faults.add(example.line, f"no rule here is called “{example.caught_by}”")
