"""The workspace's time: it can be moved ahead, and no two of its time stamps are the same."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MICRO = 1_000_000


class LocalClock:
    """Time from a source, plus what somebody moved it ahead."""

    def __init__(self, source: Callable[[], float]) -> None:
        self._source = source
        self._ahead = 0.0
        self._last = 0
        self._sleeping: set[asyncio.Future[None]] = set()

    def now(self) -> float:
        return self._source() + self._ahead

    def timestamp(self) -> str:
        """A message's ``ts``: later than every one before."""
        self._last = max(int(self.now() * _MICRO), self._last + 1)
        return f"{self._last // _MICRO}.{self._last % _MICRO:06d}"

    def not_before(self, ts: str) -> None:
        """Let the next time stamp come after this one, which was read from a file."""
        seconds, _, fraction = ts.partition(".")
        self._last = max(self._last, int(seconds or 0) * _MICRO + int(fraction or 0))

    def advance(self, seconds: float) -> None:
        """Move time ahead and wake whoever waits for it."""
        self._ahead += seconds
        for sleeper in list(self._sleeping):
            if not sleeper.done():
                sleeper.set_result(None)

    async def sleep(self, seconds: float) -> None:
        """Wait that long in the workspace's time."""
        loop = asyncio.get_running_loop()
        due = loop.time() + self._ahead + seconds
        while (left := due - loop.time() - self._ahead) > 0:
            woken: asyncio.Future[None] = loop.create_future()
            self._sleeping.add(woken)
            try:
                await asyncio.wait([woken], timeout=left)
            finally:
                self._sleeping.discard(woken)
