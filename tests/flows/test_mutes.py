"""Muted threads, and people who are reviewed only when they ask."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.deciding import Decision, Mute, Verdict
from bot.core.drafts import Changed, Click, Place, Posted, Target
from bot.core.findings import Edit, Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome
from bot.core.reviewing import RequestOutcome, ReviewRequest, Standing
from bot.core.sign_off import OpenPoint
from bot.flows.muting import MutePerson, MuteThread, UnmutePerson, UnmuteThread
from bot.flows.private_reviews import ReviewOnRequest
from bot.flows.watching import Sweep
from tests.flows.fake_private import FakePrivateReviews
from tests.flows.fakes import NOW, PLACE, POST, Crash, message
from tests.flows.test_review_with_a_model import FULL, played
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from bot.core.drafts import Message

ID = PLACE.draft_id
CLICK = Click(Target(ID), "U7", "3.0")
HERE = Posted(message())


@pytest.fixture
async def world() -> World:
    world = World()
    await world.keep(ID, owner=await world.reviewed())
    return world


async def mute(world: World) -> bool:
    done = await MuteThread(world.drafts, world.mutes, world.jobs, clock=world.clock)(CLICK)
    await refresh(world)
    return done


async def unmute(world: World) -> bool:
    done = await UnmuteThread(world.drafts, world.mutes, world.jobs)(replace(CLICK, at="4.0"))
    await refresh(world)
    return done


async def refresh(world: World) -> None:
    for key in world.jobs.refreshes:
        await world.refresh(Steps(), ID, key.removeprefix(f"refresh:{ID}:"))
    world.jobs.refreshes.clear()


async def work(world: World) -> list[str]:
    """Run every review that was asked for."""
    asked = [key.rpartition(":") for key in world.jobs.reviews]
    world.jobs.reviews.clear()
    jobs = [(*rest.removeprefix("review:").rsplit(":", 1), int(round_)) for rest, _, round_ in asked]
    return [await world.review(Steps(), draft_id, revision, round_) for draft_id, revision, round_ in jobs]


def shown(world: World) -> object:
    return world.thread.says[f"reply:{ID}"]


async def edit(world: World, revision: str = "5.0") -> None:
    await world.receive(Changed(message(f"{POST} More {revision}.", revision)))


async def test_a_muted_thread_says_by_whom_and_edits_are_stored_and_not_reviewed(world: World) -> None:
    assert await mute(world)
    assert shown(world) == Mute("U7", NOW)
    await edit(world)
    assert world.jobs.reviews == {}
    assert world.drafts.rows[ID].revision == "5.0"
    world.clock.time += 3600
    assert await Sweep(world.drafts, world.jobs, world.clock, is_muted=world.is_muted)() == 0
    assert world.thread.calls == ["post", "update"]


@pytest.mark.parametrize(("decided", "hidden"), [(Decision.OPEN, 1), (Decision.DISMISSED, 0)])
async def test_who_mutes_open_points_that_must_be_fixed_is_asked_first(decided: Decision, hidden: int) -> None:
    world = World()
    severe = Finding("a/b", Severity.MUST_FIX, 0, end=2, quote="We", why="Why.")
    mild = Finding("a/c", Severity.SHOULD_FIX, 3, end=7, quote="bake", why="Why.")
    muting = MuteThread(world.drafts, world.mutes, world.jobs, clock=world.clock)
    assert await muting.hides(CLICK) == 0
    await world.reviewed(critique=Critique(Outcome.FINDINGS, (severe, mild)))
    await world.verdicts.record(ID, Verdict(severe.ref, decided, "U1", at="1.0", revision="0"))
    assert await muting.hides(CLICK) == hidden


async def test_a_muted_reply_still_knows_what_is_open_and_follows_what_people_handle() -> None:
    world = World()
    severe = Finding("a/b", Severity.MUST_FIX, 0, end=2, quote="We", why="Why.")
    await world.keep(ID, owner=await world.reviewed(critique=Critique(Outcome.FINDINGS, (severe,))))
    await mute(world)
    assert shown(world) == Mute("U7", NOW, (OpenPoint(Severity.MUST_FIX, "a/b"),))
    await world.decide(Click(Target(ID, severe.ref), "U1", "9.0"), Decision.DISMISSED)
    await refresh(world)
    assert shown(world) == Mute("U7", NOW)
    await edit(world)  # of words that nobody read, nothing is said
    await world.keep(ID, owner="a")
    assert shown(world) == Mute("U7", NOW)


async def test_who_muted_first_stays_named(world: World) -> None:
    await mute(world)
    await world.mutes.mute(ID, Mute("U8", 0.0))
    await world.keep(ID, owner="a")
    assert shown(world) == Mute("U7", NOW)


async def test_unmuting_brings_the_review_back_where_nothing_changed(world: World) -> None:
    before = shown(world)
    await mute(world)
    assert await unmute(world)
    assert shown(world) == before
    assert world.jobs.reviews == {}


async def test_unmuting_reviews_what_was_written_meanwhile(world: World) -> None:
    await mute(world)
    await edit(world)
    await world.jobs.review(world.drafts.rows[ID].job)
    assert await work(world) == ["superseded"]
    await unmute(world)
    assert await work(world) == ["updated"]
    assert world.rules.read == [f"{POST} More 5.0."]


async def test_unmuting_asks_anew_for_a_review_whose_model_answered_in_the_meantime() -> None:
    play = await played(None, FULL)
    world = play.world
    running = asyncio.create_task(play.run())
    while not world.standing:
        await asyncio.sleep(0)
    await mute(world)
    play.critic.go.set()
    assert await running == "superseded"
    world.jobs.reviews.clear()
    assert await unmute(world)
    again = replace(world.drafts.rows[ID].job, round=1)
    assert list(world.jobs.reviews) == [again.key]
    assert await play.run(again) == "updated"
    assert isinstance(said := shown(world), Standing)
    assert not said.critique.awaits_model
    assert len(play.critic.cases) == 1


async def test_unmuting_twice_or_after_a_crash_asks_for_the_review_all_the_same(world: World) -> None:
    await mute(world)
    await edit(world)
    world.mutes.crash_after = "unmute"
    with pytest.raises(Crash):
        await unmute(world)
    assert await unmute(world)
    assert list(world.jobs.reviews) == [f"review:{ID}:5.0:1"]
    assert await unmute(world)
    assert list(world.jobs.reviews) == [f"review:{ID}:5.0:1"]


async def test_a_crash_after_unmuting_is_found_by_the_sweep(world: World) -> None:
    await mute(world)
    await edit(world)
    await refresh(world)
    world.mutes.crash_after = "unmute"
    with pytest.raises(Crash):
        await unmute(world)
    world.clock.time += 60
    assert await Sweep(world.drafts, world.jobs, world.clock, is_muted=world.is_muted)() == 1


async def test_a_job_that_runs_while_somebody_mutes_says_nothing_more(world: World) -> None:
    await world.receive(Changed(message(f"{POST} More.", "5.0")))
    await mute(world)
    assert await work(world) == ["superseded"]
    assert shown(world) == Mute("U7", NOW)


async def test_a_thread_without_a_reply_gets_none_by_being_muted() -> None:
    world = World()
    await world.receive(HERE)
    await mute(world)
    assert world.thread.calls == []


async def test_a_draft_that_is_gone_cannot_be_muted(world: World) -> None:
    assert not await mute(World())
    assert not await unmute(World())
    await world.drafts.erase(PLACE)
    assert not await mute(world)
    assert not await unmute(world)


async def test_a_person_opts_out_and_in_again(world: World) -> None:
    out, back = MutePerson(world.opt_outs, world.clock), UnmutePerson(world.opt_outs)
    assert (await out("T1", "U1"), await out("T1", "U1")) == (True, False)
    assert await world.opt_outs.is_out("T1", "U1")
    assert not await world.opt_outs.is_out("T2", "U1")
    assert (await back("T1", "U1"), await back("T1", "U1")) == (True, False)


async def opted_out() -> World:
    world = World()
    await MutePerson(world.opt_outs, world.clock)("T1", "U1")
    return world


@pytest.mark.parametrize(
    ("posted", "reviewed"),
    [
        (message(), False),
        (replace(message(), author_id="U2"), True),
        (replace(message(), mentions_us=True), True),
        (replace(message(place=Place("T1", "D1", "1.0")), direct=True), True),
    ],
)
async def test_who_opted_out_is_reviewed_only_on_request(posted: Message, reviewed: bool) -> None:  # noqa: FBT001
    world = await opted_out()
    await world.receive(Posted(posted))
    assert bool(world.jobs.reviews) is reviewed
    assert bool(world.drafts.rows) is reviewed


async def test_after_opting_out_edits_of_earlier_drafts_are_stored_and_not_reviewed(world: World) -> None:
    await MutePerson(world.opt_outs, world.clock)("T1", "U1")
    await edit(world)
    assert world.jobs.reviews == {}
    world.clock.time += 60
    assert await Sweep(world.drafts, world.jobs, world.clock, is_muted=world.is_muted)() == 0
    await world.drafts.ask(ID, "9.0")
    await edit(world, "10.0")
    assert list(world.jobs.reviews) == [f"review:{ID}:10.0:0"]


async def test_an_unknown_draft_is_nothing_to_the_sweep(world: World) -> None:
    sweep = Sweep(world.drafts, world.jobs, world.clock, is_muted=world.is_muted)
    await edit(world)
    world.drafts.find = unknown  # type: ignore[method-assign]
    world.clock.time += 60
    assert await sweep() == 1


async def unknown(_: str) -> None:
    return None


async def test_a_mute_while_the_model_reads_ends_the_sign_of_work() -> None:
    play = await played(None, FULL)
    running = asyncio.create_task(play.run())
    while not play.world.standing:
        await asyncio.sleep(0)
    await mute(play.world)
    play.critic.go.set()
    assert await running == "superseded"
    assert play.world.thread.working == [True, False]
    assert shown(play.world) == Mute("U7", play.world.drafts.rows[ID].mute.at)  # type: ignore[union-attr]


async def asked(world: World, user: str) -> RequestOutcome:
    flow = ReviewOnRequest(
        world.drafts,
        FakePrivateReviews(),
        world.jobs,
        channels=world.channels,
        clock=world.clock,
        opt_outs=world.opt_outs,
    )
    return await flow(ReviewRequest(message(), user, "9.0", answer_to="https://slack.example/answer"))


async def test_in_a_muted_thread_whoever_asks_gets_the_answer_alone(world: World) -> None:
    assert await asked(world, "U9") is RequestOutcome.IN_THREAD
    await mute(world)
    assert await asked(world, "U9") is RequestOutcome.IN_PRIVATE


async def test_who_opted_out_can_ask_and_others_cannot_ask_about_them() -> None:
    world = await opted_out()
    assert await asked(world, "U9") is RequestOutcome.OPTED_OUT
    assert world.drafts.rows == {}
    assert await asked(world, "U1") is RequestOutcome.IN_THREAD
    assert list(world.jobs.reviews) == [f"review:{ID}:0:0"]


async def test_in_a_muted_thread_no_clean_text_is_begun(world: World) -> None:
    found = Finding("a/b", Severity.SHOULD_FIX, 0, end=2, quote="We", why="Why.", edit=Edit(0, 2, "They"))
    await world.reviewed(f"{POST} More.", "5.0", Critique(Outcome.FINDINGS, (found,)))
    await mute(world)
    await world.verdicts.record(ID, Verdict(found.ref, Decision.USED, "U1", at="6.0", revision="5.0"))
    await world.keep(ID, owner="a")
    assert world.cleans.calls == []


async def test_a_reply_can_be_kept_alone(world: World) -> None:
    alone = replace(world.keep, clean_text=None, sign_off=None)
    assert await alone(ID, owner="a") == "updated"
