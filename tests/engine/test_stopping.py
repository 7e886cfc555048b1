from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from bot.core.record import ReviewJob
from tests.engine.conftest import QUICK, World

JOB = ReviewJob("T1:C1:1700000000.000100", "0")
STEPS = [f"1:{JOB.draft_id}:0:0", f"2:{JOB.draft_id}:0:0"]
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@SQLITE
async def test_running_work_is_finished_before_the_stop(idle: World) -> None:
    begun = asyncio.Event()

    async def act(key: str) -> str:
        begun.set()
        await asyncio.sleep(0.3)
        return key

    idle.act = act
    await idle.start()
    await idle.engine.review(JOB)
    await begun.wait()
    await idle.stop()
    assert idle.done == STEPS
    assert idle.status(JOB.key) == "SUCCESS"


async def test_what_does_not_end_in_time_goes_on_in_the_next_engine_after_its_finished_steps(idle: World) -> None:
    begun = asyncio.Event()

    async def hang(key: str) -> str:
        if key.startswith("2"):
            begun.set()
            await asyncio.Event().wait()
        return key

    idle.act = hang
    await idle.start()
    await idle.engine.review(JOB)
    await begun.wait()
    await idle.stop(grace=0)
    assert idle.done == STEPS[:1]
    assert idle.status(JOB.key) == "PENDING"
    idle.act = None
    await idle.start()
    assert await idle.until_ended(JOB.key) == "SUCCESS"
    assert idle.done == STEPS
    await idle.stop()


@SQLITE
async def test_a_step_between_two_attempts_does_not_hold_up_the_stop_and_goes_on_later(idle: World) -> None:
    idle.limits = replace(QUICK, first_pause=60, patience=600)
    tried = asyncio.Event()

    async def fail(_: str) -> str:
        tried.set()
        raise ConnectionError

    idle.act = fail
    await idle.start()
    await idle.engine.review(JOB)
    await tried.wait()
    async with asyncio.timeout(5):
        await idle.stop()
    assert idle.status(JOB.key) == "PENDING"
    idle.act = None
    await idle.start()
    assert await idle.until_ended(JOB.key) == "SUCCESS"
    await idle.stop()


@SQLITE
async def test_threads_can_be_used_after_the_stop(idle: World) -> None:
    await idle.start()
    await idle.stop()
    assert await asyncio.to_thread(lambda: "works") == "works"


@SQLITE
async def test_an_engine_that_does_not_work_takes_orders_for_those_that_do(idle: World) -> None:
    await idle.start(works=False)
    await idle.engine.review(JOB)
    await asyncio.sleep(0.5)
    await idle.stop()
    assert idle.done == []
    await idle.start()
    assert await idle.until_ended(JOB.key) == "SUCCESS"
    await idle.stop()


@SQLITE
async def test_an_engine_that_cannot_start_says_so_and_leaves_room_for_the_next(idle: World) -> None:
    with pytest.raises(OperationalError, match="refused"):
        await World("postgresql://nobody@127.0.0.1:1/nothing").start()
    await idle.start()
    await idle.engine.review(JOB)
    assert await idle.until_ended(JOB.key) == "SUCCESS"
