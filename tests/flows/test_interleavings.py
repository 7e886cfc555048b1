"""Whatever order people, jobs, crashes and Slack's answers come in: one reply with the newest words, or none."""

from __future__ import annotations

import asyncio
import random

import pytest

from bot.core.drafts import Place
from bot.core.errors import TryLater
from tests.flows.fakes import PLACE, Crash
from tests.flows.world import World

ID = PLACE.draft_id
SEEDS = 40
"""How many orders each batch tries; every batch has seeds of its own."""


class Story:
    """Some jobs for one draft and somebody who edits and perhaps deletes it, in an order that a seed decides."""

    def __init__(self, seed: int, *, crashes: int, deletes: bool, slow: bool) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - an order of events, no secret
        self.crashes, self.deletes, self.slow = crashes, deletes, slow
        self.world = World(pause=self.pause)
        self.jobs: list[asyncio.Task[None]] = []

    async def pause(self) -> None:
        for _ in range(self.chance.choice((0, 0, 1, 2, 5, 60 if self.slow else 8))):
            await asyncio.sleep(0)
        if self.crashes and self.jobs and asyncio.current_task() in self.jobs and self.chance.random() < 0.05:
            self.crashes -= 1
            raise Crash

    async def job(self, owner: str) -> None:
        """What the engine does with a step: again after a crash, later where it could not settle."""
        while True:
            try:
                await self.world.keep(ID, owner=owner)
            except (Crash, TryLater):
                continue
            return

    def start(self, owner: str) -> None:
        self.jobs.append(asyncio.create_task(self.job(owner)))

    async def run(self) -> None:
        revisions = ["0", *(f"{n}.0" for n in range(1, self.chance.randint(1, 4)))]
        for revision in revisions:
            self.start(await self.world.reviewed(f"Bread {revision}", revision))
            await self.pause()
        if self.deletes:
            await self.world.drafts.erase(Place.of(ID))
            self.start(f"remove:{ID}")
        await asyncio.gather(*self.jobs)
        self.newest = revisions[-1]


async def stories(batch: int, *, crashes: int = 0, slow: bool = False) -> None:
    for seed in range(batch * SEEDS, (batch + 1) * SEEDS):
        deletes = seed % 2 == 1
        story = Story(seed, crashes=crashes, deletes=deletes, slow=slow)
        await story.run()
        expected = [] if deletes else [story.newest]
        assert story.world.shown == expected, f"seed {seed}: {story.world.thread.calls}"
        noted = [reply.ts for reply in story.world.replies.rows.values()]
        assert noted == list(story.world.standing), f"seed {seed}: {story.world.thread.calls}"


@pytest.mark.parametrize("batch", range(4))
async def test_jobs_edits_and_deletions_in_any_order_leave_one_newest_reply_or_none(batch: int) -> None:
    await stories(batch)


@pytest.mark.parametrize("batch", range(4))
async def test_so_do_processes_that_die_anywhere(batch: int) -> None:
    await stories(batch, crashes=3)


@pytest.mark.parametrize("batch", range(4))
async def test_so_do_jobs_so_slow_that_others_take_over(batch: int) -> None:
    await stories(batch, slow=True)
