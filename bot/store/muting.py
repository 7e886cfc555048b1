"""Muted threads, and people who want no reviews, in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.drafts import Place
from bot.store.tables import DRAFTS, OPT_OUTS, is_alive, is_draft

if TYPE_CHECKING:
    from bot.core.deciding import Mute
    from bot.store.database import Database


_IS_OUT = sa.select(OPT_OUTS.c.at).where(
    OPT_OUTS.c.team == sa.bindparam("team"), OPT_OUTS.c.user == sa.bindparam("user")
)


class ThreadMuteStore:
    """The `ThreadMutes` port; a mute is a column of its draft."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mute(self, draft_id: str, mute: Mute) -> bool:
        return await self._set(draft_id, DRAFTS.c.muted_by == "", muted_by=mute.by, muted_at=mute.at)

    async def unmute(self, draft_id: str) -> bool:
        return await self._set(draft_id, DRAFTS.c.muted_by != "", muted_by="", muted_at=0.0)

    async def _set(self, draft_id: str, where: sa.ColumnElement[bool], **values: object) -> bool:
        async with self._database.write() as connection:
            if not await is_alive(connection, draft_id):
                return False
            await connection.execute(sa.update(DRAFTS).where(is_draft(Place.of(draft_id)), where).values(values))
            return True


class OptOutStore:
    """The `OptOuts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, team: str, user: str, at: float) -> bool:
        insert = self._database.insert(OPT_OUTS).values(team=team, user=user, at=at).on_conflict_do_nothing()
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(insert.returning(OPT_OUTS.c.team))).first() is not None

    async def remove(self, team: str, user: str) -> bool:
        gone = sa.delete(OPT_OUTS).where(OPT_OUTS.c.team == team, OPT_OUTS.c.user == user)
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(gone)).rowcount == 1

    async def is_out(self, team: str, user: str) -> bool:
        async with self._database.read(alone=True) as connection:
            return (await connection.execute(_IS_OUT, {"team": team, "user": user})).first() is not None
