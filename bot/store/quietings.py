"""Proposals to make a guideline quieter, in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.quieting import SPAN, Subject
from bot.store.decision_tables import QUIETINGS

if TYPE_CHECKING:
    from bot.store.database import Database

_KEY = ("team", "guideline", "channel")


class QuietingStore:
    """The `Quietings` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def propose(self, team: str, guideline: str, channel: str, now: float) -> Subject | None:
        """The proposal under way, a new one where the last is older than `SPAN`; None where it is settled."""
        key = {"team": team, "guideline": guideline, "channel": channel}
        fresh = {"proposed_at": now, "settled": False}
        insert = self._database.insert(QUIETINGS).values(key | fresh)
        anew = insert.on_conflict_do_update(
            index_elements=_KEY, set_=fresh, where=QUIETINGS.c.proposed_at <= now - SPAN
        )
        async with self._database.write() as connection:
            await connection.execute(anew)
            kept = sa.select(QUIETINGS).where(_is(team, guideline, channel))
            row = (await connection.execute(kept)).mappings().one()
        return None if row["settled"] else Subject(guideline, channel, row["proposed_at"])

    async def settle(self, team: str, subject: Subject) -> None:
        """Note that a brand lead decided."""
        same = _is(team, subject.guideline, subject.channel)
        async with self._database.write() as connection:
            await connection.execute(sa.update(QUIETINGS).where(same).values(settled=True))


def _is(team: str, guideline: str, channel: str) -> sa.ColumnElement[bool]:
    return (QUIETINGS.c.team == team) & (QUIETINGS.c.guideline == guideline) & (QUIETINGS.c.channel == channel)
