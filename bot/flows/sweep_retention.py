"""Find what the workspace wants to be kept no longer, and ask for its deletion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.exception import DAY

if TYPE_CHECKING:
    from bot.core.digest_ports import Workspaces
    from bot.core.ports import Clock
    from bot.core.privacy_ports import Retention, RetentionJobs
    from bot.core.settings_ports import WorkspaceSettingsOf

_MOST = 500
"""Drafts that are asked for in one go in one workspace; the next run goes on."""


@dataclass(frozen=True, slots=True)
class SweepRetention:
    """Runs at start and every hour, in every process. Asking twice for a job changes nothing.

    A clock that was set forward makes everything look old, so nothing is deleted until it has gone on for a day.
    """

    workspaces: Workspaces
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
