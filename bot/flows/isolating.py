"""A draft whose review ends the process is kept from taking others along."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bot.core.watching import channel_of
from bot.core.words import watching as words

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.reviewing import ReviewJob
    from bot.flows.watching import TellLeads


# Keep a draft whose review ends the process from taking the others along.
#
# Python cannot catch everything: a crash in a native library, a kill for lack of memory. What was under way then is
# begun again at the next start, and if one draft is to blame, so is everything that happened to be beside it. So
# whatever was under way at two deaths in a row is reviewed alone, one at a time; the one that ends the process even
# then is put aside.

SUSPECT = 2
"""Deaths beside which a draft was under way, after which it is reviewed alone."""
GUILTY = 4
"""After so many, the last ones alone, it is put aside."""


class Attempts(Protocol):
    """How often a draft's review was begun and did not come to an end, in a crash-proof place."""

    async def of(self, job: ReviewJob) -> int:
        """How often, for these words."""
        ...

    async def begun(self, job: ReviewJob) -> None:
        """Note that it begins."""
        ...

    async def ended(self, job: ReviewJob) -> None:
        """Note that it came to an end, well or not."""
        ...


class _Room:
    """Many work in it together, or one alone."""

    def __init__(self) -> None:
        self._inside = 0
        self._turn = asyncio.Lock()
        self._empty = asyncio.Event()
        self._empty.set()

    @asynccontextmanager
    async def together(self) -> AsyncGenerator[None]:
        async with self._turn:
            self._inside += 1
            self._empty.clear()
        try:
            yield
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[None]:
        async with self._turn:
            await self._empty.wait()
            yield


@dataclass(frozen=True, slots=True)
class Isolate:
    """Lets reviews begin. Shared by all of a process."""

    attempts: Attempts
    tell: TellLeads
    _room: _Room = field(default_factory=_Room)

    @asynccontextmanager
    async def begin(self, job: ReviewJob) -> AsyncGenerator[bool]:
        """The time in which the review is under way; False for a draft that is put aside.

        Of that the brand leads are told, once. Raises `TryLater` where that cannot be done now.
        """
        before = await self.attempts.of(job)
        if before >= GUILTY:
            text, about = partial(words.put_aside, job.draft_id), [channel_of(job.draft_id)]
            await self.tell(job.team, f"aside:{job.draft_id}:{job.revision}", text, channels=about)
            yield False
            return
        async with self._room.alone() if before >= SUSPECT else self._room.together():
            await self.attempts.begun(job)
            try:
                yield True
            finally:
                await self.attempts.ended(job)
