"""Read what happened in the switched-on channels while nobody listened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.message import Changed, Deleted, Posted

if TYPE_CHECKING:
    from bot.core.message import MessageEvent, Place
    from bot.core.ports import Channels, Clock, Drafts, Watermarks
    from bot.flows.receive_message import ReceiveMessage

LONGEST = 24 * 3600.0
"""Seconds of history that are read."""


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Runs after a start or a reconnect and hands everything to the same door as live events.

    That door knows each draft only once, so what had arrived before changes nothing.
    """

    channels: Channels
    drafts: Drafts
    watermarks: Watermarks
    receive: ReceiveMessage
    clock: Clock

    async def __call__(self) -> list[tuple[str, str]]:
        """Read every switched-on channel; the (team, channel) whose gap was longer than can be read."""
        gaps: list[tuple[str, str]] = []
        for team, channel in await self.channels.switched_on():
            if await self._channel(team, channel):
                gaps.append((team, channel))
        return gaps

    async def _channel(self, team: str, channel: str) -> bool:
        now = self.clock.now()
        seen = await self.watermarks.seen_between(team, channel)
        if seen is None:
            await self.watermarks.seen(team, channel, f"{now:.6f}")
            return False
        first, last = seen
        # Read before the history, so that a draft posted meanwhile is not taken for a deleted one.
        live = await self.drafts.live(team, channel, now - LONGEST)
        known = {record.place.ts for record in live}
        there: set[str] = set()
        async for event in self.channels.history(team, channel, now - LONGEST):
            place = _place(event)
            there.add(place.ts)
            if place.ts in known or float(place.ts) > float(first):
                await self.receive(event)
        for record in live:
            if record.place.ts not in there:
                await self.receive(Deleted(record.place))
        return now - float(last) > LONGEST


def _place(event: MessageEvent) -> Place:
    match event:
        case Posted(message) | Changed(message):
            return message.place
        case _:
            return event.place
