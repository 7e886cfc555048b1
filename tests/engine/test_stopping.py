from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from bot.core.reviewing import ReviewJob
from tests.engine.conftest import QUICK, World

if TYPE_CHECKING:
    from bot.core.ports import Step
    from bot.engine.jobs import Flows

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


def digest_flows(world: World, *names: str, hangs: asyncio.Event | None = None) -> Flows:
    """A digest of these steps. Where ``hangs`` is given, the last one sets it and does not end."""

    async def send(step: Step, team: str, week: str, attempt: int) -> str:
        async def work(key: str) -> str:
            if hangs and key == names[-1]:
                hangs.set()
                await asyncio.Event().wait()
            world.done.append(key)
            return key

        del team, week, attempt
        return [await step(name, work, name) for name in names][-1]

    return replace(world.usual, digest=send)


@pytest.mark.parametrize("before", [("write", "post"), ("write", "post", "rewrite"), ("post", "rewrite")])
async def test_a_digest_under_way_goes_on_in_a_version_that_writes_no_words(
    idle: World, before: tuple[str, ...]
) -> None:
    hanging = asyncio.Event()
    idle.flows = digest_flows(idle, *before, hangs=hanging)
    await idle.start()
    await idle.engine.send_digest("T1", "2026-W30", 0)
    await hanging.wait()
    await idle.stop(grace=0)
    assert idle.status("digest:T1:2026-W30:0") == "PENDING"
    idle.flows = digest_flows(idle, "post")
    await idle.start()
    assert await idle.until_ended("digest:T1:2026-W30:0") == "SUCCESS"
    assert idle.done == [*(["write"] if "write" in before else []), "post"]


@SQLITE
async def test_a_job_whose_steps_are_not_its_own_fails_instead_of_guessing(idle: World) -> None:
    hanging = asyncio.Event()
    idle.flows = digest_flows(idle, "another", "post", hangs=hanging)
    await idle.start()
    await idle.engine.send_digest("T1", "2026-W30", 0)
    await hanging.wait()
    await idle.stop(grace=0)
    idle.flows = digest_flows(idle, "post")
    await idle.start()
    assert await idle.until_ended("digest:T1:2026-W30:0") == "ERROR"
    assert idle.done == ["another"]


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
