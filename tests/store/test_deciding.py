"""Verdicts, answers and clean texts on both databases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.core.deciding import Answer, Decision, Repeat, Verdict, VerdictReason
from bot.core.drafts import Place
from bot.core.findings import CleanText
from bot.core.reviewing import Reply
from bot.store.deciding import AnswerStore, RepeatStore, VerdictStore
from bot.store.drafts import ReplyStore
from bot.store.reviewing import CleanTextStore
from bot.store.tables import CLEAN_MESSAGES
from tests.databases import everything_in
from tests.store.samples import PLACE, FixedClock, gone, job, message, review, stands

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.reviewing import DraftState
    from bot.store.database import Database
    from bot.store.drafts import DraftStore

ID = PLACE.draft_id
MARK = "zebra-marker"


def verdict(decision: Decision = Decision.USED, at: str = "1700000001.000000", finding: str = "abc") -> Verdict:
    return Verdict(finding, decision, "U1", at=at, revision="0")


def answer(words: str = "Yes", at: str = "1700000001.000000") -> Answer:
    return Answer("transparency/commercial-disclosure", words, "U1", at=at)


@pytest.fixture
def verdicts(database: Database) -> VerdictStore:
    return VerdictStore(database)


@pytest.fixture
def answers(database: Database) -> AnswerStore:
    return AnswerStore(database)


@pytest.fixture
def texts(database: Database) -> CleanTextStore:
    return CleanTextStore(database)


@pytest.fixture
def cleans(database: Database, clock: FixedClock) -> ReplyStore:
    return ReplyStore(database, clock, CLEAN_MESSAGES)


async def state(drafts: DraftStore, draft_id: str = ID) -> DraftState:
    found = await drafts.state(draft_id)
    assert found
    return found


async def test_of_many_clicks_on_one_finding_the_latest_stays(drafts: DraftStore, verdicts: VerdictStore) -> None:
    await drafts.add(message())
    decisions = list(Decision)
    clicks = [verdict(decisions[n % 3], f"17000000{n:02}.000000") for n in range(12)]
    await asyncio.gather(*(verdicts.record(ID, click) for click in clicks))
    assert (await state(drafts)).verdicts == (clicks[-1],)
    await verdicts.record(ID, verdict(finding="aaa"))
    assert (await state(drafts)).verdicts == (verdict(finding="aaa"), clicks[-1])


async def test_what_was_decided_and_answered_outlives_an_edit(
    drafts: DraftStore, verdicts: VerdictStore, answers: AnswerStore
) -> None:
    await drafts.add(message())
    await verdicts.record(ID, verdict(Decision.DISMISSED))
    await answers.record(ID, answer())
    await drafts.revise(message("Other words", "1700000005.000000"))
    now = await state(drafts)
    assert (now.verdicts, now.answers) == ((verdict(Decision.DISMISSED),), (answer(),))


async def test_of_two_answers_the_later_stays(drafts: DraftStore, answers: AnswerStore) -> None:
    await drafts.add(message())
    await answers.record(ID, answer("No", "1700000002.000000"))
    await answers.record(ID, answer("Yes", "1700000001.000000"))
    assert await answers.of(ID) == (answer("No", "1700000002.000000"),)


async def test_the_last_clean_text_stays(drafts: DraftStore, texts: CleanTextStore) -> None:
    await drafts.add(message())
    await texts.save(ID, CleanText("0", "First"))
    await texts.save(ID, CleanText("1700000005.000000", "By [date].", ("[date]",)))
    assert (await state(drafts)).made == CleanText("1700000005.000000", "By [date].", ("[date]",))


async def test_a_clean_text_has_its_own_place_beside_the_reply(
    drafts: DraftStore, replies: ReplyStore, cleans: ReplyStore, clock: FixedClock
) -> None:
    await drafts.add(message())
    await replies.reserve(ID, "a")
    await cleans.reserve(ID, "b")
    await stands(cleans, ID, "1700000009.000000", job())
    now = await state(drafts)
    assert now.clean
    assert now.reply == Reply(ID, "", "a", reserved_at=clock.now())
    assert now.clean == Reply(ID, "1700000009.000000", "b", reserved_at=clock.now(), kind="clean")
    assert now.clean.key == f"clean:{ID}"
    await drafts.erase(PLACE)
    await gone(replies, ID)
    assert await drafts.orphans() == [ID]
    await gone(cleans, ID)
    assert await drafts.orphans() == []


async def test_all_of_it_goes_with_the_draft_and_does_not_come_back(
    drafts: DraftStore, verdicts: VerdictStore, answers: AnswerStore, texts: CleanTextStore, url: str, tmp_path: Path
) -> None:
    await drafts.add(message())
    for _ in range(2):
        await verdicts.record(ID, verdict())
        await answers.record(ID, answer(MARK))
        await texts.save(ID, CleanText("0", MARK))
        await drafts.erase(PLACE)
        now = await state(drafts)
        assert (now.verdicts, now.answers, now.made) == ((), (), None)
        assert MARK.encode() not in everything_in(url, tmp_path)


async def test_nothing_is_kept_of_a_draft_that_nobody_knows(drafts: DraftStore, answers: AnswerStore) -> None:
    await answers.record(ID, answer())
    await drafts.add(message())
    assert await answers.of(ID) == ()


async def test_workspaces_never_meet(drafts: DraftStore, verdicts: VerdictStore, answers: AnswerStore) -> None:
    other = Place("T2", PLACE.channel, PLACE.ts)
    await drafts.add(message())
    await drafts.add(message(place=other))
    await verdicts.record(ID, verdict())
    await answers.record(ID, answer())
    now = await state(drafts, other.draft_id)
    assert (now.verdicts, now.answers) == ((), ())


async def test_until_a_new_round_is_done_the_review_before_it_counts(drafts: DraftStore) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    await drafts.next_round(job())
    assert (await state(drafts)).review == review(job())
    await drafts.save_review(review(job(round_=1), "Other"))
    assert (await state(drafts)).review == review(job(round_=1), "Other")


async def test_dismissals_of_a_channel_are_read_with_what_they_were_about(
    drafts: DraftStore, verdicts: VerdictStore, database: Database
) -> None:
    finding = review(job()).critique.findings[1]
    ago = float(verdict().at)

    async def dismissed(place: Place, seconds: int, why: VerdictReason = VerdictReason.PROOF, ref: str = "") -> None:
        await drafts.add(message(place=place))
        await drafts.save_review(review(job(place)))
        said = Verdict(
            ref or finding.ref, Decision.DISMISSED, "U1", at=f"{ago + seconds:.6f}", revision="0", reason=why
        )
        await verdicts.record(place.draft_id, said)

    await dismissed(PLACE, 1)
    await dismissed(PLACE, 2, ref=review(job()).critique.findings[0].ref)
    await dismissed(PLACE, 3, ref="gone")
    await dismissed(Place("T1", "C1", "2.0"), 4)
    await dismissed(Place("T1", "C1", "3.0"), 5, VerdictReason.OTHER)
    await dismissed(Place("T1", "C1", "4.0"), -9)
    await dismissed(Place("T1", "C11", "5.0"), 6)
    await dismissed(Place("T2", "C1", "6.0"), 7)
    repeats = RepeatStore(database)
    asked = list[str]()

    def ask(*about: object) -> None:
        asked.append(str(about[2]))

    event.listen(Engine, "before_cursor_execute", ask)
    try:
        found = await repeats.dismissed("T1", "C1", VerdictReason.PROOF, ago)
    finally:
        event.remove(Engine, "before_cursor_execute", ask)
    assert len([one for one in asked if one.startswith("SELECT")]) == 1  # however many there are
    assert [(one.draft_id, one.guideline) for one in found] == [
        ("T1:C1:2.0", "user-control/exit"),
        (ID, "transparency/urgency"),
        (ID, "user-control/exit"),
    ]
    assert found[2] == Repeat(ID, finding)
