"""The database, by the settings, and what a local workspace brings along."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import ProgrammingError

from bot.core.errors import PersonCanFix
from bot.core.operating import shares
from bot.core.words import installing as words
from bot.core.words import operating as operating_words
from bot.store.database import Database, own_folder, why_unusable
from bot.store.migrate import is_up_to_date, migrate

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.ports import Clock
    from bot.model.recorded import Recordings
    from bot.settings import Settings


# The database, by the settings.


def database(settings: Settings, *, only_looks: bool = False) -> Database:
    """The database for what Candor remembers. With ``only_looks`` its folder stays as it is, whoever may read it."""
    if settings.database_url:
        return Database(settings.database_url, shares(settings.database_connections)[0])
    if not only_looks:
        own_folder(settings.data_dir)
    return Database(f"sqlite:///{settings.data_dir / 'candor.db'}")


async def migrate_database(settings: Settings) -> None:
    """Bring the tables up to date. Raises `PersonCanFix` where the disk does not allow it."""
    try:
        db = database(settings)
    except OSError as error:
        raise PersonCanFix(words.database_stopped(why_unusable(error) or str(error.strerror))) from None
    async with closing(db):
        await migrate(db)


@asynccontextmanager
async def closing(db: Database) -> AsyncGenerator[None]:
    """Close it in the end. Raises `PersonCanFix` with a sentence on the reason where it could not be used."""
    try:
        yield
    except Exception as error:  # of whatever it is, `why_unusable` knows whether the database is the reason
        if reason := why_unusable(error):
            raise PersonCanFix(words.database_stopped(reason)) from None
        raise
    finally:
        await db.close()


@asynccontextmanager
async def remembering(settings: Settings) -> AsyncGenerator[Database]:
    """The store, left as it is. Raises `PersonCanFix` where there is none or it's of another version or unreadable."""
    if not has_memory(settings):
        raise PersonCanFix(operating_words.nothing_there(str(settings.data_dir)))
    db = database(settings, only_looks=True)
    async with closing(db):
        try:
            if not await is_up_to_date(db):
                raise PersonCanFix(words.MIGRATE_FIRST)
            yield db
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") in _NOT_THERE:
                raise PersonCanFix(words.MIGRATE_FIRST) from None
            raise


def has_memory(settings: Settings) -> bool:
    """False where Candor has never run. Where one of its two files was lost, whatever opens the other says so."""
    return bool(settings.database_url) or any(
        (settings.data_dir / name).exists() for name in ("candor.db", "engine.db")
    )


_NOT_THERE = frozenset({"42P01", "42703"})
"""How PostgreSQL says that it has no such table or column."""


# A local workspace.


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a local workspace brings along, and no setting can: its clock, which people move, and recorded answers.

    With ``recordings`` a model's recorded answers take the place of a model.
    """

    clock: Clock
    recordings: Recordings | None = None
