"""Somebody wants their drafts reviewed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.mute_ports import OptOuts


@dataclass(frozen=True, slots=True)
class UnmutePerson:
    """Counts from the next draft on; what was posted meanwhile was not kept."""

    opt_outs: OptOuts

    async def __call__(self, team: str, user: str) -> bool:
        """Forget it; False where it was not so."""
        return await self.opt_outs.remove(team, user)
