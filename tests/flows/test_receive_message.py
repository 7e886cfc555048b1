"""A message arrived: what is kept, and which job is asked for."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.core.drafts import Changed, Deleted, Draft, Place, Posted
from bot.core.reviewing import ReviewJob
from bot.flows.receiving import EDIT_PAUSE
from tests.flows.fakes import NOW, PLACE, POST, Crash, message
from tests.flows.world import World

ID = PLACE.draft_id
FIRST = f"review:{ID}:0:0"


@pytest.fixture
def world() -> World:
    return World()


def kept(world: World) -> str:
    return world.drafts.rows[ID].draft.text


async def test_a_draft_is_kept_and_its_review_asked_for_at_once(world: World) -> None:
    await world.receive(Posted(message()))
    assert kept(world) == POST
    assert world.jobs.reviews == {FIRST: 0}


async def test_a_message_that_slack_delivers_again_changes_nothing(world: World) -> None:
    for _ in range(3):
        await world.receive(Posted(message()))
    assert len(world.drafts.rows) == 1
    assert world.jobs.reviews == {FIRST: 0}


async def test_a_crash_between_the_two_writes_is_mended_when_slack_delivers_again(world: World) -> None:
    world.jobs.down = True
    with pytest.raises(Crash):
        await world.receive(Posted(message()))
    world.jobs.down = False
    await world.receive(Posted(message()))
    assert world.jobs.reviews == {FIRST: 0}


@pytest.mark.parametrize("text", ["thanks!", "can you look at this?", "👍", ""])
async def test_talk_leaves_no_trace(world: World, text: str) -> None:
    await world.receive(Posted(message(text)))
    await world.receive(Changed(message(text, "5.0")))
    assert (world.drafts.rows, world.jobs.reviews, world.jobs.removals) == ({}, {}, {})
    await world.receive(Deleted(PLACE))
    assert (kept(world), world.jobs.removals) == ("", {})


async def test_a_channel_that_is_not_switched_on_leaves_no_trace_unless_candor_is_called(world: World) -> None:
    elsewhere = message(place=Place("T1", "C2", f"{NOW:.6f}"))
    await world.receive(Posted(elsewhere))
    assert world.drafts.rows == {}
    await world.receive(Posted(replace(elsewhere, mentions_us=True)))
    assert list(world.drafts.rows) == [elsewhere.place.draft_id]


async def test_a_posted_message_is_noted_as_seen(world: World) -> None:
    later = Place("T1", "C1", f"{NOW + 9:.6f}")
    await world.receive(Posted(message("thanks!", place=later)))
    await world.receive(Posted(message()))
    await world.receive(Changed(message(revision="99.0")))
    assert await world.watermarks.seen_between("T1", "C1") == (later.ts, later.ts)


async def test_a_busy_channel_is_noted_every_few_minutes_and_not_for_every_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    seen = world.watermarks.seen

    async def counted(team: str, channel: str, ts: str) -> None:
        noted.append(f"{channel} {float(ts) - NOW:.0f}")
        await seen(team, channel, ts)

    monkeypatch.setattr(world.watermarks, "seen", counted)
    for second in range(0, 601, 10):
        for channel in ("C1", "C2"):
            await world.receive(Posted(message("thanks!", place=Place("T1", channel, f"{NOW + second:.6f}"))))
    assert noted == ["C1 0", "C2 0", "C1 240", "C2 240", "C1 480", "C2 480"]


async def test_a_message_counts_as_seen_only_when_it_is_safe(world: World) -> None:
    world.jobs.down = True
    with pytest.raises(Crash):
        await world.receive(Posted(message()))
    assert await world.watermarks.seen_between("T1", "C1") is None


async def test_an_edit_is_kept_and_its_review_waits_for_the_next_edit(world: World) -> None:
    await world.receive(Posted(message()))
    await world.receive(Changed(message("Bread is back.", "5.0")))
    assert kept(world) == "Bread is back."
    assert world.jobs.reviews == {FIRST: 0, f"review:{ID}:5.0:0": EDIT_PAUSE}


async def test_an_edit_of_white_space_is_no_edit(world: World) -> None:
    await world.receive(Posted(message()))
    await world.receive(Changed(message(f"  {POST.replace(' ', '  ')}\n", "5.0")))
    assert world.jobs.reviews == {FIRST: 0}
    assert kept(world) == POST


async def test_an_unfurl_is_no_edit(world: World) -> None:
    await world.receive(Posted(message()))
    await world.receive(Changed(message()))
    assert world.jobs.reviews == {FIRST: 0}


async def test_an_edit_that_slack_delivers_again_changes_nothing(world: World) -> None:
    await world.receive(Posted(message()))
    for _ in range(2):
        await world.receive(Changed(message("Bread is back.", "5.0")))
    assert len(world.jobs.reviews) == 2


async def test_an_edit_whose_job_got_lost_is_left_to_the_sweep(world: World) -> None:
    await world.receive(Posted(message()))
    world.jobs.down = True
    with pytest.raises(Crash):
        await world.receive(Changed(message("Bread is back.", "5.0")))
    ((lost, _),) = await world.drafts.unanswered(NOW + 60, since=NOW)
    assert lost == ReviewJob(ID, "5.0")


async def test_an_older_revision_that_arrives_late_changes_nothing(world: World) -> None:
    await world.receive(Posted(message()))
    await world.receive(Changed(message("The second edit.", "10.0")))
    await world.receive(Changed(message("The first edit.", "9.5")))
    assert kept(world) == "The second edit."
    assert f"review:{ID}:9.5:0" not in world.jobs.reviews


async def test_the_original_that_arrives_after_its_edit_changes_nothing(world: World) -> None:
    await world.receive(Changed(message("We opened two bakeries today.\nCome in.", "5.0")))
    await world.receive(Posted(message()))
    assert kept(world) == "We opened two bakeries today.\nCome in."
    assert list(world.jobs.reviews) == [f"review:{ID}:5.0:0"]


async def test_talk_that_an_edit_turns_into_a_post_becomes_a_draft(world: World) -> None:
    await world.receive(Posted(message("sorry, wrong channel")))
    await world.receive(Changed(message(POST, "5.0")))
    assert world.jobs.reviews == {f"review:{ID}:5.0:0": 0}


async def test_words_to_colleagues_are_no_part_of_the_draft_nor_new_words_when_they_change(world: World) -> None:
    await world.receive(Posted(message(f"for FB, ok?\n{POST}")))
    assert (kept(world), world.drafts.rows[ID].draft.platform) == (POST, "facebook")
    await world.receive(Changed(message(f"for FB, ok? Thoughts?\n{POST} Thanks!", "5.0")))
    assert list(world.jobs.reviews) == [f"review:{ID}:0:0"]
    await world.receive(Changed(message(f"for LinkedIn, ok?\n{POST}", "6.0")))
    assert world.drafts.rows[ID].draft.platform == "linkedin"


async def test_what_may_be_talk_is_kept_as_such_until_an_edit_makes_it_clear(world: World) -> None:
    await world.receive(Posted(message("The second loaf is free, says the sign.")))
    assert world.drafts.rows[ID].unsure
    await world.receive(Changed(message(POST, "5.0")))
    assert not world.drafts.rows[ID].unsure


async def test_a_draft_that_an_edit_makes_short_stays_a_draft(world: World) -> None:
    await world.receive(Posted(message()))
    await world.receive(Changed(message("Bread!", "5.0")))
    assert kept(world) == "Bread!"


async def test_a_deletion_erases_the_words_and_asks_for_the_replys_removal(world: World) -> None:
    await world.receive(Posted(message()))
    await world.reviewed()
    await world.receive(Deleted(PLACE))
    assert world.drafts.rows[ID].draft == Draft("")
    assert world.drafts.reviews == {}
    assert list(world.jobs.removals) == [ID]


async def test_a_deletion_may_be_told_twice(world: World) -> None:
    await world.receive(Posted(message()))
    await world.receive(Deleted(PLACE))
    await world.receive(Deleted(PLACE))
    assert list(world.jobs.removals) == [ID]


async def test_a_deletion_whose_job_got_lost_is_mended_when_slack_delivers_again(world: World) -> None:
    await world.receive(Posted(message()))
    world.jobs.down = True
    with pytest.raises(Crash):
        await world.receive(Deleted(PLACE))
    world.jobs.down = False
    await world.receive(Deleted(PLACE))
    assert list(world.jobs.removals) == [ID]


async def test_nothing_brings_a_deleted_draft_back(world: World) -> None:
    await world.receive(Posted(message()))
    await world.receive(Deleted(PLACE))
    world.jobs.reviews.clear()
    await world.receive(Changed(message("Bread is back.", "5.0")))
    await world.receive(Posted(message()))
    assert world.drafts.rows[ID].erased
    assert kept(world) == ""
    assert world.jobs.reviews == {}


async def test_an_edit_that_overtakes_its_message_is_not_lost(world: World) -> None:
    words = "Until Sunday: half price on every chair!\nCome and sit."
    slow = asyncio.create_task(world.receive(Posted(message())))
    fast = asyncio.create_task(world.receive(Changed(message(words, revision=f"{NOW + 1:.6f}"))))
    await asyncio.gather(slow, fast)
    record = await world.drafts.find(PLACE.draft_id)
    assert record is not None
    assert record.draft.text == words
