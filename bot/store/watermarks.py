"""Up to which message each channel was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.store.tables import WATERMARKS

if TYPE_CHECKING:
    from bot.store.database import Database


class WatermarkStore:
    """The `Watermarks` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, team: str, channel: str, ts: str) -> None:
        """Note a message; an earlier one changes nothing."""
        insert = self._database.insert(WATERMARKS).values(team=team, channel=channel, first=ts, last=ts)
        later = insert.on_conflict_do_update(
            index_elements=("team", "channel"),
            set_={"last": ts},
            where=sa.cast(WATERMARKS.c.last, sa.Float) < float(ts),
        )
        async with self._database.write() as connection:
            await connection.execute(later)

    async def seen_between(self, team: str, channel: str) -> tuple[str, str] | None:
        """The ts that was noted first, from which on the channel is watched, and the latest; None where none was."""
        query = sa.select(WATERMARKS.c.first, WATERMARKS.c.last)
        query = query.where(WATERMARKS.c.team == team, WATERMARKS.c.channel == channel)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).mappings().first()
            return (row["first"], row["last"]) if row else None
