"""Somebody clicks: what is kept, what is asked for, and what the thread shows in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from bot.core.deciding import Decision, Mute
from bot.core.drafts import Changed, Click, Target
from bot.core.findings import CleanText, Edit, Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, ModelPart, Outcome, Question
from bot.core.reviewing import Review
from bot.flows.replying import ShowMore, ShowWhy, is_read_anew
from tests.flows.fake_guidelines import SameLibrary
from tests.flows.fakes import PLACE, Crash, message
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from bot.core.drafts import Message
    from bot.core.guidelines import Library
    from bot.core.reviewing import ReviewJob, Standing

ID = PLACE.draft_id
TEXT = "Act now! Buy it."
RULE = "user-control/no-false-pressure"
USED, DISMISSED, OPEN = Decision.USED, Decision.DISMISSED, Decision.OPEN
ASKED = Question("transparency/commercial-disclosure", "Paid?", ("Yes", "No"))
NOW = Finding(RULE, Severity.SHOULD_FIX, 0, end=8, quote="Act now!", why="Why.", edit=Edit(0, 8, "Order by [date]."))
BUY = Finding(RULE, Severity.SHOULD_FIX, 9, end=16, quote="Buy it.", why="Why.", edit=Edit(9, 16, "Have a look."))
SECRET = Finding("a/b", Severity.MUST_FIX, 4, end=7, quote="now", why="Why.", dismissable=False)
FOUND = Critique(Outcome.FINDINGS, (NOW, BUY, SECRET), (ASKED,))
CLEAN = "Order by [date]. Buy it."
BOTH = "Order by [date]. Have a look."
CLEANED = CleanText("0", CLEAN, ("[date]",), posts=(("", CLEAN),), changes=1)


def click(on: Finding | Question | str, at: str = "1.0") -> Click:
    return Click(Target(ID, on if isinstance(on, str) else on.ref), "U1", at)


@pytest.fixture
async def world() -> World:
    world = World()
    await world.keep(ID, owner=await world.reviewed(TEXT, critique=FOUND))
    return world


async def decide(world: World, on: Finding, decision: Decision = USED, at: str = "1.0") -> bool:
    done = await world.decide(click(on, at), decision)
    await refresh(world)
    return done


async def refresh(world: World) -> None:
    """Run what was asked for."""
    for key in world.jobs.refreshes:
        await world.refresh(Steps(), ID, key.removeprefix(f"refresh:{ID}:"))
    world.jobs.refreshes.clear()


def shown(world: World) -> CleanText | None:
    assert len(world.cleans.standing) <= 1
    return cast("CleanText", world.cleans.says[f"clean:{ID}"]) if world.cleans.standing else None


def standing(world: World) -> Standing:
    return cast("Standing", world.thread.says[f"reply:{ID}"])


@pytest.mark.parametrize("call", ["delete", "find"])
async def test_a_clean_text_whose_removal_broke_off_is_posted_again_when_it_is_wanted(world: World, call: str) -> None:
    await decide(world, NOW)
    world.cleans.crash_after = call
    with pytest.raises(Crash):
        await decide(world, NOW, OPEN, "2.0")
    world.jobs.refreshes.clear()
    await decide(world, NOW, at="3.0")
    assert shown(world) == CLEANED
    assert [reply.ts for reply in world.drafts.cleans.rows.values()] == list(world.cleans.standing)


async def test_using_an_edit_shows_in_the_reply_and_makes_the_clean_text(world: World) -> None:
    assert await world.decide(click(NOW), USED)
    assert world.jobs.refreshes == [f"refresh:{ID}:1.0:U1"]
    await refresh(world)
    assert standing(world).used == (NOW,)
    assert shown(world) == CLEANED
    assert world.cleans.calls == ["post"]


async def test_every_further_edit_is_put_into_the_same_clean_text(world: World) -> None:
    await decide(world, NOW)
    await decide(world, BUY, at="2.0")
    assert world.cleans.calls == ["post", "update"]
    assert shown(world) == replace(CLEANED, text=BOTH, posts=(("", BOTH),), changes=2)


async def test_without_a_used_edit_nothing_is_looked_for_in_slack(world: World) -> None:
    await decide(world, NOW, DISMISSED)
    assert world.cleans.calls == []
    assert standing(world).count(DISMISSED) == 1


async def test_taking_the_last_one_back_removes_the_clean_text(world: World) -> None:
    await decide(world, NOW)
    await decide(world, NOW, OPEN, at="2.0")
    assert shown(world) is None
    assert standing(world).used == ()
    await decide(world, NOW, at="3.0")
    assert shown(world) == CLEANED


async def test_the_later_of_two_clicks_counts_in_whatever_order_they_arrive(world: World) -> None:
    await decide(world, NOW, OPEN, at="2.0")
    await decide(world, NOW, USED, at="1.0")
    assert shown(world) is None


async def test_a_button_that_does_not_fit_changes_nothing(world: World) -> None:
    assert not await decide(world, SECRET, USED)
    assert not await decide(world, SECRET, DISMISSED)
    assert await decide(world, SECRET, OPEN)
    assert not await world.decide(click("gone"), USED)
    assert not await World().decide(click(NOW), USED)


async def test_a_click_is_refused_while_new_words_are_being_read(world: World) -> None:
    await world.drafts.revise(message(f"{TEXT} More.", "5.0"))
    assert not await world.decide(click(NOW), USED)


@pytest.mark.parametrize("at_once", [True, False])
async def test_while_new_words_are_read_a_point_can_still_be_dismissed_and_asked_about(
    world: World, library: Library, *, at_once: bool
) -> None:
    text = f"{TEXT} More."
    await world.drafts.revise(message(text, "5.0"))
    assert is_read_anew(await world.drafts.state(ID))
    why = ShowWhy(world.drafts, SameLibrary(library))
    guideline = await why(click(NOW))
    assert guideline
    assert guideline.id == RULE
    assert await world.decide(click(NOW), DISMISSED)
    assert not await world.decide(click(BUY), USED)  # its edit was made for the words of then
    assert not await world.decide(click(SECRET), DISMISSED)
    if at_once:
        await refresh(world)
        assert standing(world).count(DISMISSED) == 0  # the reply waits for the new review
    await world.drafts.save_review(Review(world.drafts.rows[ID].job, FOUND))
    assert not is_read_anew(await world.drafts.state(ID))
    await world.keep(ID, owner="job")
    assert [point.finding for point in standing(world).dismissed] == [NOW]


async def test_a_point_that_a_new_round_quotes_otherwise_is_the_same_point(world: World, library: Library) -> None:
    job = await world.drafts.next_round(world.drafts.rows[ID].job)
    assert job
    requoted = replace(NOW, start=0, end=7, quote="Act now", edit=Edit(0, 7, "Wait"))
    await world.drafts.save_review(Review(job, Critique(Outcome.FINDINGS, (requoted,))))
    assert requoted.ref != NOW.ref
    assert not await world.decide(click(NOW), USED)  # nobody saw the new edit
    assert await ShowWhy(world.drafts, SameLibrary(library))(click(NOW))
    assert await world.decide(click(NOW), DISMISSED)
    assert not await world.decide(click(BUY), DISMISSED)  # the new round has it no more
    await world.keep(ID, owner="a")
    assert [point.finding for point in standing(world).dismissed] == [requoted]


async def test_of_a_muted_or_erased_draft_nobody_is_told_that_it_is_read_anew(world: World) -> None:
    assert not is_read_anew(None)
    await world.drafts.next_round(world.drafts.rows[ID].job)
    assert is_read_anew(await world.drafts.state(ID))
    world.drafts.rows[ID] = replace(world.drafts.rows[ID], mute=Mute("U1", 1.0))
    assert not is_read_anew(await world.drafts.state(ID))
    await world.drafts.erase(PLACE)
    assert not is_read_anew(await world.drafts.state(ID))


async def test_a_click_during_a_new_round_counts(world: World) -> None:
    state = await world.drafts.state(ID)
    assert state
    await world.drafts.next_round(state.record.job)
    assert await decide(world, NOW)
    assert shown(world) == CLEANED
    assert world.replies.shown[ID].round == 0


def edited(revision: str = "5.0") -> Message:
    return message(f"{TEXT} More.", revision)


async def test_after_an_edit_the_clean_text_waits_for_the_review_and_is_then_made_anew(world: World) -> None:
    await decide(world, NOW)
    await world.receive(Changed(edited()))
    assert world.jobs.refreshes == [f"refresh:{ID}:5.0"]
    await refresh(world)
    assert shown(world) == replace(CLEANED, outdated=True)
    await world.keep(ID, owner=await world.reviewed(f"{TEXT} More!", "6.0", FOUND))
    made = shown(world)
    assert made
    assert (made.revision, made.outdated) == ("6.0", False)
    assert made.text == f"{CLEANED.text} More!"


@pytest.mark.parametrize(
    ("critique", "stays"),
    [
        (Critique(Outcome.NOTHING_TO_FLAG), False),
        (Critique(Outcome.FINDINGS, (replace(BUY, edit=None),)), False),
        (Critique(Outcome.FINDINGS, (BUY,)), False),
        (Critique(Outcome.COULD_NOT_REVIEW), False),
        (Critique(Outcome.FINDINGS, (BUY,), model_part=ModelPart.AWAITED), True),
    ],
)
async def test_the_clean_text_goes_once_the_whole_review_has_none_of_its_points(
    world: World,
    critique: Critique,
    stays: bool,  # noqa: FBT001 - parameters of tests
) -> None:
    await decide(world, NOW)
    for _ in range(2):
        await world.keep(ID, owner=await world.reviewed(f"{TEXT} More!", "6.0", critique))
        waits = shown(world)
        assert (waits.outdated if waits else False) is stays
    await world.keep(ID, owner=await world.reviewed(f"{TEXT} More.", "7.0", FOUND))
    made = shown(world)
    assert made
    assert made.text == f"{CLEANED.text} More."


async def test_an_edit_of_a_draft_without_a_clean_text_asks_for_no_refresh(world: World) -> None:
    await world.receive(Changed(edited()))
    assert world.jobs.refreshes == []


@pytest.mark.parametrize(
    ("on", "decision", "text"), [(BUY, USED, "Order by [date]. Have a look. More."), (NOW, OPEN, "")]
)
async def test_using_or_undoing_after_an_edit_makes_it_from_the_new_words(
    world: World, on: Finding, decision: Decision, text: str
) -> None:
    await decide(world, NOW)
    await world.keep(ID, owner=await world.reviewed(f"{TEXT} More.", "5.0", FOUND))
    await decide(world, on, decision, at="2.0")
    made = shown(world)
    assert (made.text if made else "") == text
    assert not (made and made.outdated)


async def test_a_new_round_that_no_longer_has_the_point_takes_the_clean_text_away(world: World) -> None:
    await decide(world, NOW)
    await again(world, Critique(Outcome.FINDINGS, (BUY,)))
    assert shown(world) is None


async def again(world: World, critique: Critique) -> None:
    state = await world.drafts.state(ID)
    assert state
    job = await world.drafts.next_round(state.record.job)
    assert job
    await world.drafts.save_review(Review(job, critique))
    await world.keep(ID, owner=job.key)


async def test_an_edit_that_overtakes_the_click_leaves_no_clean_text(world: World) -> None:
    await world.decide(click(NOW), USED)
    await world.receive(Changed(edited()))
    await refresh(world)
    assert shown(world) is None


async def test_a_decision_while_new_words_of_today_are_unread_waits(world: World) -> None:
    await decide(world, NOW)
    world.drafts.reviews.clear()
    await world.keep(ID, owner="a")
    assert shown(world) == CLEANED


async def test_the_clean_text_goes_with_its_draft(world: World) -> None:
    await decide(world, NOW)
    await world.drafts.erase(PLACE)
    assert await world.drafts.orphans() == [ID]
    await world.remove(Steps(), ID)
    assert (world.cleans.standing, world.standing) == ({}, {})
    assert await world.drafts.orphans() == []


async def test_why_leads_to_the_guideline_and_more_to_everything(world: World, library: Library) -> None:
    why, more = ShowWhy(world.drafts, SameLibrary(library)), ShowMore(world.drafts)
    cited, asked = library.cited(RULE), await why(click(NOW))
    assert cited
    assert asked == replace(cited, severity=NOW.severity)
    assert await why(click(SECRET)) is None
    assert await why(click("gone")) is None
    found = await more(click(""))
    assert found
    assert (found[0].id, found[1].critique) == (ID, FOUND)
    assert await ShowMore(World().drafts)(click("")) is None


async def test_an_answer_is_kept_and_begins_a_new_round(world: World) -> None:
    assert await world.answer(click(ASKED), 1)
    ((answer,),) = [await world.answers.of(ID)]
    assert (answer.guideline, answer.answer) == (ASKED.guideline, "No")
    assert list(world.jobs.reviews) == [f"review:{ID}:0:1"]
    await refresh(world)
    assert standing(world).questions == ()


async def test_the_same_answer_again_and_an_answer_by_somebody_else_begin_nothing(world: World) -> None:
    assert await world.answer(click(ASKED), 0)
    assert await world.answer(click(ASKED), 0)
    assert not await world.answer(click(ASKED, at="2.0"), 1)
    assert list(world.jobs.reviews) == [f"review:{ID}:0:1"]


async def test_after_a_crash_the_same_answer_begins_the_round_that_was_lost(world: World) -> None:
    world.jobs.down = True
    state = await world.drafts.state(ID)
    next_round = world.drafts.next_round

    async def crash(job: ReviewJob) -> ReviewJob | None:
        raise Crash(job)

    world.drafts.next_round = crash
    with pytest.raises(Crash):
        await world.answer(click(ASKED), 0)
    world.drafts.next_round, world.jobs.down = next_round, False
    assert await world.answer(click(ASKED), 0)
    assert state
    assert list(world.jobs.reviews) == [f"review:{ID}:0:1"]


async def test_an_answer_to_a_question_that_is_gone_is_refused(world: World) -> None:
    assert not await world.answer(click(ASKED), 2)
    assert not await world.answer(click(NOW), 0)
    assert not await World().answer(click(ASKED), 0)
