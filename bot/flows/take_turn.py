"""Somebody talks with Candor: keep what was said, then ask for the answer. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.conversation import STOP_WORDS, Turn

if TYPE_CHECKING:
    from bot.core.conversation_ports import ConversationJobs, Turns
    from bot.core.message import Message, Place
    from bot.core.ports import Drafts


@dataclass(frozen=True, slots=True)
class TakeTurn:
    """What people do in a conversation. A sweep closes the gap between a write and its job."""

    turns: Turns
    drafts: Drafts
    jobs: ConversationJobs

    async def __call__(self, message: Message) -> None:
        """Take a message to Candor: a question, a request, or the word that stops an answer."""
        place = message.place
        turn = Turn(place, message.thread or place.ts, message.author_id, message.text)
        if message.text.lower().strip(" .!") in STOP_WORDS:
            if running := await self.turns.under_way(place, turn.thread):
                await self.turns.stop(running.id)
            return
        about = await self.drafts.find(turn.root_id)
        if about and about.erased:
            return
        kept = await self.turns.add(turn)
        if kept and not kept.shown:
            await self.jobs.converse(kept)

    async def forget(self, place: Place) -> None:
        """A message is gone, and with it what was said about it: also the answers, which belong to it."""
        for turn_id in await self.turns.erase(place):
            await self.jobs.hush(turn_id)

    async def stop(self, turn_id: str) -> bool:
        """Somebody wants no more of an answer; False where it has ended."""
        return await self.turns.stop(turn_id)

    async def again(self, turn_id: str, attempt: int) -> bool:
        """Somebody wants a failed answer anew; False where that is not open any more."""
        turn = await self.turns.again(turn_id, attempt) or await self._begun(turn_id, attempt + 1)
        if turn:
            await self.jobs.converse(turn)
        return turn is not None

    async def _begun(self, turn_id: str, attempt: int) -> Turn | None:
        """The turn where that attempt is open: the click came twice, or a crash came between the two writes."""
        turn = await self.turns.find(turn_id)
        return turn if turn and turn.attempt == attempt and not turn.shown and not turn.erased else None
