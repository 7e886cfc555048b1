from __future__ import annotations

import asyncio
import traceback
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import InvalidRequestError, SQLAlchemyError

from bot.store.installing import look_at_connections
from bot.store.tables import DRAFTS, WATERMARKS
from tests.databases import give_back, migrated, run
from tests.store.samples import PLACE, message

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database
    from bot.store.drafts import DraftStore

SEEN = sa.insert(WATERMARKS).values(team="T1", channel="C1", first="1.0", last="1.0")


MARK = "zebra-marker"


async def _stored(database: Database) -> list[str]:
    async with database.read() as connection:
        return list((await connection.execute(sa.select(WATERMARKS.c.channel))).scalars())


async def test_a_write_is_kept_when_its_block_ends(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(SEEN)
    assert await _stored(database) == ["C1"]


async def _write_and_fail(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(SEEN)
        raise LookupError


async def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(LookupError):
        await _write_and_fail(database)
    assert await _stored(database) == []


async def test_a_write_that_is_cancelled_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    begun = asyncio.Event()

    async def write_for_ever() -> None:
        async with database.write() as connection:
            await connection.execute(SEEN)
            begun.set()
            await asyncio.Event().wait()

    writing = asyncio.create_task(write_for_ever())
    await begun.wait()
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    async with database.write() as connection:
        await connection.execute(SEEN.values(channel="C2"))
    assert await _stored(database) == ["C2"]


async def test_all_reads_of_one_connection_see_the_same_moment(database: Database) -> None:
    count = sa.select(sa.func.count()).select_from(WATERMARKS)
    async with database.read() as connection:
        assert (await connection.execute(count)).scalar() == 0
        async with database.write() as other:
            await other.execute(SEEN)
        assert (await connection.execute(count)).scalar() == 0
    assert await _stored(database) == ["C1"]


async def test_what_is_read_and_written_in_one_transaction_is_not_overtaken(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(SEEN.values(last="0"))

    async def count_up() -> None:
        async with database.write() as connection:
            row = await connection.execute(sa.select(WATERMARKS.c.last).with_for_update())
            await connection.execute(sa.update(WATERMARKS).values(last=str(int(row.scalar_one()) + 1)))

    await asyncio.gather(*(count_up() for _ in range(40)))
    async with database.read() as connection:
        assert (await connection.execute(sa.select(WATERMARKS.c.last))).scalar() == "40"


async def test_readers_and_writers_together_wait_for_each_other_without_errors(drafts: DraftStore) -> None:
    await drafts.add(message())
    edits = [drafts.revise(message(f"Words {n}", f"1700000{n:03}.000000")) for n in range(40)]
    found = await asyncio.gather(*edits, *(drafts.state(PLACE.draft_id) for _ in range(40)))
    assert len(found) == 80


async def test_an_error_of_the_database_quotes_no_text(database: Database) -> None:
    async with database.write() as connection:
        with pytest.raises(SQLAlchemyError) as caught:
            await connection.execute(sa.insert(DRAFTS).values(team="T1", channel="C1", ts="1", text=MARK))
    assert MARK not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_the_doctor_holds_what_processes_may_open_against_what_the_server_allows(database: Database) -> None:
    assert (await look_at_connections(database, 1, each=8)).is_well
    assert not (await look_at_connections(database, 1000, each=8)).is_well


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_statement_alone_is_its_own_transaction(database: Database) -> None:
    begins = sa.text("SELECT now() = statement_timestamp()")
    async with database.read(alone=True) as one, database.write(alone=True) as two, database.read() as many:
        for _ in range(2):
            assert (await one.execute(begins)).scalar() is True
            assert (await two.execute(begins)).scalar() is True
        assert (await many.execute(begins)).scalar() is False


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_connection_that_the_server_has_closed_is_made_anew(
    database: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database._REST", 0.0)
    mine = sa.text("SELECT pg_backend_pid()")
    async with database.read(alone=True) as connection:
        before = (await connection.execute(mine)).scalar()
    run(url, "SELECT pg_terminate_backend(:pid)", pid=before)
    async with database.read() as connection:
        assert (await connection.execute(mine)).scalar() != before


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_closed_database_opens_no_connection_that_nobody_would_close(database: Database, url: str) -> None:
    await database.close()
    with pytest.raises(InvalidRequestError, match="closed"):
        await _stored(database)
    assert run(url, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()") == [(1,)]


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_test_gets_no_rows_of_another_and_no_database_in_use(
    database: Database, url: str, tmp_path: Path
) -> None:
    async with database.write() as connection:
        await connection.execute(SEEN)
        give_back(url)
    assert migrated("postgresql", tmp_path) != url
    await database.close()
    while (lent := migrated("postgresql", tmp_path)) != url:
        give_back(url)
        await asyncio.sleep(0.01)
    assert run(lent, "SELECT 1 FROM watermarks") == []
    assert len(run(lent, "SELECT 1 FROM alembic_version")) == 1
