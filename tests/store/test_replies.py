from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.reviewing import REMOVING, SEVERAL, Reply
from bot.store.tables import UNANSWERED
from tests.store.samples import PLACE, FixedClock, gone, job, stands

if TYPE_CHECKING:
    from bot.store.database import Database
    from bot.store.drafts import DraftStore, ReplyStore

ID = PLACE.draft_id
TS = "1700000001.000000"


async def test_a_reply_is_reserved_for_the_first_who_asks(replies: ReplyStore, clock: FixedClock) -> None:
    first = await replies.reserve(ID, "first")
    assert first == Reply(ID, "", "first", reserved_at=clock.now())
    clock.moment += 5
    assert await replies.reserve(ID, "second") == first
    assert await replies.reserve(ID, "first") == first


async def test_many_who_reserve_at_once_get_the_same_reply(replies: ReplyStore) -> None:
    got = await asyncio.gather(*(replies.reserve(ID, f"owner {n}") for n in range(10)))
    assert len(set(got)) == 1


async def test_reserving_races_with_removing_and_always_gives_a_reply(replies: ReplyStore, clock: FixedClock) -> None:
    reserving = [replies.reserve(ID, f"owner {n}") for n in range(10)]
    removing = [replies.removed(Reply(ID, "", f"owner {n}", reserved_at=clock.now())) for n in range(10)]
    got = await asyncio.gather(*reserving, *removing)
    assert [reply.ts for reply in got if isinstance(reply, Reply)] == [""] * 10


async def test_one_of_many_takes_over_what_was_left_behind(replies: ReplyStore, clock: FixedClock) -> None:
    left = await replies.reserve(ID, "gone")
    clock.moment += 60
    taking = [replace(left, owner=f"owner {n}", reserved_at=clock.now()) for n in range(10)]
    taken = await asyncio.gather(*(replies.swap(left, one) for one in taking))
    assert taken.count(True) == 1
    now = await replies.reserve(ID, "late")
    assert (now.owner, now.reserved_at) == (f"owner {taken.index(True)}", clock.now())


async def test_a_reply_that_was_posted_or_reserved_anew_cannot_be_taken_over(
    replies: ReplyStore, clock: FixedClock
) -> None:
    left = await replies.reserve(ID, "gone")
    mine = replace(left, owner="me")
    assert await replies.posted(left, TS, job())
    assert not await replies.swap(left, mine)
    assert not await replies.removed(left)
    assert await replies.removed(replace(left, ts=TS))
    assert not await replies.swap(left, mine)
    clock.moment += 60
    await replies.reserve(ID, "gone")
    assert not await replies.swap(left, mine)
    assert not await replies.removed(left)


async def test_where_a_reply_stands_is_noted_only_while_nobody_removes_it_or_begins_anew(
    replies: ReplyStore, clock: FixedClock
) -> None:
    left = await replies.reserve(ID, "me")
    assert await replies.posted(left, TS, job(), sure=True)
    mine = await replies.reserve(ID, "me")
    assert (await replies.reserve(ID, "another")).owner == SEVERAL
    assert await replies.posted(mine, TS, job(), sure=True)
    going = Reply(ID, "", REMOVING, reserved_at=clock.now())
    assert await replies.swap(Reply(ID, TS, "", reserved_at=clock.now()), going)
    assert not await replies.posted(mine, TS, job())
    assert not await replies.posted(left, TS, job())
    assert await replies.posted(going, TS, job())
    assert await replies.posted(left, TS, job())
    assert await replies.removed(replace(going, ts=TS))
    assert not await replies.posted(left, TS, job())


async def test_another_twin_may_take_the_place_of_the_one_that_was_noted(replies: ReplyStore) -> None:
    await stands(replies, ID, "1700000002.000000", job())
    known = await replies.reserve(ID, "me")
    assert await replies.posted(known, TS, job(revision="1700000005.000000"))
    assert not await replies.posted(known, "1700000003.000000", job())
    assert (await replies.reserve(ID, "me")).ts == TS


async def test_of_a_reply_that_stands_it_is_known_whether_somebodys_call_was_never_answered(
    replies: ReplyStore, drafts: DraftStore, clock: FixedClock
) -> None:
    began = clock.now()
    assert await replies.posted(await replies.reserve(ID, "first"), TS, job(), sure=True)
    assert await drafts.doubtful(began + 1, since=began) == []
    clock.moment += 60
    assert await replies.reserve(ID, "second") == Reply(ID, TS, "second", reserved_at=clock.now())
    assert await drafts.doubtful(clock.now() + 1, since=began) == [(ID, began + 60)]
    clock.moment += 5
    third = await replies.reserve(ID, "third")
    assert (third.owner, third.reserved_at) == (SEVERAL, began + 60)
    assert await replies.posted(third, third.ts, job())
    await replies.doubted(third)
    assert await drafts.doubtful(clock.now() + 1, since=began) == [(ID, began + 65)]
    assert await replies.posted(third, third.ts, job(), sure=True)
    assert await drafts.doubtful(clock.now() + 1, since=began) == []


async def test_a_removed_reply_is_forgotten(replies: ReplyStore) -> None:
    await stands(replies, ID, TS, job())
    await gone(replies, ID)
    assert (await replies.reserve(ID, "me")).ts == ""


async def test_they_are_found_by_an_index(database: Database, drafts: DraftStore) -> None:
    """However many replies there are: the sweep looks every minute, in the event loop."""
    plan = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    query = f"{plan}SELECT draft_id FROM replies WHERE {UNANSWERED} AND reserved_at < 9 AND reserved_at >= 1"  # noqa: S608
    async with database.read() as connection:
        if not database.is_sqlite:
            await connection.execute(sa.text("SET enable_seqscan = off"))  # an empty table is read whole
        assert "replies_unanswered" in str((await connection.execute(sa.text(query))).all())
    assert await drafts.doubtful(9, since=1) == []
