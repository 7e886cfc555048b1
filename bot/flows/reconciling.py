"""One message in a draft's thread, kept in line with the draft: posted once, edited in place, removed when unwanted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from bot.core.errors import CannotEdit, TryLater
from bot.core.reviewing import REMOVING, Reply
from bot.core.words.people import in_english, speaking

if TYPE_CHECKING:
    from bot.core.ports import Clock, Drafts, LanguageOf, Replies, ThreadMessage
    from bot.core.reviewing import DraftState


Content = TypeVar("Content")

_LEFT_BEHIND = 20.0
"""Seconds after which a message that another job reserved and did not post counts as left behind."""
_ON_ITS_WAY = 30.0
"""Seconds after which a post of which nobody heard is repeated; the client itself waits for 20."""
_LATEST = 60.0
"""Seconds after which it is looked whether one was carried out all the same, beside the repetition."""
_SURE = 600.0
"""Seconds after which no call is on its way any more."""
_LOOK = 4.0
"""Seconds between two looks for it."""
_LONG_AGO = 60.0
"""Seconds after which a draft's first reply is looked for before it is posted."""
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
    speaks: LanguageOf = field(default=in_english, kw_only=True)
    _refused: set[str] = field(default_factory=set[str], init=False)
    """Posts that came back with an answer, in this process: they are not on their way."""

    kind: ClassVar[str]

    @abstractmethod
    def noted(self, state: DraftState) -> Reply | None:
        """Where the message stands, as far as is noted."""

    @abstractmethod
    async def wanted(self, state: DraftState) -> Content | Instead:
        """What the message should show now."""

    async def keep(self, draft_id: str, owner: str, state: DraftState | None = None) -> tuple[str, DraftState | None]:
        """Bring the message up to date; what was done last, and the state after it.

        ``state`` is for whoever has read it just now. Raises `TryLater` where it cannot settle.
        """
        done = "nothing"
        for _ in range(_TURNS):
            state = state or await self.drafts.state(draft_id)
            if state is None:
                return done, None
            content = await self.wanted(state)
            if content is Instead.LEAVE or (content is Instead.REMOVE and self._is_nowhere(state)):
                return done, state
            done = await self._bring(state, owner, content)
            after = await self.drafts.state(draft_id)
            if after and done != "waiting" and not after.has_moved_since(state):
                return done, after
            state = after
        raise TryLater(_LEFT_BEHIND)

    def _is_nowhere(self, state: DraftState) -> bool:
        """True where nobody has begun to post it; whoever wants it from now on brings it up to date, too."""
        return self.noted(state) is None and not state.record.erased

    async def _bring(self, state: DraftState, owner: str, content: Content | Instead) -> str:
        if isinstance(content, Instead):
            return await self._remove(state)
        with speaking(await self.speaks(state.record.place.team, state.record.draft.text)):
            return await self._show(state, owner, content)

    async def _remove(self, state: DraftState) -> str:
        """Of an erased draft it looks in the thread whatever is noted: a post under way may have arrived unnoted.

        That it goes is noted before it goes, so whoever wants it again does not take that for somebody's wish.
        Nobody wants that of an erased draft.
        """
        known = noted = self.noted(state)
        if noted and self._is_being_removed(noted):
            return await self._wait(_PAUSE)
        reply = noted or Reply(state.record.id, "", "", reserved_at=0.0, kind=self.kind)
        left = [reply.ts] if reply.ts else await self.thread.find(state.record, reply)
        if known and left and not state.record.erased:
            going = replace(known, ts="", owner=REMOVING, reserved_at=self.clock.now())
            if not await self.replies.swap(known, going):
                return await self._wait(_PAUSE)
            known = going
        removed = await self._delete_all(state, reply, left)
        if noted and self._may_still_arrive(noted):
            return await self._wait(_LOOK)
        if known and not await self.replies.removed(known):
            return "waiting"
        return "removed" if removed or noted else "nothing"

    async def _delete_all(self, state: DraftState, reply: Reply, left: list[str]) -> list[str]:
        """Delete these and whatever arrives meanwhile; gives what was deleted."""
        removed: list[str] = []
        while left:
            await self._delete(state, left)
            removed += left
            left = [ts for ts in await self.thread.find(state.record, reply) if ts not in removed]
        return removed

    async def _wait(self, seconds: float) -> str:
        await self.clock.sleep(seconds)
        return "waiting"

    def _is_being_removed(self, reply: Reply) -> bool:
        """True until whoever removes it has done so, or must have died."""
        return reply.owner == REMOVING and not reply.ts and self._age(reply) < _ON_ITS_WAY

    def _may_still_arrive(self, reply: Reply) -> bool:
        """True while a call about it may be under way, of which nobody knows what becomes."""
        unanswered = reply.owner if reply.ts else reply.key not in self._refused
        return bool(unanswered) and self._age(reply) < _LATEST

    def _age(self, reply: Reply) -> float:
        return abs(self.clock.now() - reply.reserved_at)

    async def _show(self, state: DraftState, owner: str, content: Content) -> str:
        reply = await self.replies.reserve(state.record.id, owner)
        if reply.ts:
            return await self._update(state, reply, content, sure=reply.owner == owner)
        known = self.noted(state)
        if reply.owner == owner and (known is None or known.ts or known.owner != owner):
            return await self._post_first(state, reply, content)
        return await self._recover(state, reply, owner, content=content)

    async def _post_first(self, state: DraftState, reply: Reply, content: Content) -> str:
        """Post; long after the draft only if nothing stands there: a restored backup knows less than the thread."""
        long_ago = abs(self.clock.now() - float(state.record.place.ts)) > _LONG_AGO
        if long_ago and (there := await self.thread.find(state.record, reply)):
            return await self._update(state, reply, content, sure=False, at=there[0])
        return await self._post(state, reply, content, sure=True)

    async def _post(self, state: DraftState, reply: Reply, content: Content, *, sure: bool) -> str:
        """``sure`` says that it is the first time, so that no other post can be on its way."""
        try:
            ts = await self.thread.post(state.record, reply, content)
        except OSError:  # nobody answered in time: it may still be carried out
            self._refused.discard(reply.key)
            raise
        except Exception:  # whatever else it is, Slack has said no, and the caller hears of it
            self._refused.add(reply.key)
            raise
        self._refused.discard(reply.key)
        after = await self.drafts.state(state.record.id)
        alone = self.noted(state) is None and after is not None and self.noted(after) == reply
        # Who was slow, or took over from somebody slow, may have posted beside another: the first one stays.
        there = [ts] if alone else await self.thread.find(state.record, reply) or [ts]
        if there[0] != ts:
            return await self._update(state, reply, content, sure=False, at=there[0])
        await self._delete(state, there[1:])
        if await self.replies.posted(reply, ts, state.shows, sure=sure and alone):
            return "posted"
        # Somebody else began anew meanwhile: what stands there now is found as after a crash.
        now = await self.replies.reserve(state.record.id, reply.owner)
        return await self._recover(state, now, reply.owner, content=content)

    async def _update(self, state: DraftState, known: Reply, content: Content, *, sure: bool, at: str = "") -> str:
        """Edit it, perhaps ``at`` another place than is noted.

        Where some call was never answered, the same may stand there twice: then only one of them stays.
        """
        reply = replace(known, ts=at or known.ts)
        if not sure:
            there = await self.thread.find(state.record, reply)
            reply = replace(reply, ts=reply.ts if reply.ts in there or not there else there[0])
            await self._delete(state, [ts for ts in there if ts != reply.ts])
        try:
            kept = await self.thread.update(state.record, reply, content)
        except OSError:
            await self.replies.doubted(reply)
            raise
        except CannotEdit:
            return await self._replace(state, known, content, old=reply.ts)
        if not kept:
            return "gone" if await self.replies.gone(reply, state.shows) else "waiting"
        sure = sure or self._age(reply) >= _SURE
        noted = await self.replies.posted(known, reply.ts, state.shows, sure=sure)
        return "updated" if noted else "waiting"  # somebody else removed it: what is wanted now is posted anew

    async def _replace(self, state: DraftState, known: Reply, content: Content, *, old: str) -> str:
        """Post it anew, instead of one that would say for ever what was true once.

        That another one is on its way is noted first, so nobody takes the old one's end for somebody's wish.
        """
        anew = replace(known, ts="", reserved_at=self.clock.now())
        if not await self.replies.swap(known, anew):
            return "waiting"
        await self.thread.retire(state.record.place, old)
        return await self._post(state, anew, content, sure=False)

    async def _delete(self, state: DraftState, twins: list[str]) -> None:
        for ts in twins:
            await self.thread.delete(state.record.place, ts)

    async def _recover(self, state: DraftState, reply: Reply, owner: str, content: Content) -> str:
        """It was reserved before: look for it in the thread before posting another one.

        Not there yet is not "will not come": Slack may carry out a post whose sender waited no longer or was killed.
        """
        if self._is_being_removed(reply):
            return await self._wait(_PAUSE)
        if there := await self.thread.find(state.record, reply):
            return await self._update(state, reply, content, sure=False, at=there[0])
        age, ours = self._age(reply), reply.owner == owner
        if age < _ON_ITS_WAY and not (ours and reply.key in self._refused):
            return await self._wait(min(_LOOK, _ON_ITS_WAY - age) if ours else _PAUSE)
        anew = replace(reply, owner=owner, reserved_at=self.clock.now())
        return await self._post(state, anew, content, sure=False) if await self.replies.swap(reply, anew) else "waiting"
