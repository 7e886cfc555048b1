"""Reads cases and tag maps from the lines of files that people write."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from bot.core.draft import Draft, platform_named
from bot.core.errors import BrokenFiles, FileFault
from bot.core.evaluation.cases import Gold, GoldCase, kind_of
from bot.core.exception import GuidelineException, Scope
from bot.core.finding import Finding
from bot.core.severity import Severity
from bot.core.words import evaluation as words

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTHING_WRONG = "ok"
_PAIR = 2


class _Wrong(Exception):
    """A line that is no case."""


def read_cases(files: Mapping[str, str]) -> tuple[GoldCase, ...]:
    """The cases of JSON-lines files, in Candor's own form or in that of the public benchmark.

    ``files`` are their texts by name. Raises `BrokenFiles` that names every broken line.
    """
    faults: list[FileFault] = []
    cases: dict[str, GoldCase] = {}
    for path, text in files.items():
        before = len(cases) + len(faults)
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                _keep(line, cases, FileFault(path, number, ""), faults)
        if len(cases) + len(faults) == before:
            faults.append(FileFault(path, 1, words.NO_CASES))
    if faults:
        raise BrokenFiles(faults)
    return tuple(cases.values())


def read_tags(path: str, text: str) -> dict[str, tuple[str, ...]]:
    """A tag map, ``{tag: [guideline, ...]}``. Raises `BrokenFiles`."""
    value = _load(text)
    content = _items(value)
    tags = {tag: _strings(ids) for tag, ids in content.items()}
    if not tags or not all(tags.values()):
        raise BrokenFiles([FileFault(path, 1, words.BROKEN_TAGS)])
    return tags


def _keep(line: str, cases: dict[str, GoldCase], here: FileFault, faults: list[FileFault]) -> None:
    try:
        case = _case(line)
    except _Wrong as wrong:
        faults.append(replace(here, reason=str(wrong)))
        return
    if case.id in cases:
        faults.append(replace(here, reason=words.same_id(case.id)))
    cases[case.id] = case


def _case(line: str) -> GoldCase:
    row = _load(line)
    content = _items(row)
    if not all(isinstance(content.get(name), str) and content[name] for name in ("id", "text")):
        raise _Wrong(words.NO_CASE)
    draft = _draft(content)
    expected = tuple(_gold(one, draft.text) for one in _list(content, "expected") if one != _NOTHING_WRONG)
    expected = _with_spans(expected, _list(content, "spans"))
    judged = frozenset(_strings(content["judged"])) if "judged" in content else None
    return GoldCase(
        str(content["id"]),
        draft,
        expected,
        judged,
        frozenset(_strings(content.get("acceptable_also", []))),
        str(content.get("kind") or kind_of(expected, judged)),
        tuple(_answer(one) for one in _list(content, "answers")),
        tuple(_exception(one) for one in _list(content, "exceptions")),
    )


def _draft(content: Mapping[str, object]) -> Draft:
    platform = platform_named(str(content.get("platform") or "")) or ""
    return Draft(str(content["text"]), platform, str(content.get("context") or ""))


def _gold(value: object, text: str) -> Gold:
    """A tag, or ``{guideline, span}``, where the span is the words or their (start, end)."""
    if isinstance(value, str):
        return Gold(value)
    content = _items(value)
    label, span = content.get("guideline"), content.get("span")
    if not isinstance(label, str):
        raise _Wrong(words.NO_GOLD)
    return Gold(label, _quote(span, text) if span else "")


def _quote(span: object, text: str) -> str:
    ends = _ends(span)
    quote = text[slice(*ends)] if len(ends) == _PAIR else span
    if not isinstance(quote, str) or not quote or quote not in text:
        raise _Wrong(words.WRONG_SPAN)
    return quote


def _ends(span: object) -> list[int]:
    listed = cast("list[object]", span) if isinstance(span, list) else []
    return [end for end in listed if isinstance(end, int)]


def _with_spans(expected: tuple[Gold, ...], spans: list[object]) -> tuple[Gold, ...]:
    """The benchmark keeps its spans beside the tags, as [tag, words]."""
    pairs = [pair for pair in map(_strings, spans) if len(pair) == _PAIR]
    marked = {tag for tag, _ in pairs}
    return (*(gold for gold in expected if gold.label not in marked), *(Gold(tag, quote) for tag, quote in pairs))


def _answer(value: object) -> tuple[str, str]:
    content = _items(value)
    guideline, answer = content.get("guideline"), content.get("answer")
    if not isinstance(guideline, str) or not isinstance(answer, str):
        raise _Wrong(words.NO_ANSWER)
    return guideline, answer


def _exception(value: object) -> GuidelineException:
    content = _items(value)
    guideline, quote = content.get("guideline"), content.get("quote")
    if not isinstance(guideline, str) or not isinstance(quote, str):
        raise _Wrong(words.NO_EXCEPTION)
    campaign = str(content.get("campaign") or "")
    return GuidelineException(
        team="",
        id=f"{guideline}:{quote}",
        guideline=guideline,
        ref=Finding(guideline, Severity.CONSIDER, 0, len(quote), quote, "").ref,
        quote=quote,
        scope=Scope.CAMPAIGN if campaign else Scope.ALWAYS,
        campaign=campaign,
        author="",
        draft_id="",
        created_at=0.0,
    )


def _load(text: str) -> object:
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return None


def _items(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _list(content: Mapping[str, object], name: str) -> list[object]:
    value = content.get(name)
    return cast("list[object]", value) if isinstance(value, list) else []


def _strings(value: object) -> tuple[str, ...]:
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return tuple(one for one in listed if isinstance(one, str))
