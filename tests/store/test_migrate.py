from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.store.database import Database
from bot.store.every_table import METADATA
from bot.store.migrate import is_up_to_date, migrate

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa

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


def _differences(connection: sa.Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA))


async def test_the_migrations_make_exactly_the_tables_in_the_code(database: Database) -> None:
    async with database.read() as connection:
        assert await connection.run_sync(_differences) == []


async def test_migrating_may_be_repeated_and_whether_it_is_needed_can_be_asked(url: str) -> None:
    database = Database(url)
    assert not await is_up_to_date(database)
    await migrate(database)
    await migrate(database)
    assert await is_up_to_date(database)
    await database.close()


async def test_several_processes_may_migrate_at_once(url: str, root: Path) -> None:
    run = [asyncio.create_subprocess_exec(sys.executable, "-c", _MIGRATE, url, cwd=root) for _ in range(2)]
    processes = await asyncio.gather(*run)
    assert await asyncio.gather(*(process.wait() for process in processes)) == [0, 0]
    database = Database(url)
    assert await is_up_to_date(database)
    await database.close()
