"""One message in a draft's thread, kept in line with the draft: posted once, edited in place, removed when unwanted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from bot.core.errors import TryLater
from bot.core.reviewing import Reply

if TYPE_CHECKING:
    from bot.core.ports import Clock, Drafts, Replies, ThreadMessage
    from bot.core.reviewing import DraftState


# Keep one message about a draft in line with it: posted once, edited in place, removed when it is not wanted.

Content = TypeVar("Content")

_LEFT_BEHIND = 20.0
"""Seconds after which a message that another job reserved and did not post counts as left behind."""
_ON_ITS_WAY = 30.0
"""Seconds after which a post of which nobody heard is not on its way any more; the client itself waits for 20."""
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
        reply = noted or Reply(state.record.id, "", "", reserved_at=0.0, kind=self.kind)
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
            return await self._post_first(state, reply, content)
        return await self._recover(state, reply, owner, content=content)

    async def _post_first(self, state: DraftState, reply: Reply, content: Content) -> str:
        """Post; long after the draft only if nothing stands there: a restored backup knows less than the thread."""
        long_ago = abs(self.clock.now() - float(state.record.place.ts)) > _LONG_AGO
        if long_ago and (ts := await self.thread.find(state.record, reply)):
            return await self._update(state, replace(reply, ts=ts), content)
        return await self._post(state, reply, content)

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
