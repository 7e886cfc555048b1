"""The channels of two workspaces, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.drafts import Deleted
from bot.core.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.core.drafts import MessageEvent, Place
    from bot.core.errors import Trouble


class FakeChannels:
    """``troubles`` says which cannot be read: a (team, channel), or (team, "") for the list of a workspace."""

    def __init__(self) -> None:
        self.joined = {("T1", "C1")}
        self.on = [("T1", "C1")]
        self.teams: tuple[str, ...] = ("T1",)
        self.shared = frozenset({"drafts"})
        self.own: dict[str, frozenset[str]] = {}
        """What workspaces set themselves."""
        self.past: list[MessageEvent] = []
        self.threads: list[MessageEvent] = []
        """What stands in threads, so that no history shows it."""
        self.troubles: dict[tuple[str, str], Trouble] = {}
        self.looks: list[Place] = []
        self.read: list[tuple[str, float]] = []
        """The channels that were read back, each with from when on."""

    async def is_switched_on(self, team: str, channel: str) -> bool:
        return (team, channel) in self.on

    async def wanted(self, team: str) -> frozenset[str]:
        return self.own.get(team, self.shared)

    async def is_member(self, team: str, channel: str) -> bool:
        return (team, channel) in self.joined

    async def switched_on(self, team: str) -> dict[str, frozenset[str]]:
        self._check(team, "")
        return {channel: await self.wanted(team) & {"drafts"} for home, channel in self.on if home == team}

    async def history(self, team: str, channel: str, oldest: float) -> AsyncIterator[MessageEvent]:
        self._check(team, channel)
        self.read.append((channel, oldest))
        for event in self.past:
            place = place_of(event)
            if (place.team, place.channel) == (team, channel) and float(place.ts) >= oldest:
                yield event

    async def thread(self, root: Place) -> AsyncIterator[MessageEvent]:
        self._check(root.team, root.channel)
        for event in [*self.past, *self.threads]:
            if isinstance(event, Deleted) or root.ts in (event.message.place.ts, event.message.thread):
                yield event

    async def look(self, place: Place) -> MessageEvent:
        self._check(place.team, place.channel)
        self.looks.append(place)
        return next((event for event in [*self.past, *self.threads] if place_of(event) == place), Deleted(place))

    def _check(self, team: str, channel: str) -> None:
        if (team, channel) in self.troubles:
            raise Unreadable(self.troubles[team, channel])


def place_of(event: MessageEvent) -> Place:
    return event.place if isinstance(event, Deleted) else event.message.place
