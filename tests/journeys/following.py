"""`candor serve` by a workspace's clock, in a process of its own. Argument: the address that tells the time.

A rehearsal has one process with the workspace, whose clock it is given; this is for tests of several processes.
"""

from __future__ import annotations

import asyncio
import sys
import time

import aiohttp

from bot.assemble.bot import Bot
from bot.assemble.memory import Rehearsal
from bot.core.words import terminal as words
from bot.settings import read_settings
from bot.terminal.log import log_to_standard_error
from bot.terminal.serving import say, until_told_to_stop_beside
from tests.journeys.hurried import hurry

LOOK = 0.5
"""Seconds between two looks at the workspace's clock."""
JUMP = 1.0
"""Seconds by which clocks may differ before those who sleep are woken."""


class FollowedClock:
    """The `Clock` port, by the clock of a server that answers ``{"now": seconds since 1970}``."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._ahead = 0.0
        self._jumped = asyncio.Event()

    def now(self) -> float:
        return time.time() + self._ahead

    async def sleep(self, seconds: float) -> None:
        due = self.now() + seconds
        while (left := due - self.now()) > 0:
            jumped = self._jumped
            try:
                async with asyncio.timeout(left):
                    await jumped.wait()
            except TimeoutError:
                continue

    async def follow(self) -> None:
        """Look again and again."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Set this clock by the other one; those who sleep wake when it jumps."""
        async with aiohttp.request("GET", self._url) as answer:
            ahead = float((await answer.json())["now"]) - time.time()
        jump, self._ahead = abs(ahead - self._ahead), ahead
        if jump > JUMP:
            self._jumped.set()
            self._jumped = asyncio.Event()


async def main(url: str) -> None:
    """Receive and work until told to stop."""
    log_to_standard_error()
    hurry()
    clock = FollowedClock(url)
    await clock.look()
    bot = Bot(read_settings(), rehearsal=Rehearsal(clock))
    await bot.start()
    say(words.RUNNING)
    await until_told_to_stop_beside(clock.follow())
    await bot.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
