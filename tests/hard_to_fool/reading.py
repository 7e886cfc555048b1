"""What people read of a review, taken apart: Candor's own words, and the draft's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bot.core.drafts import Place
from bot.core.reviewing import DraftRecord, standing_of
from bot.slack.points import PointBlocks
from bot.slack.reviewing import reply_blocks, reply_text
from bot.workspace.checking import check_message_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.drafts import Draft
    from bot.core.judging import Critique

PLAIN = {"text", "rich_text_list", "rich_text_section", "rich_text_quote"}
"""The elements of rich text that can neither call nor link."""


class Shown:
    """The reply to a draft, with everything behind "Show more" unfolded."""

    def __init__(self, critique: Critique, draft: Draft, titles: dict[str, str]) -> None:
        standing = standing_of(critique)
        record = DraftRecord(Place("T1", "C1", "1.0"), "U1", draft, revision="0")
        blocks = reply_blocks(standing, record, titles)
        assert check_message_blocks(blocks) == blocks
        draw = PointBlocks(record, titles)
        more = [block for number, point in enumerate(standing.points, 1) for block in draw(number, point)]
        self.blocks: list[Any] = [*blocks, *more]
        self.text = reply_text(standing)

    def kinds(self) -> set[str]:
        """The types of all elements in rich text."""
        rich = [block for block in self.blocks if block["type"] == "rich_text"]
        return {str(one["type"]) for block in rich for one in _dicts(block["elements"]) if "type" in one}

    def marked_up(self) -> list[str]:
        """The texts in which Slack would read a mention or a link."""
        return [one["text"] for one in _dicts(self.blocks) if one.get("type") == "mrkdwn"]

    def own_words(self) -> str:
        """All that Candor says itself, without the draft's words that it repeats in curly quotes."""
        said = [*self.marked_up()]
        for one in _dicts(self.blocks):
            if one.get("type") == "rich_text_quote":
                said += [piece["text"] for piece in one["elements"] if piece.get("style", {}).get("bold")]
            if one.get("type") == "rich_text_section":
                said += [piece["text"] for piece in one["elements"]]
            if one.get("type") == "button":
                said.append(one["text"]["text"])
        return "\n".join(map(_without_quotes, said))


def _without_quotes(text: str) -> str:
    head, opened, rest = text.partition("“")
    return head + rest.rpartition("”")[2] if opened else head


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    below: list[Any] = []
    if isinstance(value, dict):
        one = cast("dict[str, Any]", value)
        yield one
        below = list(one.values())
    elif isinstance(value, list):
        below = cast("list[Any]", value)
    for part in below:
        yield from _dicts(part)
