"""Front matter: what a file says of its draft before the draft begins, as site generators have it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.core.errors import BrokenFiles, FileFault
from bot.core.words import terminal as words

_YAML, _TOML = "---", "+++"
_ENDS = {_YAML: (_YAML, "..."), _TOML: (_TOML,)}
_PLATFORMS, _CONTEXT = ("platform", "platforms"), "context"
_TOML_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")  # noqa: TID251 - no one's text


@dataclass(frozen=True, slots=True)
class HeadEntry:
    """What stands behind a key. ``line`` counts from 1 within the front matter.

    ``values`` are one text or those of a list, nothing for an empty entry, None for anything else.
    """

    line: int
    values: tuple[str, ...] | None
    listed: bool = False


class UnreadableHeadError(ValueError):
    """The lines are in no such language; ``line`` counts from 1 within them."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line, self.problem = line, problem


ReadYaml = Callable[[str], Mapping[str, HeadEntry] | None]
"""Reads a YAML mapping's own keys; None where it is another thing. Raises `UnreadableHeadError`."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """``begins`` is where the draft begins. ``context`` is None where nothing is said of it."""

    begins: int = 0
    platforms: tuple[str, ...] = ()
    platform_line: int = 1
    context: str | None = None


def front_matter(path: str, text: str, read_yaml: ReadYaml) -> FrontMatter:
    """What a text in LF lines begins with: YAML between ``---``, TOML between ``+++``, or nothing.

    What is not closed, has no keys, or between ``---`` is no mapping, belongs to the draft. Raises `BrokenFiles`.
    """
    first, *lines = text.split("\n")
    fence = first.rstrip()
    end = next((at for at, line in enumerate(lines) if line.rstrip() in _ENDS.get(fence, ())), None)
    if end is None:
        return FrontMatter()
    try:
        entries = (read_yaml if fence == _YAML else _toml)("\n".join(lines[:end]))
    except UnreadableHeadError as error:
        if not any(map(_has_key, lines[:end])):
            return FrontMatter()
        what = "YAML" if fence == _YAML else "TOML"
        raise BrokenFiles([FileFault(path, error.line + 1, words.no_front_matter(what, error.problem))]) from None
    if entries is None:
        return FrontMatter()
    begins = len(text) - len("\n".join(lines[end + 1 :]).lstrip())
    return _meant(path, {key.strip().casefold(): entry for key, entry in entries.items()}, begins)


def _has_key(line: str) -> bool:
    key, sign, _ = line.replace("=", ":").partition(":")
    return bool(sign) and key.strip(" \"'").replace("-", "").replace("_", "").isalnum()


def _meant(path: str, entries: Mapping[str, HeadEntry], begins: int) -> FrontMatter:
    """The two things that Candor asks; other keys are other tools'."""
    named = [
        (entries[key].line + 1, name) for key in _PLATFORMS if key in entries for name in _texts(path, key, entries)
    ]
    context = _texts(path, _CONTEXT, entries) if _CONTEXT in entries else ()
    return FrontMatter(
        begins,
        platforms=tuple(name for _, name in named),
        platform_line=named[0][0] if named else 1,
        context="\n".join(context).strip() if context else None,
    )


def _texts(path: str, key: str, entries: Mapping[str, HeadEntry]) -> tuple[str, ...]:
    entry = entries[key]
    if entry.values is None:
        raise BrokenFiles([FileFault(path, entry.line + 1, words.no_text(key))])
    return entry.values


def _toml(text: str) -> Mapping[str, HeadEntry]:
    try:
        read = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = str(error)
        at = _TOML_LINE.search(said)
        line = int(at[1] or text.count("\n") + 1) if at else 1
        raise UnreadableHeadError(line, said[: at.start()] if at else said) from None
    return {key: HeadEntry(_line_of(text, key), _of_toml(value)) for key, value in read.items()}


def _line_of(text: str, key: str) -> int:
    starts = (number for number, line in enumerate(text.split("\n"), 1) if line.lstrip(" \t\"'[").startswith(key))
    return next(starts, 1)


def _of_toml(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list):
        parts = [_of_toml(part) for part in cast("list[Any]", value)]
        return (
            None if None in parts or any(len(part or ()) != 1 for part in parts) else sum((p or () for p in parts), ())
        )
    return None if isinstance(value, dict) else (str(value),)
