"""Sign-offs, thumbs and mutes in both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bot.core.deciding import Answer, Feedback, FeedbackCount, FeedbackReason, Mute, Rated, Thumb
from bot.core.digesting import Period
from bot.core.drafts import Draft, Picture, Place
from bot.core.findings import CleanText
from bot.core.guidelines import Severity
from bot.core.reviewing import subject_of
from bot.core.sign_off import Act, OpenPoint, SignOffAct, Source, Subject, WaitingSignOff, fingerprint
from bot.store.deciding import AnswerStore, FeedbackStore, OptOutStore, ThreadMuteStore
from bot.store.digesting import DigestFigureStore
from bot.store.drafts import ReplyStore
from bot.store.reviewing import CleanTextStore
from bot.store.sign_off import SignOffStore
from bot.store.tables import CLEAN_MESSAGES, DRAFTS, SIGN_OFF_MESSAGES
from tests.databases import everything_in
from tests.store.samples import PLACE, FixedClock, gone, job, message, stands

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.drafts import Message
    from bot.store.database import Database
    from bot.store.drafts import DraftStore

ID = PLACE.draft_id
TEXT = "Only today: half price!"
POST = message(TEXT)
DRAFT = Draft(TEXT, pictures=POST.pictures, markup=POST.markup)
NOW = Subject(Source.DRAFT, fingerprint(TEXT, DRAFT))
MARK = "zebra-marker"


def act(what: Act, at: float = 1.0, subject: Subject = NOW, **more: str) -> SignOffAct:
    return SignOffAct(more.get("key", f"{at}:U2"), what, "U2", at=at, subject=subject, note=more.get("note", ""))


@pytest.fixture
def sign_offs(database: Database) -> SignOffStore:
    return SignOffStore(database)


@pytest.fixture
async def kept(drafts: DraftStore) -> DraftStore:
    await drafts.add(message(TEXT))
    return drafts


async def acts(drafts: DraftStore) -> tuple[SignOffAct, ...]:
    state = await drafts.state(ID)
    assert state
    return state.acts


async def test_every_entry_comes_back_as_it_was_in_order_and_once(kept: DraftStore, sign_offs: SignOffStore) -> None:
    points = (OpenPoint(Severity.MUST_FIX, "a/b"), OpenPoint(Severity.CONSIDER, "c/d"))
    full = SignOffAct(
        "k",
        Act.HELD,
        "U2",
        at=5.25,
        subject=Subject(Source.CLEAN, "0" * 64),
        note="Wait <@U1>",
        open=points,
        reviewed=False,
    )
    await sign_offs.record(ID, act(Act.ASKED))
    await sign_offs.record(ID, full)
    await sign_offs.record(ID, act(Act.APPROVED, at=9.0, key="k"))
    assert await acts(kept) == (act(Act.ASKED), full)


async def test_two_clicks_on_the_same_button_are_one_decision(kept: DraftStore, sign_offs: SignOffStore) -> None:
    twice = (act(Act.APPROVED, at=at) for at in (1.0, 2.0))
    await asyncio.gather(*(sign_offs.record(ID, one) for one in twice))
    assert [one.act for one in await acts(kept)] == [Act.APPROVED]
    await sign_offs.record(ID, act(Act.HELD, at=3.0, note="Wait."))
    await sign_offs.record(ID, act(Act.HELD, at=4.0, note="Wait for the price."))
    await sign_offs.record(ID, act(Act.APPROVED, at=5.0))
    await sign_offs.record(ID, act(Act.APPROVED, at=6.0, subject=Subject(Source.CLEAN, "0" * 64)))
    assert [one.at for one in await acts(kept)][1:] == [3.0, 4.0, 5.0, 6.0]


async def test_the_last_decision_counts_also_where_the_clock_was_set_back(
    kept: DraftStore, sign_offs: SignOffStore
) -> None:
    now = 1_790_000_000.25
    await sign_offs.record(ID, act(Act.ASKED, at=now))
    await sign_offs.record(ID, act(Act.APPROVED, at=now - 5))
    await sign_offs.record(ID, act(Act.HELD, at=now - 86400, note="Legal says no."))
    assert [one.act for one in await acts(kept)] == [Act.ASKED, Act.APPROVED, Act.HELD]
    assert await sign_offs.waiting("T1") == ()
    await sign_offs.record(ID, act(Act.ASKED, at=now - 3600))
    (waiting,) = await sign_offs.waiting("T1")
    assert not waiting.stale
    assert 0 < waiting.since - now < 1


async def test_nothing_is_kept_of_an_erased_draft(
    kept: DraftStore, sign_offs: SignOffStore, database: Database, clock: FixedClock, url: str, tmp_path: Path
) -> None:
    feedback, messages = FeedbackStore(database, clock), ReplyStore(database, clock, SIGN_OFF_MESSAGES)
    rated, down = Rated(ID, "0"), Feedback("U1", Thumb.DOWN, "1.0", reason=FeedbackReason.TONE, note=MARK)
    await sign_offs.record(ID, act(Act.HELD, note=MARK))
    assert await feedback.save(rated, down)
    await stands(messages, ID, "9.0", job())
    assert MARK.encode() in everything_in(url, tmp_path)
    assert await kept.erase(PLACE)
    assert MARK.encode() not in everything_in(url, tmp_path)
    assert await kept.orphans() == [ID]
    await gone(messages, ID)
    assert await kept.orphans() == []
    await sign_offs.record(ID, act(Act.HELD, note=MARK))
    assert not await feedback.save(rated, down)
    assert await acts(kept) == ()
    assert await feedback.find(rated, "U1") is None


async def test_asked_for_waits_and_decided_does_not(kept: DraftStore, sign_offs: SignOffStore) -> None:
    assert kept
    assert await sign_offs.waiting("T1") == ()
    await sign_offs.record(ID, act(Act.ASKED))
    waiting = WaitingSignOff(Place.of(ID), "U1", 1.0, stale=False)
    assert await sign_offs.waiting("T1") == (waiting,)
    assert await sign_offs.waiting("T2") == ()
    await sign_offs.record(ID, act(Act.APPROVED, at=2.0))
    assert await sign_offs.waiting("T1") == ()


async def test_who_waits_takes_as_many_questions_for_many_drafts_as_for_one(
    kept: DraftStore, sign_offs: SignOffStore, database: Database
) -> None:
    answers, asked = AnswerStore(database), list[str]()

    async def questions() -> int:
        asked.clear()
        assert await sign_offs.waiting("T1") == ()
        return len(asked)

    def note(*seen: object) -> None:
        asked.append(str(seen[2]))

    places = [replace(PLACE, ts=f"{1_700_000_000 + number}.000000") for number in range(1, 21)]
    event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        await sign_offs.record(ID, act(Act.APPROVED))
        one = await questions()
        for place in places:
            await kept.add(replace(POST, place=place))
            await answers.record(place.draft_id, Answer("a/b", "yes", "U1", "0.5"))
            subject = Subject(Source.DRAFT, fingerprint(TEXT, DRAFT, [("a/b", "yes")]))
            await sign_offs.record(place.draft_id, act(Act.APPROVED, subject=subject))
        assert await questions() == one
    finally:
        event.remove(sa.Engine, "before_cursor_execute", note)


async def test_of_two_entries_at_one_moment_the_same_one_counts_everywhere(
    kept: DraftStore, sign_offs: SignOffStore
) -> None:
    await sign_offs.record(ID, act(Act.APPROVED, key="a"))
    await sign_offs.record(ID, act(Act.ASKED, key="b"))
    assert (await acts(kept))[-1].act is Act.ASKED
    assert len(await sign_offs.waiting("T1")) == 1


async def test_an_edit_makes_it_wait_again_and_the_way_back_ends_that(
    kept: DraftStore, sign_offs: SignOffStore, clock: FixedClock
) -> None:
    await sign_offs.record(ID, act(Act.APPROVED))
    clock.moment += 60
    await kept.revise(message("Other words.", "1700000001.000000"))
    assert await sign_offs.waiting("T1") == (WaitingSignOff(Place.of(ID), "U1", clock.moment, stale=True),)
    await kept.revise(message(TEXT, "1700000002.000000"))
    assert await sign_offs.waiting("T1") == ()
    await kept.erase(PLACE)
    assert await sign_offs.waiting("T1") == ()


@pytest.mark.parametrize(("revision", "posted", "waits"), [("0", 1, True), ("0", 0, False), ("9.0", 1, False)])
@pytest.mark.usefixtures("kept")
async def test_a_clean_text_that_stands_in_the_thread_is_what_counts(
    sign_offs: SignOffStore, database: Database, revision: str, posted: int, waits: object
) -> None:
    clean = "Until [date]: half price!"
    await sign_offs.record(ID, act(Act.APPROVED))
    await CleanTextStore(database).save(ID, CleanText(revision, clean))
    for _ in range(posted):
        await stands(ReplyStore(database, FixedClock(), CLEAN_MESSAGES), ID, "8.0", job())
    assert bool(await sign_offs.waiting("T1")) is waits
    await sign_offs.record(ID, act(Act.APPROVED, 2.0, Subject(Source.CLEAN, fingerprint(clean, DRAFT))))
    assert bool(await sign_offs.waiting("T1")) is not waits


@pytest.mark.parametrize(
    "other",
    [
        replace(POST, marks=((0, 4, "link https://elsewhere.example"),)),
        replace(POST, marks=((0, 4, "strike"),)),
        replace(POST, platform="x"),
        replace(POST, context="Audience: children"),
        replace(POST, pictures=(Picture("a jar of jam"), Picture())),
        replace(POST, files=("F1",)),
        replace(POST, unread=1),
    ],
)
async def test_an_approval_covers_all_that_people_saw(
    kept: DraftStore, sign_offs: SignOffStore, other: Message
) -> None:
    await sign_offs.record(ID, act(Act.APPROVED))
    assert await kept.revise(replace(other, revision="1700000001.000000"))
    state = await kept.state(ID)
    assert state
    assert subject_of(state).fingerprint != NOW.fingerprint
    (waiting,) = await sign_offs.waiting("T1")
    assert waiting.stale
    assert await kept.revise(replace(POST, revision="1700000002.000000", platform="", context=""))
    assert await sign_offs.waiting("T1") == ()


@pytest.mark.usefixtures("kept")
async def test_an_approval_covers_the_answers(sign_offs: SignOffStore, database: Database) -> None:
    await sign_offs.record(ID, act(Act.APPROVED))
    await AnswerStore(database).record(ID, Answer("a/b", "Paid partnership", "U1", at="5.0"))
    (waiting,) = await sign_offs.waiting("T1")
    assert waiting.stale


async def test_an_approval_from_before_markup_was_kept_stays_until_the_first_edit(
    kept: DraftStore, sign_offs: SignOffStore, database: Database
) -> None:
    async with database.write() as connection:
        await connection.execute(sa.update(DRAFTS).values(markup=""))
    old = act(Act.APPROVED, subject=Subject(Source.DRAFT, fingerprint(TEXT)))
    await sign_offs.record(ID, old)
    assert await sign_offs.waiting("T1") == ()
    state = await kept.state(ID)
    assert state
    assert subject_of(state) == old.subject
    assert await kept.revise(message(TEXT, "1700000001.000000"))  # nobody knows what it was like before
    (waiting,) = await sign_offs.waiting("T1")
    assert waiting.stale


async def test_the_longest_wait_comes_first(drafts: DraftStore, sign_offs: SignOffStore) -> None:
    for number in range(3):
        place = Place("T1", "C1", f"170000000{number}.000000")
        await drafts.add(message(TEXT, place=place))
        await sign_offs.record(place.draft_id, act(Act.ASKED, at=9.0 - number))
    assert [one.since for one in await sign_offs.waiting("T1")] == [7.0, 8.0, 9.0]


async def test_where_the_message_stands_is_known_to_the_draft(
    kept: DraftStore, database: Database, clock: FixedClock
) -> None:
    await ReplyStore(database, clock, SIGN_OFF_MESSAGES).reserve(ID, "a")
    state = await kept.state(ID)
    assert state
    assert state.sign_off
    assert state.sign_off.key == f"sign-off:{ID}"


async def test_a_thumb_can_be_turned_and_only_standing_ones_count(
    kept: DraftStore, database: Database, clock: FixedClock
) -> None:
    feedback = FeedbackStore(database, clock)
    rated = Rated(ID, "0")
    assert await feedback.find(rated, "U1") is None
    for at, thumb in (("2.0", Thumb.UP), ("3.0", Thumb.DOWN), ("1.0", Thumb.UP)):
        assert await feedback.save(rated, Feedback("U1", thumb, at))
    await feedback.save(rated, Feedback("U2", Thumb.UP, "1.0"))
    await feedback.save(rated, Feedback("U3", Thumb.NONE, "1.0"))
    await feedback.save(Rated(ID, "1.0"), Feedback("U1", Thumb.UP, "1.0"))
    since = Period(clock.moment, clock.moment + 1)
    figures = DigestFigureStore(database)
    nothing = FeedbackCount()
    assert (await figures.of("T1", since, since.until)).figures.thumbs == FeedbackCount(up=2, down=1)
    assert (await figures.of("T2", since, since.until)).figures.thumbs == nothing
    assert (await figures.of("T1", Period(since.until, since.until + 9), since.until)).figures.thumbs == nothing
    explained = Feedback("U1", Thumb.DOWN, "3.0", reason=FeedbackReason.MISSED, note="The date.")
    await feedback.save(rated, explained)
    assert await feedback.find(rated, "U1") == explained
    assert kept


async def test_a_muted_thread_is_known_to_the_draft(kept: DraftStore, database: Database) -> None:
    mutes = ThreadMuteStore(database)
    assert await mutes.mute(ID, Mute("U7", 5.5))
    assert await mutes.mute(ID, Mute("U8", 6.5))
    record = await kept.find(ID)
    assert record
    assert record.mute == Mute("U7", 5.5)
    assert await mutes.unmute(ID)
    record = await kept.find(ID)
    assert record
    assert record.mute is None
    await mutes.mute(ID, Mute("U7", 5.5))
    await kept.erase(PLACE)
    record = await kept.find(ID)
    assert record
    assert record.mute is None
    assert not await mutes.mute(ID, Mute("U7", 5.5))
    assert not await mutes.unmute("T1:C9:1.0")


async def test_people_who_want_no_reviews_belong_to_their_workspace(database: Database) -> None:
    opt_outs = OptOutStore(database)
    assert [await opt_outs.add("T1", "U1", 1.0) for _ in range(2)] == [True, False]
    assert (await opt_outs.is_out("T1", "U1"), await opt_outs.is_out("T2", "U1")) == (True, False)
    assert not await opt_outs.remove("T2", "U1")
    assert [await opt_outs.remove("T1", "U1") for _ in range(2)] == [True, False]


async def test_a_text_that_was_ever_approved_is_found_by_its_hash_in_its_own_workspace(
    sign_offs: SignOffStore, drafts: DraftStore, database: Database
) -> None:
    await drafts.add(POST)
    clean = CleanTextStore(database)
    assert await sign_offs.with_hash("T1", fingerprint(TEXT)) == ""
    await sign_offs.record(ID, act(Act.APPROVED))
    await clean.save(ID, CleanText("0", "Until Sunday: half price!"))
    assert await sign_offs.with_hash("T1", fingerprint(TEXT)) == TEXT
    assert await sign_offs.with_hash("T1", fingerprint("Until Sunday: half price!")) == "Until Sunday: half price!"
    assert await sign_offs.with_hash("T2", fingerprint(TEXT)) == ""
