"""`candor gate`: many drafts, checked before they go out, and told to people and machines."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.assemble.rules import fixed_rules, whole_library
from bot.core.drafts import PLATFORMS
from bot.core.errors import PersonCanFix
from bot.core.gating import GateResult, baseline_of, beside, document, points_of, read_baseline, status
from bot.core.guidelines import Severity
from bot.core.judging import ReviewState
from bot.core.words import gating as words
from bot.core.words import terminal as terminal_words
from bot.core.words.reviewing import lost, reason
from bot.flows.reviewing import review_text
from bot.settings import read_settings
from bot.terminal.files import called, read_text, write_text
from bot.terminal.log import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from bot.core.gating import Document, GatePoint, Region
    from bot.core.guidelines import Guideline
    from bot.core.judging import Critique
    from bot.settings import Settings


# The report, in the form that somebody asks for.


class GateFormat(StrEnum):
    """Who reads it."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class GateReport:
    """All files. ``guidelines`` are those in force, ``version`` is Candor's."""

    results: tuple[GateResult, ...]
    guidelines: Mapping[str, Guideline] = field(default_factory=dict[str, "Guideline"])
    version: str = ""

    def written(self, form: GateFormat) -> str:
        """The report, with a line's end at its end."""
        lines = {
            GateFormat.TEXT: self._text,
            GateFormat.JSON: self._json,
            GateFormat.SARIF: self._sarif,
            GateFormat.GITHUB: self._github,
        }[form]
        return "".join(f"{line}\n" for line in lines())

    def _text(self) -> Iterator[str]:
        for one in self.results:
            for point in one.points:
                yield _line(f"{one.path}:{point.region.line}:{point.region.column}: {words.point(point)}")
            if one.unread:
                yield _line(f"{one.path}: {one.reason}")
        yield words.summary(self.results)

    def _json(self) -> Iterator[str]:
        files = [
            {
                "path": one.path,
                "reviewed": one.state is ReviewState.DONE and not one.unread,
                "reason": one.reason,
                "state": one.state.value,
                "points": [_as_json(point) for point in one.points],
                "known": len(one.known),
            }
            for one in self.results
        ]
        yield json.dumps({"version": 1, "status": status(self.results), "files": files}, ensure_ascii=False, indent=2)

    def _github(self) -> Iterator[str]:
        """Workflow commands; in their values percent signs, line ends, colons and commas are written as numbers."""
        for one in self.results:
            for point in one.points:
                place = point.region
                where = f"file={_value(one.path)},line={place.line},endLine={place.end_line}"
                if place.line == place.end_line:  # GitHub takes columns within one line only
                    where += f",col={place.column},endColumn={place.end_column}"
                title = _value(words.label(point))
                yield f"::{_COMMANDS[point.severity]} {where},title={title}::{_data(words.message(point))}"
            if one.unread:
                yield f"::error file={_value(one.path)},title={words.NOT_REVIEWED}::{_data(one.reason)}"
        yield words.summary(self.results)

    def _sarif(self) -> Iterator[str]:
        names = sorted({p.guideline for one in self.results for p in (*one.points, *one.known)})
        results = [
            _sarif_result(one.path, point, index=names.index(point.guideline), state=state)
            for one in self.results
            for state, points in (("new", one.points), ("unchanged", one.known))
            for point in points
        ]
        driver = {"name": "Candor", "version": self.version, "rules": [self._rule(name) for name in names]}
        notes = [_sarif_note(one) for one in self.results if one.reason]
        whole = not any(one.unread for one in self.results)
        invocation = {"executionSuccessful": whole, "toolExecutionNotifications": notes}
        run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "invocations": [invocation]}
        log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run | {"results": results}]}
        yield json.dumps(log, ensure_ascii=False, indent=2)

    def _rule(self, name: str) -> dict[str, object]:
        known = self.guidelines.get(name)
        if known is None:
            return {"id": name}
        return {
            "id": name,
            "name": known.title,
            "shortDescription": {"text": known.problem},
            "fullDescription": {"text": known.why or known.problem},
            "defaultConfiguration": {"level": _LEVELS[known.severity]},
        }


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.MUST_FIX: "error", Severity.SHOULD_FIX: "warning", Severity.CONSIDER: "note"}
_COMMANDS = {Severity.MUST_FIX: "error", Severity.SHOULD_FIX: "warning", Severity.CONSIDER: "notice"}


def _line(said: str) -> str:
    """Strangers write drafts and name files: none of their words is a command, to a terminal or to GitHub's log."""
    return printable(f"./{said}" if said.startswith(":") else said)


def _as_json(point: GatePoint) -> dict[str, object]:
    return {
        "ref": point.ref,
        "kind": "question" if point.asks else "finding",
        "guideline": point.guideline,
        "severity": point.severity.value,
        "title": point.title,
        "says": point.says,
        "quote": point.quote,
        "line": point.region.line,
        "column": point.region.column,
        "end_line": point.region.end_line,
        "end_column": point.region.end_column,
        "replacement": point.replacement[1] if point.replacement else None,
    }


