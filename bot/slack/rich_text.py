"""What a message says, out of Slack's rich text blocks: plain text, quote and code blocks, mentions, links."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.emoji import Emoji, NoEmoji

from bot.slack.json import items, number, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.slack.json import Json

UNNAMED = "[name]"
"""In the place of a person or a group whose name is not known: a slot that the author fills."""
_UNNAMED_CHANNEL = "#channel"
_INDENT = "  "
_DEEPEST = 8
"""Steps that Slack itself indents a list at most."""
_TONES = {"2": "🏻", "3": "🏼", "4": "🏽", "5": "🏾", "6": "🏿"}
"""The skin tones by Slack's numbers."""
_TONE = "skin-tone-"
_LONGEST_NAME = 60
"""Letters of an emoji's short name."""


@dataclass(slots=True)
class Said:
    """A message's words as a reader sees them. ``zones`` are the (start, end) of quotes and code.

    ``names`` are the names of people, groups and channels by their ids, as far as they are known.
    """

    text: str = ""
    zones: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    mentions: list[str] = field(default_factory=list[str])
    """The ids of the people mentioned."""
    called: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    """Where somebody is called: (start, end, the person's id, or "" for a group or everybody)."""
    has_link: bool = False
    names: Mapping[str, str] = field(default_factory=dict[str, str])

    def add(self, words: str) -> None:
        """Write on."""
        self.text += words

    def person(self, user: str, label: str = "") -> None:
        """Mention somebody, by the name that the message gives or by the one that is known."""
        self.mentions.append(user)
        self._call(_handle(label or self.names.get(user, "")), user)

    def group(self, group: str, label: str = "") -> None:
        """Mention a user group."""
        self._call(_handle(label or self.names.get(group, "")))

    def everybody(self, scope: str) -> None:
        """Call @here, @channel or @everyone."""
        self._call(f"@{scope}")

    def channel(self, channel: str, label: str = "") -> None:
        """Name a channel."""
        name = (label or self.names.get(channel, "")).lstrip("#")
        self.add(f"#{name}" if name else _UNNAMED_CHANNEL)

    def link(self, url: str, label: str = "") -> None:
        """Name an address. A label keeps it behind itself, unless it is the same address as people write it."""
        self.has_link = True
        bare = url.partition("://")[2].rstrip("/") or url.removeprefix("mailto:").removeprefix("tel:")
        same = not label or label.rstrip("/") in (url.rstrip("/"), bare, bare.removeprefix("www."))
        self.add((label or url) if same else f"{label} ({url})")

    def _call(self, words: str, user: str = "") -> None:
        self.called.append((len(self.text), len(self.text) + len(words), user))
        self.add(words)


def from_blocks(blocks: Iterable[Json], names: Mapping[str, str] | None = None) -> Said | None:
    """The words in a message's rich text blocks, None where it has none."""
    written = [block for block in blocks if block.get("type") == "rich_text"]
    if not written:
        return None
    said = Said(names=names or {})
    for block in written:
        for element in items(block, "elements"):
            _block_element(said, element)
    return said


def emoji(name: str) -> str:
    """The sign that a short name stands for (``wave::skin-tone-4`` too); the name itself where it is unknown."""
    plain, _, tone = name.partition("::")
    try:
        return str(Emoji(plain)) + (_TONES[tone.removeprefix(_TONE)] if tone else "")
    except (NoEmoji, KeyError):
        return f":{name}:"


def with_signs(words: str) -> str:
    """Short names of emoji as the signs that they stand for."""
    out, rest = "", words
    while rest:
        before, colon, after = rest.partition(":")
        out += before
        if not colon:
            break
        name, rest = _name_in(after) if not out[-1:].isalnum() else ("", after)
        out += emoji(name) if name else colon
    return out


def _name_in(words: str) -> tuple[str, str]:
    """The short name of an emoji that begins here and ends with a colon, and what stands behind it."""
    name, colon, rest = words.partition(":")
    if not colon or not 0 < len(name) <= _LONGEST_NAME or not all(c.isalnum() or c in "+-_" for c in name):
        return "", words
    tone = rest[1:].partition(":")[0] if rest.startswith(f":{_TONE}") else ""
    return (f"{name}::{tone}", rest[len(tone) + 2 :]) if tone else (name, rest)


def _handle(name: str) -> str:
    return f"@{name.lstrip('@')}" if name else UNNAMED


def _block_element(said: Said, element: Json) -> None:
    # Slack parts a quote or a list from the text before it by the element alone, without a line break.
    if said.text and not said.text.endswith("\n"):
        said.add("\n")
    start = len(said.text)
    kind = element.get("type")
    if kind == "rich_text_list":
        _list(said, element)
    else:
        _inline(said, element)
    if kind in ("rich_text_quote", "rich_text_preformatted") or number(element, "border"):
        said.zones.append((start, len(said.text)))


def _list(said: Said, element: Json) -> None:
    first = number(element, "offset") + 1
    for place, item in enumerate(items(element, "elements"), first):
        said.add("\n" if place > first else "")
        said.add(_INDENT * max(0, min(number(element, "indent"), _DEEPEST)))
        said.add(f"{place}. " if element.get("style") == "ordered" else "• ")
        _inline(said, item)


def _inline(said: Said, element: Json) -> None:
    for item in items(element, "elements"):
        match item.get("type"):
            case "link":
                said.link(text(item, "url"), text(item, "text"))
            case "user":
                said.person(text(item, "user_id"))
            case "usergroup":
                said.group(text(item, "usergroup_id"))
            case "broadcast":
                said.everybody(text(item, "range"))
            case "channel":
                said.channel(text(item, "channel_id"))
            case "team":
                said.add(said.names.get(text(item, "team_id"), UNNAMED))
            case _:
                said.add(_plain(item))


def _plain(item: Json) -> str:
    match item.get("type"):
        case "emoji":
            return _emoji(item)
        case "date":
            return text(item, "fallback") or _day(number(item, "timestamp"))
        case _:  # words, a colour's value; also what is new in Slack may say something
            return text(item, "text") or text(item, "value") or text(item, "fallback")


def _day(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%-d %B %Y") if seconds else ""
    except (OverflowError, ValueError, OSError):  # a day that no calendar has
        return ""


def _emoji(item: Json) -> str:
    codes = text(item, "unicode")
    try:
        return "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else emoji(text(item, "name"))
    except (OverflowError, ValueError):  # no code of a character: the rest of the message is read all the same
        return emoji(text(item, "name"))
