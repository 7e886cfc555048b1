"""What a review says about pictures, as Slack's blocks. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.click import Target
from bot.core.words import buttons as labels
from bot.core.words import pictures as words
from bot.core.words.reply import label_in_picture
from bot.slack.elements import DIVIDER, LONGEST, actions, button, piece, rich, rich_text, section
from bot.slack.points import DISMISS, WHY, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.record import DraftRecord
    from bot.core.standing import Point, Standing
    from bot.slack.json import Json


def picture_blocks(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """The open points about words in pictures, which no edit of the draft can cure, and the proposed alt texts."""
    review, points = standing.critique.pictures, standing.open_pictured
    if review is None:
        return []
    blocks = [block for one in points[: words.SHOWN] for block in _point(*one, record, titles)]
    if more := len(points[words.SHOWN :]):
        blocks.append(section(words.more(more)))
    return blocks + [_offer(number, text) for number, text in review.alt_texts]


def _point(number: int, point: Point, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    finding = point.finding
    problem, value = titles.get(finding.guideline, finding.guideline), Target(record.id, finding.ref).value

    def one(action: str, label: str) -> Json:
        return button(action, label, value, spoken=words.spoken(label, number, problem))

    said = rich_text(
        rich("rich_text_section", piece(label_in_picture(number, finding, problem), bold=True)),
        rich("rich_text_quote", piece(short(finding.quote))),
        rich("rich_text_section", piece(finding.why)),
    )
    dismiss = [one(DISMISS, labels.DISMISS)] if finding.dismissable else []
    return [DIVIDER, said, actions(*dismiss, one(WHY, labels.WHY))]


def _offer(number: int, text: str) -> Json:
    """A block to copy."""
    heading = rich("rich_text_section", piece(words.alt_text(number), bold=True))
    return rich_text(heading, rich("rich_text_preformatted", piece(text[:LONGEST])))
