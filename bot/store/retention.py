"""What is kept for a time only, in the database."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.drafts import Place
from bot.core.watching import Trust
from bot.store.brand.posts import unquote
from bot.store.tables import (
    AUDIT_RESULTS,
    AUDITS,
    BLANK,
    BOOKS,
    CLOCKS,
    DRAFT_ID,
    DRAFTS,
    EXCEPTIONS,
    POST_TERMS,
    POSTS,
    TURNS,
    WITH_DRAFT,
    belongs_to,
    is_draft,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.store.database import Connection, Database


# What is kept for a time only: found, and deleted for good.

_LOG = logging.getLogger(__name__)
_EMPTY: dict[str, Any] = {"text": "", "context": "", "pictures": [], "zones": [], "markup": "", "erased": True}
_NOBODYS = _EMPTY | {"muted_by": "", "author_id": ""}
_UNSEEN: dict[str, Any] = {"begun": False, "reply_ts": "", "button_ts": ""}
"""So that nobody removes the answer from Slack, where it is the workspace's."""


class RetentionStore:
    """The `Retention` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def trusting(self, teams: Iterable[str], now: float) -> frozenset[str]:
        async with self._database.write() as connection:
            looked = {team: await _look(self._database, connection, team, now=now) for team in teams}
        jumps = [trust.jump for trust in looked.values() if trust.is_new]
        if jumps:
            hours = max(jumps, key=abs) / 3600
            _LOG.warning("the clock moved by %.0f hours since it was last seen: nothing is deleted for a day", hours)
        return frozenset(team for team, trust in looked.items() if trust.holds)

    async def due(self, team: str, before: float, most: int) -> tuple[str, ...]:
        old = (DRAFTS.c.team == team) & ~DRAFTS.c.erased & (DRAFTS.c.changed_at < before)
        query = sa.select(DRAFT_ID).where(old).order_by(DRAFTS.c.changed_at).limit(most)
        async with self._database.read(alone=True) as connection:
            return tuple((await connection.execute(query)).scalars())

    async def expire(self, draft_id: str, before: float) -> bool:
        """Delete all that is stored of a draft, but leave in Slack what stands there; False where it changed.

        Its place stays, so that an edit of the old message does not make a new draft of it.
        """
        place = Place.of(draft_id)
        old = is_draft(place) & (DRAFTS.c.changed_at < before)
        talk = (TURNS.c.team == place.team) & (TURNS.c.channel == place.channel) & (TURNS.c.thread == place.ts)
        async with self._database.write() as connection:
            expired = await connection.execute(sa.update(DRAFTS).where(old).values(_NOBODYS))
            if not expired.rowcount:
                return False
            await unquote(connection, draft_id)
            for table in WITH_DRAFT:
                await connection.execute(sa.delete(table).where(belongs_to(draft_id, table)))
            await connection.execute(sa.update(TURNS).where(talk).values(BLANK | _UNSEEN))
            # Nobody could find the words again by their author, who is forgotten now.
            quotes = belongs_to(draft_id, EXCEPTIONS)
            await connection.execute(sa.update(EXCEPTIONS).where(quotes).values(quote=""))
        await self._database.wipe()
        return True

    async def forget_older(self, team: str, before: float) -> int:
        said = (TURNS.c.team == team) & ~TURNS.c.erased & (TURNS.c.received_at < before)
        over = (EXCEPTIONS.c.lifted_at < before) | (EXCEPTIONS.c.expires_at < before)
        async with self._database.write() as connection:
            blanked = await connection.execute(sa.update(TURNS).where(said).values(BLANK | _UNSEEN))
            ended = await connection.execute(sa.delete(EXCEPTIONS).where(EXCEPTIONS.c.team == team, over))
            brought = (POSTS.c.team == team) & (POSTS.c.draft_id == "") & (POSTS.c.recorded_at < before)
            found_by = POST_TERMS.c.post.in_(sa.select(POSTS.c.id).where(brought))
            await connection.execute(sa.delete(POST_TERMS).where(POST_TERMS.c.team == team, found_by))
            posts = await connection.execute(sa.delete(POSTS).where(brought))
            audits = (AUDITS.c.team == team) & (AUDITS.c.at < before)
            of_them = AUDIT_RESULTS.c.audit.in_(sa.select(AUDITS.c.id).where(audits))
            await connection.execute(sa.delete(AUDIT_RESULTS).where(AUDIT_RESULTS.c.team == team, of_them))
            audited = await connection.execute(sa.delete(AUDITS).where(audits))
            books = await connection.execute(sa.delete(BOOKS).where(BOOKS.c.team == team, BOOKS.c.at < before))
        gone = sum(one.rowcount for one in (blanked, ended, posts, audited, books))
        if gone:
            await self._database.wipe()
        return gone


async def _look(database: Database, connection: Connection, team: str, now: float) -> Trust:
    last = sa.select(CLOCKS).where(CLOCKS.c.team == team).with_for_update()
    row = (await connection.execute(last)).mappings().first()
    trust = Trust.at(now, Trust(row["seen"], row["since"], row["jump"]) if row else None)
    values = {"seen": trust.seen, "since": trust.since, "jump": trust.jump}
    note = database.insert(CLOCKS).values(team=team, **values)
    await connection.execute(note.on_conflict_do_update(index_elements=("team",), set_=values))
    return trust
