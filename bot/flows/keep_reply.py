"""Keep the one reply to a draft in line with the draft: posted once, edited in place, removed with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.errors import TryLater
from bot.core.record import Reply

if TYPE_CHECKING:
    from bot.core.critique import Critique
    from bot.core.ports import Clock, Drafts, Replies, Thread
    from bot.core.record import DraftState

_LEFT_BEHIND = 20.0
"""Seconds after which a reply that another job reserved and did not post counts as left behind."""
_PAUSE = 0.5
_TURNS = 100


@dataclass(frozen=True, slots=True)
class KeepReply:
    """Reads the draft's state before and after every call to Slack, until nothing moved in between.

    So whatever order edits, deletions and posts come in, the last one to look sees the last state.
    """

    drafts: Drafts
    replies: Replies
    thread: Thread
    clock: Clock

    async def __call__(self, draft_id: str, *, owner: str) -> str:
        """Bring the reply up to date and say what was done last. Raises `TryLater` where it cannot settle."""
        done = "nothing"
        for _ in range(_TURNS):
            state = await self.drafts.state(draft_id)
            if state is None:
                return done
            if state.record.erased:
                return await self._remove(state)
            if state.review is None:
                return done
            done = await self._show(state, owner, state.review.critique)
            after = await self.drafts.state(draft_id)
            if after and done != "waiting" and after.record == state.record:
                return done
        raise TryLater(_LEFT_BEHIND)

    async def _remove(self, state: DraftState) -> str:
        """Looks in the thread whatever is noted: posts that were under way may have arrived unnoted."""
        reply = state.reply or Reply(state.record.id, "", "", 0.0)
        removed, ts = "", reply.ts or await self.thread.find(state.record, reply)
        while ts != removed:
            await self.thread.delete(state.record.place, ts)
            removed, ts = ts, await self.thread.find(state.record, reply) or ts
        await self.replies.removed(state.record.id)
        return "removed" if removed or state.reply else "nothing"

    async def _show(self, state: DraftState, owner: str, critique: Critique) -> str:
        reply = await self.replies.reserve(state.record.id, owner)
        if reply.ts:
            return await self._update(state, reply, critique)
        if reply.owner == owner and state.reply is None:
            return await self._post(state, reply, critique)
        return await self._recover(state, reply, owner, critique)

    async def _post(self, state: DraftState, reply: Reply, critique: Critique) -> str:
        ts = await self.thread.post(state.record, reply, critique)
        after = await self.drafts.state(state.record.id)
        alone = state.reply is None and after is not None and after.reply == reply
        # Who was slow, or took over from somebody slow, may have posted beside another: the first one stays.
        first = ts if alone else await self.thread.find(state.record, reply) or ts
        if first != ts:
            await self.thread.delete(state.record.place, ts)
            return await self._update(state, replace(reply, ts=first), critique)
        await self.replies.posted(state.record.id, ts, state.record.job)
        return "posted"

    async def _update(self, state: DraftState, reply: Reply, critique: Critique) -> str:
        kept = await self.thread.update(state.record, reply, critique)
        await self.replies.posted(state.record.id, reply.ts, state.record.job)
        return "updated" if kept else "gone"

    async def _recover(self, state: DraftState, reply: Reply, owner: str, critique: Critique) -> str:
        """The reply was reserved before: look for it in the thread before posting another one."""
        if ts := await self.thread.find(state.record, reply):
            return await self._update(state, replace(reply, ts=ts), critique)
        if reply.owner == owner:
            return await self._post(state, reply, critique)
        if self.clock.now() - reply.reserved_at > _LEFT_BEHIND:
            await self.replies.take_over(reply, owner)
        await self.clock.sleep(_PAUSE)
        return "waiting"
