"""What a message says, out of Slack's rich text blocks: plain text, quote and code blocks, mentions, links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.slack.json import items, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.slack.json import Json


@dataclass(slots=True)
class Said:
    """A message's words as a reader sees them. ``zones`` are the (start, end) of quotes and code."""

    text: str = ""
    zones: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    mentions: list[str] = field(default_factory=list[str])
    has_link: bool = False

    def add(self, words: str) -> None:
        """Write on."""
        self.text += words


def from_blocks(blocks: Iterable[Json]) -> Said | None:
    """The words in a message's rich text blocks, None where it has none."""
    rich = [block for block in blocks if block.get("type") == "rich_text"]
    if not rich:
        return None
    said = Said()
    for block in rich:
        for element in items(block, "elements"):
            _block_element(said, element)
    return said


def _block_element(said: Said, element: Json) -> None:
    # Slack parts a quote or a list from the text before it by the element alone, without a line break.
    if said.text and not said.text.endswith("\n"):
        said.add("\n")
    start = len(said.text)
    match element.get("type"):
        case "rich_text_list":
            _list(said, element)
        case "rich_text_quote" | "rich_text_preformatted":
            _inline(said, element)
            said.zones.append((start, len(said.text)))
        case _:
            _inline(said, element)


def _list(said: Said, element: Json) -> None:
    for number, item in enumerate(items(element, "elements"), 1):
        said.add("\n" if number > 1 else "")
        said.add(f"{number}. " if element.get("style") == "ordered" else "• ")
        _inline(said, item)


def _inline(said: Said, element: Json) -> None:
    for item in items(element, "elements"):
        match item.get("type"):
            case "text":
                said.add(text(item, "text"))
            case "link":
                said.has_link = True
                said.add(text(item, "text") or text(item, "url"))
            case "emoji":
                said.add(_emoji(item))
            case "user":
                said.mentions.append(text(item, "user_id"))
                said.add(f"<@{text(item, 'user_id')}>")
            case "channel":
                said.add(f"<#{text(item, 'channel_id')}>")
            case kind:
                said.add(f"@{text(item, 'range') or text(item, 'usergroup_id') or text(item, 'value') or kind}")


def _emoji(item: Json) -> str:
    codes = text(item, "unicode")
    return "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else f":{text(item, 'name')}:"
