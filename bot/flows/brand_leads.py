"""Who the brand leads are: whom the workspace named, or else whoever Slack says is in charge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.lead_ports import BrandLeads
    from bot.core.settings_ports import WorkspaceSettingsOf


@dataclass(frozen=True, slots=True)
class NamedLeads:
    """The `BrandLeads` port. Where the installation names them (``overridden``), no workspace does."""

    settings: WorkspaceSettingsOf
    otherwise: BrandLeads
    overridden: bool

    async def of(self, team: str) -> tuple[str, ...]:
        """Their user ids. Raises `TryLater` where Slack does not answer."""
        named = () if self.overridden else (await self.settings.of(team)).brand_leads
        return named or await self.otherwise.of(team)

    async def includes(self, team: str, user: str) -> bool:
        """Whether somebody is one at this moment. Raises `TryLater` where Slack does not answer."""
        named = () if self.overridden else (await self.settings.of(team)).brand_leads
        return user in named if named else await self.otherwise.includes(team, user)
