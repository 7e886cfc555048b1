"""The fixed rules of a guideline file: ``## Flag: …``, ``## At most: …`` and ``## Detect: …``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.core.draft import platform_named
from bot.core.rule import Grade, Pattern, Rewording, Rule, RuleExample, RuleKind

if TYPE_CHECKING:
    from bot.core.guideline_files.sections import Faults, Line, Section

KINDS = {"Flag": RuleKind.FLAG, "At most": RuleKind.LIMIT, "Detect": RuleKind.DETECTOR}
_PATTERN_PARTS = {
    "Fine when": "fine_when",
    "Fine anywhere": "fine_anywhere",
    "Must also have": "must_have",
    "Must start with": "must_start",
}
_PARTS = (*_PATTERN_PARTS, "Say instead", "Bad", "Good")
_YES = {"yes": True, "no": False}
_FLAGS = {"Opening": "only_opening", "Escalated": "escalated", "Always kept": "always_kept", "Once": "once"}
_OPTIONS = ("Grade", *_FLAGS, "Only on", "Insert", "Language")
_GRADES = tuple(grade.value for grade in Grade)
_LIMIT = re.compile(r"(\d+) ([a-z ]+)")


def read_rule(section: Section, faults: Faults) -> Rule:
    """The rule under one heading with its parts; what is wrong goes to ``faults``."""
    bullets, options, prose = section.split()
    fields = _options(options, faults)
    for part in section.parts:
        fields |= _part(part, faults)
    kind = KINDS[section.title]
    fields |= _subject(kind, section, faults)
    fields["phrases"] = _patterns(bullets, faults)
    if not prose:
        faults.add(section.line, "say in one sentence what this does to a reader, below the heading")
    if not section.name:
        faults.add(section.line, f"name the rule: “## {section.title}: name”")
    if kind is RuleKind.FLAG and not fields["phrases"]:
        faults.add(section.line, "a “## Flag” needs at least one phrase as a bullet")
    if kind is not RuleKind.FLAG and fields["phrases"]:
        faults.add(section.line, "only a “## Flag” has phrases")
    for key, name in (("catches", "Bad"), ("lets_through", "Good")):
        if not fields.get(key):
            faults.add(section.line, f"the rule needs at least one example under “### {name}”")
    return Rule(section.name, kind, section.line, " ".join(prose), **fields)


def _subject(kind: RuleKind, section: Section, faults: Faults) -> dict[str, Any]:
    if kind is RuleKind.FLAG:
        return {}
    if kind is RuleKind.DETECTOR:
        return {"subject": section.name}
    limit = _LIMIT.fullmatch(section.name)
    if limit is None:
        faults.add(section.line, "write a limit as “## At most: 5 hashtags”")
        return {}
    return {"subject": limit[2], "most": int(limit[1])}


def _options(options: dict[str, Line], faults: Faults) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, line in options.items():
        if key in _FLAGS and line.text in _YES:
            fields[_FLAGS[key]] = _YES[line.text]
        elif key in _FLAGS:
            faults.add(line.number, f"“{key}:” is yes or no")
        elif key == "Grade" and line.text in _GRADES:
            fields["grade"] = Grade(line.text)
        elif key == "Grade":
            faults.add(line.number, f"“Grade:” is {' or '.join(_GRADES)}")
        elif key == "Only on":
            fields["only_on"] = _platforms(line, faults)
        elif key in _OPTIONS:
            fields[key.lower()] = line.text
        else:
            faults.add(line.number, f"“{key}:” is not known here; use one of {', '.join(_OPTIONS)}")
    return fields


def _platforms(line: Line, faults: Faults) -> tuple[str, ...]:
    names = [name.strip() for name in line.text.split(",")]
    for name in names:
        if platform_named(name) is None:
            faults.add(line.number, f"“{name}” is not a platform Candor knows")
    return tuple(p for name in names if (p := platform_named(name)))


def _part(part: Section, faults: Faults) -> dict[str, Any]:
    bullets = part.bullets(faults)
    if part.title in _PATTERN_PARTS:
        return {_PATTERN_PARTS[part.title]: tuple(_pattern(line) for line in bullets)}
    if part.title == "Say instead":
        return {"say_instead": tuple(r for line in bullets if (r := _rewording(line, faults)))}
    if part.title in ("Bad", "Good"):
        key = "catches" if part.title == "Bad" else "lets_through"
        return {key: tuple(RuleExample(line.text, line.number) for line in bullets)}
    faults.add(part.line, f"“### {part.title}” is not known below a rule; use one of {', '.join(_PARTS)}")
    return {}


def _patterns(section: Section, faults: Faults) -> tuple[Pattern, ...]:
    return tuple(_pattern(line) for line in section.bullets(faults))


def _pattern(line: Line) -> Pattern:
    regex = re.fullmatch(r"regex: `(.+)`", line.text)
    return Pattern(regex[1] if regex else line.text, line.number, is_regex=bool(regex))


def _rewording(line: Line, faults: Faults) -> Rewording | None:
    old, arrow, new = line.text.partition("->")
    if not arrow or not old.strip():
        faults.add(line.number, "write it as “- old words -> new words”")
        return None
    return Rewording(_pattern(type(line)(line.number, old.strip())), new.strip())
