"""Note that messages arrive, catch up after an absence, and tell brand leads what could not be made good."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bot.core.errors import TryLater, Unreadable
from bot.core.presence import LONGEST, UNREAD, Gap, Trouble, Unread
from bot.core.words import leads as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.audience import Seen
    from bot.core.channel_ports import Channels
    from bot.core.lead_ports import Notices, Presence
    from bot.core.ports import Clock
    from bot.flows.catch_up import CatchUp
    from bot.flows.tell_leads import TellLeads


_MARGIN = 300.0
"""Seconds before the last sign of this process for which a message may have been on its way."""
_NO_BREAK = 180.0
"""Seconds between two turns that are no break: they come every minute."""


@dataclass(slots=True)
class KeepWatch:
    """Runs after every start and reconnect, and every minute while messages can arrive."""

    catch_up: CatchUp
    channels: Channels
    presence: Presence
    notices: Notices
    tell: TellLeads
    clock: Clock
    _since: float | None = field(default=None, init=False)
    """From when on (seconds since 1970) is still to be read; None if nothing is."""
    _seen: float | None = field(default=None, init=False)
    """When this process last noted that messages arrive."""

    async def __call__(self, *, back: bool = False, whole: bool = True) -> list[Gap | Unread]:
        """What is to be known of it. ``back`` says that Candor was away, so that what happened meanwhile is read.

        ``whole`` reads all that can be caught up. Without it only the time since this process was last there is read:
        Slack renews its connections many times a day.
        """
        now = self.clock.now()
        unread: list[Unread] = []
        if back:
            missed = now - LONGEST if whole or self._seen is None else self._seen - _MARGIN
            self._since = missed if self._since is None else min(missed, self._since)
        if self._since is not None:
            unread = await self.catch_up(self._since)
            if await self._tell_unread(unread):
                self._since = None
        # Only now: had the catch-up died, the absence would go on.
        for team in self.channels.teams:
            await self.presence.present(team, now, LONGEST)
        if back or self._seen is None or now - self._seen <= _NO_BREAK:
            self._seen = now  # after a break it is the reconnect that knows what was missed
        return [*unread, *[gap for team in self.channels.teams for gap in await self._tell_gaps(team)]]

    async def _tell_unread(self, unread: list[Unread]) -> bool:
        """True when nothing of it is left to be done."""
        for team in self.channels.teams:
            here = [one for one in unread if one.team == team]
            if not any(one.channel == "" for one in here):
                await self.notices.forget(team, UNREAD, {one.key for one in here})
        done = True
        for one in unread:
            done = one.trouble is not Trouble.LATER and await self._told_unread(one) and done
        return done

    async def _tell_gaps(self, team: str) -> list[Gap]:
        """The gaps that were told of only now."""
        told: list[Gap] = []
        for gap in await self.presence.gaps(team):
            read = await self._read(team)
            if await self._told(team, gap.key, partial(words.gap, gap, read), read):
                await self.presence.told(gap)
                told.append(gap)
        return told

    async def _read(self, team: str) -> list[str]:
        """The channels that were caught up."""
        try:
            return list(await self.channels.switched_on(team))
        except Unreadable:
            return []

    async def _told_unread(self, one: Unread) -> bool:
        return await self._told(one.team, one.key, partial(words.unread, one), [one.channel] if one.channel else [])

    async def _told(self, team: str, key: str, text: Callable[[Seen], str], channels: list[str]) -> bool:
        try:
            return await self.tell(team, key, text, channels)
        except TryLater:
            return False
