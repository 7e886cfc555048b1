"""Read what happened while nobody listened: in the switched-on channels, and to the drafts elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import Unreadable
from bot.core.message import Changed, Posted
from bot.core.presence import LONGEST, Trouble, Unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.channel_ports import Channels
    from bot.core.message import MessageEvent, Place
    from bot.core.ports import Clock, Drafts, Watermarks
    from bot.core.record import DraftRecord
    from bot.flows.receive_message import ReceiveMessage

_FOLLOWED = 7 * LONGEST
"""Seconds for which a draft that no history shows is looked at by itself."""
_SHORT = 600.0
"""Seconds of absence in which no older draft is looked at by itself."""
_FRESH = 3600.0
"""Seconds for which one is, even then: most edits and deletions come soon."""
_MOST = 100
"""Such looks in one workspace; each is a call to Slack."""


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Runs after a start or a reconnect and hands everything to the same door as live events.

    That door knows each draft only once, so what had arrived before changes nothing. A channel or a workspace that
    cannot be read does not stop the others.
    """

    channels: Channels
    drafts: Drafts
    watermarks: Watermarks
    receive: ReceiveMessage
    clock: Clock
    late: Callable[[str], float] = lambda _: 0.0
    """When Slack was first asked for a workspace that joined late; 0 for every other."""

    async def __call__(self, since: float | None = None) -> list[Unread]:
        """Read everything since then (seconds since 1970; a day at most), and say what could not be read.

        After a short break, only drafts of the last hour are looked at by themselves: Slack delivers again for minutes.
        """
        longest = self.clock.now() - LONGEST
        since = longest if since is None else max(since, longest)
        unread: list[Unread] = []
        absent: dict[str, frozenset[str]] = {}
        named: set[str] = set()
        for team in self.channels.teams:
            wanted = await self.channels.wanted(team)
            try:
                on = await self.channels.switched_on(team)
            except Unreadable as error:
                unread.append(Unread(team, "", error.trouble))
                named |= wanted  # any of them may be here
                continue
            here = frozenset[str]().union(*on.values())
            named |= here
            absent[team] = wanted - here
            unread += await self._team(team, list(on), since)
        return unread + [u for team, names in absent.items() for u in await self._absent(team, names, named)]

    async def _absent(self, team: str, names: frozenset[str], named: set[str]) -> list[Unread]:
        """A name that holds for every workspace need not be in each."""
        if await self.channels.wanted(team) == self.channels.shared:
            names -= named
        return [Unread(team, name, Trouble.ABSENT) for name in sorted(names)]

    async def _team(self, team: str, on: list[str], since: float) -> list[Unread]:
        # Asked for before the histories, so that what is posted meanwhile needs no look of its own.
        now = self.clock.now()
        drafts = await self.drafts.live(team, now - (_FOLLOWED if now - since > _SHORT else _FRESH))
        known = frozenset(record.id for record in drafts)
        unread: dict[str, Unread] = {}
        there: set[str] = set()
        for channel in on:
            try:
                there |= await self._channel(team, channel, known, since)
            except Unreadable as error:
                unread[channel] = Unread(team, channel, error.trouble)
        await self._follow([r for r in drafts if r.id not in there and r.place.channel not in unread])
        return list(unread.values())

    async def _channel(self, team: str, channel: str, known: frozenset[str], since: float) -> set[str]:
        """Read back one channel; the ids of what stands there."""
        seen = await self.watermarks.seen_between(team, channel)
        if seen is None:
            late = self.late(team)
            await self.watermarks.seen(team, channel, f"{late or self.clock.now():.6f}")
            if not late:
                return set()
            seen = (f"{late:.6f}", "")
        there: set[str] = set()
        async for event in self.channels.history(team, channel, since):
            place = _place(event)
            there.add(place.draft_id)
            if place.draft_id in known or float(place.ts) > float(seen[0]):
                await self.receive(event)
        return there

    async def _follow(self, drafts: list[DraftRecord]) -> None:
        """Look at drafts that no history showed: of direct messages, other channels, threads, or older than a day."""
        closed: set[str] = set()
        for record in drafts[:_MOST]:
            if record.place.channel in closed:
                continue
            try:
                event = await self.channels.look(record.place)
            except Unreadable as error:
                if error.trouble is Trouble.LATER:
                    return  # the next catch-up looks again; to insist would use up what Slack allows
                closed.add(record.place.channel)
                continue
            if not isinstance(event, Posted):
                await self.receive(event)


def _place(event: MessageEvent) -> Place:
    match event:
        case Posted(message) | Changed(message):
            return message.place
        case _:
            return event.place
