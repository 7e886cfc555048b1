"""The database, by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.errors import PersonCanFix
from bot.core.words import setup as words
from bot.store.database import Database, why_unusable
from bot.store.lock import own_folder
from bot.store.migrate import migrate

if TYPE_CHECKING:
    from bot.settings import Settings


def database(settings: Settings) -> Database:
    """The database for what Candor remembers."""
    if settings.database_url:
        return Database(settings.database_url)
    own_folder(settings.data_dir)
    return Database(f"sqlite:///{settings.data_dir / 'candor.db'}")


async def migrate_database(settings: Settings) -> None:
    """Bring the tables up to date. Raises `PersonCanFix` where the disk does not allow it."""
    try:
        db = database(settings)
    except OSError as error:
        raise PersonCanFix(words.database_stopped(why_unusable(error) or str(error.strerror))) from None
    try:
        await migrate(db)
    except Exception as error:
        if reason := why_unusable(error):
            raise PersonCanFix(words.database_stopped(reason)) from None
        raise
    finally:
        await db.close()
