"""Exceptions, earlier texts, reasons and proposals on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.deciding import Answer, Decision, GuidelineException, Scope, Verdict, VerdictReason
from bot.core.digesting import Lapse
from bot.core.drafts import Place
from bot.core.reviewing import Earlier, ReviewJob
from bot.store.deciding import AnswerStore, ExceptionTable, SamePointTable, VerdictStore
from tests.databases import everything_in
from tests.store.samples import PLACE, TS, FixedClock, job, message, review, stands

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.reviewing import DraftState
    from bot.store.database import Database
    from bot.store.drafts import DraftStore, ReplyStore

ID = PLACE.draft_id
MARK = "zebra-marker"
LATER, LAST = "1700000005.000000", "1700000009.000000"
MADE = GuidelineException(
    team="T1",
    id="e1",
    guideline="a/b",
    ref="r1",
    quote="Only today",
    scope=Scope.CAMPAIGN,
    campaign="#spring",
    reason=VerdictReason.PROOF,
    note=MARK,
    author="U1",
    draft_id=ID,
    created_at=1_700_000_000.0,
    expires_at=1_700_000_100.0,
)
OWN = replace(MADE, id="e3", general=False, author="U9")
LASTING = replace(MADE, id="e2", scope=Scope.ALWAYS, author="U2", note="", created_at=1_700_000_001.0, expires_at=None)


@pytest.fixture
def exceptions(database: Database, clock: FixedClock) -> ExceptionTable:
    return ExceptionTable(database, clock)


async def state(drafts: DraftStore, draft_id: str = ID) -> DraftState:
    found = await drafts.state(draft_id)
    assert found
    return found


async def test_exceptions_in_force_are_listed_the_newest_first(exceptions: ExceptionTable, clock: FixedClock) -> None:
    await exceptions.add(MADE)
    await exceptions.add(replace(MADE, quote="something else"))
    await exceptions.add(LASTING)
    assert await exceptions.of("T1") == (LASTING, MADE)
    assert await exceptions.of("T2") == ()
    assert await exceptions.find("T1", "e1") == MADE
    assert await exceptions.find("T2", "e1") is None
    clock.moment = 1_700_000_100.0
    assert await exceptions.of("T1") == (LASTING,)
    assert await exceptions.find("T1", "e1") == MADE


async def test_no_words_of_a_draft_that_was_deleted_meanwhile_are_kept(
    exceptions: ExceptionTable, drafts: DraftStore
) -> None:
    await drafts.add(message())
    assert await exceptions.add(MADE)
    await drafts.erase(PLACE)
    assert not await exceptions.add(LASTING)
    assert [one.quote for one in await exceptions.of("T1")] == [""]
    of_an_audit = replace(LASTING, draft_id=Place("T1", "D9", "9.0").draft_id)
    assert await exceptions.add(of_an_audit)
    assert of_an_audit in await exceptions.of("T1")


async def test_a_lifted_exception_has_ended_for_good(exceptions: ExceptionTable, clock: FixedClock) -> None:
    await exceptions.add(MADE)
    assert not await exceptions.lift("T2", "e1", "U2")
    assert await exceptions.lift("T1", "e1", "U2")
    assert not await exceptions.lift("T1", "e1", "U3")
    assert await exceptions.of("T1") == ()
    assert await exceptions.find("T1", "e1") == replace(MADE, lifted_at=clock.now(), lifted_by="U2")


async def test_those_that_lapse_soon_are_told_apart(exceptions: ExceptionTable) -> None:
    for exception in (MADE, LASTING, replace(MADE, id="e3", expires_at=1_700_000_050.0)):
        await exceptions.add(exception)
    assert await exceptions.lapsing("T1", 1_700_000_100.0) == (Lapse("a/b", 1_700_000_050.0),)
    assert len(await exceptions.lapsing("T1", 1_700_000_101.0)) == 2
    assert await exceptions.lapsing("T2", 1_700_000_101.0) == ()


async def test_who_asks_to_be_forgotten_is_and_the_exception_stays(
    exceptions: ExceptionTable, url: str, tmp_path: Path
) -> None:
    await exceptions.add(MADE)
    await exceptions.add(replace(LASTING, author="U2"))
    await exceptions.lift("T1", "e2", "U1")
    assert MARK.encode() in everything_in(url, tmp_path)
    assert await exceptions.forget("T1", "U1") == 1
    assert await exceptions.forget("T1", "U1") == 0
    assert MARK.encode() not in everything_in(url, tmp_path)
    assert await exceptions.of("T1") == (replace(MADE, author="", note=""),)
    lifted = await exceptions.find("T1", "e2")
    assert lifted
    assert (lifted.author, lifted.lifted_by) == ("U2", "")


async def test_a_state_carries_exceptions_only_where_there_is_something_to_leave_out(
    drafts: DraftStore, exceptions: ExceptionTable
) -> None:
    await exceptions.add(MADE)
    await exceptions.add(replace(MADE, team="T2"))
    await drafts.add(message())
    assert (await state(drafts)).exceptions == ()
    await drafts.save_review(review(job()))
    assert (await state(drafts)).exceptions == (MADE,)


async def test_points_that_say_the_same_are_told_to_the_exception_of_their_draft_alone(
    drafts: DraftStore, exceptions: ExceptionTable, database: Database
) -> None:
    same, other, elsewhere = SamePointTable(database), ("r1", "later"), replace(PLACE, channel="C2")
    await exceptions.add(MADE)
    for place in (PLACE, elsewhere):
        await drafts.add(replace(message(), place=place))
        await drafts.save_review(review(ReviewJob(place.draft_id, "0")))
    await same.keep(ID, {other: True, ("r1", "never"): False, ("r2", "else"): True})
    await same.keep(ID, {other: False})
    assert await same.told("T1", {other, ("r1", "never"), ("r2", "later")}) == {other: True, ("r1", "never"): False}
    assert await same.told("T2", {other}) == {}
    assert (await state(drafts)).exceptions == (replace(MADE, also=frozenset({"later"})),)
    assert (await state(drafts, elsewhere.draft_id)).exceptions == (MADE,)
    await drafts.erase(PLACE)
    await same.keep(ID, {other: True})
    assert await same.told("T1", {other}) == {}


async def test_what_people_saw_before_an_edit_is_kept(drafts: DraftStore, replies: ReplyStore) -> None:
    await drafts.add(message("First words"))
    await drafts.save_review(review(job()))
    await stands(replies, ID, TS, job())
    assert (await state(drafts)).earlier is None
    await drafts.revise(message("Second words", LATER))
    assert (await state(drafts)).earlier == Earlier("First words", review(job()))
    # Nobody saw a review of the second words.
    await drafts.revise(message("Third words", LAST))
    assert (await state(drafts)).earlier == Earlier("First words", review(job()))
    third = job(revision=LAST, round_=1)
    await drafts.save_review(review(third, "Third"))
    await stands(replies, ID, TS, third)
    await drafts.revise(message("First words", "1700000020.000000"))
    assert (await state(drafts)).earlier == Earlier("Third words", review(third, "Third"))


async def test_a_draft_whose_reply_was_never_shown_has_no_earlier_words(drafts: DraftStore, clock: FixedClock) -> None:
    await drafts.add(message("First words"))
    await drafts.revise(message("Second words", LATER))
    assert (await state(drafts)).earlier is None
    await drafts.save_review(review(job(revision=LATER)))
    clock.moment += 30
    await drafts.revise(message("Third words", LAST))
    assert (await state(drafts)).earlier is None


async def test_a_reply_on_its_way_counts_as_seen(drafts: DraftStore, clock: FixedClock) -> None:
    await drafts.add(message("First words"))
    for round_ in (0, 1):
        await drafts.save_review(review(job(round_=round_)))
    clock.moment += 29
    await drafts.revise(message("Second words", LATER))
    assert (await state(drafts)).earlier == Earlier("First words", review(job(round_=1)))


async def test_reasons_notes_and_questions_are_kept_and_go_with_the_draft(
    drafts: DraftStore, replies: ReplyStore, database: Database, url: str, tmp_path: Path
) -> None:
    await drafts.add(message(MARK))
    await drafts.save_review(review(job()))
    await stands(replies, ID, TS, job())
    await drafts.revise(message("Other words", LATER))
    dismissed = Verdict(
        "abc", Decision.DISMISSED, "U1", at=TS, revision="0", reason=VerdictReason.HOUSE_STYLE, note=MARK
    )
    answered = Answer("a/b", "No", "U1", at=TS, question=MARK, options=("Yes", "No"))
    await VerdictStore(database).record(ID, dismissed)
    await AnswerStore(database).record(ID, answered)
    now = await state(drafts)
    assert (now.verdicts, now.answers) == ((dismissed,), (answered,))
    assert now.earlier
    assert now.earlier.text == MARK
    await drafts.erase(PLACE)
    assert MARK.encode() not in everything_in(url, tmp_path)
    assert (await state(drafts)).earlier is None


async def test_earlier_words_belong_to_their_draft(drafts: DraftStore, replies: ReplyStore) -> None:
    other = Place("T2", PLACE.channel, PLACE.ts)
    for place in (PLACE, other):
        await drafts.add(message(place=place))
        await drafts.save_review(review(job(place)))
        await stands(replies, place.draft_id, TS, job(place))
    await drafts.revise(message("Other words", LATER))
    await drafts.revise(message("Foreign words", LATER, other))
    await drafts.erase(PLACE)
    assert (await state(drafts, other.draft_id)).earlier is not None


async def test_what_nobody_in_charge_made_reaches_the_drafts_of_its_author_alone(
    drafts: DraftStore, exceptions: ExceptionTable
) -> None:
    record = await drafts.add(message())
    assert record
    await drafts.save_review(review(job()))
    await exceptions.add(OWN)
    assert (await state(drafts)).exceptions == ()
    mine = replace(OWN, id="e4", author=record.author_id)
    await exceptions.add(mine)
    assert (await state(drafts)).exceptions == (mine,)
