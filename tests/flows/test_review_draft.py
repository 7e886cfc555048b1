"""The job behind a draft: two steps, safe to repeat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.brand.posts import EarlierPost
from bot.core.drafts import Changed, Deleted, Picture, Place, Posted
from bot.core.errors import ARCHIVED, LEFT, MayNotPost, in_short
from bot.core.judging import Critique, Outcome
from bot.core.reviewing import Review, ReviewJob, standing_in
from bot.core.words.reviewing import NO_TEXT_LEFT, headline
from bot.flows.watching import TellLeads
from tests.flows.fake_judges import FakeJudges
from tests.flows.fake_thread import RESTRICTED
from tests.flows.fakes import CHECKS, PLACE, POST, Crash, message, straight_on
from tests.flows.world import Steps, World

ID = PLACE.draft_id
FIRST = ReviewJob(ID, "0", 0)


@pytest.fixture
async def world() -> World:
    world = World()
    await world.receive(Posted(message()))
    return world


async def run(world: World, job: ReviewJob = FIRST, steps: Steps | None = None) -> str:
    return await world.review(steps or Steps(), job.draft_id, job.revision, job.round)


async def test_a_draft_is_judged_and_its_reply_posted(world: World) -> None:
    assert await run(world) == "posted"
    assert world.drafts.reviews[FIRST].critique == Critique(Outcome.NOTHING_TO_FLAG, guidelines=1, checks=CHECKS)
    assert world.shown == ["0"]


async def test_without_a_model_what_may_be_talk_is_left_alone_unless_something_certain_is_found(world: World) -> None:
    await world.receive(Changed(message("The second loaf is free, says the sign.", "5.0")))
    job = ReviewJob(ID, "5.0")
    assert await run(world, job) == "nothing"
    kept = world.drafts.reviews[job].critique
    assert (kept.outcome, kept.findings, kept.leads) == (Outcome.NOT_A_DRAFT, (), ())
    asked = await world.drafts.ask(ID, "9.0")
    assert asked
    assert await run(world, asked.job) == "posted"


@pytest.mark.parametrize("left", [".", "", "👍 🎉", "https://a.example/b"])
async def test_of_a_draft_that_was_edited_to_nothing_the_reply_says_so_until_there_is_one_again(
    world: World, left: str
) -> None:
    assert await run(world) == "posted"
    await world.receive(Changed(message(left, "5.0")))
    assert await run(world, ReviewJob(ID, "5.0")) == "updated"
    assert (world.shown, world.rules.read) == (["5.0"], [POST])
    state = await world.drafts.state(ID)
    standing = standing_in(state)
    assert standing
    assert headline(standing) == NO_TEXT_LEFT
    await world.receive(Changed(message(f"{POST} Again.", "6.0")))
    assert await run(world, ReviewJob(ID, "6.0")) == "updated"
    assert world.drafts.reviews[ReviewJob(ID, "6.0")].critique.outcome is Outcome.NOTHING_TO_FLAG


async def test_a_picture_whose_words_are_gone_is_still_read(world: World) -> None:
    await world.receive(Changed(replace(message("", "5.0"), pictures=(Picture("A loaf"),))))
    assert await run(world, ReviewJob(ID, "5.0")) == "posted"
    assert not world.drafts.reviews[ReviewJob(ID, "5.0")].critique.is_of_nothing


async def test_the_words_are_read_once_however_often_the_job_runs(world: World) -> None:
    await run(world)
    assert await run(world) == "updated"
    assert world.rules.read == [POST]
    assert world.shown == ["0"]


async def test_the_store_hears_beside_which_posts_the_words_were_read(world: World) -> None:
    post = EarlierPost("Delivery costs £4.", "2026-03-01")
    world.review = replace(world.review, judges=FakeJudges(world.rules, said_before=(post,)))
    await run(world)
    assert world.drafts.beside == (post,)


async def test_a_stored_review_is_used(world: World) -> None:
    stored = Critique(Outcome.COULD_NOT_REVIEW, guidelines=7)
    await world.drafts.save_review(Review(FIRST, stored))
    await run(world)
    assert world.rules.read == []
    assert world.drafts.reviews[FIRST].critique == stored


async def test_a_revision_that_was_overtaken_is_not_judged(world: World) -> None:
    await world.drafts.revise(message("Bread is back.", "5.0"))
    assert await run(world) == "superseded"
    assert (world.rules.read, world.standing) == ([], {})


async def test_a_round_that_is_not_the_drafts_own_is_not_judged(world: World) -> None:
    assert await run(world, ReviewJob(ID, "0", 1)) == "superseded"


async def test_an_erased_draft_is_not_judged(world: World) -> None:
    await world.drafts.erase(PLACE)
    assert await run(world) == "superseded"


async def test_a_draft_that_nobody_knows_is_not_judged() -> None:
    assert await run(World()) == "superseded"


async def test_a_draft_erased_between_the_steps_gets_no_reply(world: World) -> None:
    steps = Steps()
    steps.done["judge"] = await world.review.judge(FIRST)
    await world.drafts.erase(PLACE)
    assert await run(world, steps=steps) == "nothing"
    assert world.standing == {}


async def test_after_a_crash_the_job_goes_on_where_it_was(world: World) -> None:
    steps = Steps()
    world.thread.crash_after = "post"
    with pytest.raises(Crash):
        await run(world, steps=steps)
    assert await run(world, steps=steps) == "updated"
    assert world.rules.read == [POST]
    assert world.shown == ["0"]


async def test_where_nobody_may_answer_leads_and_the_author_hear_it_once_and_the_reply_comes_when_it_may(
    world: World,
) -> None:
    tell = TellLeads(world.leads, world.notices, world.messages, sees=world.sees)
    world.review = replace(world.review, tell=tell)
    world.leads.users["T1"], world.thread.restricted = ("U2",), RESTRICTED
    other = Place("T1", PLACE.channel, f"{float(PLACE.ts) + 60:.6f}")
    await world.receive(Posted(message(place=other)))
    for draft_id in (ID, other.draft_id):
        with pytest.raises(MayNotPost) as refused:
            await run(world, ReviewJob(draft_id, "0", 0))
        assert in_short(refused.value).startswith(f"MayNotPost ({RESTRICTED})")
    told = dict(world.messages.sent)
    assert (list(told), len(world.messages.sent)) == (["U2", "U1"], 2)
    assert "choose *Review this draft*" in world.messages.says[told["U1"]]
    world.thread.restricted = ""
    assert await run(world) == "posted"


async def test_of_a_draft_deleted_while_slack_refuses_its_reply_nobody_is_told(world: World) -> None:
    world.review = replace(world.review, tell=TellLeads(world.leads, world.notices, world.messages, sees=world.sees))
    world.leads.users["T1"], world.thread.restricted = ("U2",), RESTRICTED

    async def deleted() -> None:
        world.thread.pause = straight_on
        await world.receive(Deleted(PLACE))

    world.thread.pause = deleted
    with pytest.raises(MayNotPost):
        await run(world)
    assert not world.messages.sent


@pytest.mark.parametrize(
    ("code", "why", "how"),
    [
        (LEFT, "I'm not in that channel any more", "choose *Review this draft*"),
        (ARCHIVED, "it's been archived", "send me the draft in a direct message"),
    ],
)
async def test_where_candor_can_no_longer_be_leads_hear_of_it_from_whoever_looks_at_channels(
    world: World, code: str, why: str, how: str
) -> None:
    tell = TellLeads(world.leads, world.notices, world.messages, sees=world.sees)
    world.review = replace(world.review, tell=tell)
    world.leads.users["T1"], world.thread.restricted = ("U2",), code
    with pytest.raises(MayNotPost):
        await run(world)
    ((told, key),) = world.messages.sent
    assert told == "U1"
    assert f"{why}. To see the review" in world.messages.says[key]
    assert how in world.messages.says[key]


async def test_guests_of_another_organisation_are_told_nothing_of_where_nobody_may_answer(world: World) -> None:
    tell = TellLeads(world.leads, world.notices, world.messages, sees=world.sees)
    world.review = replace(world.review, tell=tell)
    world.thread.restricted = RESTRICTED
    place = Place("T1", PLACE.channel, "30.0")
    await world.receive(Posted(replace(message(place=place), author_id="X1")))
    with pytest.raises(MayNotPost):
        await run(world, ReviewJob(place.draft_id, "0", 0))
    assert [user for user, _ in world.messages.sent] == ["U1", "U2"]
