"""Somebody lifts an exception: its author, or a brand lead. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.core.errors import TryLater

if TYPE_CHECKING:
    from bot.core.exception_ports import ExceptionStore
    from bot.core.lead_ports import BrandLeads
    from bot.core.ports import Jobs


class Lifted(Enum):
    """What became of it."""

    DONE = "done"
    GONE = "gone"
    """It had ended already."""
    NOT_YOURS = "not_yours"


@dataclass(frozen=True, slots=True)
class LiftException:
    """The draft it came from shows it at once, and so does ``shown_in``; others with their next review or click."""

    exceptions: ExceptionStore
    leads: BrandLeads
    jobs: Jobs

    async def __call__(self, team: str, exception_id: str, user: str, shown_in: str = "") -> Lifted:
        """End it."""
        found = await self.exceptions.find(team, exception_id)
        if found is None:
            return Lifted.GONE
        if user != found.author and not await self._is_lead(team, user):
            return Lifted.NOT_YOURS
        done = await self.exceptions.lift(team, exception_id, user)
        # Also where it was lifted already: the attempt before may have died in between.
        for draft_id in {found.draft_id, shown_in} - {""}:
            await self.jobs.refresh(draft_id, f"lifted:{exception_id}")
        return Lifted.DONE if done else Lifted.GONE

    async def _is_lead(self, team: str, user: str) -> bool:
        try:
            return user in await self.leads.of(team)
        except TryLater:
            return False
