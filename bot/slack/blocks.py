"""A critique as Slack's blocks. Pure.

People's words stand in rich text only, where nothing in them can become a mention or a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.click import Target
from bot.core.words import buttons as labels
from bot.core.words import reply as words
from bot.core.words.pictures import SHOWN
from bot.slack.aftermath import lead_blocks, record_blocks, settled_blocks, since_blocks
from bot.slack.elements import DIVIDER, LONGEST, actions, bold, button, context, piece, rich, rich_text, section
from bot.slack.mrkdwn import escaped
from bot.slack.picture_blocks import picture_blocks
from bot.slack.points import MORE, PointBlocks, fitting, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.critique import Question
    from bot.core.record import DraftRecord
    from bot.core.standing import Standing
    from bot.slack.json import Json

ANSWER = "candor_answer_"
MOST_ANSWERS = 5
"""Answers that a question may offer."""
QUESTIONS = 3
"""Questions that are shown at once."""


def reply_blocks(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """The reply to a draft. ``titles`` say what is wrong, by the guidelines' ids."""
    draw = PointBlocks(record, titles)
    standing = fitting(standing, draw)
    footer = context(words.footer(standing.critique, record.draft, draw.platforms))
    headline = words.headline(standing)
    since, pictures = since_blocks(standing, titles), picture_blocks(standing, record, titles)
    settled, record_of_it = settled_blocks(standing, record, titles), record_blocks(standing, record, titles)
    after = [*settled, *lead_blocks(standing.critique, titles, record.id), *pictures, *record_of_it]
    if standing.handled:
        return [section(headline, accessory=_more(record)), *since, *after, footer]
    if standing.silent or not standing.says_something:
        return [section(headline), *since, *after, footer]
    blocks = [section(bold(headline)), *since]
    for number, point in enumerate(standing.shown, 1):
        blocks += draw(number, point)
    for question in standing.questions[:QUESTIONS]:
        blocks += _question(question, record)
    if standing.folded:
        blocks.append(section(words.folded(standing.folded), accessory=_more(record)))
    return [*blocks, *after, footer]


def reply_text(standing: Standing) -> str:
    """The reply in plain words, for notifications and for clients that show no blocks."""
    points = [words.point(short(point.finding.quote), point.finding.why) for point in standing.shown]
    points += [words.point(short(p.finding.quote), p.finding.why) for _, p in standing.open_pictured[:SHOWN]]
    asked = [question.question for question in standing.questions[:QUESTIONS]]
    return escaped(words.summary(standing, points + asked))[:LONGEST]


def _question(question: Question, record: DraftRecord) -> list[Json]:
    value = Target(record.id, question.ref).value
    offered = enumerate(question.answers[:MOST_ANSWERS])
    asked = rich_text(rich("rich_text_section", piece(question.question, bold=True)))
    return [DIVIDER, asked, actions(*(button(f"{ANSWER}{number}", answer, value) for number, answer in offered))]


def _more(record: DraftRecord) -> Json:
    return button(MORE, labels.MORE, Target(record.id).value)
