"""`candor gate`: many drafts, checked before they go out, and told to people and machines."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib import import_module
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from bot.assemble.rules import fixed_rules, whole_library
from bot.core.errors import BrokenFiles, FileFault, PersonCanFix
from bot.core.gating import (
    BROKEN,
    Baseline,
    Document,
    GateResult,
    baseline_of,
    beside,
    document,
    points_of_all,
    read_baseline,
    status,
)
from bot.core.guidelines import Severity
from bot.core.judging import ReviewState
from bot.core.words import gating as words
from bot.core.words.people import ENGLISH, again, speaking
from bot.core.words.reviewing import lost, reason
from bot.flows.reviewing import review_text
from bot.rules.files import yaml_mapping
from bot.rules.private_data import secrets_masked
from bot.settings import ENV, read_settings, says_where
from bot.terminal.files import called, draft_language, kept_apart, read_text, write_text
from bot.terminal.log import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.core.drafts import Draft
    from bot.core.gating import GatePoint, Region
    from bot.core.guidelines import Guideline
    from bot.core.judging import Critique
    from bot.core.words.people import Language
    from bot.settings import Settings

Of = TypeVar("Of")


# The report, in the form that somebody asks for.


class GateFormat(StrEnum):
    """Who reads it."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class GateReport:
    """All files. ``guidelines`` are those in force, ``version`` is Candor's.

    People read about a draft in its own language (``languages``, by path), if replies in Slack are written in it, and
    how all of them came out in the one that they share. JSON has the same words whatever the language.
    """

    results: tuple[GateResult, ...]
    guidelines: Mapping[str, Guideline] = field(default_factory=dict[str, "Guideline"])
    version: str = ""
    languages: Mapping[str, Language] = field(default_factory=dict[str, "Language"])

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
                said = self._said(one, words.point, point)
                yield _line(f"{one.path}:{point.region.line}:{point.region.column}: {said}")
            if one.unread:
                yield _line(f"{one.path}: {self._said(one, again, one.reason)}")
        yield self._summary()

    def _said(self, one: GateResult, say: Callable[[Of], str], what: Of) -> str:
        with speaking(self.languages.get(one.path, ENGLISH)):
            return say(what)

    def _summary(self) -> str:
        spoken = {language.code: language for language in self.languages.values()}
        with speaking(spoken.popitem()[1] if len(spoken) == 1 else ENGLISH):
            return words.summary(self.results)

    def _json(self) -> Iterator[str]:
        files = [
            {
                "path": one.path,
                "reviewed": one.state is ReviewState.DONE and not (one.unread or one.fault),
                "reason": one.fault.reason if one.fault else one.reason,
                "state": "unreadable" if one.fault else one.state.value,
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
                title, said = self._said(one, words.label, point), self._said(one, words.message, point)
                yield f"::{_COMMANDS[point.severity]} {where},title={_value(title)}::{_data(said)}"
            if one.unread:
                said = self._said(one, again, one.reason)
                yield f"::error file={_value(one.path)},title={words.NOT_REVIEWED}::{_data(said)}"
            if one.fault:
                where = f"file={_value(one.path)},line={one.fault.line},title={words.UNREADABLE}"
                yield f"::error {where}::{_data(one.fault.reason)}"
        yield self._summary()

    def _sarif(self) -> Iterator[str]:
        names = sorted({p.guideline for one in self.results for p in (*one.points, *one.known)})
        results = [
            _sarif_result(
                one.path, point, self._said(one, words.message, point), index=names.index(point.guideline), state=state
            )
            for one in self.results
            for state, points in (("new", one.points), ("unchanged", one.known))
            for point in points
        ]
        driver = {"name": "Candor", "version": self.version, "rules": [self._rule(name) for name in names]}
        notes = [_sarif_note(one) for one in self.results if one.reason or one.fault]
        whole = not any(one.unread or one.fault for one in self.results)
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


def _sarif_result(path: str, point: GatePoint, said: str, *, index: int, state: str) -> dict[str, object]:
    artifact = _artifact(path)
    region = _sarif_region(point.region) | ({"snippet": {"text": point.quote}} if point.quote else {})
    result: dict[str, object] = {
        "ruleId": point.guideline,
        "ruleIndex": index,
        "level": _LEVELS[point.severity],
        "message": {"text": said},
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
    place: dict[str, object] = {"artifactLocation": _artifact(one.path)}
    if one.fault:
        place["region"] = {"startLine": one.fault.line}
    level = "error" if one.unread or one.fault else "warning"
    said = one.fault.reason if one.fault else one.reason
    return {"level": level, "message": {"text": said}, "locations": [{"physicalLocation": place}]}


def _artifact(path: str) -> dict[str, str]:
    """As a URI: an absolute path would else be read as one below the repository."""
    return {"uri": Path(path).as_uri() if Path(path).is_absolute() else quote(path)}


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
    """What `status` says; whatever is wrong with more than a file raises (2)."""
    settings = _settings(arguments)
    kept_apart(arguments.files, (*(file for _, file in arguments.report or ()), arguments.write_baseline or ""))
    documents, broken = _documents(arguments)
    for one in broken:
        sys.stderr.write(f"{_line(str(one.fault))}\n")
    if arguments.signed_off:
        return _signed_off(documents, settings, arguments.workspace) if not broken else BROKEN
    guidelines = {one.id: one for one in whole_library(settings).guidelines}
    read = [*_reviewed(documents, settings, guidelines, needs_model=arguments.require_model), *broken]
    known, folder = _baseline(arguments.baseline), _folder(arguments.baseline)
    results = tuple(beside(one, known.of(_name(one.path, folder), one.path)) for one in read)
    if arguments.write_baseline:
        return _save(arguments.write_baseline, results)
    languages = {one.path: draft_language(one.draft.text) for one in documents}
    report = GateReport(_without_secrets(results, documents), guidelines, version("candor"), languages=languages)
    sys.stdout.write(report.written(GateFormat(arguments.format)))  # first: a disk may be full
    for form, file in arguments.report or ():
        write_text(file, report.written(GateFormat(form)))
    return status(results)


def _settings(arguments: argparse.Namespace) -> Settings:
    """Nothing that came with the drafts has a say in how they are judged."""
    if not arguments.env_file and Path(ENV).exists():
        sys.stderr.write(f"{words.ENV_LEFT_OUT}\n")
    if arguments.signed_off and not says_where(("DATA_DIR", "DATABASE_URL"), arguments.env_file):
        raise PersonCanFix(words.NO_DATABASE)
    return read_settings(file=arguments.env_file)


def _documents(arguments: argparse.Namespace) -> tuple[list[Document], list[GateResult]]:
    """The files, each once, and those that cannot be read; standard input where none is named."""
    names = {_name(_path(name), Path()): name for name in reversed(arguments.files or ["-"])}
    if list(names.values()) == ["-"] and sys.stdin.isatty():
        raise PersonCanFix(words.no_files(called()))
    platform, documents, broken = arguments.platform or "", list[Document](), list[GateResult]()
    for name in reversed(names.values()):
        text, path = "", _path(name)
        try:
            text = read_text(name)
            documents.append(document(path, text, yaml_mapping, platform=platform, context=arguments.context))
        except BrokenFiles as error:
            fault = replace(error.faults[0], reason=secrets_masked(text, words.HIDDEN)(error.faults[0].reason))
            broken.append(GateResult(path, fault=fault))
        except PersonCanFix as error:
            broken.append(GateResult(path, fault=FileFault(path, 1, str(error))))
    return documents, broken


def _path(name: str) -> str:
    """As a report names it: with slashes, and without a dot before them."""
    return words.STDIN if name == "-" else Path(name).as_posix()


def _name(path: str, folder: Path) -> str:
    """As a baseline names it: seen from its own folder, so that it doesn't matter where Candor is called."""
    if path == words.STDIN:
        return path
    whole = Path(path).parent.resolve() / Path(path).name
    try:
        return Path(os.path.relpath(whole, folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return whole.as_posix()


def _folder(baseline: str) -> Path:
    return Path(baseline).parent if baseline != "-" else Path()


def _save(name: str, results: Sequence[GateResult]) -> int:
    """What is there from now on passes, but for secrets."""
    if any(one.fault for one in results):
        sys.stderr.write(f"{words.NOTHING_SAVED}\n")
        return BROKEN
    text = baseline_of({_name(one.path, _folder(name)): one for one in results})
    if name == "-":
        sys.stdout.write(text)
    else:
        write_text(name, text)
    sys.stderr.write(f"{words.baseline_written('' if name == '-' else name, results)}\n")
    return status(tuple(replace(one, points=tuple(p for p in one.points if p.stays)) for one in results))


def _without_secrets(results: Sequence[GateResult], documents: Sequence[Document]) -> tuple[GateResult, ...]:
    """Reports are kept in logs and on pages that more people read than the file."""
    masks = {one.path: secrets_masked(one.text, words.HIDDEN) for one in documents}
    return tuple(one.masked(masks[one.path]) if one.path in masks else one for one in results)


def _reviewed(
    documents: Sequence[Document], settings: Settings, guidelines: Mapping[str, Guideline], *, needs_model: bool
) -> Iterator[GateResult]:
    critiques = iter(_critiques([draft for one in documents for draft in one.drafts], settings))
    for one in documents:
        yield _result(one, list(islice(critiques, len(one.drafts))), guidelines, needs_model=needs_model)


def _critiques(drafts: Sequence[Draft], settings: Settings) -> list[Critique]:
    if not settings.model.is_configured:
        rules = fixed_rules(settings)
        return [review_text(draft, rules) for draft in drafts]
    # Loaded only here: without a model nobody waits for its library.
    judging = import_module("bot.assemble.judging")
    return asyncio.run(judging.review_all(drafts, settings))


def _result(
    one: Document, critiques: Sequence[Critique], guidelines: Mapping[str, Guideline], *, needs_model: bool
) -> GateResult:
    """A text without words needs no review. Without a model the fixed checks are all that can be asked for.

    Of the reviews for several platforms the one that came least far counts.
    """
    enough = (ReviewState.DONE,) if needs_model else (ReviewState.DONE, ReviewState.CHECKS_ONLY)
    short = [critique for critique in critiques if critique.unplaced or critique.state not in enough]
    worst = next(iter(short), critiques[0])
    missed = lost(worst.unplaced) if worst.unplaced else ""
    return GateResult(
        one.path,
        points_of_all(one, critiques, guidelines),
        reason=missed if worst.state is ReviewState.DONE else reason(worst),
        state=worst.state,
        unread=bool(one.draft.text and short),
    )


def _baseline(name: str) -> Baseline:
    if not name:
        return Baseline({})
    try:
        baseline = read_baseline(read_text(name))
    except ValueError as error:
        raise PersonCanFix(words.cannot_use(name, str(error))) from None
    if not baseline.counts:
        sys.stderr.write(f"{words.OLD_BASELINE}\n")
    return baseline


# Is exactly this text signed off?


def _signed_off(documents: Sequence[Document], settings: Settings, workspace: str) -> int:
    """0 where all of them are, 1 where one is not."""
    asking = import_module("bot.assemble.operating")
    signed = asyncio.run(asking.signed_off(settings, [one.draft.text for one in documents], workspace))
    for one, at in zip(documents, signed, strict=True):
        sys.stdout.write(f"{_line(f'{one.path}: {words.signed_off(at)}')}\n")
    return int(None in signed)
