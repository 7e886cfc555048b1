"""Replies in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.message import Place
from bot.core.record import Reply
from bot.store.belonging import belongs_to, key_of, rows_of
from bot.store.tables import CLEAN_MESSAGES, REPLIES, SIGN_OFF_MESSAGES

if TYPE_CHECKING:
    from bot.core.ports import Clock
    from bot.core.record import ReviewJob
    from bot.store.connection import Connection
    from bot.store.database import Database

_KEY = ("team", "draft_id")
_NOTHING_SHOWN = {"shown_revision": "", "shown_round": -1}
_KINDS = {REPLIES: "reply", CLEAN_MESSAGES: "clean", SIGN_OFF_MESSAGES: "sign-off"}


class ReplyStore:
    """The `Replies` port, for one kind of message."""

    def __init__(self, database: Database, clock: Clock, table: sa.Table = REPLIES) -> None:
        self._database = database
        self._clock = clock
        self._table = table

    async def reserve(self, draft_id: str, owner: str) -> Reply:
        """The draft's reply; reserved for ``owner`` where there was none."""
        values = {"team": Place.of(draft_id).team, "draft_id": draft_id, "ts": "", "owner": owner}
        values |= {"reserved_at": self._clock.now(), **_NOTHING_SHOWN}
        insert = self._database.insert(self._table).values(values)
        # Writing the key over itself changes nothing, but gives the row that is there, in one statement.
        given = insert.on_conflict_do_update(index_elements=_KEY, set_={"draft_id": draft_id}).returning(self._table)
        async with self._database.write() as connection:
            row = (await connection.execute(given)).mappings().one()
            return _reply(row, self._table)

    async def take_over(self, reply: Reply, owner: str) -> bool:
        """Reserve anew what another owner left behind; False where somebody was faster."""
        unchanged = (
            belongs_to(reply.draft_id, self._table) & (self._table.c.owner == reply.owner) & (self._table.c.ts == "")
        )
        unchanged &= self._table.c.reserved_at == reply.reserved_at
        values = {"owner": owner, "reserved_at": self._clock.now()}
        async with self._database.write() as connection:
            taken = await connection.execute(sa.update(self._table).where(unchanged).values(values))
            return taken.rowcount == 1

    async def posted(self, draft_id: str, ts: str, shown: ReviewJob) -> None:
        """Note where the reply stands and which review it shows, even where its reservation is gone."""
        shows: dict[str, Any] = {"ts": ts, "shown_revision": shown.revision, "shown_round": shown.round}
        values = shows | {"team": Place.of(draft_id).team, "draft_id": draft_id, "owner": shown.key}
        values |= {"reserved_at": self._clock.now()}
        insert = self._database.insert(self._table).values(values)
        async with self._database.write() as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=shows))

    async def removed(self, draft_id: str) -> None:
        """Forget the reply."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(self._table).where(belongs_to(draft_id, self._table)))


async def reply_of(connection: Connection, draft_id: str, table: sa.Table) -> Reply | None:
    """The message of that kind, as far as is noted."""
    row = (await connection.execute(rows_of(table), key_of(draft_id))).mappings().first()
    return _reply(row, table) if row else None


def _reply(row: sa.RowMapping, table: sa.Table) -> Reply:
    return Reply(row["draft_id"], row["ts"], row["owner"], row["reserved_at"], _KINDS[table])
