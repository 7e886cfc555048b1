"""Which drafts wait for a brand lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.lead_ports import BrandLeads
    from bot.core.sign_off import WaitingSignOff
    from bot.core.sign_off_ports import SignOffs


@dataclass(frozen=True, slots=True)
class WaitingSignOffs:
    """Asked for and not decided, or decided on a text that has changed since; the longest wait first."""

    sign_offs: SignOffs
    leads: BrandLeads

    async def waiting(self, team: str) -> tuple[WaitingSignOff, ...]:
        """All of a workspace."""
        return await self.sign_offs.waiting(team)

    async def waiting_for(self, team: str, user: str) -> tuple[WaitingSignOff, ...]:
        """Those that this person can decide: none for people who are no brand lead. Raises `TryLater`."""
        if user not in await self.leads.of(team):
            return ()
        return tuple(one for one in await self.sign_offs.waiting(team) if one.author_id != user)


@dataclass(frozen=True, slots=True)
class CountedSignOffs:
    """The `SignOffs` port of the digest, which takes the number alone."""

    sign_offs: SignOffs

    async def waiting(self, team: str) -> int:
        """How many drafts wait for a brand lead at this moment."""
        return len(await self.sign_offs.waiting(team))
