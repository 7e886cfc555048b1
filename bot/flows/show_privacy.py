"""Tell a person what is stored about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.personal_data import Holdings

if TYPE_CHECKING:
    from bot.core.personal_data import Reader
    from bot.core.privacy_ports import PersonalData
    from bot.core.settings_ports import WorkspaceSettingsOf


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    """Counts at this moment."""

    data: PersonalData
    settings: WorkspaceSettingsOf
    reader: Reader

    async def __call__(self, team: str, user: str) -> Holdings:
        """What there is of each kind, who reads it and how long it is kept."""
        settings = await self.settings.of(team)
        counts = await self.data.counts(team, user)
        return Holdings(counts, settings.retention_days, self.reader, user in settings.brand_leads)
