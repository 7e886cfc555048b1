"""A guideline file: front matter and Markdown sections in, a `Guideline` out."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.core.drafts import platform_named
from bot.core.errors import BrokenFiles, FileFault
from bot.core.guidelines import (
    FAMILIES,
    OWN,
    Example,
    Grade,
    Guideline,
    Reference,
    Rewording,
    Rule,
    RuleExample,
    RuleKind,
    RulePattern,
    Severity,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


# Markdown, as far as guideline files use it: headings of two levels, prose, bullets, options, quotes.

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*")
OPTION = re.compile(r"([A-Z][a-z]+(?: [a-z]+)?): (\S.*)")
_BULLET = re.compile(r"[-*]\s+(.*\S)\s*")


@dataclass(slots=True)
class FaultList:
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

    def bullets(self, faults: FaultList) -> list[Line]:
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
            elif option := OPTION.fullmatch(line.text):
                options[option[1]] = Line(line.number, option[2].strip())
            else:
                prose.append(line.text.strip())
        return rest, options, prose

    def _written(self) -> list[Line]:
        return [line for line in self.lines if line.text.strip()]


def sections(body: Iterable[Line], faults: FaultList) -> list[Section]:
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


def _append(found: list[Section], line: Line, faults: FaultList) -> None:
    if not line.text.strip():
        if found:
            (found[-1].parts[-1] if found[-1].parts else found[-1]).lines.append(line)
    elif not found:
        faults.add(line.number, "text stands before the first “## …” heading")
    else:
        (found[-1].parts[-1] if found[-1].parts else found[-1]).lines.append(line)


# The fixed rules of a guideline file: ``## Flag: …``, ``## At most: …`` and ``## Detect: …``.

KINDS = {"Flag": RuleKind.FLAG, "At most": RuleKind.LIMIT, "Detect": RuleKind.DETECTOR}
PATTERN_PARTS = {
    "Fine when": "fine_when",
    "Fine anywhere": "fine_anywhere",
    "Must also have": "must_have",
    "Must start with": "must_start",
}
_PARTS = (*PATTERN_PARTS, "Say instead", "Bad", "Good")
_YES = {"yes": True, "no": False}
RULE_FLAGS = {"Opening": "only_opening", "Escalated": "escalated", "Always kept": "always_kept", "Once": "once"}
_RULES_OPTIONS = ("Grade", *RULE_FLAGS, "Only on", "Insert", "Language")
_GRADES = tuple(grade.value for grade in Grade)
_LIMIT = re.compile(r"(\d+) ([a-z ]+)")


def read_rule(section: Section, faults: FaultList) -> Rule:
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
    return Rule(section.name, kind, section.line, why=" ".join(prose), **fields)


def _subject(kind: RuleKind, section: Section, faults: FaultList) -> dict[str, Any]:
    if kind is RuleKind.FLAG:
        return {}
    if kind is RuleKind.DETECTOR:
        return {"subject": section.name}
    limit = _LIMIT.fullmatch(section.name)
    if limit is None:
        faults.add(section.line, "write a limit as “## At most: 5 hashtags”")
        return {}
    return {"subject": limit[2], "most": int(limit[1])}


def _options(options: dict[str, Line], faults: FaultList) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, line in options.items():
        if key in RULE_FLAGS and line.text in _YES:
            fields[RULE_FLAGS[key]] = _YES[line.text]
        elif key in RULE_FLAGS:
            faults.add(line.number, f"“{key}:” is yes or no")
        elif key == "Grade" and line.text in _GRADES:
            fields["grade"] = Grade(line.text)
        elif key == "Grade":
            faults.add(line.number, f"“Grade:” is {' or '.join(_GRADES)}")
        elif key == "Only on":
            fields["only_on"] = _rules_platforms(line, faults)
        elif key in _RULES_OPTIONS:
            fields[key.lower()] = line.text
        else:
            faults.add(line.number, f"“{key}:” is not known here; use one of {', '.join(_RULES_OPTIONS)}")
    return fields


def _rules_platforms(line: Line, faults: FaultList) -> tuple[str, ...]:
    names = [name.strip() for name in line.text.split(",")]
    for name in names:
        if platform_named(name) is None:
            faults.add(line.number, f"“{name}” is not a platform Candor knows")
    return tuple(p for name in names if (p := platform_named(name)))


def _part(part: Section, faults: FaultList) -> dict[str, Any]:
    bullets = part.bullets(faults)
    if part.title in PATTERN_PARTS:
        return {PATTERN_PARTS[part.title]: tuple(_pattern(line) for line in bullets)}
    if part.title == "Say instead":
        return {"say_instead": tuple(r for line in bullets if (r := _rewording(line, faults)))}
    if part.title in ("Bad", "Good"):
        key = "catches" if part.title == "Bad" else "lets_through"
        return {key: tuple(RuleExample(line.text, line.number) for line in bullets)}
    faults.add(part.line, f"“### {part.title}” is not known below a rule; use one of {', '.join(_PARTS)}")
    return {}


def _patterns(section: Section, faults: FaultList) -> tuple[RulePattern, ...]:
    return tuple(_pattern(line) for line in section.bullets(faults))


def _pattern(line: Line) -> RulePattern:
    regex = re.fullmatch(r"regex: `(.+)`", line.text)
    return RulePattern(regex[1] if regex else line.text, line.number, is_regex=bool(regex))


def _rewording(line: Line, faults: FaultList) -> Rewording | None:
    old, arrow, new = line.text.partition("->")
    if not arrow or not old.strip():
        faults.add(line.number, "write it as “- old words -> new words”")
        return None
    return Rewording(_pattern(type(line)(line.number, old.strip())), new.strip())


# The ``## Bad`` and ``## Good`` example posts of a guideline file.

MARK = "=="
"""Stands on both sides of the words that break a guideline."""
ANY_PLATFORM = "Any platform"
_EXAMPLES_OPTIONS = ("Context", "Caught by")


def read_examples(section: Section, faults: FaultList, *, marked: bool) -> tuple[Example, ...]:
    """The posts under ``### Platform, trade`` headings; ``marked`` ones carry ``==words==``."""
    for line in section.lines:
        if line.text.strip():
            faults.add(line.number, f"under “## {section.title}” each post has a heading “### Platform, trade”")
    return tuple(_example(part, faults, marked=marked) for part in section.parts)


