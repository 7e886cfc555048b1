"""What the reply tells beside its points: what an edit did, what was answered, what exceptions left out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.click import Target
from bot.core.contacts import contact_of
from bot.core.critique import Question
from bot.core.words import answers as labels
from bot.core.words import buttons, delta, dismissal, exceptions, model
from bot.core.words import reply as words
from bot.slack.elements import actions, button, person, piece, rich, rich_text, section
from bot.slack.mrkdwn import escaped
from bot.slack.points import OURS, UNDO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.answer import Answer
    from bot.core.critique import Critique
    from bot.core.finding import Finding
    from bot.core.record import DraftRecord
    from bot.core.standing import Point, Standing
    from bot.slack.json import Json

CHANGE = "candor_change_answer_"
EXCEPTED = "candor_excepted"
MOST = 3
"""Answers that are shown, and contacts with a button."""
_BRIEF = 80
"""Characters of their quotes."""


def since_blocks(standing: Standing, titles: Mapping[str, str]) -> list[Json]:
    """What the author's edit did to the points."""
    said = delta.since(standing, titles)
    words_of_it = rich("rich_text_section", piece(delta.SINCE, bold=True), piece(f"{said}."))
    return [rich_text(words_of_it)] if said else []


def lead_blocks(critique: Critique, titles: Mapping[str, str], draft_id: str = "") -> list[Json]:
    """What is worth a look, where no model could say more: one line for each guideline.

    Contact data has a button, so that one tap ends it for good.
    """
    lines = [model.lead(titles.get(name, name), quotes) for name, quotes in critique.quotes_worth_a_look.items()]
    if not lines:
        return []
    heading = rich("rich_text_section", piece(f"{model.WORTH_A_LOOK}. ", bold=True), piece(model.WORTH_WHY))
    bullets = [rich("rich_text_section", piece(line)) for line in lines]
    listed = rich_text(heading, {"type": "rich_text_list", "style": "bullet", "elements": bullets})
    mine = [lead for lead in critique.leads if draft_id and contact_of(lead)]
    return [listed, *(_ours(lead, draft_id) for lead in mine[:MOST])]


def _ours(lead: Finding, draft_id: str) -> Json:
    value = Target(draft_id, lead.ref).value
    line = section(escaped(lead.quote), accessory=button(OURS, buttons.OURS, value, spoken=buttons.whose(lead.quote)))
    return line | {"text": line["text"] | {"verbatim": True}}


def settled_blocks(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """What somebody used or dismissed, each with its way back in sight; the window behind "Show more" has them all."""
    return [_settled(point, record, titles) for point in standing.settled]


def record_blocks(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """What was answered, with a way to change it, and what exceptions left out."""
    blocks: list[Json] = []
    shown = standing.answers[:MOST]
    if shown:
        blocks.append(rich_text(*(_answered(answer, titles) for answer in shown)))
    changeable = [answer for answer in shown if answer.options]
    if changeable:
        blocks.append(actions(*(_change(record, answer, at, changeable) for at, answer in enumerate(changeable))))
    if standing.excepted:
        show = button(EXCEPTED, exceptions.SHOW, Target(record.id).value)
        blocks.append(section(words.excepted(len(standing.excepted)), accessory=show))
    return blocks


def _settled(point: Point, record: DraftRecord, titles: Mapping[str, str]) -> Json:
    finding, verdict = point.finding, point.verdict
    title = titles.get(finding.guideline, finding.guideline)
    quote = " ".join(finding.quote.split())
    brief = quote if len(quote) <= _BRIEF else f"{quote[:_BRIEF].rstrip()}…"
    because = dismissal.because(verdict.reason, escaped(verdict.note)) if verdict else ""
    said = buttons.settled(point, f"“{escaped(brief)}” ({escaped(title)})", because)
    undo = button(UNDO, buttons.UNDO, Target(record.id, finding.ref).value, spoken=buttons.undo(title))
    line = section(said, accessory=undo)
    return line | {"text": line["text"] | {"verbatim": True}}  # an address in the quote stays mere words


def _answered(answer: Answer, titles: Mapping[str, str]) -> Json:
    said = words.answered(titles.get(answer.guideline, answer.guideline), answer.answer)
    return rich("rich_text_section", piece(words.ANSWERS, bold=True), piece(said), person(answer.user), piece(")\n"))


def _change(record: DraftRecord, answer: Answer, at: int, all_: list[Answer]) -> Json:
    value = Target(record.id, Question(answer.guideline, "", ()).ref).value
    return button(f"{CHANGE}{at}", labels.change(at + 1, len(all_)), value)
