from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.core.deciding import Mute
from bot.core.drafts import Draft, Picture, Place
from bot.core.judging import Critique, ModelPart, Outcome
from bot.core.reviewing import DraftRecord, Review
from bot.store.deciding import ThreadMuteStore
from bot.store.drafts import GONE, NEVER, OVERTAKES
from bot.store.tables import REVIEWS
from tests.store.samples import PLACE, FixedClock, gone, job, message, review, stands

if TYPE_CHECKING:
    from bot.store.database import Database
    from bot.store.drafts import DraftStore, ReplyStore

ID = PLACE.draft_id


async def test_a_draft_comes_back_as_it_was_added(drafts: DraftStore) -> None:
    added = await drafts.add(message())
    pictures = (Picture("a jar of honey"), Picture())
    draft = Draft("Only today: half price!", pictures=pictures, zones=((0, 4),), markup=message().markup)
    assert added == DraftRecord(PLACE, "U1", draft, revision="0") == await drafts.find(ID)


async def test_what_is_unknown_is_none(drafts: DraftStore) -> None:
    assert await drafts.find(ID) is None
    assert await drafts.state(ID) is None
    assert await drafts.find_review(job()) is None
    assert await drafts.revise(message(revision="5.0")) is None


async def test_a_draft_is_added_once_and_never_again_after_it_was_erased(drafts: DraftStore) -> None:
    assert await drafts.add(message())
    assert await drafts.add(message("Other words")) is None
    await drafts.erase(PLACE)
    assert await drafts.add(message()) is None


async def test_of_many_redeliveries_at_once_one_adds(drafts: DraftStore) -> None:
    added = await asyncio.gather(*(drafts.add(message()) for _ in range(10)))
    assert sum(record is not None for record in added) == 1


async def test_a_later_revision_with_other_words_is_kept(drafts: DraftStore) -> None:
    await drafts.add(message())
    revised = await drafts.revise(message("Until Sunday: half price!", "1700000005.000000"))
    assert revised is not None
    assert (revised.draft.text, revised.revision) == ("Until Sunday: half price!", "1700000005.000000")
    assert await drafts.find(ID) == revised


async def test_an_older_revision_a_repeated_one_and_one_of_white_space_change_nothing(drafts: DraftStore) -> None:
    await drafts.add(message())
    revised = await drafts.revise(message("Second", "1700000005.000000"))
    assert await drafts.revise(message("First", "1700000004.999999")) is None
    assert await drafts.revise(message("Second", "1700000005.000000")) is None
    spaced = replace(message(" Second\n", "1700000006.000000"), zones=((1, 5),))
    assert await drafts.revise(spaced) is None
    assert await drafts.find(ID) == revised


async def test_whatever_order_edits_arrive_in_the_newest_stays(drafts: DraftStore) -> None:
    await drafts.add(message())
    edits = [message(f"Words {n}", f"17000000{n:02}.000000") for n in range(1, 16)]
    random.shuffle(edits)
    await asyncio.gather(*(drafts.revise(edit) for edit in edits))
    found = await drafts.find(ID)
    assert found is not None
    assert found.draft.text == "Words 15"


async def test_an_erased_draft_keeps_its_place_and_no_text(drafts: DraftStore) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    assert await drafts.erase(PLACE)
    assert await drafts.find(ID) == DraftRecord(PLACE, "U1", Draft(""), revision="0", round=GONE, erased=True)
    assert await drafts.find_review(job()) is None
    assert await drafts.revise(message("Again", "1700000005.000000")) is None


async def test_erasing_tells_whether_there_was_a_draft_and_may_be_repeated(drafts: DraftStore) -> None:
    await drafts.add(message())
    assert await drafts.erase(PLACE)
    assert await drafts.erase(PLACE)


async def test_a_message_that_arrives_after_its_deletion_is_not_kept(drafts: DraftStore) -> None:
    assert not await drafts.erase(PLACE)
    assert await drafts.add(message()) is None
    found = await drafts.find(ID)
    assert found == DraftRecord(PLACE, "", Draft(""), revision="0", round=NEVER, erased=True)
    assert found is not None
    assert found.is_gone


async def test_where_the_message_of_an_erased_draft_stands_it_is_not_gone(drafts: DraftStore) -> None:
    await drafts.add(message())
    await drafts.erase(PLACE, stands=True)
    assert await drafts.find(ID) == DraftRecord(PLACE, "U1", Draft(""), revision="0", erased=True)


async def test_of_deleted_messages_that_were_never_drafts_nothing_stays(drafts: DraftStore, clock: FixedClock) -> None:
    small_talk = Place("T1", "C1", "1700000001.000100")
    await drafts.add(message())
    await drafts.erase(PLACE)
    await drafts.erase(small_talk)
    clock.moment += OVERTAKES
    assert await drafts.forget_unknown() == 0
    clock.moment += 1
    assert await drafts.forget_unknown() == 1
    assert await drafts.find(small_talk.draft_id) is None
    assert await drafts.find(ID) == DraftRecord(PLACE, "U1", Draft(""), revision="0", round=GONE, erased=True)


