"""A choice about the app that the page offers in its top bar, for whoever started this workspace beside the app."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.workspace.changes import Change
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.workspace.changes import Changes
    from bot.workspace.state import Channel


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody looks who chooses: a message in a channel; ``ts`` is "" where no thread is open."""

    channel: Channel
    ts: str


@dataclass
class Switch:
    """One of several ways in which the app can run.

    ``choices`` are (name, label). ``choose`` is given a name and the spot; it returns once the app runs that way.
    """

    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str
    choose: Callable[[str, Spot], Awaitable[None]]
    _turning: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def turn(self, name: str, spot: Spot, changes: Changes) -> None:
        """Choose, and let every open page know. Raises `Refused` for what is not offered."""
        if name not in dict(self.choices):
            code = "no_such_choice"
            raise ApiRefusal(code)
        async with self._turning:
            await self.choose(name, spot)
            self.chosen = name
        changes.emit(Change("switched", spot.channel.team, detail={"chosen": name}))
