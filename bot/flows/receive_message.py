"""A message arrived: keep the draft, then ask for its review. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.message import Changed, Posted
from bot.core.reading import Kind, kind_of

if TYPE_CHECKING:
    from bot.core.message import Message, MessageEvent
    from bot.core.ports import Channels, Drafts, Jobs, Watermarks

EDIT_PAUSE = 1.5
"""Seconds that an edit waits for the next one, so that quick corrections cost one review."""


@dataclass(frozen=True, slots=True)
class ReceiveMessage:
    """Takes what Slack says about messages. The two writes are not one transaction: a sweep closes the gap."""

    drafts: Drafts
    jobs: Jobs
    channels: Channels
    watermarks: Watermarks

    async def __call__(self, event: MessageEvent) -> None:
        """Keep, revise or erase a draft; anything else is nothing."""
        match event:
            case Posted(message):
                await self._posted(message)
                await self.watermarks.seen(message.place.team, message.place.channel, message.place.ts)
            case Changed(message):
                await self._changed(message)
            case _:
                if await self.drafts.erase(event.place):
                    await self.jobs.remove_reply(event.place.draft_id)

    async def _posted(self, message: Message) -> None:
        if await self._is_draft(message):
            # An edit may overtake the message itself: then the draft is known, in older words.
            record = await self.drafts.add(message) or await self.drafts.revise(message)
            # Asked for even where nothing was new: a crash may have come between the two writes.
            record = record or await self.drafts.find(message.place.draft_id)
            if record and not record.erased:
                await self.jobs.review(record.job)

    async def _changed(self, message: Message) -> None:
        if await self.drafts.find(message.place.draft_id) is None:
            await self._posted(message)
        elif record := await self.drafts.revise(message):
            await self.jobs.review(record.job, delay=EDIT_PAUSE)
            await self._mark_clean_text(record.id, record.revision)

    async def _mark_clean_text(self, draft_id: str, revision: str) -> None:
        """The clean text says at once that it is out of date; the review of the new words takes a while."""
        state = await self.drafts.state(draft_id)
        if state and state.clean:
            await self.jobs.refresh(draft_id, revision)

    async def _is_draft(self, message: Message) -> bool:
        on = await self.channels.is_switched_on(message.place.team, message.place.channel)
        return kind_of(message, switched_on=on) in (Kind.DRAFT, Kind.UNSURE)