def _example(part: Section, faults: FaultList, *, marked: bool) -> Example:
    quoted = [line for line in part.lines if line.text.startswith(">")]
    part.lines = [line for line in part.lines if not line.text.startswith(">")]
    _, options, prose = part.split()
    for key, line in options.items():
        if key not in _EXAMPLES_OPTIONS:
            faults.add(
                line.number, f"“{key}:” is not known here; use {' or '.join(f'“{o}:”' for o in _EXAMPLES_OPTIONS)}"
            )
    if prose or not quoted:
        faults.add(part.line, "the post itself stands in lines that start with “> ”")
    name, _, trade = part.title.partition(",")
    platform = "" if name.strip().casefold() == ANY_PLATFORM.casefold() else platform_named(name)
    if platform is None:
        faults.add(part.line, f"“{name}” is not a platform Candor knows")
    text, span = unmark("\n".join(line.text[1:].removeprefix(" ") for line in quoted))
    if marked and span is None:
        faults.add(part.line, "mark the words that break the guideline with == on both sides, once")
    values = {key: line.text for key, line in options.items()}
    return Example(
        text,
        part.line,
        platform or "",
        trade=trade.strip(),
        context=values.get("Context", ""),
        span=span,
        caught_by=values.get("Caught by", ""),
    )


def unmark(text: str) -> tuple[str, tuple[int, int] | None]:
    """The text without marks, and the words between them; None where there is not one pair."""
    pieces = text.split(MARK)
    if len(pieces) != len(("before", "span", "after")) or not pieces[1]:
        return text.replace(MARK, ""), None
    before, span, after = pieces
    return before + span + after, (len(before), len(before) + len(span))


# The file of references that guidelines name by id.

_FIELDS = ("Name", "Citation", "Status", "Gist", "Basis")
_TOLD = ("Name", "Citation", "Status", "Link")
"""What people are told of a reference. The rest is for whoever writes guidelines."""
_REFERENCES_KNOWN = (*_FIELDS, "Link")


def read_references(path: str, body: list[Line]) -> tuple[Reference, ...]:
    """The references under ``## ID`` headings, each with its bullets; all but Link are required."""
    faults = FaultList(path)
    title = [line for line in body if line.text.startswith("# ")]
    found = [_reference(part, faults) for part in sections([line for line in body if line not in title], faults)]
    if faults.found:
        raise BrokenFiles(faults.found)
    return tuple(found)


def _reference(part: Section, faults: FaultList) -> Reference:
    values: dict[str, str] = {}
    for bullet in part.bullets(faults):
        key, colon, value = bullet.text.partition(": ")
        if not colon or key not in _REFERENCES_KNOWN:
            faults.add(
                bullet.number, f"a reference has the bullets {', '.join(f'“{f}: …”' for f in _REFERENCES_KNOWN)}"
            )
        values[key] = value
    for key in _FIELDS:
        if not values.get(key):
            faults.add(part.line, f"“{key}:” is missing")
    name = f"{part.title}:{part.name}" if part.name else part.title
    if not values.get("Link", "https://").startswith("https://"):
        faults.add(part.line, "“Link:” is an address that begins with https://")
    return Reference(name, *(values.get(key, "") for key in _TOLD))


