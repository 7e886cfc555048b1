"""Find the digests that are due, reserve their week, and ask for each; note those that nobody sent in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.digest import Edition, EditionState, period_until
from bot.core.digest_schedule import due, schedule

if TYPE_CHECKING:
    from bot.core.digest_ports import DigestJobs, Editions, Workspaces
    from bot.core.digest_schedule import Due
    from bot.core.ports import Clock
    from bot.core.settings_ports import WorkspaceSettingsOf

_DAY = 24 * 3600.0
_GRACE = 120.0
"""Seconds by which a new schedule counts earlier than it was noticed."""


@dataclass(frozen=True, slots=True)
class SweepDigests:
    """Runs at start and every minute, in every process. The week's row in the store decides who was first."""

    workspaces: Workspaces
    settings: WorkspaceSettingsOf
    editions: Editions
    jobs: DigestJobs
    clock: Clock

    async def __call__(self) -> int:
        """Ask for what is due; how many digests that were."""
        return sum([await self._team(team) for team in self.workspaces.teams])

    async def _team(self, team: str) -> bool:
        now = self.clock.now()
        digest = (await self.settings.of(team)).digest
        begun = await self.editions.begun(team, schedule(digest), now) - _GRACE
        last = await self.editions.last(team)
        if found := due(digest, now, begun, last.week if last else ""):
            last = await self._open(team, found, last)
        if last is None or last.state is not EditionState.RESERVED:
            return False
        await self.jobs.send_digest(team, last.week, int((now - last.slot) // _DAY))
        return True

    async def _open(self, team: str, found: Due, last: Edition | None) -> Edition | None:
        await self.editions.skip(team, found.slot.week, found.missed)
        if found.missed:
            last = None
        period = period_until(found.slot.moment, found.previous.moment, last)
        edition = Edition(team, found.slot.week, found.slot.moment, period)
        return edition if await self.editions.open(edition) else await self.editions.find(team, edition.week)
