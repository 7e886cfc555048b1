"""A message arrives: kept as a draft, changed, or removed with everything that goes with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from bot.core.deciding import DAY
from bot.core.draft_or_talk import MessageKind, kind_of
from bot.core.drafts import Author, Changed, Place, Posted
from bot.core.errors import TryLater
from bot.core.reviewing import Reply
from bot.core.side_notes import without_notes
from bot.core.words.conversing import offered

if TYPE_CHECKING:
    from bot.core.drafts import Message, MessageEvent
    from bot.core.ports import Clock, Drafts, Jobs, Replies, Step, ThreadMessage, Watermarks
    from bot.core.privacy import Farewells, Retention
    from bot.core.reviewing import DraftState
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.watching import Channels
    from bot.flows.conversing import TakeTurn
    from bot.flows.muting import IsMuted


# A message arrived: keep the draft, then ask for its review. Safe to repeat.

EDIT_PAUSE = 1.5
"""Seconds that an edit waits for the next one, so that quick corrections cost one review."""
_NOTED_EVERY = 240.0
"""Seconds between two messages of a channel that are noted; shorter than the shortest silence that is looked into."""


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
                    await self.talk.forget(event.place)
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
            # An edit may overtake the message itself: then the draft is known, in older words.
            asked = message.place.ts if message.mentions_us else ""
            draft = _kept(message, kind)
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


# Keep one message about a draft in line with it: posted once, edited in place, removed when it is not wanted.

Content = TypeVar("Content")

_LEFT_BEHIND = 20.0
"""Seconds after which a message that another job reserved and did not post counts as left behind."""
_ON_ITS_WAY = 30.0
"""Seconds after which a post of which nobody heard is not on its way any more; the client itself waits for 20."""
_LOOK = 4.0
"""Seconds between two looks for it."""
_PAUSE = 0.5
_TURNS = 100


class Instead(Enum):
    """What to do where there is nothing to show."""

    LEAVE = "leave"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class KeepMessage(ABC, Generic[Content]):
    """Reads the draft's state before and after every call to Slack, until nothing moved in between.

    So whatever order edits, clicks, deletions and posts come in, the last one to look sees the last state.
    """

    drafts: Drafts
    replies: Replies
    thread: ThreadMessage[Content]
    clock: Clock
    _refused: set[str] = field(default_factory=set[str], init=False)
    """Posts that came back with an answer, in this process: they are not on their way."""

    kind: ClassVar[str]

    @abstractmethod
    def noted(self, state: DraftState) -> Reply | None:
        """Where the message stands, as far as is noted."""

    @abstractmethod
    async def wanted(self, state: DraftState) -> Content | Instead:
        """What the message should show now."""

    async def keep(self, draft_id: str, owner: str) -> str:
        """Bring the message up to date and say what was done last. Raises `TryLater` where it cannot settle."""
        done = "nothing"
        for _ in range(_TURNS):
            state = await self.drafts.state(draft_id)
            if state is None:
                return done
            content = await self.wanted(state)
            if content is Instead.LEAVE or (content is Instead.REMOVE and self._is_nowhere(state)):
                return done
            done = await self._bring(state, owner, content)
            after = await self.drafts.state(draft_id)
            if after and done != "waiting" and not after.has_moved_since(state):
                return done
        raise TryLater(_LEFT_BEHIND)

    def _is_nowhere(self, state: DraftState) -> bool:
        """True where nobody has begun to post it; whoever wants it from now on brings it up to date, too."""
        return self.noted(state) is None and not state.record.erased

    async def _bring(self, state: DraftState, owner: str, content: Content | Instead) -> str:
        return await (self._remove(state) if isinstance(content, Instead) else self._show(state, owner, content))

    async def _remove(self, state: DraftState) -> str:
        """Of an erased draft it looks in the thread whatever is noted: a post under way may have arrived unnoted."""
        noted = self.noted(state)
        reply = noted or Reply(state.record.id, "", "", 0.0, self.kind)
        removed, ts = "", reply.ts or await self.thread.find(state.record, reply)
        while ts != removed:
            await self.thread.delete(state.record.place, ts)
            removed, ts = ts, await self.thread.find(state.record, reply) or ts
        await self.replies.removed(state.record.id)
        return "removed" if removed or noted else "nothing"

    async def _show(self, state: DraftState, owner: str, content: Content) -> str:
        reply = await self.replies.reserve(state.record.id, owner)
        if reply.ts:
            return await self._update(state, reply, content)
        if reply.owner == owner and self.noted(state) is None:
            return await self._post(state, reply, content)
        return await self._recover(state, reply, owner, content)

    async def _post(self, state: DraftState, reply: Reply, content: Content) -> str:
        try:
            ts = await self.thread.post(state.record, reply, content)
        except OSError:  # nobody answered in time: it may still be carried out
            self._refused.discard(reply.key)
            raise
        except Exception:
            self._refused.add(reply.key)
            raise
        self._refused.discard(reply.key)
        after = await self.drafts.state(state.record.id)
        alone = self.noted(state) is None and after is not None and self.noted(after) == reply
        # Who was slow, or took over from somebody slow, may have posted beside another: the first one stays.
        first = ts if alone else await self.thread.find(state.record, reply) or ts
        if first != ts:
            await self.thread.delete(state.record.place, ts)
            return await self._update(state, replace(reply, ts=first), content)
        await self.replies.posted(state.record.id, ts, state.shows)
        return "posted"

    async def _update(self, state: DraftState, reply: Reply, content: Content) -> str:
        kept = await self.thread.update(state.record, reply, content)
        await self.replies.posted(state.record.id, reply.ts, state.shows)
        return "updated" if kept else "gone"

    async def _recover(self, state: DraftState, reply: Reply, owner: str, content: Content) -> str:
        """It was reserved before: look for it in the thread before posting another one.

        Not there yet is not "will not come": Slack may carry out a post whose sender waited no longer or was killed.
        """
        if ts := await self.thread.find(state.record, reply):
            return await self._update(state, replace(reply, ts=ts), content)
        if reply.owner == owner:
            age = abs(self.clock.now() - reply.reserved_at)
            if reply.key in self._refused or age >= _ON_ITS_WAY:
                return await self._post(state, reply, content)
            await self.clock.sleep(min(_LOOK, _ON_ITS_WAY - age))
            return "waiting"
        if abs(self.clock.now() - reply.reserved_at) > _LEFT_BEHIND:
            await self.replies.take_over(reply, owner)
        await self.clock.sleep(_PAUSE)
        return "waiting"


# A draft's time is over: delete what is stored of it, and let its reply say so.

_KEPT, _EXPIRED = "kept", "expired"


@dataclass(frozen=True, slots=True)
class ExpireDraft:
    """The job behind it. What else stands in the thread stays: it is Slack's to keep for the workspace."""

    drafts: Drafts
    retention: Retention
    farewells: Farewells
    settings: WorkspaceSettingsOf
    clock: Clock

    async def __call__(self, step: Step, draft_id: str) -> str:
        """Run the steps; the result says in a word how it ended."""
        ts = await step("look", self.look, draft_id)

        async def say(_: str) -> str:
            days = await self._days(draft_id)
            await self.farewells.say(Place.of(draft_id), ts, days)
            return _EXPIRED

        if await step("erase", self.erase, draft_id) == _KEPT:
            return _KEPT
        return await step("say", say, draft_id) if ts else _EXPIRED

    async def look(self, draft_id: str) -> str:
        """Where the reply stands, "" where there is none. It is forgotten with the draft, so this comes first."""
        state = await self.drafts.state(draft_id)
        return state.reply.ts if state and state.reply else ""

    async def erase(self, draft_id: str) -> str:
        """Delete it, unless it was edited or the setting changed meanwhile."""
        days = await self._days(draft_id)
        done = days and await self.retention.expire(draft_id, self.clock.now() - days * DAY)
        return _EXPIRED if done else _KEPT

    async def _days(self, draft_id: str) -> int:
        return (await self.settings.of(Place.of(draft_id).team)).retention_days


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
