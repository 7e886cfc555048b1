from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from bot.core.errors import PersonCanFix, TryLater
from bot.core.installing import Home
from bot.core.reviewing import ReviewJob
from bot.engine import jobs
from bot.engine.jobs import KINDS, Flows, Kind, todays
from tests.engine.conftest import QUICK, World

if TYPE_CHECKING:
    from bot.core.ports import Step
    from bot.engine.jobs import Flow

JOB = ReviewJob("T1:C1:1700000000.000100", "0")
STEPS = [f"1:{JOB.draft_id}:0:0", f"2:{JOB.draft_id}:0:0"]
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_job_runs_its_steps_once_however_often_it_is_asked_for(world: World) -> None:
    await asyncio.gather(*(world.engine.review(JOB) for _ in range(5)))
    assert await world.until_ended(JOB.key) == "SUCCESS"
    await world.engine.review(JOB)
    await world.engine.remove_reply(JOB.draft_id)
    assert await world.until_ended(todays(f"remove:{JOB.draft_id}")) == "SUCCESS"
    assert world.done == [*STEPS, f"remove:{JOB.draft_id}"]


async def test_a_refresh_runs_once_for_each_cause(world: World) -> None:
    for cause in ("1.0:U1", "1.0:U1", "2.0:U1"):
        await world.engine.refresh(JOB.draft_id, cause)
    keys = [f"refresh:{JOB.draft_id}:{cause}" for cause in ("1.0:U1", "2.0:U1")]
    for key in keys:
        assert await world.until_ended(key) == "SUCCESS"
    assert sorted(world.done) == keys


async def test_an_answer_for_one_person_is_given_once(world: World) -> None:
    for _ in range(2):
        await world.engine.review_in_private("T1:C1:1.0:2.0:U1")
    assert await world.until_ended("private:T1:C1:1.0:2.0:U1") == "SUCCESS"
    assert world.done == ["private:T1:C1:1.0:2.0:U1"]


@SQLITE
async def test_a_new_round_or_revision_is_another_job(world: World) -> None:
    jobs = [JOB, replace(JOB, round=1), replace(JOB, revision="1700000005.000000")]
    for job in jobs:
        await world.engine.review(job)
    for job in jobs:
        await world.until_ended(job.key)
    assert len(world.done) == 6


@SQLITE
async def test_a_job_waits_as_long_as_it_is_told(world: World) -> None:
    asked = time.monotonic()
    await world.engine.review(JOB, delay=1.5)
    assert not await world.engine.has_ended(JOB)
    await world.until(lambda: bool(world.done))
    assert time.monotonic() - asked >= 1.5


async def test_a_job_has_ended_when_it_was_asked_for_and_goes_no_further_well_or_not(world: World) -> None:
    fails, seen = replace(JOB, round=1), list[bool]()

    async def act(key: str) -> str:
        seen.append(await world.engine.has_ended(JOB))
        if key.endswith(":1"):
            raise PersonCanFix
        return key

    world.act = act
    assert not await world.engine.has_ended(JOB)
    for job, status in ((JOB, "SUCCESS"), (fails, "ERROR")):
        await world.engine.review(job)
        assert await world.until_ended(job.key) == status
        assert await world.engine.has_ended(job)
    assert seen == [False, False, True]


@SQLITE
@pytest.mark.parametrize("error", [ConnectionError(), TryLater(0.01)])
async def test_a_step_that_fails_is_tried_again_and_finished_ones_are_not(world: World, error: Exception) -> None:
    failures = 3

    async def act(key: str) -> str:
        nonlocal failures
        if key.startswith("2") and (failures := failures - 1) >= 0:
            raise error
        return key

    world.act = act
    await world.engine.review(JOB)
    assert await world.until_ended(JOB.key) == "SUCCESS"
    assert (failures, world.done) == (-1, STEPS)


@SQLITE
async def test_a_step_waits_as_long_as_try_later_says(world: World) -> None:
    tried: list[float] = []

    async def act(key: str) -> str:
        tried.append(time.monotonic())
        if len(tried) == 1:
            raise TryLater(after=0.5)
        return key

    world.act = act
    await world.engine.review(JOB)
    await world.until_ended(JOB.key)
    assert tried[1] - tried[0] >= 0.5


