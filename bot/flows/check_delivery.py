"""Over HTTP nobody says that Slack cannot get through, so what it could not deliver is looked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bot.core.errors import TryLater, Unreadable
from bot.core.message import Deleted
from bot.core.presence import Undelivered
from bot.core.words import leads as words

if TYPE_CHECKING:
    from bot.core.channel_ports import Channels
    from bot.core.message import MessageEvent
    from bot.core.ports import Clock, Drafts, Watermarks
    from bot.flows.receive_message import ReceiveMessage
    from bot.flows.tell_leads import TellLeads

_SOONEST, _LATEST = 300.0, 3600.0
"""Seconds between two looks at a channel: the longer it has been silent, the rarer."""
_OF_THE_SILENCE = 0.25
_GRACE = 60.0
"""Seconds for which a message may be on its way."""
_MOST = 20
"""Channels of one workspace in one pass; each is a call to Slack, which allows about 50 a minute."""


@dataclass(slots=True)
class CheckDelivery:
    """Runs every few minutes. What it finds goes through the same door as live events, which know each draft once."""

    channels: Channels
    drafts: Drafts
    watermarks: Watermarks
    receive: ReceiveMessage
    tell: TellLeads
    clock: Clock
    is_behind: bool = field(default=False, init=False)
    """True from when something was found until Slack gets through again."""
    _began: float = field(init=False)
    _checked: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float], init=False)
    _untold: list[Undelivered] = field(default_factory=list[Undelivered], init=False)
    _retried: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """What came before is the catch-up's."""
        self._began = self.clock.now()

    def arrived(self, *, retried: bool) -> None:
        """Slack got through; ``retried`` says that it did not at first, so that other things may be lost."""
        self.is_behind = False
        self._retried = self._retried or retried

    async def __call__(self) -> list[Undelivered] | None:
        """What was found; None where there is no sign that anything was lost, edits and deletions included."""
        retried, self._retried = self._retried, False
        found: list[Undelivered] = []
        for team in self.channels.teams:
            channels = await self._team(team)
            if count := sum(channels.values()):
                self.is_behind = True
                found.append(Undelivered(team, tuple(channels), count, self.clock.now()))
        self._untold = [one for one in [*self._untold, *found] if not await self._told(one)]
        return found if found or retried else None

    async def _team(self, team: str) -> dict[str, int]:
        """How many drafts each channel had that nobody delivered; only those that had any."""
        found: dict[str, int] = {}
        with suppress(Unreadable):  # the next pass looks again; to insist would use up what Slack allows
            due = [channel for channel in await self.channels.switched_on(team) if await self._is_due(team, channel)]
            for channel in sorted(due, key=lambda one: self._last_look(team, one))[:_MOST]:
                if count := await self._channel(team, channel):
                    found[channel] = count
        return found

    def _last_look(self, team: str, channel: str) -> float:
        return self._checked.get((team, channel), self._began)

    async def _is_due(self, team: str, channel: str) -> bool:
        seen = await self.watermarks.seen_between(team, channel)
        now = self.clock.now()
        if seen is None:  # a channel that is new to Candor
            await self.watermarks.seen(team, channel, f"{now:.6f}")
            return False
        pause = min(max(_SOONEST, _OF_THE_SILENCE * (now - float(seen[1]))), _LATEST)
        return now - self._last_look(team, channel) >= pause

    async def _channel(self, team: str, channel: str) -> int:
        now, first = self.clock.now(), await self.watermarks.seen_between(team, channel)
        since = max(self._last_look(team, channel) - 2 * _GRACE, float(first[0]) if first else now)
        count = 0
        async for event in self.channels.history(team, channel, since):
            count += await self._was_missed(event, since, now - _GRACE)
        self._checked[team, channel] = now
        return count

    async def _was_missed(self, event: MessageEvent, since: float, until: float) -> bool:
        """True for a draft that is known only now."""
        if isinstance(event, Deleted):
            return False
        place = event.message.place
        if not since < float(place.ts) <= until or await self.drafts.find(place.draft_id):
            return False
        await self.receive(event)
        return await self.drafts.find(place.draft_id) is not None

    async def _told(self, one: Undelivered) -> bool:
        try:
            return await self.tell(one.team, one.key, partial(words.undelivered, one), one.channels)
        except TryLater:
            return False
