"""Audits asked for in Slack, and what is done of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.brand.audit import Audit, AuditState, PointPlace, as_stored, from_stored
from bot.core.brand.overnight import Night
from bot.core.guidelines import Severity
from bot.store.database import storable
from bot.store.tables import AUDIT_RESULTS, AUDITS, drafts_by, is_alive

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.core.brand.audit import AuditedPost, AuditResult
    from bot.store.database import Database


class AuditStore:
    """The `Audits` port. Words stand in results alone, which go when an audit ends, and with the draft they are of.

    That a report may quote a draft is known also when that is erased: it goes with the author's data.
    Of points that people can name later, ids, hashes and places stay with the audit and the draft.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, team: str, audit: Audit) -> None:
        insert = self._database.insert(AUDITS).values(_row(team, audit)).on_conflict_do_nothing()
        async with self._database.write(alone=True) as connection:
            await connection.execute(insert)

    async def find(self, team: str, audit_id: str) -> Audit | None:
        query = sa.select(AUDITS).where(_one(team, audit_id))
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(query)).mappings().first()
        return _audit(dict(row)) if row else None

    async def note(self, team: str, audit: Audit, before: Audit) -> bool:
        async with self._database.write() as connection:
            query = sa.select(AUDITS).where(_one(team, audit.id)).with_for_update()
            row = (await connection.execute(query)).mappings().first()
            if row is None or _audit(dict(row)) != before:
                return False
            await connection.execute(sa.update(AUDITS).where(_one(team, audit.id)).values(_row(team, audit)))
            return True

    async def results(self, team: str, audit_id: str) -> dict[str, AuditResult]:
        done = _of(team, audit_id) & _IS_DONE
        query = sa.select(AUDIT_RESULTS.c.key, AUDIT_RESULTS.c.result).where(done)
        rows = await self._database.aside(lambda plain: plain.execute(query).all())
        return {key: from_stored(result) for key, result in rows}

    async def keep(self, team: str, audit_id: str, done: Sequence[tuple[AuditedPost, AuditResult]]) -> None:
        async with self._database.write() as connection:
            rows = [
                {"team": team, "draft_id": one.draft_id, "audit": audit_id, "key": one.key, "result": as_stored(result)}
                for one, result in done
                if not one.draft_id or await is_alive(connection, one.draft_id)
            ]
            if rows:
                insert = self._database.insert(AUDIT_RESULTS)
                anew = {"result": insert.excluded.result}
                names = ("team", "draft_id", "audit", "key")
                await connection.execute(insert.values(rows).on_conflict_do_update(index_elements=names, set_=anew))

    async def keep_places(self, team: str, places: Sequence[PointPlace]) -> None:
        async with self._database.write() as connection:
            alive = {one: await is_alive(connection, one) for one in {place.draft_id for place in places} - {""}}
            rows = [_placed(team, one) for one in places if alive.get(one.draft_id, True)]
            insert = self._database.insert(AUDIT_RESULTS)
            anew, names = {"result": insert.excluded.result}, ("team", "draft_id", "audit", "key")
            for start in range(0, len(rows), _AT_ONCE):
                some = insert.values(rows[start : start + _AT_ONCE])
                await connection.execute(some.on_conflict_do_update(index_elements=names, set_=anew))

    async def finish(self, team: str, audit: Audit, quoted: Collection[str] | None = None) -> bool:
        mine = _of(team, audit.id)
        known = mine & AUDIT_RESULTS.c.result.is_(None)
        rows = [{"team": team, "draft_id": one, "audit": audit.id, "key": "", "result": None} for one in quoted or ()]
        async with self._database.write() as connection:
            there = await connection.execute(sa.update(AUDITS).where(_one(team, audit.id)).values(_row(team, audit)))
            await connection.execute(sa.delete(AUDIT_RESULTS).where(mine, _IS_DONE))
            if quoted is not None and not audit.round:  # what an earlier round's report quotes stands there still
                await connection.execute(sa.delete(AUDIT_RESULTS).where(known, AUDIT_RESULTS.c.draft_id.not_in(quoted)))
            for start in range(0, len(rows), _AT_ONCE):
                some = self._database.insert(AUDIT_RESULTS).values(rows[start : start + _AT_ONCE])
                await connection.execute(some.on_conflict_do_nothing())
            if not there.rowcount:
                await connection.execute(sa.delete(AUDIT_RESULTS).where(mine))
        await self._database.wipe()
        return bool(there.rowcount)

    async def places(self, team: str, ids: Collection[str]) -> tuple[PointPlace, ...]:
        named = (AUDIT_RESULTS.c.team == team) & AUDIT_RESULTS.c.key.in_(ids) & _IS_PLACE
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(sa.select(AUDIT_RESULTS).where(named))).mappings().all()
        return tuple(_place(row) for row in rows)

    async def overnight(self, team: str) -> tuple[Audit, ...]:
        query = sa.select(AUDITS).where(AUDITS.c.team == team, AUDITS.c.night.is_not(None))
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(_audit(dict(row)) for row in rows)

    async def about(self, team: str, user: str) -> tuple[str, ...]:
        theirs = drafts_by(team, user)
        quoting = sa.select(AUDIT_RESULTS.c.audit).where(
            AUDIT_RESULTS.c.team == team, AUDIT_RESULTS.c.draft_id.in_(theirs)
        )
        mine = (AUDITS.c.team == team) & ((AUDITS.c.user == user) | AUDITS.c.id.in_(quoting))
        async with self._database.read(alone=True) as connection:
            return tuple((await connection.execute(sa.select(AUDITS.c.id).where(mine).order_by(AUDITS.c.at))).scalars())

    async def remove(self, team: str, audit_id: str) -> None:
        async with self._database.write() as connection:
            await connection.execute(sa.delete(AUDIT_RESULTS).where(_of(team, audit_id)))
            await connection.execute(sa.delete(AUDITS).where(_one(team, audit_id)))
        await self._database.wipe()

    async def forget_stale(self, before: float) -> None:
        """Delete what is done of audits that began before then and never came to an end: nobody goes on with them."""
        old = sa.select(AUDITS.c.id).where(AUDITS.c.at < before, AUDITS.c.team == AUDIT_RESULTS.c.team)
        stale = _IS_DONE & AUDIT_RESULTS.c.audit.in_(old)
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.delete(AUDIT_RESULTS).where(stale))