# A guideline file to a `Guideline`.

PROSE = {"Question": "question", "Why": "why", "Fix": "fix", "Escalates when": "escalates_when"}
LISTS = {"Not when": "not_when", "References": "references", "Grew out of": "grew_out_of"}
_REQUIRED = ("Question", "Why", "Fix")
_READING_KNOWN = (*PROSE, *LISTS, *KINDS, "Bad", "Good")
_NEEDED = ("title", "severity")
_ID = "id"
"""In a file on its way from one workspace to another; where a file has its place, that is its id."""
_HEAD = (*_NEEDED, "problem", "escalates_to", "decided_from", "last_checked", "pack", "platforms", "fixed_rules_only")


def read_guideline(path: str, guideline_id: str, head: Mapping[str, Line], body: list[Line]) -> Guideline:
    """The guideline in a file.

    ``head`` holds the front matter's scalars, ``body`` the lines below it; both carry line numbers.
    Raises `BrokenFiles` with every fault of the file.
    """
    faults = FaultList(path)
    if guideline_id.count("/") != 1 or guideline_id.partition("/")[0] not in (*FAMILIES, OWN):
        faults.add(1, f"the file belongs in a folder named {', '.join((*FAMILIES, OWN))}")
    fields = _head(head, faults)
    parts = sections(body, faults)
    fields |= _sections(parts, faults)
    rules = tuple(read_rule(part, faults) for part in parts if part.title in KINDS)
    _check_names(rules, fields, faults)
    if faults.found:
        raise BrokenFiles(sorted(faults.found, key=lambda fault: fault.line))
    return Guideline(id=guideline_id, rules=rules, **fields)


def _head(head: Mapping[str, Line], faults: FaultList) -> dict[str, Any]:
    for key, line in head.items():
        if key not in (*_HEAD, _ID):
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
        fields["platforms"] = _reading_platforms(head["platforms"], faults)
    return fields


def _severity(line: Line, faults: FaultList) -> Severity:
    try:
        return Severity(line.text)
    except ValueError:
        faults.add(line.number, f"“{line.text}” is not a severity; use {', '.join(Severity)}")
        return Severity.CONSIDER


def _check_date(line: Line, faults: FaultList) -> None:
    try:
        dt.date.fromisoformat(line.text)
    except ValueError:
        faults.add(line.number, f"“{line.text}” is not a date like 2026-11-01")


def _reading_platforms(line: Line, faults: FaultList) -> tuple[str, ...]:
    named = {name.strip(): platform_named(name) for name in line.text.split(",")}
    for name, platform in named.items():
        if platform is None:
            faults.add(line.number, f"“{name}” is not a platform Candor knows")
    return tuple(platform for platform in named.values() if platform)


def _sections(parts: list[Section], faults: FaultList) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for part in parts:
        if part.title in PROSE:
            fields[PROSE[part.title]] = part.prose()
        elif part.title in LISTS:
            fields[LISTS[part.title]] = tuple(line.text for line in part.bullets(faults))
        elif part.title in ("Bad", "Good"):
            fields[part.title.lower()] = read_examples(part, faults, marked=part.title == "Bad")
        elif part.title not in KINDS:
            faults.add(part.line, f"“## {part.title}” is not a known section; use one of {', '.join(_READING_KNOWN)}")
    for title in _REQUIRED:
        if not fields.get(PROSE[title]):
            faults.add(1, f"the section “## {title}” is missing or empty")
    return fields


def _check_names(rules: tuple[Rule, ...], fields: dict[str, Any], faults: FaultList) -> None:
    names = [rule.name for rule in rules]
    for rule in rules:
        if names.count(rule.name) > 1:
            faults.add(rule.line, f"two rules are called “{rule.name}”")
        if rule.escalated and not fields.get("escalates_to"):
            faults.add(rule.line, "“Escalated: yes” needs “escalates_to:” in the front matter")
    for example in fields.get("bad", ()):
        if example.caught_by and example.caught_by not in names:
            faults.add(example.line, f"no rule here is called “{example.caught_by}”")


# A guideline as the file that it is read from. What `file_of` writes is read back as the same guideline.

_PLAIN_SIGNS = frozenset(" ,.()/’'–-")
_NO_SCALARS = frozenset(("yes", "no", "on", "off", "true", "false", "null"))
_HEADS = ("#", "-", "*", ">")


