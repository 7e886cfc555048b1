"""Settings of workspaces."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.settings import WorkspaceSettings


@dataclass
class FakeSettings:
    """The settings that each workspace was given; the defaults for all others."""

    own: dict[str, WorkspaceSettings] = field(default_factory=dict[str, WorkspaceSettings])

    async def of(self, team: str) -> WorkspaceSettings:
        return self.own.get(team, WorkspaceSettings())