async def test_what_was_erased_long_ago_is_not_looked_at_every_minute(
    drafts: DraftStore, replies: ReplyStore, clock: FixedClock
) -> None:
    await drafts.add(message())
    await replies.reserve(ID, "job")
    clock.moment += 30 * 86400
    await drafts.erase(PLACE)
    clock.moment += 6 * 86400
    assert await drafts.orphans() == [ID]
    clock.moment += 2 * 86400
    assert await drafts.orphans() == []


async def test_a_reply_outlives_its_erased_draft_only_until_it_is_removed(
    drafts: DraftStore, replies: ReplyStore
) -> None:
    await drafts.add(message())
    await replies.reserve(ID, "job")
    assert await drafts.orphans() == []
    await drafts.erase(PLACE)
    assert await drafts.orphans() == [ID]
    await gone(replies, ID)
    assert await drafts.orphans() == []


async def test_the_first_review_of_a_job_stays(drafts: DraftStore) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    await drafts.save_review(review(job(), quote="Other"))
    assert await drafts.find_review(job()) == review(job())
    assert await drafts.find_review(job(round_=1)) is None


async def test_a_review_of_an_erased_or_unknown_draft_is_not_kept(drafts: DraftStore) -> None:
    await drafts.save_review(review(job()))
    assert await drafts.find_review(job()) is None
    await drafts.add(message())
    await drafts.erase(PLACE)
    await drafts.save_review(review(job()))
    assert await drafts.find_review(job()) is None


async def test_a_review_that_ends_while_its_draft_is_erased_leaves_nothing(drafts: DraftStore) -> None:
    places = [Place("T1", "C1", f"17000000{n:02}.000100") for n in range(10)]
    for place in places:
        await drafts.add(message(place=place))
    endings = [drafts.save_review(review(job(place))) for place in places]
    await asyncio.gather(*endings, *(drafts.erase(place) for place in places))
    assert [await drafts.find_review(job(place)) for place in places] == [None] * 10


async def test_the_state_shows_the_review_of_what_the_draft_says_now(drafts: DraftStore, replies: ReplyStore) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    reply = await replies.reserve(ID, "me")
    state = await drafts.state(ID)
    assert state is not None
    assert (state.review, state.reply) == (review(job()), reply)
    await drafts.revise(message("Second", "1700000005.000000"))
    state = await drafts.state(ID)
    assert state is not None
    assert (state.review, state.reply) == (None, reply)


async def test_a_draft_is_unanswered_until_its_reply_shows_what_it_says_now(
    drafts: DraftStore, replies: ReplyStore, clock: FixedClock
) -> None:
    start = clock.now()
    await drafts.add(message())
    assert await drafts.unanswered(start, since=0) == []
    assert await drafts.unanswered(start + 1, since=start) == [(job(), start)]
    assert await drafts.unanswered(start + 1, since=start + 0.5) == []
    await replies.reserve(ID, "me")
    assert await drafts.unanswered(start + 1, since=0) == [(job(), start)]
    await stands(replies, ID, "1700000001.000000", job())
    assert await drafts.unanswered(start + 1, since=0) == []
    clock.moment += 60
    await drafts.revise(message("Second", "1700000005.000000"))
    assert await drafts.unanswered(start + 60, since=0) == []
    assert await drafts.unanswered(start + 61, since=0) == [(job(revision="1700000005.000000"), start + 60)]
    await drafts.erase(PLACE)
    assert await drafts.unanswered(start + 61, since=0) == []