def file_of(guideline: Guideline) -> str:
    """The file's text."""
    prose: dict[str, str] = {title: getattr(guideline, name) for title, name in PROSE.items()}
    lists: dict[str, tuple[str, ...]] = {title: getattr(guideline, name) for title, name in LISTS.items()}
    blocks = ["---", *_front_matter(guideline), "---"]
    for title in ("Question", "Why"):
        blocks += ["", f"## {title}", "", *_paragraphs(prose[title])]
    blocks += _bullets("## Not when", lists["Not when"])
    for title in ("Escalates when", "Fix"):
        blocks += ["", f"## {title}", "", *_paragraphs(prose[title])] if prose[title] else []
    for rule in guideline.rules:
        blocks += ["", *rule_lines(rule)]
    for title, examples in (("Bad", guideline.bad), ("Good", guideline.good)):
        blocks += (
            ["", f"## {title}", *(line for example in examples for line in _written_example(example))]
            if examples
            else []
        )
    for title in ("References", "Grew out of"):
        blocks += _bullets(f"## {title}", lists[title])
    return "\n".join(blocks) + "\n"


def with_id(guideline_id: str, text: str) -> str:
    """A file's text that says which guideline it is of: whoever imports it may have another title for it by now."""
    fence, newline, rest = text.partition("\n")
    return f"{fence}{newline}{_ID}: {guideline_id}\n{rest}" if fence.strip() == "---" else text


def _front_matter(guideline: Guideline) -> Iterator[str]:
    fields = {
        "title": guideline.title,
        "problem": guideline.problem if guideline.problem != guideline.title else "",
        "severity": guideline.severity.value,
        "escalates_to": guideline.escalates_to.value if guideline.escalates_to else "",
        "decided_from": guideline.decided_from,
        "last_checked": guideline.last_checked,
        "pack": guideline.pack,
        "platforms": ", ".join(guideline.platforms),
        "fixed_rules_only": "true" if guideline.fixed_rules_only else "",
    }
    for name, value in fields.items():
        if value:
            yield f"{name}: {_scalar(value)}" if name != "last_checked" else f"{name}: {value}"


def _scalar(value: str) -> str:
    """In quotation marks where YAML would read something else."""
    plain = all(sign.isalnum() or sign in _PLAIN_SIGNS for sign in value) and value[:1].isalpha()
    return value if plain and value.casefold() not in _NO_SCALARS else json.dumps(value, ensure_ascii=False)


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        yield from [""] * bool(number)
        yield flat(paragraph)


def flat(text: str) -> str:
    """On one line that no heading, bullet or quotation begins."""
    line = " ".join(text.split())
    while line.startswith(_HEADS):
        line = line[1:].lstrip()
    return line


def _bullets(heading: str, lines: Iterable[str]) -> list[str]:
    written = [f"- {' '.join(line.split())}" for line in lines]
    return ["", heading, "", *written] if written else []


def rule_lines(rule: Rule) -> Iterator[str]:
    """A fixed rule with its parts."""
    kinds = {kind: title for title, kind in KINDS.items()}
    yield f"## {kinds[rule.kind]}: {rule.name}"
    yield f"Grade: {rule.grade.value}"
    for option, name in RULE_FLAGS.items():
        if getattr(rule, name):
            yield f"{option}: yes"
    options = {"Only on": ", ".join(rule.only_on), "Insert": rule.insert}
    options |= {"Language": rule.language if rule.language != "en" else ""}
    yield from (f"{option}: {value}" for option, value in options.items() if value)
    yield _no_option(flat(rule.why))
    yield from map(written, rule.phrases)
    for title, name in PATTERN_PARTS.items():
        patterns: tuple[RulePattern, ...] = getattr(rule, name)
        yield from (f"### {title}", *map(written, patterns)) if patterns else ()
    if rule.say_instead:
        yield "### Say instead"
        yield from (f"{written(one.pattern)} -> {one.words}".rstrip() for one in rule.say_instead)
    for title, examples in (("Bad", rule.catches), ("Good", rule.lets_through)):
        yield from (f"### {title}", *(f"- {' '.join(one.text.split())}" for one in examples))


def _no_option(line: str) -> str:
    """A sentence that begins as an option does would be read as one."""
    return f"“{{match}}”: {line}" if OPTION.fullmatch(line) else line


def written(pattern: RulePattern) -> str:
    """A phrase as a bullet."""
    return f"- regex: `{pattern.source}`" if pattern.is_regex else f"- {pattern.source}"


def _written_example(example: Example) -> Iterator[str]:
    yield ""
    yield f"### {', '.join(filter(None, (example.platform or ANY_PLATFORM, example.trade)))}"
    yield ""
    if example.context:
        yield f"Context: {' '.join(example.context.split())}"
    if example.caught_by:
        yield f"Caught by: {example.caught_by}"
    if example.context or example.caught_by:
        yield ""
    yield from (f"> {line}".rstrip() for line in marked(example).split("\n"))


def marked(example: Example) -> str:
    """The post with marks around the words that break the guideline."""
    text = example.text
    if example.span is None:
        return text
    start, end = example.span
    return f"{text[:start]}{MARK}{text[start:end]}{MARK}{text[end:]}"
