"""The database, by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assemble.clock import SystemClock
from bot.core.errors import PersonCanFix
from bot.core.words import setup as words
from bot.flows.isolate import GUILTY
from bot.store.attempts import AttemptStore
from bot.store.database import Database, why_unusable
from bot.store.drafts import DraftStore
from bot.store.lock import own_folder
from bot.store.migrate import migrate

if TYPE_CHECKING:
    from bot.settings import Settings


def database(settings: Settings, *, only_looks: bool = False) -> Database:
    """The database for what Candor remembers. With ``only_looks`` its folder stays as it is, whoever may read it."""
    if settings.database_url:
        return Database(settings.database_url)
    if not only_looks:
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


async def put_aside(settings: Settings) -> list[tuple[str, int]]:
    """The ids of the drafts that are not begun any more, each with how often its review was cut off."""
    db = database(settings)
    try:
        return await AttemptStore(db).unended(GUILTY)
    finally:
        await db.close()


async def retry(settings: Settings, which: str) -> list[str]:
    """Let a draft that is put aside be reviewed again, or "all" of them; their ids."""
    db = database(settings)
    attempts, drafts = AttemptStore(db), DraftStore(db, SystemClock())
    try:
        again = [draft_id for draft_id, _ in await attempts.unended(GUILTY) if which in (draft_id, "all")]
        for draft_id in again:
            record = await drafts.find(draft_id)
            if record:
                await attempts.ended(record.job)
                await drafts.next_round(record.job)
        return again
    finally:
        await db.close()
