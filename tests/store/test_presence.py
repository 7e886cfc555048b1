from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.core.watching import PROPOSED, UNREAD, Gap, Notice
from bot.store.tables import SEEN_REQUESTS
from bot.store.watching import NoticeStore, PresenceStore, SeenRequestStore
from tests.store.samples import FixedClock

if TYPE_CHECKING:
    from bot.store.database import Database

DAY = 24 * 3600.0
NOW = 1_700_000_000.25
NOTICE = Notice("T1", "U1", "gap:1")


@pytest.fixture
def presence(database: Database) -> PresenceStore:
    return PresenceStore(database)


@pytest.fixture
def notices(database: Database, clock: FixedClock) -> NoticeStore:
    return NoticeStore(database, clock)


async def test_an_absence_of_more_than_a_day_is_a_gap_until_it_was_told(presence: PresenceStore) -> None:
    for moment in (NOW, NOW + DAY, NOW + 2 * DAY + 1, NOW + 2 * DAY + 2):
        await presence.present("T1", moment, DAY)
    (gap,) = await presence.gaps("T1")
    assert gap == Gap("T1", NOW + DAY, NOW + 2 * DAY + 1)
    await presence.told(gap)
    assert await presence.gaps("T1") == []


async def test_whichever_process_was_there_last_counts_and_of_several_one_finds_the_gap(
    presence: PresenceStore,
) -> None:
    await presence.present("T1", NOW, DAY)
    await presence.present("T1", NOW - 10, DAY)
    back = NOW + DAY + 5
    await asyncio.gather(*(presence.present("T1", back, DAY) for _ in range(5)))
    assert await presence.gaps("T1") == [Gap("T1", NOW, back)]


async def test_every_workspace_has_its_own_presence_and_gaps(presence: PresenceStore) -> None:
    for team, moment in (("T1", NOW), ("T2", NOW + DAY), ("T1", NOW + 2 * DAY), ("T2", NOW + 2 * DAY)):
        await presence.present(team, moment, DAY)
    assert await presence.gaps("T2") == []
    await presence.told(Gap("T2", NOW, NOW + 2 * DAY))
    assert await presence.gaps("T1") == [Gap("T1", NOW, NOW + 2 * DAY)]


async def test_of_several_who_tell_one_reserves_and_may_be_followed_after_a_minute(
    notices: NoticeStore, clock: FixedClock
) -> None:
    assert sorted(await asyncio.gather(*(notices.reserve(NOTICE) for _ in range(5)))) == [False] * 4 + [True]
    clock.moment += 59
    assert not await notices.reserve(NOTICE)
    clock.moment += 1
    assert await notices.reserve(NOTICE)
    clock.moment -= 3600
    assert await notices.reserve(NOTICE), "the clock was set back"
    assert not await notices.reserve(NOTICE)
    assert not await notices.is_told(NOTICE)
    await notices.told(NOTICE)
    clock.moment += 3600
    assert await notices.is_told(NOTICE)
    assert not await notices.reserve(NOTICE)


async def test_every_person_and_workspace_is_told_for_itself(notices: NoticeStore) -> None:
    others = [Notice("T1", "U2", "gap:1"), Notice("T2", "U1", "gap:1"), Notice("T1", "U1", "gap:2")]
    for notice in (NOTICE, *others):
        assert await notices.reserve(notice)
    await notices.told(NOTICE)
    assert [await notices.is_told(other) for other in others] == [False] * 3


async def test_what_was_told_a_year_ago_is_forgotten_but_for_what_is_told_once_ever(
    notices: NoticeStore, clock: FixedClock
) -> None:
    lasting = [Notice("T1", "", "introduced:C1"), Notice("T1", "U1", f"{UNREAD}press")]
    for notice in (NOTICE, *lasting):
        await notices.reserve(notice)
        await notices.told(notice)
    clock.moment += 365 * 86400
    assert await notices.forget_old() == 0
    clock.moment += 1
    assert await notices.forget_old() == 1
    assert [await notices.is_told(notice) for notice in (NOTICE, *lasting)] == [False, True, True]


async def test_a_proposal_rests_for_ninety_days(notices: NoticeStore, clock: FixedClock) -> None:
    notice = Notice("T1", "", f"{PROPOSED}a/b:C1:proof:answered")
    await notices.reserve(notice)
    await notices.told(notice)
    clock.moment += 90 * 86400
    assert (await notices.forget_old(), await notices.is_told(notice)) == (0, True)
    clock.moment += 1
    assert (await notices.forget_old(), await notices.is_told(notice)) == (1, False)


async def test_what_was_mended_is_forgotten_and_nothing_else(notices: NoticeStore) -> None:
    mended = Notice("T1", "U1", f"{UNREAD}press")
    kept = [NOTICE, Notice("T1", "U1", f"{UNREAD}C1"), Notice("T2", "U1", f"{UNREAD}press")]
    kept.append(Notice("T1", "U1", f"{UNREAD}press".upper()))
    for notice in (mended, *kept):
        await notices.reserve(notice)
        await notices.told(notice)
    await notices.forget("T1", UNREAD, {f"{UNREAD}C1"})
    assert not await notices.is_told(mended)
    assert [await notices.is_told(notice) for notice in kept] == [True] * 4
    await notices.forget("T1", UNREAD, set())
    assert not await notices.is_told(kept[1])


async def test_a_request_is_claimed_once_by_whichever_receiver_comes_first(database: Database) -> None:
    clock = FixedClock()
    one, other = SeenRequestStore(database, clock), SeenRequestStore(database, clock)
    tries = await asyncio.gather(*(store.claim("v0=a") for store in (one, other) * 5))
    assert (tries.count(True), tries.count(None)) == (1, 9)
    assert await other.claim("v0=b")
    await one.release("v0=a")
    assert await other.claim("v0=a")
    await other.answered("v0=a", clock.moment + 600)
    assert await one.claim("v0=a") is False


async def test_a_request_whose_receiver_died_is_taken_by_the_next_one(database: Database) -> None:
    clock = FixedClock()
    dead, other = SeenRequestStore(database, clock), SeenRequestStore(database, clock)
    assert await dead.claim("v0=a")
    assert await other.claim("v0=a") is None
    clock.moment += 11
    assert await other.claim("v0=a") is True


async def test_claims_that_are_over_are_forgotten(database: Database) -> None:
    clock = FixedClock()
    store = SeenRequestStore(database, clock)
    for number in range(5):
        assert await store.claim(f"v0={number}")
        await store.answered(f"v0={number}", clock.moment + 600)
    assert await store.claim("v0=of a dead one")
    clock.moment += 601
    assert await store.claim("v0=new")
    async with database.read() as connection:
        assert (await connection.execute(sa.select(SEEN_REQUESTS.c.signature))).scalars().all() == ["v0=new"]
