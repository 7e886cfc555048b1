"""Put together what a person's message may be about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.conversation import Said, Talk, TalkPoint
from bot.core.standing import standing_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.conversation import Turn
    from bot.core.conversation_ports import Turns
    from bot.core.ports import Drafts
    from bot.core.record import DraftState
    from bot.core.settings_ports import WorkspaceSettingsOf
    from bot.core.standing import Standing

_REMEMBERED = 20
"""Earlier exchanges of a thread that the model reads."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Reads the stores; all of one workspace."""

    turns: Turns
    drafts: Drafts
    settings: WorkspaceSettingsOf

    async def __call__(self, turn: Turn) -> Talk:
        """The message with the thread before it, the draft as it stands, and what is true of the brand."""
        earlier = await self.turns.before(turn)
        said = tuple(Said(one.author_id, one.text, one.answer.text) for one in earlier[-_REMEMBERED:])
        brand = await self.settings.of(turn.place.team)
        talk = Talk(
            turn.place.team,
            turn.author_id,
            turn.text,
            said,
            facts=brand.facts,
            markets=brand.markets,
            policy=brand.policy,
        )
        state = await self.drafts.state(turn.root_id)
        return _about(talk, state) if state and not state.record.erased else talk


def _about(talk: Talk, state: DraftState) -> Talk:
    standing = standing_in(state)
    if standing is None:
        return replace(talk, draft=state.record.draft)
    questions = tuple(question.question for question in standing.questions)
    return replace(talk, draft=state.record.draft, reviewed=True, points=tuple(_points(standing)), questions=questions)


def _points(standing: Standing) -> Iterator[TalkPoint]:
    """Numbered as in the reply and in the window that continues it."""
    for number, point in enumerate((*standing.shown, *standing.hidden), 1):
        found = point.finding
        added = found.edit.text if found.edit else None
        suggestion = added if found.replacement is None else found.replacement
        yield TalkPoint(number, found.guideline, found.quote, found.why, suggestion, point.decision)