@SQLITE
@pytest.mark.parametrize(("error", "attempts"), [(PersonCanFix("no"), 1), (ValueError("no"), 5)])
async def test_what_can_only_fail_again_is_not_tried_again_and_the_rest_is_given_up_in_the_end(
    world: World, error: Exception, attempts: int
) -> None:
    tried: list[str] = []

    async def act(key: str) -> str:
        tried.append(key)
        raise error

    world.act = act
    await world.engine.review(JOB)
    assert await world.until_ended(JOB.key) == "ERROR"
    assert tried == STEPS[:1] * attempts


LASTING = sorted(KINDS.keys() - {"review", "converse", "leave"})
"""Nobody asks for these again under another key while they are tried."""


@SQLITE
async def test_what_nobody_asks_for_again_is_not_given_up_like_a_review(idle: World) -> None:
    left = dict.fromkeys(LASTING, 6)
    idle.limits = replace(QUICK, patience=0.02, removal_patience=30.0)

    def failing(one: str) -> Flow:
        async def flow(step: Step, *_: object) -> str:
            async def work(_: str) -> str:
                left[one] -= 1
                if left[one] > 0:
                    raise TryLater(0.01)
                idle.done.append(one)
                return "done"

            return await step("work", work, "k")

        return flow

    idle.flows = Flows(**{one: failing(one) for one in LASTING})
    await idle.start()
    ask = idle.engine
    for who in (ask.export_person, ask.forget_person, ask.export_facts, ask.export_guidelines, ask.try_guideline):
        await who("T1", "U1", "key")
    for which in (ask.hush, ask.expire, ask.remove_reply, ask.review_in_private):
        await which("T1:C1:1.0")
    for number in (ask.audit, ask.read_book):
        await number("T1", "one", 0)
    await ask.refresh("T1:C1:1.0", "cause")
    await ask.send_digest("T1", "week", 0)
    await ask.introduce("T1", "C1", "1.0")
    await idle.until(lambda: len(idle.done) == len(LASTING))
    assert sorted(idle.done) == LASTING


@SQLITE
@pytest.mark.parametrize("one", ["hush", "expire", "remove_reply"])
async def test_what_a_sweep_asks_for_begins_anew_the_next_day(
    idle: World, monkeypatch: pytest.MonkeyPatch, one: str
) -> None:
    tried: list[str] = []

    async def flow(step: Step, *_: object) -> str:
        async def work(key: str) -> str:
            tried.append(key)
            raise PersonCanFix(key)

        return await step("work", work, "k")

    idle.flows = Flows(**{one: flow})
    await idle.start()
    now = time.time()
    for moment, times in ((now, 1), (now, 1), (now + 24 * 3600, 2)):
        monkeypatch.setattr(jobs, "time", SimpleNamespace(time=lambda moment=moment: moment))
        await getattr(idle.engine, one)("T1:C1:1.0")
        key = todays(f"{one.removesuffix('_reply')}:T1:C1:1.0")
        assert await idle.until_ended(key) == "ERROR"
        assert len(tried) == times


@SQLITE
async def test_a_cancelled_job_finishes_its_running_step_and_begins_no_other(world: World) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def act(key: str) -> str:
        begun.set()
        await go_on.wait()
        return key

    world.act = act
    await world.engine.cancel("unknown")
    await world.engine.review(JOB)
    await begun.wait()
    await world.engine.cancel(JOB.key)
    go_on.set()
    assert await world.until_ended(JOB.key) == "CANCELLED"
    await world.until(lambda: world.done == STEPS[:1])


async def test_finished_jobs_are_forgotten_after_a_week(world: World) -> None:
    await world.engine.review(JOB)
    await world.until_ended(JOB.key)
    assert await world.engine.forget_finished(time.time() + 6 * 86400) == 0
    assert await world.engine.forget_finished(time.time() + 8 * 86400) == 1
    assert await world.engine.forget_finished(time.time() + 8 * 86400) == 0
    assert world.status(JOB.key) == ""


@SQLITE
async def test_unfinished_jobs_are_never_forgotten(world: World) -> None:
    await world.engine.review(JOB, delay=60)
    assert await world.engine.forget_finished(time.time() + 80 * 86400) == 0


@SQLITE
async def test_one_team_never_takes_more_than_its_share(idle: World) -> None:
    running, most = 0, 0

    async def act(key: str) -> str:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        return key

    idle.act, idle.limits = act, replace(QUICK, per_team=2, here=0)
    await idle.start()
    await asyncio.sleep(0.1)  # the first look at a queue may still use the limits of the last start
    jobs = [ReviewJob(f"T1:C1:{n}.0", "0") for n in range(6)]
    await asyncio.gather(*(idle.engine.review(job) for job in jobs))
    await idle.until(lambda: len(idle.done) == 12)
    assert most == 2


