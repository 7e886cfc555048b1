"""What the doctor asks the database. It changes nothing, also while a Candor runs."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.core.errors import Locked
from bot.core.presence import HOLDS, Trust
from bot.core.words import doctor as words
from bot.store.lock import ProcessLock, open_to_others
from bot.store.migrate import is_up_to_date
from bot.store.tables import CLOCKS, PRESENCE
from bot.store.workspace_settings import SettingValueStore

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.diagnosis import Diagnosis
    from bot.store.connection import Connection
    from bot.store.database import Database
    from bot.store.installations import InstallationStore


_LEAST = 500_000_000
"""Bytes: far more than a day's drafts need, so that there is time to do something."""


class _NotKept(Exception):
    """Ends a transaction so that nothing of it is kept."""


def look_at_folder(folder: Path) -> Diagnosis | None:
    """Before a first start there is only the folder to look at; None where there is a database already."""
    nearest = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        return words.folder_unusable(str(nearest))
    return None if (folder / "candor.db").exists() else words.database_new(str(folder))


def look_at_lock(folder: Path) -> Diagnosis:
    """Whether a Candor runs on SQLite's files."""
    return words.lock(held=ProcessLock(folder).is_held())


def look_at_modes(folder: Path) -> Diagnosis:
    """Whether the folder and its files are the owner's alone."""
    try:
        found = open_to_others(folder)
    except OSError as error:
        return words.folder_unread(str(folder), os.strerror(error.errno or errno.EIO))
    return words.files_open(str(folder), found) if found else words.files_private(str(folder))


def look_at_space(folder: Path, least: int = _LEAST) -> Diagnosis:
    """Whether the disk under the folder, which need not be there yet, has ``least`` bytes left."""
    nearest = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    try:
        free = shutil.disk_usage(nearest).free
    except OSError as error:
        return words.folder_unread(str(nearest), os.strerror(error.errno or errno.EIO))
    return words.disk_full(str(folder), free) if free < least else words.disk_holds(str(folder), free)


async def look_at_database(database: Database) -> Diagnosis:
    """Whether it can be reached, has the right tables, and takes what is written."""
    try:
        if not await is_up_to_date(database):
            return words.database_behind(sqlite=database.is_sqlite)
    except (SQLAlchemyError, OSError) as error:
        return words.database_away(type(error).__name__)
    try:
        with suppress(_NotKept):
            async with database.write() as connection:
                await _write_in_vain(connection)
    except (SQLAlchemyError, OSError) as error:
        return words.database_read_only(type(error).__name__)
    return words.database_works()


async def _write_in_vain(connection: Connection) -> None:
    await connection.execute(sa.insert(PRESENCE).values(team="", alive_at=0.0))
    raise _NotKept


async def look_at_retention(database: Database) -> list[Diagnosis]:
    """Whether deleting what is old waits, because the clock moved; call it where the tables are up to date."""
    query = sa.select(CLOCKS).where(CLOCKS.c.jump != 0)
    async with database.read() as connection:
        rows = (await connection.execute(query)).mappings().all()
    waiting = [one for one in (Trust(row["seen"], row["since"], row["jump"]) for row in rows) if not one.holds]
    if not waiting:
        return []
    last = max(waiting, key=lambda one: one.since)
    return [words.retention_waits(last.jump, last.since + HOLDS)]


async def own_channels(database: Database, team: str) -> str | None:
    """The channels that a workspace switched on by itself; None where it did not, or where that cannot be read."""
    try:
        if await is_up_to_date(database):
            return (await SettingValueStore(database).of(team)).get("draft_channels")
    except (SQLAlchemyError, OSError):  # told already by the check of the database
        return None
    return None


async def look_at_keys(store: InstallationStore) -> list[Diagnosis]:
    """Whether the keys open every installation."""
    homes = (await store.installed()).stamps
    lost: list[Diagnosis] = []
    for home in homes:
        try:
            await store.find(home)
        except Locked:
            lost.append(words.key_misses(home.key))
    older = await store.on_older_keys() - len(lost)
    fit = [words.keys_fit(len(homes) - len(lost))] if len(homes) > len(lost) else []
    return [*lost, *fit, *([words.key_is_old(older)] if older else [])]
