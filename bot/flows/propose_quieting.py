"""Propose to brand leads that a guideline be quieter where people of one channel often dismiss it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.core.digest import Period
from bot.core.errors import TryLater
from bot.core.quieting import SPAN, often_dismissed
from bot.core.setting_fields import ALWAYS_ON
from bot.core.severity import Severity
from bot.core.words import quieting as words

if TYPE_CHECKING:
    from bot.core.digest import Health
    from bot.core.digest_ports import DigestFigures, Workspaces
    from bot.core.guideline import Guideline, Library
    from bot.core.ports import Clock
    from bot.core.quieting_ports import Quietings
    from bot.core.settings_ports import WorkspaceSettingsOf
    from bot.flows.tell_leads import TellLeads


@dataclass(frozen=True, slots=True)
class ProposeQuieting:
    """Runs at start and every day; whatever dies in between is told the next time.

    ``library`` holds every guideline.
    """

    workspaces: Workspaces
    figures: DigestFigures
    settings: WorkspaceSettingsOf
    quietings: Quietings
    tell: TellLeads
    library: Library
    clock: Clock

    async def __call__(self) -> int:
        """Tell the brand leads of every workspace; how many proposals stand there."""
        return sum([await self._team(team) for team in self.workspaces.teams])

    async def _team(self, team: str) -> int:
        now, told = self.clock.now(), 0
        facts = await self.figures.facts(team, Period(now - SPAN, now))
        policy = (await self.settings.of(team)).policy
        in_force = {guideline.id: guideline for guideline in policy.apply(self.library).guidelines}
        for channel, health in often_dismissed(facts):
            if guideline := _louder(in_force.get(health.guideline)):
                with suppress(TryLater):  # the next day tells who is left
                    told += await self._propose(team, channel, health, guideline)
        return told

    async def _propose(self, team: str, channel: str, health: Health, guideline: Guideline) -> bool:
        subject = await self.quietings.propose(team, guideline.id, channel, self.clock.now())
        if subject is None:
            return False
        text = partial(words.offer, guideline.problem, health, channel)
        return await self.tell(team, subject.key, text, [channel])


def _louder(guideline: Guideline | None) -> Guideline | None:
    """The guideline, where it can be made quieter."""
    if guideline is None or guideline.id in ALWAYS_ON or guideline.severity is Severity.CONSIDER:
        return None
    return guideline
