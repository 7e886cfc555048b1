"""A message arrives: kept as a draft, changed, or removed with everything that goes with it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.core.drafts import Author, Changed, Place, Posted
from bot.core.reading.draft_or_talk import MessageKind, kind_of
from bot.core.reading.side_notes import without_notes
from bot.core.words.conversing import offered

if TYPE_CHECKING:
    from bot.core.drafts import Message, MessageEvent
    from bot.core.ports import Drafts, Jobs, Watermarks
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.watching import Channels
    from bot.flows.conversing import TakeTurn
    from bot.flows.muting import IsMuted


# A message arrived: keep the draft, then ask for its review. Safe to repeat.

EDIT_PAUSE = 1.5
"""Seconds that an edit waits for the next one, so that quick corrections cost one review."""
_NOTED_EVERY = 240.0
"""Seconds between two messages of a channel that are noted; shorter than the shortest silence that is looked into."""

_AT_ONCE = 8
"""Drafts that are stored at once. What a burst brings is stored in the order in which it came, not all at its end."""


@dataclass(frozen=True, slots=True)
class ReceiveMessage:
    """Takes what Slack says about messages. The two writes are not one transaction: a sweep closes the gap."""

    drafts: Drafts
    jobs: Jobs
    channels: Channels
    watermarks: Watermarks
    is_muted: IsMuted | None = None
    talk: TakeTurn | None = None
    admit: AdmitOutsiders | None = None
    _noted: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float], init=False)
    """The messages that were noted last, in seconds since 1970, by workspace and channel."""
    _few: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE), init=False)

    async def __call__(self, event: MessageEvent) -> None:
        """Keep, revise or erase a draft; anything else is nothing."""
        match event:
            case Posted(message):
                await self._posted(_asked(await self._admitted(message)))
                await self._note(message.place)
            case Changed(message):
                await self._changed(_asked(await self._admitted(message)))
            case _:
                if self.talk:
                    await self.talk.forget(event.place, event.thread)
                if await self.drafts.erase(event.place):
                    await self.jobs.remove_reply(event.place.draft_id)

    async def _note(self, place: Place) -> None:
        """Where the channel is. All that is read of it is how long it was silent, so not every message is a write."""
        here, at = (place.team, place.channel), float(place.ts)
        if at - self._noted.get(here, 0.0) >= _NOTED_EVERY:
            await self.watermarks.seen(*here, place.ts)
            self._noted[here] = at

    async def _admitted(self, message: Message) -> Message:
        return await self.admit(message) if self.admit else message

    async def _posted(self, message: Message) -> None:
        kind = await self._kind(message)
        if kind is MessageKind.CONVERSATION and self.talk:
            await self.talk(message)
        if await self._is_draft(message, kind):
            async with self._few:
                await self._take(message, kind)

    async def _take(self, message: Message, kind: MessageKind) -> None:
        # An edit may overtake the message itself: then the draft is known, in older words.
        asked, draft = message.place.ts if message.mentions_us else "", _kept(message, kind)
        record = await self.drafts.add(draft, asked=asked) or await self.drafts.revise(draft)
        # Asked for even where nothing was new: a crash may have come between the two writes.
        record = record or await self.drafts.find(message.place.draft_id)
        if record and not record.erased:
            await self.jobs.review(record.job)

    async def _changed(self, message: Message) -> None:
        if message.author is Author.BOT:
            return  # a composed draft stands in a message of Candor's; its author changes it in a window
        if await self.drafts.find(message.place.draft_id) is None:
            await self._posted(message)
        elif record := await self.drafts.revise(_kept(message, await self._kind(message))):
            if not (self.is_muted and await self.is_muted(record)):
                await self.jobs.review(record.job, delay=EDIT_PAUSE)
            await self._mark_as_changed(record.id, record.revision)

    async def _mark_as_changed(self, draft_id: str, revision: str) -> None:
        """Clean text and sign-off say at once that the text has changed; the review of the new words takes a while."""
        state = await self.drafts.state(draft_id)
        if state and (state.clean or state.acts):
            await self.jobs.refresh(draft_id, revision)

    async def _kind(self, message: Message) -> MessageKind:
        on = await self.channels.is_switched_on(message.place.team, message.place.channel)
        return kind_of(message, switched_on=on)

    async def _is_draft(self, message: Message, kind: MessageKind) -> bool:
        if kind not in (MessageKind.DRAFT, MessageKind.UNSURE):
            return False
        return not (self.is_muted and await self.is_muted.opted_out(message))


def _asked(message: Message) -> Message:
    """In a direct message: the label of a question that is offered there is that question."""
    return replace(message, text=offered(message.text)) if message.direct else message


def _kept(message: Message, kind: MessageKind) -> Message:
    """The draft alone. What an edit makes of one may be talk as well."""
    return replace(without_notes(message), unsure=kind in (MessageKind.UNSURE, MessageKind.TALK))


# People of other organisations, in channels that are shared with them: heard only where the workspace wants it.


@dataclass(frozen=True, slots=True)
class AdmitOutsiders:
    """Asked at every door through which messages come."""

    settings: WorkspaceSettingsOf

    async def __call__(self, message: Message) -> Message:
        """The message, with its author as one of the workspace's own where that is wanted."""
        if message.author is Author.OUTSIDER and (await self.settings.of(message.place.team)).external_authors:
            return replace(message, author=Author.PERSON)
        return message
