"""An operator reads and changes jobs from outside, while the engine runs and while it does not."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.operating import JobState
from bot.core.reviewing import ReviewJob
from bot.engine.status import JobTables

if TYPE_CHECKING:
    from tests.engine.conftest import World

JOB = ReviewJob("T1:C1:1700000000.000100", "0")


async def test_what_waits_runs_and_ends_is_seen_with_its_steps(world: World) -> None:
    tables, going = JobTables(world.url), asyncio.Event()

    async def act(_: str) -> str:
        await going.wait()
        return ""

    world.act = act
    await world.engine.review(JOB)
    await world.engine.review(replace(JOB, round=1), delay=60)
    await world.until(lambda: world.status(JOB.key) == "PENDING")
    (queue,) = await tables.queues(time.time())
    assert (queue.name, queue.waiting, queue.running) == ("reviews", 0, 1)
    later = {one.name: one for one in await tables.queues(time.time() + 90)}
    assert later["reviews"].waiting == 1
    assert later["reviews"].oldest is not None
    running, delayed = await tables.open(10)
    assert (running.key, running.state, running.kind) == (JOB.key, JobState.RUNNING, "review_draft")
    assert delayed.due - delayed.asked > 50
    going.set()
    await world.until_ended(JOB.key)
    ended, _ = await tables.about(JOB.draft_id)
    assert ended.state is JobState.DONE
    assert [step.name for step in await tables.steps(JOB.key)] == ["first", "second"]
    assert sorted(await tables.keys("review:")) == [JOB.key, replace(JOB, round=1).key]
    assert await tables.about("T1:C1:1700000000.0001") == []
    workers = await tables.workers()
    assert workers == (None if world.url.startswith("sqlite") else 1)


async def test_a_failed_job_is_told_of_and_runs_again_when_somebody_says_so(world: World) -> None:
    tables, fails = JobTables(world.url), True

    async def act(_: str) -> str:
        if fails:
            message = "zebra"
            raise RuntimeError(message)
        return ""

    world.act = act
    began = time.time() - 1
    await world.engine.review(JOB)
    assert await world.until_ended(JOB.key) == "ERROR"
    (failed,) = await tables.failed(began)
    assert (failed.key, failed.state) == (JOB.key, JobState.FAILED)
    assert await tables.failed(time.time() + 60) == []
    (step,) = await tables.steps(JOB.key)
    assert step.failed
    fails = False
    await tables.retry(JOB.key)
    await world.until(lambda: world.status(JOB.key) == "SUCCESS")


async def test_a_job_that_is_cancelled_never_begins(world: World) -> None:
    tables = JobTables(world.url)
    await world.engine.review(JOB, delay=0.5)
    await tables.cancel(JOB.key)
    await asyncio.sleep(0.8)
    assert world.status(JOB.key) == "CANCELLED"
    assert world.done == []
    await world.stop()
    (seen,) = await tables.about(JOB.key)
    assert seen.state is JobState.CANCELLED


async def test_where_nothing_ever_ran_nobody_is_at_work(idle: World) -> None:
    if not idle.url.startswith("sqlite"):
        assert await JobTables(idle.url).workers() == 0
