"""What happens in the workspace, told to whoever listens or waits."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workspace.shapes import Json

T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """One thing that happened.

    ``kind`` is one of posted, edited, unfurled, buried (a parent turned into a tombstone), deleted, reacted, unreacted,
    file_lost, joined, left, ephemeral, read, view, home, function, status, delivery, revoked, uninstalled,
    switched.
    """

    kind: str
    team: str
    channel: str = ""
    message: Json = field(default_factory=dict[str, object])
    previous: Json = field(default_factory=dict[str, object])
    user: str = ""
    detail: Json = field(default_factory=dict[str, object])


_LOOK_AGAIN = 0.1
"""Seconds: a check may look at something that no change tells of, a server beside the workspace for one."""


class Changes:
    """Passes changes on, in order, and wakes those who wait for something to become true."""

    def __init__(self) -> None:
        self.count = 0
        self._listeners: list[Callable[[Change], None]] = []
        self._waiting: dict[asyncio.Future[None], None] = {}

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Tell the listener everything from now on; returns how to stop that."""
        self._listeners.append(listener)

        def stop() -> None:
            self._listeners.remove(listener)

        return stop

    def emit(self, change: Change) -> None:
        """Tell everybody."""
        self.count += 1
        for listener in list(self._listeners):
            listener(change)
        self.wake()

    def wake(self) -> None:
        """Let those who wait look again, the first first."""
        for waiting in list(self._waiting):
            if not waiting.done():
                waiting.set_result(None)

    async def until(self, check: Callable[[], T], seconds: float, what: str = "what was expected") -> T:
        """Wait until the check's answer is true and return it.

        Raises TimeoutError once nothing has happened here for so many seconds: a slow machine is no failure.
        """
        seen = -1
        while seen != self.count:
            seen = self.count
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    while not (found := check()):
                        await self._next()
                    return found
        message = f"{what} did not happen, and for {seconds:g} s nothing else did"
        raise TimeoutError(message)

    async def _next(self) -> None:
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[waiting] = None
        try:
            await asyncio.wait([waiting], timeout=_LOOK_AGAIN)
        finally:
            del self._waiting[waiting]
