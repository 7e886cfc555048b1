"""A brand lead chose which guidelines are in force, and how severe they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.guideline_choices import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.guideline_choices import Choice
    from bot.flows.workspace_settings import Changed, ChangeSettings


@dataclass(frozen=True, slots=True)
class ChooseGuidelines:
    """Guidelines that are not among the choices stay as they are at this moment, whoever changed them last."""

    change: ChangeSettings

    async def __call__(self, team: str, user: str, choices: Mapping[str, Choice]) -> Changed:
        """Keep the choices, by guideline id."""
        settings = await self.change.in_force.of(team)
        return await self.change(team, user, fields_of(settings.policy, choices))
