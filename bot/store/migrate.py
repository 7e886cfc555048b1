"""Brings the database's tables up to date."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.core.errors import PersonCanFix
from bot.core.words.installing import TABLES_TOO_NEW
from bot.store.database import why_unusable

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

    from bot.store.database import Database


SCRIPTS = Path(__file__).parent / "migrations"
ONLY_ADDS = "only_adds"
"""What a migration says of itself: True where code that does not know it can read and write the tables all the same.

While processes restart one after the other, older ones run on the new tables, and they may have to start again."""
_LOCK = 726_001
"""Any number that no other program locks in this PostgreSQL database."""
_PATIENCE, _PAUSE = 60.0, 0.2
_BUSY = os.strerror(errno.EBUSY)


async def migrate(database: Database) -> None:
    """Run every migration that is missing. Safe to repeat and to run from several processes.

    A stranger who holds SQLite's file, as a backup may, is waited for. Raises `PersonCanFix` as `is_up_to_date`.
    """
    until = asyncio.get_running_loop().time() + _PATIENCE
    while True:
        try:
            if await is_up_to_date(database):
                return None
            async with database.write() as connection:
                return await connection.run_sync(_upgrade, locked=not database.is_sqlite)
        except OperationalError as error:
            if why_unusable(error) != _BUSY or asyncio.get_running_loop().time() > until:
                raise
        await asyncio.sleep(_PAUSE)


async def is_up_to_date(database: Database) -> bool:
    """True where no migration is missing. What a newer Candor only added does no harm.

    Raises `PersonCanFix` where a newer one changed the tables so that this code cannot run on them.
    """
    async with database.read() as connection:
        return await connection.run_sync(_is_up_to_date)


def _is_up_to_date(connection: sa.Connection) -> bool:
    (at, oldest), own = _versions(connection), newest()
    if at <= own:
        return at == own
    if oldest and oldest <= own:
        return True
    raise PersonCanFix(TABLES_TOO_NEW)


def newest() -> str:
    """The last migration: they form one line, in the order of their names."""
    return max(path.stem.partition("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def _versions(connection: sa.Connection) -> tuple[str, str]:
    """The migration that the tables are at, and the one that code must know at least; "" where none is noted."""
    there = sa.inspect(connection)
    if not there.has_table("alembic_version"):
        return "", ""
    noted = any(column["name"] == "oldest" for column in there.get_columns("alembic_version"))
    kept = sa.table("alembic_version", sa.column("version_num", sa.String), sa.column("oldest", sa.String))
    at = connection.execute(sa.select(kept.c.version_num)).scalar() or ""
    return at, (noted and connection.execute(sa.select(kept.c.oldest)).scalar()) or ""


def _upgrade(connection: sa.Connection, *, locked: bool) -> None:
    # Most starts find nothing to migrate, and do not wait for the library.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    if locked:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    if _is_up_to_date(connection):  # by now: whoever held the lock may know more migrations than this code
        return
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _note(connection, oldest_code(ScriptDirectory.from_config(config)))


def oldest_code(scripts: ScriptDirectory) -> str:
    """The last migration that code must know to run on the tables: those behind it only add to them."""
    changed = (one.revision for one in scripts.walk_revisions() if not getattr(one.module, ONLY_ADDS, False))
    return max(changed, default="")


def _note(connection: sa.Connection, oldest: str) -> None:
    """Beside Alembic's own number, for code that does not know these migrations."""
    if not any(column["name"] == "oldest" for column in sa.inspect(connection).get_columns("alembic_version")):
        connection.exec_driver_sql("ALTER TABLE alembic_version ADD COLUMN oldest VARCHAR(32)")
    connection.execute(sa.text("UPDATE alembic_version SET oldest = :oldest"), {"oldest": oldest})
