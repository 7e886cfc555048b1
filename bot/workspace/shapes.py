"""What goes over the wire, as Python sees it, and what goes wrong, by Slack's names."""

from __future__ import annotations

import secrets
from typing import Any, TypeAlias, TypeVar, cast

# What goes over the wire, as Python sees it.

Json: TypeAlias = dict[str, Any]
"""A JSON object. Its keys are Slack's, so they are not ours to type."""

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def new_id(prefix: str, length: int = 10) -> str:
    """An id as Slack writes them: a letter for the kind, then capitals and digits."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(length))


T = TypeVar("T")


def copied(value: T) -> T:
    """A copy that shares nothing which can change, of what JSON has; `copy.deepcopy` takes three times as long."""
    if isinstance(value, dict):
        return cast("T", {key: copied(inner) for key, inner in cast("Json", value).items()})
    if isinstance(value, list):
        return cast("T", [copied(inner) for inner in cast("list[object]", value)])
    return value


def objects(value: object) -> list[Json]:
    """The JSON objects in a list; nothing where it is no list."""
    if not isinstance(value, list):
        return []
    return [cast("Json", item) for item in cast("list[object]", value) if isinstance(item, dict)]


def an_object(value: object) -> Json:
    """The JSON object, or an empty one where it is something else."""
    return cast("Json", value) if isinstance(value, dict) else {}


# What goes wrong, by Slack's names.


class ApiRefusal(Exception):
    """A call that Slack would answer with ``ok: false``. ``code`` is Slack's name of the error."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more: Json = dict(more)

    def answer(self) -> Json:
        """The answer's JSON."""
        return {"ok": False, "error": self.code, **self.more}


class NotAcknowledged(Exception):
    """The bot did not acknowledge in time. ``reason`` is Slack's name for why, as in its retry headers."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final