_AT_ONCE = 1000
"""Rows of one statement: a database takes so many values."""
_IS_DONE = sa.cast(AUDIT_RESULTS.c.result, sa.Text).like("[%")
"""A result; what stays of a point that people can name is an object."""
_IS_PLACE = sa.cast(AUDIT_RESULTS.c.result, sa.Text).like("{%")


def _placed(team: str, one: PointPlace) -> dict[str, Any]:
    row = asdict(one) | {"severity": one.severity.value}
    named = {"team": team, "draft_id": row.pop("draft_id"), "audit": row.pop("audit"), "key": row.pop("id")}
    return named | {"result": row | {"post": row.pop("key")}}


def _place(row: sa.RowMapping) -> PointPlace:
    kept = dict(row["result"])
    key, severity = kept.pop("post"), Severity(kept.pop("severity"))
    return PointPlace(row["key"], row["audit"], key, draft_id=row["draft_id"], severity=severity, **kept)


def _one(team: str, audit_id: str) -> sa.ColumnElement[bool]:
    return (AUDITS.c.team == team) & (AUDITS.c.id == audit_id)


def _of(team: str, audit_id: str) -> sa.ColumnElement[bool]:
    return (AUDIT_RESULTS.c.team == team) & (AUDIT_RESULTS.c.audit == audit_id)


def _row(team: str, audit: Audit) -> dict[str, Any]:
    row = asdict(audit) | {"team": team, "state": audit.state.value, "uploads": [*audit.uploads]}
    return row | {"name": storable(audit.name)}


def _audit(row: dict[str, Any]) -> Audit:
    del row["team"]
    row |= {"state": AuditState(row["state"]), "uploads": tuple(row["uploads"])}
    if night := row["night"]:
        row["night"] = Night(**night | {name: tuple(night[name]) for name in ("batches", "holds")})
    return Audit(**row)
