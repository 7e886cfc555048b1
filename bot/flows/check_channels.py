"""Tell brand leads of channels that the settings name and that Candor is not in, also right after a change."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bot.core.errors import TryLater, Unreadable
from bot.core.presence import Trouble, Unread
from bot.core.words import leads as words

if TYPE_CHECKING:
    from bot.core.channel_ports import Channels
    from bot.flows.tell_leads import TellLeads


@dataclass(slots=True)
class CheckChannels:
    """Runs at start and every minute. Slack is asked only where the settings have changed since."""

    channels: Channels
    tell: TellLeads
    _checked: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]], init=False)

    async def __call__(self) -> None:
        """Look at every workspace."""
        for team in self.channels.teams:
            wanted = await self.channels.wanted(team)
            if wanted != self._checked.get(team) and await self._check(team, wanted):
                self._checked[team] = wanted

    async def _check(self, team: str, wanted: frozenset[str]) -> bool:
        """True where every brand lead knows what there is to know."""
        try:
            on = await self.channels.switched_on(team)
        except Unreadable as error:
            found = [Unread(team, "", error.trouble)]
        else:
            absent = wanted - frozenset[str]().union(*on.values())
            # A name that the installation gives for every workspace need not be in each: the catch-up knows better.
            everywhere = wanted == self.channels.shared and len(self.channels.teams) > 1
            found = [] if everywhere else [Unread(team, name, Trouble.ABSENT) for name in sorted(absent)]
        return all([await self._told(one) for one in found])

    async def _told(self, one: Unread) -> bool:
        if one.trouble is Trouble.LATER:
            return False
        try:
            return await self.tell(one.team, one.key, partial(words.unread, one), [one.channel] if one.channel else [])
        except TryLater:
            return False
