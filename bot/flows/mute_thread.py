"""Somebody mutes a draft's thread: no more reviews and no more messages there. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.mute import Mute

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.mute_ports import ThreadMutes
    from bot.core.ports import Clock, Jobs


@dataclass(frozen=True, slots=True)
class MuteThread:
    """Edits are still stored, so that an unmuted thread shows the words of then."""

    mutes: ThreadMutes
    jobs: Jobs
    clock: Clock

    async def __call__(self, click: Click) -> bool:
        """Mute it, and let the reply say so; False where the draft is gone."""
        draft_id = click.target.draft_id
        if not await self.mutes.mute(draft_id, Mute(click.user, self.clock.now())):
            return False
        await self.jobs.refresh(draft_id, click.cause)
        return True
