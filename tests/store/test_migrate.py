from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from bot.core.errors import PersonCanFix
from bot.store.database import Database
from bot.store.migrate import is_up_to_date, migrate
from bot.store.tables import EXCEPTIONS, INSTALLATIONS, METADATA, NOTICES, REPLIES
from tests.databases import fresh

_SCRIPTS = Path(__file__).parent.parent.parent / "bot" / "store" / "migrations"
_MIGRATE = """
import asyncio, sys
from bot.store.database import Database
from bot.store.migrate import migrate

async def main():
    database = Database(sys.argv[1])
    await migrate(database)
    await database.close()

asyncio.run(main())
"""


def _to(connection: sa.Connection, revision: str) -> None:
    """The tables as they were at a revision."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS))
    command.upgrade(config, revision)


def _differences(connection: sa.Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA))


async def test_the_migrations_make_exactly_the_tables_in_the_code(database: Database) -> None:
    async with database.read() as connection:
        assert await connection.run_sync(_differences) == []


async def test_migrating_may_be_repeated_and_whether_it_is_needed_can_be_asked(empty: str) -> None:
    database = Database(empty)
    assert not await is_up_to_date(database)
    await migrate(database)
    await migrate(database)
    assert await is_up_to_date(database)
    await database.close()


async def test_several_processes_may_migrate_at_once(empty: str, root: Path) -> None:
    run = [asyncio.create_subprocess_exec(sys.executable, "-c", _MIGRATE, empty, cwd=root) for _ in range(2)]
    processes = await asyncio.gather(*run)
    assert await asyncio.gather(*(process.wait() for process in processes)) == [0, 0]
    database = Database(empty)
    assert await is_up_to_date(database)
    await database.close()


_WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.mark.parametrize("kind", ["postgresql"])
@pytest.mark.parametrize(("oldest", "fits"), [("0001", True), ("9999", False)])
async def test_of_two_that_start_at_once_the_older_finds_what_the_newer_one_made(
    empty: str, oldest: str, *, fits: bool
) -> None:
    newer, older = Database(empty), Database(empty)
    await migrate(newer)
    async with newer.write() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    async with newer.write() as connection:
        await connection.execute(sa.text("SELECT pg_advisory_xact_lock(726001)"))
        migrating = asyncio.ensure_future(migrate(older))
        while not (await connection.execute(sa.text(_WAITS))).scalar():
            await asyncio.sleep(0.01)
        done = sa.text("UPDATE alembic_version SET version_num = '9999', oldest = :oldest")
        await connection.execute(done, {"oldest": oldest})
    with nullcontext() if fits else pytest.raises(PersonCanFix):
        await migrating
    async with newer.read() as connection:
        kept = (await connection.execute(sa.text("SELECT version_num, oldest FROM alembic_version"))).one()
    assert tuple(kept) == ("9999", oldest)
    for database in (newer, older):
        await database.close()


_INSTALLED = (
    'INSERT INTO installations (enterprise, team, bundle, "user", installed_at, stamp) '
    "VALUES ('', 'T1', 'b', 'U1', 1, 's')"
)


_ANSWERED = (
    "INSERT INTO shared_rewrites VALUES ('T1', 'T1:C1:1.0', 'r', 'C1', '1.0', 1, false, 'C9', '2.0')",
    "INSERT INTO quietings VALUES ('T1', 'a/b', 'C1', 1, false)",
    "INSERT INTO notices VALUES ('T1', 'U1', 'quiet:a/b:C1:1.000000', 1, true)",
    "INSERT INTO notices VALUES ('T1', 'U1', 'rewrite:2026-W30', 1, true)",
    "INSERT INTO notices VALUES ('T1', 'U1', 'gap:1', 1, true)",
)


_DRAFT = sa.text("""
INSERT INTO drafts (team, channel, ts, enterprise, author_id, revision, round, text, platform, context, pictures, zones,
erased, changed_at, asked) VALUES ('T1', 'C1', :ts, '', 'U', '0', 0, '', '', '', '[]', '[]', :gone, 9, :asked)
""")
_REPLY = sa.text("INSERT INTO replies VALUES ('T1', :id, :ts, '', '0', 3e9, 0)")
_POSTED = (("100.5", "109.5", "", False), ("200.5", "209.5", "205.5", False), ("300.5", "309.5", "", True))


async def test_old_exceptions_keep_to_what_their_authors_may(empty: str) -> None:
    """As before the column: "always" was chosen by brand leads, a campaign by anybody and perhaps without an end."""
    made = {"team": "T1", "guideline": "a/b", "ref": "r", "quote": "q", "campaign": "the", "reason": "other"}
    made |= {"note": "", "author": "U1", "draft_id": "T1:C1:1.0", "created_at": 0.0, "lifted_by": ""}
    rows = [{"id": "always", "scope": "always"}, {"id": "campaign", "scope": "campaign"}]
    before = tuple(column for column in EXCEPTIONS.columns if column.name != "general")
    database = Database(empty)
    async with database.write() as connection:
        await connection.run_sync(_to, "0015")
        await connection.execute(sa.text(_INSTALLED))
        old = sa.table("exceptions", *(sa.column(column.name, column.type) for column in before))
        for row in rows:
            await connection.execute(old.insert().values(made | row))
    await migrate(database)
    async with database.read() as connection:
        found = (await connection.execute(sa.select(EXCEPTIONS))).mappings().all()
        waits = (await connection.execute(sa.select(INSTALLATIONS.c.waits))).scalars().all()
    await database.close()
    assert waits == [False], "who was there before the operator's list is allowed"
    assert {row["id"]: (row["general"], row["expires_at"]) for row in found} == {
        "always": (True, None),
        "campaign": (False, 365 * 24 * 3600.0),
    }


async def test_what_is_asked_no_longer_goes_and_what_people_waited_is_filled_in(empty: str) -> None:
    database = Database(empty)
    async with database.write() as connection:
        await connection.run_sync(_to, "0019")
        for row in _ANSWERED:
            await connection.execute(sa.text(row))
        for begun, ts, asked, gone in _POSTED:
            await connection.execute(_DRAFT, {"ts": begun, "asked": asked, "gone": gone})
            await connection.execute(_REPLY, {"id": f"T1:C1:{begun}", "ts": ts})
    await migrate(database)
    async with database.read() as connection:
        left = set(await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names()))
        told = (await connection.execute(sa.select(NOTICES.c.key))).scalars().all()
        waits = (await connection.execute(sa.select(REPLIES.c.posted_at, REPLIES.c.waited))).all()
        assert await connection.run_sync(_differences) == []
    await database.close()
    assert sorted(map(tuple, waits), key=str) == [(109.5, 9.0), (209.5, 4.0), (None, None)], (
        "how long people waited is known"
    )
    assert not left & {"shared_rewrites", "quietings"}
    assert told == ["gap:1"]


async def test_a_stranger_who_holds_the_file_is_waited_for(tmp_path: Path) -> None:
    url = fresh("sqlite", tmp_path)
    stranger = sqlite3.connect(tmp_path / "candor.db", isolation_level=None)
    stranger.execute("PRAGMA journal_mode=WAL")
    stranger.execute("BEGIN IMMEDIATE")
    database = Database(url)
    migrating = asyncio.create_task(migrate(database))
    await asyncio.sleep(0)  # tries, in the loop, for two seconds
    await asyncio.sleep(0)
    assert not migrating.done()
    stranger.execute("ROLLBACK")
    stranger.close()
    await migrating
    assert await is_up_to_date(database)
    await database.close()
