"""Clean texts in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.clean_text import CleanText
from bot.store.belonging import is_alive, key_of, rows_of
from bot.store.tables import CLEAN_TEXTS

if TYPE_CHECKING:
    from bot.store.connection import Connection
    from bot.store.database import Database


class CleanTextStore:
    """The `CleanTexts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, draft_id: str, made: CleanText) -> None:
        """Keep it in place of the one before, unless the draft was erased meanwhile."""
        key = key_of(draft_id)
        content = {"revision": made.revision, "text": made.text, "slots": list(made.slots)}
        insert = self._database.insert(CLEAN_TEXTS).values(key | content)
        async with self._database.write() as connection:
            if await is_alive(connection, draft_id):
                await connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=content))


async def clean_text_of(connection: Connection, draft_id: str) -> CleanText | None:
    """The clean text as it was last made."""
    row = (await connection.execute(rows_of(CLEAN_TEXTS), key_of(draft_id))).mappings().first()
    return CleanText(row["revision"], row["text"], tuple(row["slots"])) if row else None
