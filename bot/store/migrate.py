"""Brings the database's tables up to date."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.store.database import why_unusable

if TYPE_CHECKING:
    from bot.store.database import Database


_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 726_001
"""Any number that no other program locks in this PostgreSQL database."""
_PATIENCE, _PAUSE = 60.0, 0.2
_BUSY = os.strerror(errno.EBUSY)


async def migrate(database: Database) -> None:
    """Run every migration that is missing. Safe to repeat and to run from several processes.

    A stranger who holds SQLite's file, as a backup may, is waited for.
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
    """True where no migration is missing."""
    async with database.read() as connection:
        return await connection.run_sync(_revision) == _newest()


def _newest() -> str:
    """The last migration: they form one line, in the order of their names."""
    return max(path.stem.partition("_")[0] for path in (_SCRIPTS / "versions").glob("[0-9]*.py"))


def _revision(connection: sa.Connection) -> str:
    """The migration that the tables are at; "" for none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or ""


def _upgrade(connection: sa.Connection, *, locked: bool) -> None:
    # Most starts find nothing to migrate, and do not wait for the library.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    if locked:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
