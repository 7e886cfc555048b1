"""The brands' fact sheets."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.brand.facts import Fact, FactChange, FactKind, in_order
from bot.store.tables import FACT_CHANGES, FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.database import Database

_MOST = 1000
"""Entries of the audit that a workspace keeps."""
_COLUMNS = tuple(column for column in FACTS.columns if column.name != "team")
_OF = sa.select(*_COLUMNS).where(FACTS.c.team == sa.bindparam("team"))


class FactStore:
    """The `KeptFacts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, team: str) -> tuple[Fact, ...]:
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(_OF, {"team": team})).mappings()
            return in_order(_fact(dict(row)) for row in rows)

    async def save(self, team: str, facts: Sequence[Fact], gone: Sequence[str], changes: Sequence[FactChange]) -> None:
        """Keep facts, delete those whose ids are ``gone``, and note it: all or nothing. The latest notes stay."""
        async with self._database.write() as connection:
            for fact in facts:
                row = asdict(fact) | {"kind": fact.kind.value, "markets": list(fact.markets)}
                insert = self._database.insert(FACTS).values(team=team, **row)
                await connection.execute(insert.on_conflict_do_update(index_elements=("team", "id"), set_=row))
            for fact_id in gone:
                await connection.execute(sa.delete(FACTS).where(FACTS.c.team == team, FACTS.c.id == fact_id))
            for change in changes:
                insert = self._database.insert(FACT_CHANGES).values(team=team, **asdict(change))
                await connection.execute(insert.on_conflict_do_nothing())
            mine = FACT_CHANGES.c.team == team
            last = sa.select(FACT_CHANGES.c.at).where(mine).order_by(FACT_CHANGES.c.at.desc()).offset(_MOST - 1)
            older = mine & (FACT_CHANGES.c.at < last.limit(1).scalar_subquery())
            await connection.execute(sa.delete(FACT_CHANGES).where(older))
        if gone:
            await self._database.wipe()

    async def changes(self, team: str, most: int) -> tuple[FactChange, ...]:
        columns = (FACT_CHANGES.c[name] for name in ("fact", "act", "old", "new", "user", "at"))
        query = sa.select(*columns).where(FACT_CHANGES.c.team == team)
        latest = query.order_by(FACT_CHANGES.c.at.desc(), FACT_CHANGES.c.fact).limit(most)
        async with self._database.read() as connection:
            return tuple(FactChange(**row) for row in (await connection.execute(latest)).mappings())


def _fact(row: dict[str, Any]) -> Fact:
    row |= {"kind": FactKind(row["kind"]), "markets": tuple(row["markets"])}
    return Fact(**row)
