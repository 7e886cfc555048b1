"""Drafts whose review got lost are asked for again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.judging import AWAITING, Critique, ModelPart, Outcome
from bot.core.reviewing import Review, ReviewJob
from bot.flows.watching import Sweep
from tests.flows.fakes import NOW, PLACE, message
from tests.flows.world import World

ID = PLACE.draft_id
MINUTE, HOUR = 60, 3600


@pytest.fixture
async def world() -> World:
    world = World()
    await world.drafts.add(message())
    return world


async def sweep(world: World, at: float) -> int:
    world.clock.time = NOW + at
    return await Sweep(world.drafts, world.jobs, world.clock)()


async def test_a_draft_that_has_neither_job_nor_reply_gets_its_job(world: World) -> None:
    assert await sweep(world, MINUTE) == 1
    assert list(world.jobs.reviews) == [f"review:{ID}:0:0"]


@pytest.mark.parametrize("at", [5, 25 * HOUR])
async def test_a_draft_just_received_or_given_up_is_left_alone(world: World, at: float) -> None:
    assert await sweep(world, at) == 0
    assert world.jobs.reviews == {}


async def test_a_draft_whose_reply_is_up_to_date_is_left_alone(world: World) -> None:
    await world.review.judge(ReviewJob(ID, "0"))
    await world.keep(ID, owner="a")
    assert await sweep(world, MINUTE) == 0


async def test_what_was_judged_to_be_talk_is_not_asked_about_again(world: World) -> None:
    await world.drafts.save_review(Review(ReviewJob(ID, "0"), Critique(Outcome.NOT_A_DRAFT)))
    assert [await sweep(world, hour * HOUR) for hour in range(1, 24)] == [0] * 23
    assert world.jobs.reviews == {}


async def test_what_an_edit_made_of_an_answered_draft_is_asked_about_until_its_reply_says_so(world: World) -> None:
    await world.review.judge(ReviewJob(ID, "0"))
    await world.keep(ID, owner="a")
    revised = await world.drafts.revise(message("thanks all!", "5.0"))
    assert revised
    await world.drafts.save_review(Review(revised.job, Critique(Outcome.NOT_A_DRAFT)))
    assert await sweep(world, MINUTE) == 1
    await world.keep(ID, owner="b")
    assert await sweep(world, MINUTE) == 0


@pytest.mark.parametrize("part", AWAITING)
async def test_what_a_model_may_still_call_talk_is_asked_about_again(world: World, part: ModelPart) -> None:
    awaited = Critique(Outcome.NOT_A_DRAFT, model_part=part)
    await world.drafts.save_review(Review(ReviewJob(ID, "0"), awaited))
    assert await sweep(world, MINUTE) == 1


async def test_a_job_that_failed_is_followed_by_new_rounds_with_growing_pauses(world: World) -> None:
    for minute in range(2, 24 * 60):
        await sweep(world, minute * MINUTE)
    assert list(world.jobs.reviews) == [f"review:{ID}:0:{round_}" for round_ in range(7)]


async def test_a_round_that_goes_on_is_left_to_itself_however_old_its_draft_is(world: World) -> None:
    await world.keep(ID, owner=await world.reviewed())
    job = await world.drafts.next_round(world.drafts.rows[ID].job)
    assert job
    await world.jobs.review(job)
    world.jobs.under_way.add(job.key)
    assert [await sweep(world, 2 * HOUR + minute * MINUTE) for minute in range(5)] == [1] * 5
    assert list(world.jobs.reviews) == [job.key]
    world.jobs.under_way.clear()
    await sweep(world, 3 * HOUR)
    assert list(world.jobs.reviews) == [job.key, replace(job, round=2).key]


async def test_a_review_that_a_reply_promises_gets_another_round_if_its_job_has_ended(world: World) -> None:
    job, awaited = ReviewJob(ID, "0"), Critique(Outcome.NOTHING_TO_FLAG, model_part=ModelPart.AWAITED)
    await world.jobs.review(job)
    world.jobs.under_way.add(job.key)
    await world.drafts.save_review(Review(job, awaited))
    await world.keep(ID, owner="a")
    assert await sweep(world, 10 * MINUTE) == 0
    assert await sweep(world, 20 * MINUTE) == 1
    assert list(world.jobs.reviews) == [job.key]
    world.jobs.under_way.clear()
    await sweep(world, 30 * MINUTE)
    assert list(world.jobs.reviews) == [job.key, replace(job, round=1).key]


@pytest.mark.parametrize(("round_", "at", "asked"), [(8, 3, [9]), (29, 30, [30]), (40, 30, []), (8, 49, [])])
async def test_a_promise_is_kept_or_ended_however_many_rounds_there_were_and_a_day_later(
    world: World, round_: int, at: int, asked: list[int]
) -> None:
    awaited = Critique(Outcome.NOTHING_TO_FLAG, model_part=ModelPart.AWAITED)
    await world.drafts.save_review(Review(ReviewJob(ID, "0"), awaited))
    await world.keep(ID, owner="a")
    world.drafts.rows[ID] = replace(world.drafts.rows[ID], round=round_)
    await world.jobs.review(ReviewJob(ID, "0", round_))
    await sweep(world, at * HOUR)
    assert list(world.jobs.reviews) == [f"review:{ID}:0:{number}" for number in (round_, *asked)]


async def test_what_was_put_aside_is_only_shown_however_long_ago_it_was_posted(world: World) -> None:
    await world.drafts.save_review(Review(ReviewJob(ID, "0"), Critique(Outcome.COULD_NOT_REVIEW)))
    assert await sweep(world, HOUR) == 1
    assert world.jobs.reviews == {}
    (asked,) = world.jobs.refreshes
    assert asked.startswith(f"refresh:{ID}:aside:0:0:")
    await world.keep(ID, owner="a")
    assert await sweep(world, HOUR + MINUTE) == 0


async def test_a_draft_that_moves_on_during_the_sweep_is_left_to_its_own_job(world: World) -> None:
    unanswered = world.drafts.unanswered

    async def slow(before: float, *, since: float, awaited: float = 0) -> list[tuple[ReviewJob, float]]:
        found = await unanswered(before, since=since, awaited=awaited)
        await world.drafts.erase(PLACE)
        return found

    world.drafts.unanswered = slow
    await sweep(world, HOUR)
    assert list(world.jobs.reviews) == [f"review:{ID}:0:0"]
    assert await world.review.judge(ReviewJob(ID, "0")) == "superseded"


async def test_a_reply_that_outlived_its_draft_is_removed(world: World) -> None:
    await world.review.judge(ReviewJob(ID, "0"))
    await world.keep(ID, owner="a")
    await world.drafts.erase(PLACE)
    assert await sweep(world, MINUTE) == 1
    assert list(world.jobs.removals) == [ID]
