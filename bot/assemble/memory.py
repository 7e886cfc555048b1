"""The database, by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.database import Database
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
    """Bring the tables up to date."""
    db = database(settings)
    try:
        await migrate(db)
    finally:
        await db.close()
