"""What a workspace keeps no longer: found, deleted, and said in its reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.deciding import DAY
from bot.core.drafts import Place

if TYPE_CHECKING:
    from bot.core.digesting import DigestWorkspaces
    from bot.core.ports import Clock, Drafts, Step
    from bot.core.privacy import ExpiryNotices, Retention, RetentionJobs
    from bot.core.settings import WorkspaceSettingsOf


# A draft's time is over: delete what is stored of it, and let its reply say so.

_KEPT, _EXPIRED = "kept", "expired"


@dataclass(frozen=True, slots=True)
class ExpireDraft:
    """The job behind it. What else stands in the thread stays: it is Slack's to keep for the workspace."""

    drafts: Drafts
    retention: Retention
    expiry_notices: ExpiryNotices
    settings: WorkspaceSettingsOf
    clock: Clock

    async def __call__(self, step: Step, draft_id: str) -> str:
        """Run the steps; the result says in a word how it ended."""
        ts = await step("look", self.look, draft_id)

        async def say(_: str) -> str:
            days = await self._days(draft_id)
            await self.expiry_notices.say(Place.of(draft_id), ts, days)
            return _EXPIRED

        if await step("erase", self.erase, draft_id) == _KEPT:
            return _KEPT
        return await step("say", say, draft_id) if ts else _EXPIRED

    async def look(self, draft_id: str) -> str:
        """Where the reply stands, "" where there is none. It is forgotten with the draft, so this comes first."""
        state = await self.drafts.state(draft_id)
        return state.reply.ts if state and state.reply else ""

    async def erase(self, draft_id: str) -> str:
        """Delete it, unless it was edited or the setting changed meanwhile."""
        days = await self._days(draft_id)
        done = days and await self.retention.expire(draft_id, self.clock.now() - days * DAY)
        return _EXPIRED if done else _KEPT

    async def _days(self, draft_id: str) -> int:
        return (await self.settings.of(Place.of(draft_id).team)).retention_days


# Find what the workspace wants to be kept no longer, and ask for its deletion.

_MOST = 500
"""Drafts that are asked for in one go in one workspace; the next run goes on."""


@dataclass(frozen=True, slots=True)
class SweepRetention:
    """Runs at start and every hour, in every process. Asking twice for a job changes nothing.

    A clock that was set forward makes everything look old, so nothing is deleted until it has gone on for a day.
    """

    workspaces: DigestWorkspaces
    settings: WorkspaceSettingsOf
    retention: Retention
    jobs: RetentionJobs
    clock: Clock

    async def __call__(self) -> int:
        """Delete and ask; how many drafts it was asked for."""
        trusting = await self.retention.trusting(self.workspaces.teams, self.clock.now())
        return sum([await self._team(team) for team in self.workspaces.teams if team in trusting])

    async def _team(self, team: str) -> int:
        days = (await self.settings.of(team)).retention_days
        if not days:
            return 0
        before = self.clock.now() - days * DAY
        due = await self.retention.due(team, before, _MOST)
        for draft_id in due:
            await self.jobs.expire(draft_id)
        await self.retention.forget_older(team, before)
        return len(due)
