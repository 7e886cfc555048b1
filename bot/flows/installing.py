"""Candor comes into a channel or a workspace, and leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import Trouble, TryLater, Unreadable
from bot.core.installing import Home
from bot.core.privacy import Introduction
from bot.core.watching import INTRODUCED, Notice

if TYPE_CHECKING:
    from bot.core.installing import Connections, Installations, LeavingJobs, Workspaces
    from bot.core.ports import Step
    from bot.core.privacy import Introductions, Reader
    from bot.core.private_reviews import Homes
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.watching import Notices
    from bot.flows.brand.overnight import DropNights


# Candor was invited to a channel: say once, and only once ever, what it is and what it does with people's words.

_SOON, _LATER = 20.0, 60.0


@dataclass(frozen=True, slots=True)
class Introduce:
    """The job behind it."""

    notices: Notices
    introductions: Introductions
    settings: WorkspaceSettingsOf
    channels: Homes
    reader: Reader

    async def __call__(self, step: Step, team: str, channel: str) -> str:
        """Run its one step; the result says in a word how it ended."""

        async def introduce(_: str) -> str:
            return await self.introduce(team, channel)

        return await step("introduce", introduce, f"introduce:{team}:{channel}")

    async def introduce(self, team: str, channel: str) -> str:
        """Raises `TryLater` while Slack, or another job, stands in the way."""
        # It is told to nobody in particular.
        notice = Notice(team, "", f"{INTRODUCED}{channel}")
        if not await self.notices.reserve(notice):
            if await self.notices.is_told(notice):
                return "known"
            raise TryLater(_SOON)
        try:
            if not await self._stands(team, channel):
                await self.introductions.post(await self.about(team, channel))
        except Unreadable as error:
            if error.trouble is Trouble.LATER:
                raise TryLater(_LATER) from None
            return "not there"
        await self.notices.told(notice)
        return "introduced"

    async def about(self, team: str, channel: str) -> Introduction:
        """What there is to say at this moment."""
        days = (await self.settings.of(team)).retention_days
        return Introduction(
            team, channel, await self.channels.is_switched_on(team, channel), days=days, reader=self.reader
        )

    async def _stands(self, team: str, channel: str) -> bool:
        """True where an attempt before this one got through; a channel that cannot be read may still be written to."""
        try:
            return bool(await self.introductions.find(team, channel))
        except Unreadable as error:
            if error.trouble is not Trouble.NO_SCOPE:
                raise
            return False


# A workspace removed Candor: nothing of it stays. One that took its tokens back may come again within a week.

_AGAIN = "installed again"
_LATE = 120.0
"""Seconds after which nothing that was under way can still write; then once more."""
_KEPT = 7 * 86400.0
"""Seconds that everything of a workspace is kept whose tokens were revoked: that may have been an accident."""


@dataclass(frozen=True, slots=True)
class LeaveWorkspace:
    """Runs as a job, safe to repeat. Where Slack takes the token, Candor was installed again: then everything stays."""

    installations: Installations
    connections: Connections
    workspaces: Workspaces
    jobs: LeavingJobs
    nights: DropNights | None = None

    async def job(self, step: Step, team: str, enterprise: str, at: float, again: bool) -> str:  # noqa: FBT001 - as it is stored
        """The same, with a job's ids."""
        return await self(step, Home(team, enterprise), at, again=again)

    async def __call__(self, step: Step, home: Home, at: float, *, again: bool) -> str:
        """What became of it, in a word."""

        async def take_leave(_: str) -> str:
            ended = await self.connections.ended(home)
            teams = None if ended is None else await self.installations.remove(home, ended)
            if teams is None or (again and home.team and await self.connections.settled(home.team)):
                return _AGAIN
            self.connections.forget(home)
            return ",".join(teams)

        async def erase(team: str) -> str:
            if self.nights:
                await self.nights(team)
            await self.jobs.forget(team)
            await self.workspaces.erase(team)
            return team

        teams = await step("take_leave", take_leave, home.key)
        gone = [] if teams == _AGAIN else [team for team in teams.split(",") if team]
        for team in gone:
            await step(f"erase:{team}", erase, team)
        if not again:  # also because Slack may take a token for a moment longer
            await self.jobs.leave(home, at, delay=_LATE, again=True)
        return _AGAIN if teams == _AGAIN else "left"


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
        try:
            ended = await self.connections.ended(home)
        except TryLater:
            return False  # it is looked at once more before anything is deleted
        if ended is None:
            return False
        disabled = await self.installations.disable(home, ended)
        self.connections.forget(home)
        back = bool(home.team) and await self.connections.ready(home.team)
        return (disabled or known) and not back
