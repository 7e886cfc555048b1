"""JSON of unknown shape, read without trusting it: compatible servers leave out what they like."""

from __future__ import annotations

import json
from typing import cast

_TRIES = 20
_THOUGHT = "</think>"


def load(text: str) -> object:
    """The value, or None for what is no JSON at all."""
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return None


def first_object(text: str) -> object:
    """The first JSON object in a text that may say more around it, or None.

    What a model thought aloud before it answered does not count.
    """
    text = text.rpartition(_THOUGHT)[2]
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(_TRIES):
        if at < 0:
            break
        try:
            return cast("object", decoder.raw_decode(text, at)[0])
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
    return None


def at(value: object, *path: str) -> object:
    """What stands at the path, or None."""
    for name in path:
        value = cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None
    return value


def string(value: object) -> str:
    """The string, or "" for anything else. Half characters, which no request could carry, become "?"."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def count(value: object) -> int:
    """The number of something, or 0."""
    return value if isinstance(value, int) and value > 0 else 0


def items(value: object) -> list[object]:
    """The list, or an empty one."""
    return cast("list[object]", value) if isinstance(value, list) else []
