"""Brand books on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.brand.books import BookState, ProposalState
from bot.core.privacy import DataKind
from bot.store.brand.books import BookStore
from bot.store.privacy import PersonalStore
from bot.store.retention import RetentionStore
from tests.core.test_books import BOOK, FACT, PROPOSAL
from tests.databases import everything_in

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database


async def test_a_book_is_kept_with_its_proposals_in_its_workspace_alone(
    database: Database, url: str, tmp_path: Path
) -> None:
    store, empty = BookStore(database), replace(BOOK, proposals=())
    await store.begin("T1", empty)
    await store.begin("T1", replace(empty, user="U9"))
    assert await store.find("T1", "b1") == empty
    assert await store.find("T2", "b1") is None
    assert await store.open("T1") == ()
    running = replace(empty, state=BookState.RUNNING, round=1, proposals=(PROPOSAL, PROPOSAL, FACT))
    assert await store.note("T1", running, empty)
    assert not await store.note("T1", empty, empty)
    assert not await store.note("T1", empty, replace(running, ts="9.0"))
    assert not await store.note("T2", running, running)
    assert await store.open("T1") == (running,)
    assert await store.open("T2") == ()
    assert await store.decide("T1", "b1", 0, ProposalState.TAKEN)
    assert not await store.decide("T1", "b1", 0, ProposalState.DECLINED)
    assert not await store.decide("T2", "b1", 1, ProposalState.DECLINED)
    assert await store.open("T1") == (running.decided(0, ProposalState.TAKEN),)
    assert b"guests" in everything_in(url, tmp_path)
    await store.remove("T1", "b1")
    assert b"guests" not in everything_in(url, tmp_path)


async def test_it_goes_with_whoever_had_it_read_and_with_time(database: Database) -> None:
    store, people = BookStore(database), PersonalStore(database)
    await store.begin("T1", BOOK)
    assert (await people.counts("T1", "U1"))[DataKind.BOOKS] == 1
    await people.forget("T1", "U1")
    assert await store.find("T1", "b1") is None
    await store.begin("T1", BOOK)
    assert await RetentionStore(database).forget_older("T1", BOOK.at) == 0
    assert await RetentionStore(database).forget_older("T1", BOOK.at + 1) == 1
