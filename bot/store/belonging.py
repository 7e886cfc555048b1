"""Rows that belong to a draft: found by it, kept only while it is not erased."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.message import Place
from bot.store.tables import DRAFTS

if TYPE_CHECKING:
    from bot.store.connection import Connection


def key_of(draft_id: str) -> dict[str, Any]:
    """The columns that say which draft a row belongs to."""
    return {"team": Place.of(draft_id).team, "draft_id": draft_id}


def belongs_to(draft_id: str, table: sa.Table) -> sa.ColumnElement[bool]:
    """The rows of a table that belong to the draft."""
    return (table.c.team == Place.of(draft_id).team) & (table.c.draft_id == draft_id)


@cache
def rows_of(table: sa.Table, order_by: str = "") -> sa.Select[Any]:
    """A query for them, to be run with `key_of` the draft: built once, because building takes longer than running."""
    query = sa.select(table).where(table.c.team == sa.bindparam("team"), table.c.draft_id == sa.bindparam("draft_id"))
    return query.order_by(order_by) if order_by else query


async def is_alive(connection: Connection, draft_id: str) -> bool:
    """True where the draft is not erased; until the end of the transaction nobody can erase it."""
    place = Place.of(draft_id)
    same = (DRAFTS.c.team == place.team) & (DRAFTS.c.channel == place.channel) & (DRAFTS.c.ts == place.ts)
    erased = (await connection.execute(sa.select(DRAFTS.c.erased).where(same).with_for_update())).scalar()
    return erased is False
