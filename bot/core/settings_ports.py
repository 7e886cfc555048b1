"""What flows need to know of workspaces' settings. Every call names its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.workspace_settings import SettingChange, WorkspaceSettings


@runtime_checkable
class WorkspaceSettingsOf(Protocol):
    """The settings in force."""

    async def of(self, team: str) -> WorkspaceSettings:
        """The workspace's settings at this moment; ask each time, a change counts at once."""
        ...


@runtime_checkable
class SettingValues(Protocol):
    """What was set in a workspace, as text by the field's name (see `bot.core.setting_fields`)."""

    async def of(self, team: str) -> dict[str, str]:
        """The values that were set; a field that is not there has its default."""
        ...

    async def save(self, team: str, values: Mapping[str, str], changes: tuple[SettingChange, ...]) -> None:
        """Keep the values and the entries of the audit, all or nothing."""
        ...

    async def changes(self, team: str, most: int) -> tuple[SettingChange, ...]:
        """The latest entries of the audit, the newest first."""
        ...
