"""Pages of long lists."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, TypeVar

from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json

T = TypeVar("T")
_MOST = 1000


def page(call: Call, entries: list[T], default: int = 100, *, most: int = 0) -> tuple[list[T], Json]:
    """The page that is asked for, and what the answer says about the next one. Raises `Refused`.

    A list that has a ``most`` refuses a larger page; of others a page holds a thousand at most.
    """
    start, limit = _position(call.text("cursor")), call.number("limit", default)
    if most and not 1 <= limit <= most:
        code = "invalid_limit"
        raise ApiRefusal(code)
    end = start + min(limit, _MOST)
    cursor = _cursor(end) if end < len(entries) else ""
    return entries[start:end], {"response_metadata": {"next_cursor": cursor}}


def _cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        kind, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
        if kind == "next":
            return int(position)
    except (binascii.Error, ValueError):
        pass
    code = "invalid_cursor"
    raise ApiRefusal(code)
