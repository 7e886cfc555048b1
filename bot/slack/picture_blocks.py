"""What a review says about pictures, as Slack's blocks. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words import pictures as words
from bot.slack.elements import LONGEST, piece, rich, rich_text, section
from bot.slack.points import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.core.critique import Critique
    from bot.core.pictures import PicturePoint
    from bot.slack.json import Json


def picture_blocks(critique: Critique, titles: Mapping[str, str]) -> list[Json]:
    """The points about words in pictures, which no button can change, and the proposed alt texts."""
    if critique.pictures is None:
        return []
    points, offers = critique.in_pictures, critique.pictures.alt_texts
    blocks = [rich_text(*_point(point, titles)) for point in points[: words.SHOWN]]
    if more := len(points[words.SHOWN :]):
        blocks.append(section(words.more(more)))
    return blocks + ([rich_text(*(_offer(number, text) for number, text in offers))] if offers else [])


def _point(point: PicturePoint, titles: Mapping[str, str]) -> Iterator[Json]:
    label = words.point(point.number, titles.get(point.guideline, point.guideline))
    yield rich("rich_text_section", piece(label, bold=True))
    yield rich("rich_text_quote", piece(short(point.quote)))
    yield rich("rich_text_section", piece(point.why))


def _offer(number: int, text: str) -> Json:
    return rich("rich_text_section", piece(words.alt_text(number), bold=True), piece(f"{text[:LONGEST]}\n"))
