"""Somebody unmutes a draft's thread: what was written meanwhile is reviewed. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.mute_ports import ThreadMutes
    from bot.core.ports import Drafts, Jobs


@dataclass(frozen=True, slots=True)
class UnmuteThread:
    """The reply shows the review again, or a new round of it where the draft was edited meanwhile."""

    drafts: Drafts
    mutes: ThreadMutes
    jobs: Jobs

    async def __call__(self, click: Click) -> bool:
        """Unmute it; False where the draft is gone."""
        draft_id = click.target.draft_id
        before = await self.drafts.state(draft_id)
        if before and before.record.mute and before.is_unread:
            # A job that found the thread muted has ended for good, so the words need another one.
            await self.drafts.next_round(before.record.job)
        if not await self.mutes.unmute(draft_id):
            return False
        state = await self.drafts.state(draft_id)
        if state and state.is_unread:
            await self.jobs.review(state.record.job)
        await self.jobs.refresh(draft_id, click.cause)
        return True
