"""Whatever order people click, edit and delete in: one clean text that is right, or none."""

from __future__ import annotations

import asyncio
import random

import pytest

from bot.core.deciding import Decision
from bot.core.errors import TryLater
from tests.flows.fakes import PLACE
from tests.flows.test_clicks import BUY, FOUND, NOW, TEXT, click, shown
from tests.flows.world import World

ID = PLACE.draft_id
USED, OPEN = Decision.USED, Decision.OPEN


class Crowd:
    """Several people click and the author edits and perhaps deletes, in an order that a seed decides."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - an order of events, no secret
        self.world = World(pause=self.pause)
        self.jobs: list[asyncio.Task[None]] = []
        self.at = 0

    async def pause(self) -> None:
        for _ in range(self.chance.choice((0, 0, 1, 2, 5))):
            await asyncio.sleep(0)

    async def job(self, owner: str) -> None:
        while True:
            try:
                await self.world.keep(ID, owner=owner)
            except TryLater:
                continue
            return

    async def act(self, revision: int) -> str:
        if self.chance.random() < 0.3:
            return await self.world.reviewed(f"{TEXT} {revision}", f"{revision}.0", FOUND)
        self.at += 1
        on, wish = self.chance.choice((NOW, BUY)), self.chance.choice((USED, USED, OPEN))
        await self.world.decide(click(on, f"{self.at:03}"), wish)
        return f"refresh:{self.at}"

    async def run(self, *, deletes: bool) -> None:
        await self.world.reviewed(TEXT, critique=FOUND)
        for turn in range(1, 8):
            self.jobs.append(asyncio.create_task(self.job(await self.act(turn))))
            await self.pause()
        if deletes:
            await self.world.drafts.erase(PLACE)
            self.jobs.append(asyncio.create_task(self.job("remove")))
        await asyncio.gather(*self.jobs)


ONCE_WRONG = (685, 995, 1621, 1749, 1811, 2205, 2259, 4270, 4734)
"""Orders in which a clean text was lost, or posted by nobody, that was removed and wanted again."""


@pytest.mark.parametrize("seed", [*range(60), *ONCE_WRONG])
async def test_whatever_order_people_click_and_edit_in_there_is_one_right_clean_text_or_none(seed: int) -> None:
    crowd = Crowd(seed)
    await crowd.run(deletes=seed % 4 == 0)
    world = crowd.world
    state = await world.drafts.state(ID)
    assert state
    used = any(verdict.decision is USED for verdict in state.verdicts)
    if not used:
        assert shown(world) is None
        return
    made = shown(world)
    if made and not made.outdated:
        assert made == state.made
        assert made.revision == state.record.revision
    assert [reply.ts for reply in world.drafts.cleans.rows.values()] == list(world.cleans.standing)