def _sarif_result(path: str, point: GatePoint, *, index: int, state: str) -> dict[str, object]:
    artifact = _artifact(path)
    region = _sarif_region(point.region) | ({"snippet": {"text": point.quote}} if point.quote else {})
    result: dict[str, object] = {
        "ruleId": point.guideline,
        "ruleIndex": index,
        "level": _LEVELS[point.severity],
        "message": {"text": words.message(point)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"candorPoint/v1": point.ref},
        "baselineState": state,
    }
    if point.replacement:
        place, text = point.replacement
        change = {"deletedRegion": _sarif_region(place), "insertedContent": {"text": text}}
        fix = {"artifactLocation": artifact, "replacements": [change]}
        result["fixes"] = [{"description": {"text": words.FIX}, "artifactChanges": [fix]}]
    return result


def _sarif_note(one: GateResult) -> dict[str, object]:
    place = {"physicalLocation": {"artifactLocation": _artifact(one.path)}}
    level = "error" if one.unread else "warning"
    return {"level": level, "message": {"text": one.reason}, "locations": [place]}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path)}


def _sarif_region(region: Region) -> dict[str, object]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# The command.


def gate(arguments: argparse.Namespace) -> int:
    """0 for nothing new, 1 for new points, 3 where something was not reviewed; whatever else is wrong raises (2)."""
    settings = read_settings()
    documents = list(_documents(arguments))
    if arguments.signed_off:
        return _signed_off(documents, settings, arguments.workspace)
    guidelines = {one.id: one for one in whole_library(settings).guidelines}
    critiques = _critiques(documents, settings)
    read = [
        _result(one, critique, guidelines, needs_model=arguments.require_model)
        for one, critique in zip(documents, critiques, strict=True)
    ]
    known = _baseline(arguments.baseline)
    results = tuple(beside(one, known.get(one.path, frozenset())) for one in read)
    if arguments.write_baseline:
        write_text(arguments.write_baseline, baseline_of(results))
        sys.stderr.write(f"{words.baseline_written(arguments.write_baseline, results)}\n")
        return status(tuple(replace(one, points=tuple(p for p in one.points if p.stays)) for one in results))
    sys.stdout.write(GateReport(results, guidelines, version("candor")).written(GateFormat(arguments.format)))
    return status(results)


def _documents(arguments: argparse.Namespace) -> Iterator[Document]:
    """The files, each once; standard input where none is named."""
    names = list(dict.fromkeys(arguments.files)) or ["-"]
    if names == ["-"] and sys.stdin.isatty():
        raise PersonCanFix(words.no_files(called()))
    for name in names:
        try:
            yield document(_path(name), read_text(name), arguments.platform or "", context=arguments.context)
        except ValueError as error:
            raise PersonCanFix(words.cannot_use(name, terminal_words.unknown_platform(str(error), PLATFORMS))) from None


def _path(name: str) -> str:
    """As a report and a baseline name it: with slashes, and without a dot before them."""
    return words.STDIN if name == "-" else Path(name).as_posix()


def _critiques(documents: Sequence[Document], settings: Settings) -> list[Critique]:
    drafts = [one.draft for one in documents]
    if not settings.model.is_configured:
        rules = fixed_rules(settings)
        return [review_text(draft, rules) for draft in drafts]
    # Loaded only here: without a model nobody waits for its library.
    judging = import_module("bot.assemble.judging")
    return asyncio.run(judging.review_all(drafts, settings))


def _result(one: Document, critique: Critique, guidelines: Mapping[str, Guideline], *, needs_model: bool) -> GateResult:
    """A text without words needs no review. Without a model the fixed checks are all that can be asked for."""
    enough = critique.state is ReviewState.DONE or (critique.state is ReviewState.CHECKS_ONLY and not needs_model)
    missed = lost(critique.unplaced) if critique.unplaced else ""
    why = missed if critique.state is ReviewState.DONE else reason(critique)
    return GateResult(
        one.path,
        points_of(one, critique, guidelines),
        reason=why,
        state=critique.state,
        unread=bool(one.draft.text) and bool(missed or not enough),
    )


def _baseline(name: str) -> dict[str, frozenset[str]]:
    if not name:
        return {}
    try:
        return read_baseline(read_text(name))
    except ValueError as error:
        raise PersonCanFix(words.cannot_use(name, str(error))) from None


# Is exactly this text signed off?


def _signed_off(documents: Sequence[Document], settings: Settings, workspace: str) -> int:
    """0 where all of them are, 1 where one is not."""
    asking = import_module("bot.assemble.operating")
    signed = asyncio.run(asking.signed_off(settings, [one.draft.text for one in documents], workspace))
    for one, at in zip(documents, signed, strict=True):
        sys.stdout.write(f"{_line(f'{one.path}: {words.signed_off(at)}')}\n")
    return int(None in signed)
