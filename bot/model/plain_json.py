"""JSON of unknown shape, read without trusting it: compatible servers leave out what they like."""

from __future__ import annotations

import json
from typing import cast

_TRIES = 50
"""Braces that open no object, before a text is given up."""
_THOUGHT = "</think>"


def load(text: str) -> object:
    """The value, or None for what is no JSON at all."""
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return None


def objects(text: str) -> list[tuple[object, str]]:
    """The JSON objects in a text that may say more around them, in order, each with what follows it.

    What a model thought aloud before it answered does not count.
    """
    text = text.rpartition(_THOUGHT)[2]
    decoder = json.JSONDecoder()
    found: list[tuple[object, str]] = []
    at, failed = text.find("{"), 0
    while at >= 0 and failed < _TRIES:
        try:
            value, end = cast("tuple[object, int]", decoder.raw_decode(text, at))
        except (ValueError, RecursionError):
            failed, end = failed + 1, at + 1
        else:
            found.append((value, text[end:]))
        at = text.find("{", end)
    return found


def at(value: object, *path: str) -> object:
    """What stands at the path, or None."""
    for name in path:
        value = cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None
    return value


def string(value: object) -> str:
    """The string, or "" for anything else. Half characters, which no request could carry, become "?"."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def words(content: object) -> str:
    """The words of a message: a string, or a list of parts. Parts that are no text, such as thoughts, do not count."""
    parts = (part for part in items(content) if at(part, "type") in (None, "text", "output_text"))
    return string(content) or "".join(string(part) or string(at(part, "text")) for part in parts)


def refuses(content: object) -> bool:
    """True where a part of a message says that the model declines."""
    return any(at(part, "type") == "refusal" for part in items(content))


def count(value: object) -> int:
    """The number of something, or 0."""
    return value if isinstance(value, int) and value > 0 else 0


def items(value: object) -> list[object]:
    """The list, or an empty one."""
    return cast("list[object]", value) if isinstance(value, list) else []
