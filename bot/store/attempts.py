"""Reviews that were begun and did not come to an end, in the database: what a crash leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.store.belonging import belongs_to, key_of, rows_of
from bot.store.tables import ATTEMPTS

if TYPE_CHECKING:
    from bot.core.record import ReviewJob
    from bot.store.database import Database


class AttemptStore:
    """The `Attempts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, job: ReviewJob) -> int:
        """How often the review of these words was begun and did not end."""
        async with self._database.read() as connection:
            row = (await connection.execute(rows_of(ATTEMPTS), key_of(job.draft_id))).mappings().first()
            return int(row["begun"]) if row and row["revision"] == job.revision else 0

    async def begun(self, job: ReviewJob) -> None:
        """Note that it begins."""
        key = key_of(job.draft_id)
        insert = self._database.insert(ATTEMPTS).values(key | {"revision": job.revision, "begun": 1})
        again = sa.case((ATTEMPTS.c.revision == job.revision, ATTEMPTS.c.begun + 1), else_=1)
        async with self._database.write() as connection:
            change = {"revision": job.revision, "begun": again}
            await connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=change))

    async def ended(self, job: ReviewJob) -> None:
        """Note that it came to an end."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(ATTEMPTS).where(belongs_to(job.draft_id, ATTEMPTS)))

    async def unended(self, least: int) -> list[tuple[str, int]]:
        """The ids of the drafts that were begun so often at least, each with how often."""
        query = sa.select(ATTEMPTS.c.draft_id, ATTEMPTS.c.begun).where(ATTEMPTS.c.begun >= least)
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(ATTEMPTS.c.draft_id))).mappings()
            return [(row["draft_id"], row["begun"]) for row in rows]
