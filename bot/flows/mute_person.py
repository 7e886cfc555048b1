"""Somebody wants no reviews unless they ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.mute_ports import OptOuts
    from bot.core.ports import Clock


@dataclass(frozen=True, slots=True)
class MutePerson:
    """Counts at once, in every channel. Direct messages, mentions and the shortcut are requests and go on working."""

    opt_outs: OptOuts
    clock: Clock

    async def __call__(self, team: str, user: str) -> bool:
        """Note it; False where it was so already."""
        return await self.opt_outs.add(team, user, self.clock.now())
