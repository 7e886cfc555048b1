"""One digest for each workspace and week, whoever asks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.core.digesting import Edition, EditionState, Period, Slot
from bot.store.digesting import EditionStore

if TYPE_CHECKING:
    from bot.store.database import Database
    from tests.store.samples import FixedClock

WEEK = Edition("T1", "2026-W30", 700.0, period=Period(100.0, 700.0))


@pytest.fixture
def editions(database: Database, clock: FixedClock) -> EditionStore:
    return EditionStore(database, clock)


async def test_a_schedule_begins_when_it_is_first_seen_and_anew_when_it_changes(editions: EditionStore) -> None:
    assert await editions.begun("T1", "0 09:00 UTC", 100.0) == 100.0
    assert await editions.begun("T1", "0 09:00 UTC", 200.0) == 100.0
    assert await editions.begun("T1", "", 300.0) == 300.0
    assert await editions.begun("T1", "0 09:00 UTC", 400.0) == 400.0
    assert await editions.begun("T2", "0 09:00 UTC", 500.0) == 500.0


async def test_many_who_see_a_new_schedule_at_once_agree_on_when_it_began(editions: EditionStore) -> None:
    began = await asyncio.gather(*(editions.begun("T1", "new", float(n)) for n in range(8)))
    assert len(set(began)) == 1


async def test_a_week_is_opened_once_and_belongs_to_one_workspace(editions: EditionStore) -> None:
    opened = await asyncio.gather(*(editions.open(WEEK) for _ in range(8)))
    assert opened.count(True) == 1
    assert await editions.find("T1", "2026-W30") == WEEK
    assert await editions.last("T1") == WEEK
    assert await editions.last("T2") is None
    assert await editions.find("T2", "2026-W30") is None


async def test_one_of_many_claims_it_and_only_the_latest_owner_notes_the_post(
    editions: EditionStore, clock: FixedClock
) -> None:
    await editions.open(WEEK)
    claimed = await asyncio.gather(*(editions.claim(WEEK, f"job {n}") for n in range(8)))
    (first,) = [one for one in claimed if one]
    assert await editions.claim(WEEK, "late") is None
    clock.moment += 60
    second = await editions.claim(first, "second")
    assert second is not None
    assert not await editions.posted(first, "C1", "1.0")
    assert await editions.posted(second, "C1", "2.0")
    assert not await editions.posted(second, "C1", "3.0")
    assert await editions.claim(second, "third") is None
    kept = await editions.find("T1", "2026-W30")
    assert kept is not None
    assert (kept.state, kept.channel, kept.ts, kept.owner) == (EditionState.POSTED, "C1", "2.0", "second")


async def test_the_same_owner_after_a_crash_is_told_apart_from_the_one_before(
    editions: EditionStore, clock: FixedClock
) -> None:
    await editions.open(WEEK)
    before = await editions.claim(WEEK, "job")
    assert before is not None
    clock.moment += 5
    after = await editions.claim(before, "job")
    assert after is not None
    assert not await editions.posted(before, "C1", "1.0")
    assert await editions.posted(after, "C1", "2.0")


async def test_weeks_that_were_missed_are_told_until_one_is_posted(editions: EditionStore) -> None:
    await editions.open(WEEK)
    slots = (Slot("2026-W31", 1300.0), Slot("2026-W32", 1900.0))
    await editions.skip("T1", "2026-W33", slots)
    await editions.skip("T1", "2026-W33", slots)
    assert await editions.missed("T1", "2026-W33") == (700.0, 1300.0, 1900.0)
    assert await editions.missed("T2", "2026-W33") == ()
    posted = Edition("T1", "2026-W33", 2500.0, period=Period(1900.0, 2500.0))
    await editions.open(posted)
    await editions.settle(posted, EditionState.POSTED, "C1", ts="2500.1")
    assert await editions.missed("T1", "2026-W34") == ()
    await editions.skip("T1", "2026-W36", (Slot("2026-W35", 3700.0),))
    assert await editions.missed("T1", "2026-W36") == (3700.0,)


async def test_a_week_of_which_nothing_was_posted_may_be_sent_by_hand_but_no_other(editions: EditionStore) -> None:
    assert await editions.reopen(WEEK)
    assert not await editions.reopen(WEEK)
    for unposted in (EditionState.SKIPPED, EditionState.QUIET):
        await editions.settle(WEEK, unposted)
        assert await editions.reopen(WEEK)
    await editions.settle(WEEK, EditionState.POSTED, "C1", ts="1.0")
    assert not await editions.reopen(WEEK)
