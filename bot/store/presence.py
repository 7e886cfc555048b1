"""When somebody last received a workspace's messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.presence import Gap
from bot.store.tables import GAPS, PRESENCE

if TYPE_CHECKING:
    from bot.store.database import Database


class PresenceStore:
    """The `Presence` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def present(self, team: str, now: float, longest: float) -> None:
        """Note that messages arrive at this moment, and a gap where the last note is more than ``longest`` old."""
        # Of several processes the first one finds the gap; the others wait here and then see its note.
        last = sa.select(PRESENCE.c.alive_at).where(PRESENCE.c.team == team).with_for_update()
        note = self._database.insert(PRESENCE).values(team=team, alive_at=now)
        note = note.on_conflict_do_update(
            index_elements=("team",), set_={"alive_at": now}, where=PRESENCE.c.alive_at < now
        )
        async with self._database.write() as connection:
            alive_at = (await connection.execute(last)).scalar()
            if alive_at is not None and now - alive_at > longest:
                gap = self._database.insert(GAPS).values(team=team, began=alive_at, ended=now)
                await connection.execute(gap.on_conflict_do_nothing())
            await connection.execute(note)

    async def gaps(self, team: str) -> list[Gap]:
        """The gaps that brand leads are still to be told of, the oldest first."""
        query = sa.select(GAPS).where(GAPS.c.team == team).order_by(GAPS.c.began)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings()
            return [Gap(row["team"], row["began"], row["ended"]) for row in rows]

    async def told(self, gap: Gap) -> None:
        """Forget a gap: everybody was told."""
        same = (GAPS.c.team == gap.team) & (GAPS.c.began == gap.began)
        async with self._database.write() as connection:
            await connection.execute(sa.delete(GAPS).where(same))