@pytest.mark.parametrize(("part", "waits"), [(ModelPart.AWAITED, True), (ModelPart.ANSWERED, False)])
async def test_a_reply_that_promises_a_review_waits_for_it(
    drafts: DraftStore, replies: ReplyStore, clock: FixedClock, part: ModelPart, *, waits: bool
) -> None:
    start = clock.now()
    await drafts.add(message())
    await drafts.save_review(Review(job(), Critique(Outcome.FINDINGS, model_part=part)))
    await stands(replies, ID, "1700000001.000000", job())
    assert await drafts.unanswered(start + 1, since=0) == []
    assert await drafts.unanswered(start + 1, since=0, awaited=start) == []
    assert await drafts.unanswered(start + 1, since=0, awaited=start + 1) == ([(job(), start)] if waits else [])


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ({"model_part": "answered"}, False),
        ({"model_part": "given_up"}, False),
        ({"model_part": "awaited"}, True),
        ({"model_part": "key"}, True),
        ({}, False),
        ({"outcome": "findings"}, True),
    ],
)
async def test_what_was_judged_to_be_talk_waits_for_no_answer_unless_there_is_one_already(
    drafts: DraftStore, replies: ReplyStore, clock: FixedClock, database: Database, said: dict[str, str], *, waits: bool
) -> None:
    later = clock.now() + 60
    await drafts.add(message())
    await drafts.save_review(Review(job(), Critique(Outcome.NOT_A_DRAFT)))
    stored: dict[str, object] = {
        "outcome": "not_a_draft",
        "findings": [],
        "questions": [],
        "fixed_rules_only": True,
        "guidelines": 1,
    }
    async with database.write() as connection:
        await connection.execute(sa.update(REVIEWS).values(critique=stored | said))
    assert await drafts.unanswered(later, since=0) == ([(job(), clock.now())] if waits else [])
    await stands(replies, ID, "1700000001.000000", job(revision="1"))
    assert await drafts.unanswered(later, since=0) == [(job(), clock.now())]


async def test_a_muted_thread_waits_for_no_answer(drafts: DraftStore, clock: FixedClock, database: Database) -> None:
    mutes, later = ThreadMuteStore(database), clock.now() + 60
    await drafts.add(message())
    await mutes.mute(ID, Mute("U1", clock.now()))
    assert await drafts.unanswered(later, since=0) == []
    await mutes.unmute(ID)
    assert await drafts.unanswered(later, since=0) == [(job(), clock.now())]


async def test_a_new_round_of_the_same_text_is_begun_once(drafts: DraftStore, clock: FixedClock) -> None:
    start = clock.now()
    await drafts.add(message())
    clock.moment += 60
    begun = await asyncio.gather(*(drafts.next_round(job()) for _ in range(5)))
    assert sorted(begun, key=str) == [None] * 4 + [job(round_=1)]
    assert await drafts.unanswered(start + 61, since=0) == [(job(round_=1), start)]
    await drafts.revise(message("Second", "1700000005.000000"))
    assert await drafts.next_round(job(round_=1)) is None
    await drafts.erase(PLACE)
    assert await drafts.next_round(job(revision="1700000005.000000")) is None


async def test_the_live_drafts_of_a_workspace_are_those_since_then_and_not_erased_the_latest_first(
    drafts: DraftStore,
) -> None:
    stamps = [f"17000000{n:02}.000100" for n in range(4)]
    for ts in stamps:
        await drafts.add(message(place=Place("T1", "C1", ts)))
    await drafts.add(message(place=Place("T1", "D2", stamps[2])))
    await drafts.add(message(place=Place("T2", "C1", stamps[2])))
    await drafts.erase(Place("T1", "C1", stamps[3]))
    live = await drafts.live("T1", float(stamps[1]))
    expected = [Place("T1", "C1", stamps[2]), Place("T1", "D2", stamps[2]), Place("T1", "C1", stamps[1])]
    assert [record.place for record in live] == expected
    assert await drafts.latest("T1", {PLACE.channel}, 1) == live[:1]
    assert await drafts.latest("T1", {"C9"}, 5) == []
    assert PLACE.channel in await drafts.channels("T1")
    assert await drafts.channels("T9") == frozenset()


async def test_workspaces_never_meet(drafts: DraftStore, replies: ReplyStore) -> None:
    other = Place("T2", PLACE.channel, PLACE.ts)
    await drafts.add(message("Ours"))
    await drafts.add(message("Theirs", place=other))
    await drafts.save_review(review(job(other)))
    await stands(replies, other.draft_id, "1.0", job(other))
    await drafts.erase(PLACE)
    theirs = await drafts.state(other.draft_id)
    assert theirs is not None
    assert (theirs.record.draft.text, theirs.review) == ("Theirs", review(job(other)))
    assert await drafts.unanswered(float("inf"), since=0) == []


async def test_characters_that_no_database_holds_are_replaced_one_for_one(drafts: DraftStore) -> None:
    added = await drafts.add(message("a\0b\ud83dc 🍯"))
    assert added is not None
    assert added.draft.text == "a\ufffdb?c 🍯"


async def test_other_words_of_the_same_second_are_a_later_revision_where_no_event_orders_them(
    drafts: DraftStore,
) -> None:
    await drafts.add(message())
    await drafts.revise(message("First", "1700000005.000100"))
    read = await drafts.revise(message("From the history", "1700000005.000000"))
    assert read is not None
    assert (read.draft.text, read.revision) == ("From the history", "1700000005.000101")
    assert await drafts.revise(message("First", "1700000005.000100")) is None
    last = await drafts.revise(message("Third", "1700000005.000300"))
    assert last is not None
    assert last.revision == "1700000005.000300"
    assert await drafts.revise(message("An unfurl with other names")) is None
