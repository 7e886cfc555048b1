from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.core.conversing import Turn
from bot.core.drafts import Place
from bot.engine.jobs import Engine, Flows
from tests.databases import everything_in

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.ports import Step
    from tests.engine.conftest import World

MARK = "zebra-marker"


def turn(second: int, thread: str = "1.0", attempt: int = 0) -> Turn:
    return Turn(Place("T1", "C1", f"{second}.0"), thread, "U1", text=MARK, attempt=attempt)


class Talks:
    """Answers that take as long as a test wants."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.go = asyncio.Event()

    async def converse(self, step: Step, turn_id: str, attempt: int) -> str:
        async def answer(key: str) -> str:
            self.begun.append(f"{key} {attempt}")
            await self.go.wait()
            self.done.append(f"{key} {attempt}")
            return "answered"

        return await step("answer", answer, turn_id)

    async def hush(self, step: Step, turn_id: str) -> str:
        async def hush(key: str) -> str:
            self.done.append(f"hush {key}")
            return "removed"

        return await step("hush", hush, turn_id)


async def started(idle: World, talks: Talks) -> Engine:
    idle.flows = Flows(converse=talks.converse, hush=talks.hush)
    await idle.start()
    return idle.engine


async def test_the_turns_of_a_thread_wait_for_each_other_and_other_threads_do_not(idle: World, tmp_path: Path) -> None:
    talks = Talks()
    jobs = await started(idle, talks)
    for one in (turn(10), turn(11), turn(12), turn(20, thread="2.0"), turn(10)):
        await jobs.converse(one)
    await idle.until(lambda: len(talks.begun) == 2)
    await asyncio.sleep(0.2)
    assert sorted(talks.begun) == ["T1:C1:10.0 0", "T1:C1:20.0 0"]
    talks.go.set()
    await idle.until(lambda: len(talks.done) == 4)
    assert [done for done in talks.done if ":1" in done] == [f"T1:C1:{second}.0 0" for second in (10, 11, 12)]
    assert MARK.encode() not in everything_in(idle.url, tmp_path)


async def test_an_attempt_runs_once_and_a_deletion_waits_for_no_answer(idle: World) -> None:
    talks = Talks()
    jobs = await started(idle, talks)
    await jobs.converse(turn(10))
    await jobs.hush(turn(10).id)
    await idle.until(lambda: talks.done == [f"hush {turn(10).id}"])
    talks.go.set()
    for _ in range(2):
        await jobs.converse(turn(10, attempt=1))
    await idle.until_ended("converse:T1:C1:10.0:1")
    assert talks.done[1:] == ["T1:C1:10.0 0", "T1:C1:10.0 1"]


async def test_a_thread_goes_on_in_order_after_a_restart(idle: World) -> None:
    first = Talks()
    jobs = await started(idle, first)
    for second in (10, 11):
        await jobs.converse(turn(second))
    await idle.until(lambda: bool(first.begun))
    await idle.stop(grace=0)
    again = Talks()
    again.go.set()
    await started(idle, again)
    await idle.until_ended("converse:T1:C1:11.0:0")
    assert again.done == ["T1:C1:10.0 0", "T1:C1:11.0 0"]
