from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.conversing import Ending, Turn, TurnAnswer
from bot.core.drafts import Place
from bot.store.conversing import TurnStore
from bot.store.drafts import OVERTAKES
from tests.databases import everything_in
from tests.store.samples import PLACE, FixedClock, message

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database
    from bot.store.drafts import DraftStore

MARK = "zebra-marker"
SAID = TurnAnswer(Ending.ANSWERED, f"Because {MARK}.", "m-1")
ROOT = PLACE.ts


def at(second: int, team: str = "T1", channel: str = "C1") -> Place:
    return Place(team, channel, f"17000000{second:02}.000200", enterprise="E1")


def turn(second: int = 10, text: str = f"Why {MARK}?", team: str = "T1", thread: str = ROOT) -> Turn:
    return Turn(at(second, team), thread, "U1", text=text)


@pytest.fixture
def turns(database: Database, clock: FixedClock) -> TurnStore:
    return TurnStore(database, clock)


async def test_a_turn_comes_back_as_it_was_kept_and_a_second_delivery_changes_nothing(turns: TurnStore) -> None:
    assert await turns.find(turn().id) is None
    assert await turns.add(turn()) == turn() == await turns.find(turn().id)
    assert await turns.add(turn(text="Why? (edited)")) == turn(text="Why? (edited)")
    await turns.begin(turn().id, "Because")
    kept = await turns.add(turn(text="too late"))
    assert kept == replace(turn(text="Why? (edited)"), begun=True, opening="Because")


async def test_its_answer_and_where_it_stands_are_kept(turns: TurnStore) -> None:
    await turns.add(turn())
    for _ in range(2):
        await turns.begin(turn().id, "Because")
        await turns.begin(turn().id)
        await turns.stands(turn().id, "2.0")
        await turns.button(turn().id, "3.0")
        await turns.answered(turn(), SAID)
        await turns.shown(turn())
    expected = replace(turn(), begun=True, opening="Because", answer=SAID, reply_ts="2.0", button_ts="3.0", shown=True)
    assert await turns.find(turn().id) == expected


async def test_whom_an_answer_quotes_is_kept_with_it_and_goes_with_it(turns: TurnStore) -> None:
    compared = TurnAnswer(Ending.COMPARED, "Prices differ.", quoted=("U2", "U3"))
    await turns.add(turn())
    await turns.answered(turn(), compared)
    assert await turns.find(turn().id) == replace(turn(), answer=compared)
    assert await turns.again(turn().id, 0) == replace(turn(), attempt=1)


async def test_the_thread_before_a_turn_is_that_of_its_workspace_only(turns: TurnStore) -> None:
    for one in (turn(12), turn(10), turn(11, thread="1.0"), turn(11, team="T2"), turn(13), turn(14)):
        await turns.add(one)
    await turns.erase(at(13))
    assert await turns.before(turn(14)) == (turn(10), turn(12))
    assert await turns.before(turn(14, team="T2")) == (turn(11, team="T2"),)


async def test_what_is_under_way_is_the_oldest_without_an_answer(turns: TurnStore) -> None:
    for second in (10, 11):
        await turns.add(turn(second))
    assert await turns.under_way(PLACE, ROOT) == turn(10)
    await turns.answered(turn(10), SAID)
    assert await turns.under_way(PLACE, ROOT) == turn(11)
    assert await turns.stop(turn(11).id)
    assert await turns.under_way(PLACE, ROOT) is None
    assert await turns.under_way(at(10, "T2"), ROOT) is None


async def test_only_what_is_open_can_be_stopped(turns: TurnStore) -> None:
    await turns.add(turn())
    assert await turns.stop(turn().id)
    found = await turns.find(turn().id)
    assert found
    assert found.is_over
    await turns.answered(turn(), SAID)
    assert not await turns.stop(turn().id)
    assert not await turns.stop(turn(20).id)


async def test_an_attempt_begins_once_and_forgets_the_one_before(turns: TurnStore) -> None:
    await turns.add(turn())
    await turns.stands(turn().id, "2.0")
    await turns.answered(turn(), SAID)
    await turns.shown(turn())
    assert await turns.again(turn().id, 0) == replace(turn(), attempt=1, reply_ts="2.0")
    assert await turns.again(turn().id, 0) is None
    await turns.answered(turn(), SAID)
    await turns.shown(turn())
    assert await turns.find(turn().id) == replace(turn(), attempt=1, reply_ts="2.0")
    await turns.erase(turn().place)
    assert await turns.again(turn().id, 1) is None


async def test_an_erased_turn_stays_empty_whatever_comes_later(turns: TurnStore) -> None:
    assert await turns.erase(at(10)) == []
    assert await turns.add(turn(10)) is None
    await turns.add(turn(11))
    await turns.stands(turn(11).id, "2.0")
    assert await turns.erase(at(11)) == [turn(11).id] == await turns.orphans()
    await turns.answered(turn(11), SAID)
    await turns.begin(turn(11).id, MARK)
    found = await turns.find(turn(11).id)
    assert found
    assert (found.text, found.answer, found.opening, found.erased) == ("", TurnAnswer(), "", True)
    await turns.removed(turn(11).id)
    assert await turns.orphans() == []


async def test_with_the_start_of_a_thread_all_of_it_goes_out_of_the_files(
    turns: TurnStore, url: str, tmp_path: Path
) -> None:
    for second in range(10, 20):
        await turns.add(turn(second))
        await turns.begin(turn(second).id, MARK)
        await turns.answered(turn(second), SAID)
    await turns.add(turn(30, text="other", thread="1.0"))
    assert MARK.encode() in everything_in(url, tmp_path)
    assert await turns.erase(PLACE) == [turn(second).id for second in range(10, 20)]
    assert MARK.encode() not in everything_in(url, tmp_path)
    assert b"other" in everything_in(url, tmp_path)


async def test_what_was_said_goes_with_the_draft_by_whatever_way_that_is_erased(
    turns: TurnStore, drafts: DraftStore, url: str, tmp_path: Path
) -> None:
    await drafts.add(message())
    await turns.add(turn())
    await turns.answered(turn(), SAID)
    await drafts.erase(PLACE)
    assert MARK.encode() not in everything_in(url, tmp_path)


async def test_what_waits_is_what_is_not_shown(turns: TurnStore, clock: FixedClock) -> None:
    now = clock.now()
    for second in (10, 11, 12):
        await turns.add(turn(second))
    await turns.shown(turn(10))
    await turns.erase(at(11))
    assert await turns.waiting(now + 1, since=now - 1) == [(turn(12).id, 0, now)]
    assert await turns.waiting(now, since=now - 1) == await turns.waiting(now + 2, since=now + 1) == []


async def test_of_deleted_messages_that_were_no_turns_nothing_stays(turns: TurnStore, clock: FixedClock) -> None:
    await turns.add(turn())
    await turns.erase(turn().place)
    await turns.erase(at(11))
    clock.moment += OVERTAKES
    assert await turns.forget_unknown() == 0
    clock.moment += 1
    assert await turns.forget_unknown() == 1
    assert await turns.find(at(11).draft_id) is None
    kept = await turns.find(turn().id)
    assert kept
    assert kept.erased
