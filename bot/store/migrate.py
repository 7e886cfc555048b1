"""Brings the database's tables up to date."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from bot.store.database import why_unusable

if TYPE_CHECKING:
    import sqlalchemy as sa

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
            async with database.write() as connection:
                return await connection.run_sync(_upgrade, locked=not database.is_sqlite)
        except OperationalError as error:
            if why_unusable(error) != _BUSY or asyncio.get_running_loop().time() > until:
                raise
        await asyncio.sleep(_PAUSE)


async def is_up_to_date(database: Database) -> bool:
    """True where no migration is missing."""
    async with database.read() as connection:
        return await connection.run_sync(_is_at_head)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config


def _upgrade(connection: sa.Connection, *, locked: bool) -> None:
    if locked:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_at_head(connection: sa.Connection) -> bool:
    heads = ScriptDirectory.from_config(_config()).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)
