"""Exceptions to guidelines in the database."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.digest import Lapse
from bot.core.exception import GuidelineException, Scope
from bot.core.verdict import Reason
from bot.store.decision_tables import EXCEPTIONS

if TYPE_CHECKING:
    from bot.core.ports import Clock
    from bot.store.connection import Connection
    from bot.store.database import Database

_LASTS = EXCEPTIONS.c.lifted_at.is_(None) & (
    EXCEPTIONS.c.expires_at.is_(None) | (EXCEPTIONS.c.expires_at > sa.bindparam("now"))
)
_OF = sa.select(EXCEPTIONS).where(EXCEPTIONS.c.team == sa.bindparam("team"), _LASTS)
_IN_FORCE = _OF.order_by(EXCEPTIONS.c.created_at.desc(), EXCEPTIONS.c.id)


class ExceptionTable:
    """The `ExceptionStore` port, and the digest's `Exceptions`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, exception: GuidelineException) -> None:
        """Keep a new one; one whose id is known changes nothing."""
        insert = self._database.insert(EXCEPTIONS).values(asdict(exception))
        async with self._database.write() as connection:
            await connection.execute(insert.on_conflict_do_nothing())

    async def of(self, team: str) -> tuple[GuidelineException, ...]:
        """Those in force, the newest first."""
        async with self._database.read() as connection:
            return await exceptions_in_force(connection, team, self._clock.now())

    async def find(self, team: str, exception_id: str) -> GuidelineException | None:
        """One of them, in force or not, or None."""
        async with self._database.read() as connection:
            row = (await connection.execute(sa.select(EXCEPTIONS).where(_is(team, exception_id)))).mappings().first()
            return _exception(row) if row else None

    async def lift(self, team: str, exception_id: str, user: str) -> bool:
        """End one that is in force; False where there is none."""
        now = self._clock.now()
        ended = sa.update(EXCEPTIONS).where(_is(team, exception_id), _LASTS).values(lifted_at=now, lifted_by=user)
        async with self._database.write() as connection:
            return (await connection.execute(ended, {"now": now})).rowcount == 1

    async def forget(self, team: str, user: str) -> int:
        """Delete who made them, and what that person wrote to explain it; how many they were. They stay in force."""
        own = (EXCEPTIONS.c.team == team) & (EXCEPTIONS.c.author == user)
        ended = (EXCEPTIONS.c.team == team) & (EXCEPTIONS.c.lifted_by == user)
        async with self._database.write() as connection:
            blank = sa.update(EXCEPTIONS).where(own).values(author="", note="")
            forgotten = (await connection.execute(blank)).rowcount
            await connection.execute(sa.update(EXCEPTIONS).where(ended).values(lifted_by=""))
        await self._database.wipe()
        return forgotten

    async def lapsing(self, team: str, until: float) -> tuple[Lapse, ...]:
        """Those in force now that end before then, the earliest first."""
        ends = [(one.expires_at, one.guideline) for one in await self.of(team) if one.expires_at is not None]
        return tuple(Lapse(guideline, at) for at, guideline in sorted(ends) if at < until)


async def exceptions_in_force(connection: Connection, team: str, now: float) -> tuple[GuidelineException, ...]:
    """The workspace's exceptions at this moment, the newest first."""
    rows = (await connection.execute(_IN_FORCE, {"team": team, "now": now})).mappings()
    return tuple(_exception(row) for row in rows)


def _is(team: str, exception_id: str) -> sa.ColumnElement[bool]:
    return (EXCEPTIONS.c.team == team) & (EXCEPTIONS.c.id == exception_id)


def _exception(row: sa.RowMapping) -> GuidelineException:
    fields: dict[str, Any] = {**row, "scope": Scope(row["scope"]), "reason": Reason(row["reason"])}
    return GuidelineException(**fields)
