"""A review that only the person who asked for it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.record import DraftRecord
from bot.core.standing import standing_of
from bot.core.words import reply as words
from bot.core.words import shortcut as private
from bot.slack.aftermath import lead_blocks
from bot.slack.blocks import QUESTIONS, reply_text
from bot.slack.elements import bold, context, piece, rich, rich_text, section
from bot.slack.points import PointBlocks, short
from bot.slack.responding import respond

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.critique import Critique
    from bot.core.private_review import PrivateReview
    from bot.core.standing import Point, Standing
    from bot.slack.json import Json

_SMALLER = 10
"""Smaller points that are named."""
_BRIEF = 100
"""Characters of the quote of a point that is only named."""


class PrivateReplies:
    """The `PrivateAnswers` port."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    async def reading(self, review: PrivateReview) -> bool:
        """Say that the text is being read."""
        return await respond(review.answer_to, _in_thread(review) | {"text": private.READING})

    async def show(self, review: PrivateReview, critique: Critique) -> bool:
        """Show the review."""
        standing = standing_of(critique)
        blocks = private_blocks(standing, review, self._titles)
        return await respond(review.answer_to, _in_thread(review) | {"blocks": blocks, "text": reply_text(standing)})


def private_blocks(standing: Standing, review: PrivateReview, titles: Mapping[str, str]) -> list[Json]:
    """The review without buttons: there is no draft that a decision could be kept with."""
    critique = standing.critique
    draw = PointBlocks(DraftRecord(review.place, review.author_id, review.draft, ""), titles, with_buttons=False)
    headline = words.headline(standing)
    found = critique.findings or critique.questions
    blocks = [section(bold(headline) if found else headline)]
    for number, point in enumerate(standing.shown, 1):
        blocks += draw(number, point)
    for question in standing.questions[:QUESTIONS]:
        blocks.append(rich_text(rich("rich_text_section", piece(private.question(question), bold=True))))
    blocks += [*lead_blocks(critique, titles), *_smaller(standing, titles)]
    footer = words.footer(critique, review.draft, draw.platforms)
    return [*blocks, context(footer), context(private.KEPT)]


def _smaller(standing: Standing, titles: Mapping[str, str]) -> list[Json]:
    """In the reply to a draft these are behind a button."""
    if not standing.hidden:
        return []
    lines = [_named(point, titles) for point in standing.hidden[:_SMALLER]]
    listed: Json = {"type": "rich_text_list", "style": "bullet", "elements": lines}
    blocks = [rich_text(rich("rich_text_section", piece(private.MORE, bold=True)), listed)]
    return [*blocks, context(private.LEFT_OUT)] if len(standing.hidden) > _SMALLER else blocks


def _named(point: Point, titles: Mapping[str, str]) -> Json:
    finding = point.finding
    label = private.smaller(finding.severity, titles.get(finding.guideline, finding.guideline))
    return rich("rich_text_section", piece(label), piece(f"“{short(finding.quote, _BRIEF)}”"))


def _in_thread(review: PrivateReview) -> Json:
    return {"thread_ts": review.thread} if review.thread else {}
