"""A person's drafts in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.message import Place
from bot.store.tables import DRAFTS

if TYPE_CHECKING:
    from bot.store.database import Database


class OwnDraftStore:
    """The `OwnDrafts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, team: str, user: str, since: float, most: int) -> tuple[str, ...]:
        """The ids of those posted since then that are not erased, the latest first."""
        posted = sa.cast(DRAFTS.c.ts, sa.Float)
        query = sa.select(DRAFTS.c.channel, DRAFTS.c.ts)
        query = query.where(DRAFTS.c.team == team, DRAFTS.c.author_id == user, ~DRAFTS.c.erased, posted >= since)
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(posted.desc(), DRAFTS.c.channel).limit(most))).mappings()
            return tuple(Place(team, row["channel"], row["ts"]).draft_id for row in rows)
