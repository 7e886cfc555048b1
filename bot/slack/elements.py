"""The pieces that Candor's blocks are made of, within Slack's limits. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bot.core.words.people import SOMEBODY, is_forgotten
from bot.slack.mrkdwn import escaped

if TYPE_CHECKING:
    from bot.slack.json import Json

LONGEST = 2_900
"""Slack takes 3,000 characters in a text."""
_BUTTON = 75
DIVIDER: dict[str, Any] = {"type": "divider"}
"""A line between blocks."""


def rich_text(*elements: Json) -> Json:
    """A block in which nothing can become a mention or a link."""
    return {"type": "rich_text", "elements": list(elements)}


def rich(kind: str, *pieces: Json) -> Json:
    """A part of it: ``rich_text_section``, ``rich_text_quote`` or ``rich_text_preformatted``."""
    return {"type": kind, "elements": list(pieces)}


def piece(text: str, **style: bool) -> Json:
    """Words in rich text."""
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def link(url: str, text: str) -> Json:
    """Words in rich text that lead somewhere."""
    return {"type": "link", "url": url, "text": text}


def person(user: str) -> Json:
    """Somebody's name in rich text."""
    return piece(SOMEBODY) if is_forgotten(user) else {"type": "user", "user_id": user}


def section(text: str, *, accessory: Json | None = None) -> Json:
    """A line in Slack's markup, perhaps with a button beside it."""
    block: Json = {"type": "section", "text": {"type": "mrkdwn", "text": text[:LONGEST]}}
    return block | ({"accessory": accessory} if accessory else {})


def length(blocks: list[Json]) -> int:
    """The characters of all texts in blocks, which Slack counts together: it refuses a message from 11,341 on."""
    return sum(_length(block) for block in blocks)


def _length(value: object) -> int:
    if isinstance(value, dict):
        content = cast("Json", value)
        own = content.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(_length(inner) for inner in content.values())
    return sum(_length(inner) for inner in cast("list[object]", value)) if isinstance(value, list) else 0


def bold(text: str) -> str:
    """The words in bold, in Slack's markup."""
    return f"*{escaped(text)}*"


def context(text: str) -> Json:
    """A line in small print."""
    return {"type": "context", "elements": [plain(text[:LONGEST])]}


def plain(text: str) -> Json:
    """Words as they are."""
    return {"type": "plain_text", "text": text}


def button(action_id: str, text: str, value: str, *, spoken: str = "") -> Json:
    """A button; a label that is too long for it is cut. ``spoken`` is what a screen reader says in its place."""
    shown: Json = {"type": "button", "action_id": action_id, "text": plain(_fitting(text)), "value": value}
    return shown | ({"accessibility_label": _fitting(spoken)} if spoken else {})


def _fitting(label: str) -> str:
    return label if len(label) <= _BUTTON else f"{label[: _BUTTON - 1]}…"


def actions(*buttons: Json) -> Json:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}
