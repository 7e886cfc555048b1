"""Time: this machine's, or in a rehearsal another server's, so that everybody goes by one clock that can be moved."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp

from bot.core.errors import PersonCanFix
from bot.core.words import setup as words

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

_LOG = logging.getLogger(__name__)
_LOOK = 0.5
"""Seconds between two looks at the other server's clock."""
_JUMP = 1.0
"""Seconds by which clocks may differ before those who sleep are woken."""
_TIMEOUT = aiohttp.ClientTimeout(total=5)
_FAILED = (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError)


class SystemClock:
    """The `Clock` port."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class FollowedClock(SystemClock):
    """Goes by the clock of a server that answers ``{"now": seconds since 1970}``. Sleepers wake when it jumps."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session
        self._ahead = 0.0
        self._jumped = asyncio.Event()

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead

    async def sleep(self, seconds: float) -> None:
        """Wait that long by the other clock."""
        due = self.now() + seconds
        while (left := due - self.now()) > 0:
            jumped = self._jumped
            try:
                async with asyncio.timeout(left):
                    await jumped.wait()
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Set this clock by the other one."""
        async with self._session.get(self._url, timeout=_TIMEOUT) as answer:
            ahead = float((await answer.json())["now"]) - time.time()
        jump, self._ahead = abs(ahead - self._ahead), ahead
        if jump > _JUMP:
            self._jumped.set()
            self._jumped = asyncio.Event()

    async def follow(self) -> None:
        """Look again and again."""
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await self.look()
            except _FAILED as error:  # the last known time goes on
                _LOG.debug("the clock to follow does not answer: %s", type(error).__name__)


@asynccontextmanager
async def clock_of(url: str) -> AsyncGenerator[SystemClock]:
    """The clock to go by; an empty address is this machine's own. Raises `PersonCanFix` where nobody answers."""
    if not url:
        yield SystemClock()
        return
    async with aiohttp.ClientSession() as session:
        clock = FollowedClock(url, session)
        try:
            await clock.look()
        except _FAILED as error:
            raise PersonCanFix(words.no_clock(url, type(error).__name__)) from None
        following = asyncio.create_task(clock.follow())
        try:
            yield clock
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
