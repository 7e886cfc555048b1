"""A workspace removed Candor: nothing of it stays. One that took its tokens back may come again within a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.installation import Home
    from bot.core.installation_ports import Connections, Installations, LeavingJobs, Workspaces
    from bot.core.ports import Step

_LATE = 120.0
"""Seconds after which nothing that was under way can still write; then once more."""
_KEPT = 7 * 86400.0
"""Seconds that everything of a workspace is kept whose tokens were revoked: that may have been an accident."""


@dataclass(frozen=True, slots=True)
class LeaveWorkspace:
    """Runs as a job, safe to repeat. An installation that is newer than the removal stays, with everything."""

    installations: Installations
    connections: Connections
    workspaces: Workspaces
    jobs: LeavingJobs

    async def __call__(self, step: Step, home: Home, at: float, *, again: bool) -> str:
        """What became of it, in a word."""

        async def take_leave(_: str) -> str:
            teams = await self.installations.remove(home, at)
            if teams is None or (again and home.team and await self.connections.settled(home.team)):
                return "installed again"
            self.connections.forget(home)
            return ",".join(teams)

        async def erase(team: str) -> str:
            await self.jobs.forget(team)
            await self.workspaces.erase(team)
            return team

        teams = await step("take_leave", take_leave, home.key)
        if teams == "installed again":
            return teams
        for team in filter(None, teams.split(",")):
            await step(f"erase:{team}", erase, team)
        if not again:
            await self.jobs.leave(home, at, delay=_LATE, again=True)
        return "left"


@dataclass(frozen=True, slots=True)
class DisableWorkspace:
    """The tokens no longer work, but nobody removed Candor: it falls silent there and keeps everything for a week."""

    installations: Installations
    connections: Connections
    jobs: LeavingJobs

    async def __call__(self, home: Home, at: float) -> bool:
        """Returns when it is durable; True where that is news, and Candor was not installed anew meanwhile."""
        await self.jobs.leave(home, at, delay=_KEPT, revoked=True)
        known = bool(home.team) and await self.connections.ready(home.team)
        disabled = await self.installations.disable(home, at)
        self.connections.forget(home)
        back = bool(home.team) and await self.connections.ready(home.team)
        return (disabled or known) and not back