async def test_of_many_that_wait_further_rounds_go_first_then_edits_then_new_drafts(idle: World) -> None:
    go, begun = asyncio.Event(), asyncio.Event()

    async def act(key: str) -> str:
        begun.set()
        await go.wait()
        return key

    idle.act, idle.limits = act, replace(QUICK, per_team=1, here=0)
    await idle.start()
    await asyncio.sleep(0.1)  # the first look at a queue may still use the limits of the last start
    await idle.engine.review(ReviewJob("T1:C1:0.0", "0"))
    await begun.wait()
    for job in (ReviewJob("T1:C1:1.0", "0"), ReviewJob("T1:C1:2.0", "5.0"), ReviewJob("T1:C1:3.0", "0", 1)):
        await idle.engine.review(job)
    go.set()
    await idle.until(lambda: len(idle.done) == 8)
    assert [key.split(":")[3] for key in idle.done if key.startswith("1:")] == ["0.0", "3.0", "2.0", "1.0"]


async def test_leaving_a_workspace_cancels_its_jobs_forgets_the_others_of_it_and_spares_everybody_else(
    idle: World,
) -> None:
    left: list[tuple[Home, float, bool]] = []

    async def leave(step: Step, team: str, enterprise: str, at: float, again: bool) -> str:  # noqa: FBT001 - as it is stored
        home = Home(team, enterprise)

        async def forget(team: str) -> str:
            await idle.engine.forget(team)
            return team

        await step("forget", forget, home.team)
        if not again:
            await idle.engine.leave(home, at, delay=0.1, again=True)
        left.append((home, at, again))
        return "left"

    idle.flows = replace(idle.usual, leave=leave)
    await idle.start()
    other = ReviewJob("T2:C1:1700000000.000100", "0")
    for job in (JOB, other):
        await idle.engine.review(job)
        await idle.until_ended(job.key)
    waiting = replace(JOB, round=1)
    await idle.engine.review(waiting, delay=60)
    home = Home("T1", "E1")
    for _ in range(2):
        await idle.engine.leave(home, 1700000001.5)
    await idle.until(lambda: len(left) == 2)
    await idle.until_ended("leave:T1:1700000002:1")
    await idle.engine.leave(home, 1700000001.5, delay=0.1, revoked=True)
    assert await idle.until_ended("leave:T1:1700000002:revoked") == "SUCCESS"
    assert left.pop() == (home, 1700000001.5, True)
    assert left == [(home, 1700000001.5, False), (home, 1700000001.5, True)]
    assert idle.status(JOB.key) == idle.status(waiting.key) == ""
    assert idle.status(other.key) == "SUCCESS"


async def test_without_a_flow_for_it_leaving_does_nothing(world: World) -> None:
    await world.engine.leave(Home("T1"), 1.0)
    assert await world.until_ended("leave:T1:1:0") == "SUCCESS"


async def test_a_stored_job_of_a_kind_that_is_gone_keeps_nothing_from_starting(
    idle: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "hush", Kind("gone_since"))
    reached = asyncio.Event()

    async def old(step: Step, *_: object) -> str:
        async def work(_: str) -> str:
            reached.set()
            await asyncio.Event().wait()
            return "done"

        return await step("work", work, "k")

    idle.flows = replace(idle.usual, hush=old)
    await idle.start()
    await idle.engine.hush("T1:C1:2.0")
    await idle.until(reached.is_set)
    await idle.stop(grace=0)
    monkeypatch.undo()
    await idle.start()
    await idle.engine.remove_reply("T1:C1:1.0")
    assert await idle.until_ended(todays("remove:T1:C1:1.0")) == "SUCCESS"
    # Kept for code that knows its kind: as it was, or queued again by whoever took over what the first process left.
    assert idle.status(todays("hush:T1:C1:2.0")) in ("PENDING", "ENQUEUED")


async def test_who_asks_twice_for_a_job_that_waits_is_not_warned_of_its_queue(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.engine.review(JOB, delay=60)
    await world.engine.review(JOB)
    assert world.status(JOB.key) in {"DELAYED", "ENQUEUED"}
    assert not [record for record in caplog.records if record.name == "dbos"]
