"""Somebody mutes a draft's thread: no more reviews and no more messages there. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.mute import Mute
from bot.core.severity import Severity
from bot.core.sign_off import open_points
from bot.core.standing import standing_in

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.mute_ports import ThreadMutes
    from bot.core.ports import Clock, Drafts, Jobs


@dataclass(frozen=True, slots=True)
class MuteThread:
    """Edits are still stored, so that an unmuted thread shows the words of then."""

    drafts: Drafts
    mutes: ThreadMutes
    jobs: Jobs
    clock: Clock

    async def hides(self, click: Click) -> int:
        """How many open points that must be fixed nobody would see any more: whoever mutes it is asked first."""
        standing = standing_in(await self.drafts.state(click.target.draft_id))
        left = open_points(standing) if standing else ()
        return sum(point.severity is Severity.MUST_FIX for point in left)

    async def __call__(self, click: Click) -> bool:
        """Mute it, and let the reply say so; False where the draft is gone."""
        draft_id = click.target.draft_id
        if not await self.mutes.mute(draft_id, Mute(click.user, self.clock.now())):
            return False
        await self.jobs.refresh(draft_id, click.cause)
        return True
