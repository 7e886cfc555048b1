"""A brand lead switches reviews on or off in one channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import Unreadable

if TYPE_CHECKING:
    from bot.core.home_ports import JoinedChannels
    from bot.core.lead_ports import BrandLeads
    from bot.flows.workspace_settings import ChangeSettings


@dataclass(frozen=True, slots=True)
class SwitchChannel:
    """The channel may stand in the settings by its id or by its name."""

    change: ChangeSettings
    joined: JoinedChannels
    leads: BrandLeads

    async def __call__(self, team: str, user: str, channel: str, *, on: bool) -> tuple[str, ...] | None:
        """None where it is so now; else the brand leads, who alone can do it. Raises `TryLater`."""
        settings = await self.change.in_force.of(team)
        names = {channel, await self._name(team, channel)}
        others = tuple(name for name in settings.draft_channels if name not in names)
        wanted = ", ".join((*others, channel) if on else others)
        changed = await self.change(team, user, {"draft_channels": wanted})
        return await self.leads.of(team) if changed.faults else None

    async def _name(self, team: str, channel: str) -> str:
        try:
            return (await self.joined.of(team)).get(channel, channel)
        except Unreadable:
            return channel
