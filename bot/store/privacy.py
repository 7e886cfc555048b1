"""Everything that belongs to one person, whichever table holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.audience import channel_of
from bot.core.words.privacy import LEFT_OUT
from bot.store.belongings import HIDDEN, MENTIONS, OWN, QUOTING, SIGNED, WITH_DRAFT
from bot.store.decision_tables import EXCEPTIONS
from bot.store.tables import DRAFTS
from bot.store.talk_tables import BLANK, TURNS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bot.core.personal_data import Kind
    from bot.core.privacy_ports import Readable
    from bot.store.connection import Connection
    from bot.store.database import Database

_ELSE = "another person"
_DRAFT_ID = DRAFTS.c.team + ":" + DRAFTS.c.channel + ":" + DRAFTS.c.ts


class PersonalStore:
    """The `PersonalData` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self, team: str, user: str) -> dict[Kind, int]:
        """How much there is of each kind."""
        found: dict[Kind, int] = {}
        async with self._database.read() as connection:
            for kind, table, whose in _counted(user):
                query = sa.select(sa.func.count()).select_from(table).where(table.c.team == team, whose)
                found[kind] = found.get(kind, 0) + int((await connection.execute(query)).scalar_one())
        return found

    async def gather(self, team: str, user: str, may_read: Readable) -> dict[str, list[dict[str, object]]]:
        """All of it as JSON, by table; other people's names are left out, and words that they can no longer read."""
        tables = dict.fromkeys((*OWN, *WITH_DRAFT, *SIGNED))
        async with self._database.read() as connection:
            rows = {table: await _rows(connection, table, team, user) for table in tables}
            own = frozenset((await connection.execute(_draft_ids(team, user))).scalars())
        asked = {_foreign_channel(row, user, own) for table in QUOTING for row in rows.get(table, ())} - {""}
        seen = {"", *(await may_read(frozenset(asked)))}
        return {
            table.name: [_shown(table, row, user, left=_foreign_channel(row, user, own) not in seen) for row in found]
            for table, found in rows.items()
            if found
        }

    async def drafts(self, team: str, user: str) -> tuple[str, ...]:
        """The ids of the person's drafts that are not erased."""
        query = sa.select(_DRAFT_ID).where(DRAFTS.c.team == team, DRAFTS.c.author_id == user, ~DRAFTS.c.erased)
        async with self._database.read() as connection:
            return tuple((await connection.execute(query.order_by(DRAFTS.c.ts))).scalars())

    async def forget(self, team: str, user: str) -> tuple[str, ...]:
        """Delete the rest of what is theirs, and their name elsewhere; the ids of turns that may stand in Slack."""
        async with self._database.write() as connection:
            await _forget_words(connection, team, user)
            standing = await _blank_turns(connection, team, user)
            for table, own in OWN.items():
                if table not in (DRAFTS, TURNS) and not own.stays:
                    whose = sa.or_(*(table.c[name] == user for name in own.columns))
                    await connection.execute(sa.delete(table).where(table.c.team == team, whose))
            for table, signatures in SIGNED.items():
                for one in signatures:
                    blank = {one.column: one.nobody} | dict.fromkeys(one.notes, "")
                    theirs = (table.c.team == team) & (table.c[one.column] == user)
                    await connection.execute(sa.update(table).where(theirs).values(blank))
            for table, names in MENTIONS.items():
                for name in names:
                    holds = (table.c.team == team) & table.c[name].contains(user, autoescape=True)
                    without = sa.func.replace(table.c[name], user, "-")
                    await connection.execute(sa.update(table).where(holds).values({name: without}))
            # Last, because by it the person's erased drafts are known.
            erased = (DRAFTS.c.team == team) & (DRAFTS.c.author_id == user) & DRAFTS.c.erased
            await connection.execute(sa.update(DRAFTS).where(erased).values(author_id=""))
        await self._database.wipe()
        return standing


async def _forget_words(connection: Connection, team: str, user: str) -> None:
    """What still quotes the person's drafts."""
    quotes = (EXCEPTIONS.c.team == team) & EXCEPTIONS.c.draft_id.in_(_draft_ids(team, user))
    await connection.execute(sa.update(EXCEPTIONS).where(quotes).values(quote=""))


async def _blank_turns(connection: Connection, team: str, user: str) -> tuple[str, ...]:
    theirs = (TURNS.c.team == team) & (TURNS.c.author_id == user)
    turn_id = TURNS.c.team + ":" + TURNS.c.channel + ":" + TURNS.c.ts
    standing = tuple((await connection.execute(sa.select(turn_id).where(theirs).order_by(TURNS.c.ts))).scalars())
    await connection.execute(sa.update(TURNS).where(theirs).values(BLANK))
    return standing


def _draft_ids(team: str, user: str) -> sa.Select[Any]:
    return sa.select(_DRAFT_ID).where(DRAFTS.c.team == team, DRAFTS.c.author_id == user)


def _counted(user: str) -> Iterator[tuple[Kind, sa.Table, sa.ColumnElement[bool]]]:
    for table, own in OWN.items():
        whose = sa.or_(*(table.c[name] == user for name in own.columns))
        yield own.kind, table, whose & ~table.c[own.erased] if own.erased else whose
    for table, signatures in SIGNED.items():
        by_kind: dict[Kind, list[sa.ColumnElement[bool]]] = {}
        for one in signatures:
            by_kind.setdefault(one.kind, []).append(table.c[one.column] == user)
        for kind, signed in by_kind.items():
            yield kind, table, sa.or_(*signed)


async def _rows(connection: Connection, table: sa.Table, team: str, user: str) -> list[dict[str, Any]]:
    own, signatures = OWN.get(table), SIGNED.get(table, ())
    names = [*(own.columns if own else ()), *(one.column for one in signatures)]
    whose = [table.c[name] == user for name in names]
    if table in WITH_DRAFT:
        whose.append(table.c.draft_id.in_(_draft_ids(team, user)))
    query = sa.select(table).where(table.c.team == team, sa.or_(*whose)).order_by(*table.primary_key.columns)
    found = (await connection.execute(query)).mappings().all()
    return [dict(row) for row in found]


def _foreign_channel(row: Mapping[str, Any], user: str, own: Collection[str]) -> str:
    """Where words of others in the row were said; "" where it is about the person's own draft, or about no channel."""
    if row.get("draft_id"):
        return "" if row["draft_id"] in own else channel_of(row["draft_id"])
    return "" if "text" in row and "answer" not in row and row.get("author_id") == user else row.get("channel", "")


def _shown(table: sa.Table, row: dict[str, Any], user: str, *, left: bool) -> dict[str, object]:
    """The row as the person may have it: their own words and ids, and nobody else's from a channel that they left."""
    if left:
        row = row | dict.fromkeys(QUOTING.get(table, ()), LEFT_OUT)
    own, signatures = OWN.get(table), SIGNED.get(table, ())
    hidden = {"team", *HIDDEN.get(table, ()), *(own.hidden if own else ())}
    names = {*(own.columns if own else ()), *(one.column for one in signatures)}
    written = {note for one in signatures if row[one.column] != user for note in one.notes}
    # A draft of somebody else's, whose thread the person muted, or a thumb of somebody else's on the person's draft.
    foreign = own is not None and not any(row[name] == user for name in own.columns)
    kept = {*table.primary_key.columns.keys(), *names} if foreign else set(row)
    return {
        name: _ELSE if name in names and value not in ("", "-", user) else value
        for name, value in row.items()
        if name in kept and name not in hidden | written
    }
