"""A brand lead decides on a proposal to make a guideline quieter. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.audience import channel_of
from bot.core.digest import Period
from bot.core.quieting import SPAN, as_consider, examples_of

if TYPE_CHECKING:
    from bot.core.audience import Hidden
    from bot.core.digest_ports import DigestFigures
    from bot.core.ports import Clock
    from bot.core.quieting import Subject
    from bot.core.quieting_ports import Quietings
    from bot.flows.audience import WhoSees
    from bot.flows.workspace_settings import ChangeSettings


@dataclass(frozen=True, slots=True)
class SettleQuieting:
    """Changes the workspace's settings, with who did it, or leaves them."""

    quietings: Quietings
    change: ChangeSettings
    figures: DigestFigures
    clock: Clock
    sees: WhoSees

    async def accept(self, team: str, user: str, subject: Subject) -> bool:
        """Make its points ones to consider; False where the person may not."""
        settings = await self.change.in_force.of(team)
        changed = await self.change(team, user, as_consider(settings, subject.guideline))
        if changed.faults:
            return False
        await self.quietings.settle(team, subject)
        return True

    async def leave(self, team: str, user: str, subject: Subject) -> bool:
        """Leave it; False where the person may not decide."""
        if user not in await self.change.leads.of(team):
            return False
        await self.quietings.settle(team, subject)
        return True

    async def examples(self, team: str, user: str, subject: Subject) -> tuple[tuple[str, ...], Hidden]:
        """The ids of drafts in which it was dismissed, the latest first, as far as the person may read them."""
        now = self.clock.now()
        found = examples_of(await self.figures.facts(team, Period(now - SPAN, now)), subject)
        return (await self.sees.drafts(team, user, found)).of(found, channel_of)
