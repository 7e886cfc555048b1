"""Workspaces' own guidelines."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.brand.own_guidelines import (
    IN_FORCE,
    FineSentence,
    GuidelineAct,
    GuidelineChange,
    GuidelineTrial,
    GuidelineVersion,
    Hit,
    KeptGuideline,
    KeptSet,
    TrialState,
    TriedExample,
)
from bot.store.database import storable
from bot.store.tables import (
    GUIDELINE_CHANGES,
    GUIDELINE_EXAMPLES,
    GUIDELINE_SWITCHES,
    GUIDELINE_TRIALS,
    GUIDELINE_VERSIONS,
    is_alive,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.store.database import Connection, Database


_TEAM: sa.BindParameter[str] = sa.bindparam("team")
_COLUMNS = ("guideline", "number", "text", "user", "at")


def _versions() -> sa.Select[Any]:
    return sa.select(*(GUIDELINE_VERSIONS.c[name] for name in _COLUMNS)).where(GUIDELINE_VERSIONS.c.team == _TEAM)


_OTHER = GUIDELINE_VERSIONS.alias()
_NEWEST = (
    sa.select(sa.func.max(_OTHER.c.number))
    .where(_OTHER.c.team == GUIDELINE_VERSIONS.c.team, _OTHER.c.guideline == GUIDELINE_VERSIONS.c.guideline)
    .scalar_subquery()
)
_ON = (
    sa.select(GUIDELINE_SWITCHES.c.version)
    .where(
        GUIDELINE_SWITCHES.c.team == GUIDELINE_VERSIONS.c.team,
        GUIDELINE_SWITCHES.c.guideline == GUIDELINE_VERSIONS.c.guideline,
    )
    .scalar_subquery()
)
_LIVE = _versions().where((GUIDELINE_VERSIONS.c.number == _NEWEST) | (GUIDELINE_VERSIONS.c.number == _ON))
_SWITCHES = sa.select(GUIDELINE_SWITCHES).where(GUIDELINE_SWITCHES.c.team == _TEAM)
_FINE = (
    sa.select(*(GUIDELINE_EXAMPLES.c[name] for name in ("guideline", "draft_id", "text", "platform")))
    .where(GUIDELINE_EXAMPLES.c.team == _TEAM)
    .order_by(GUIDELINE_EXAMPLES.c.guideline, GUIDELINE_EXAMPLES.c.draft_id, GUIDELINE_EXAMPLES.c.text)
)
_ANY = sa.exists().where(GUIDELINE_VERSIONS.c.team == _TEAM)
_NUMBER = sa.select(sa.func.count().label("number"), _ANY.label("any")).where(
    GUIDELINE_CHANGES.c.team == _TEAM, GUIDELINE_CHANGES.c.act.in_([act.value for act in IN_FORCE])
)


class OwnGuidelineStore:
    """The `KeptGuidelines` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, team: str) -> KeptSet:
        """All of the workspace's; what is read together belongs together."""
        key = {"team": team}
        async with self._database.read(alone=True) as connection:
            known = (await connection.execute(_NUMBER, key)).mappings().one()
        if not known["any"]:  # as in most workspaces
            return KeptSet(int(known["number"]))
        async with self._database.read() as connection:
            found = [GuidelineVersion(**row) for row in (await connection.execute(_LIVE, key)).mappings()]
            number = int((await connection.execute(_NUMBER, key)).mappings().one()["number"])
            switches = {row["guideline"]: row for row in (await connection.execute(_SWITCHES, key)).mappings()}
            fine = [FineSentence(**row) for row in (await connection.execute(_FINE, key)).mappings()]
        kept: list[KeptGuideline] = []
        for guideline in sorted({version.guideline for version in found}):
            known = {version.number: version for version in found if version.guideline == guideline}
            switch = switches.get(guideline)
            on = known.get(switch["version"]) if switch else None
            by, at = (switch["user"], switch["at"]) if switch else ("", 0.0)
            mine = tuple(one for one in fine if one.guideline == guideline)
            kept.append(KeptGuideline(known[max(known)], on, by, at=at, fine=mine))
        return KeptSet(number, tuple(kept))

    async def versions(self, team: str, guideline: str) -> tuple[GuidelineVersion, ...]:
        query = _versions().where(GUIDELINE_VERSIONS.c.guideline == guideline)
        latest = query.order_by(GUIDELINE_VERSIONS.c.number.desc())
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(latest, {"team": team})).mappings()
            return tuple(GuidelineVersion(**row) for row in rows)

    async def save(self, team: str, version: GuidelineVersion, change: GuidelineChange) -> GuidelineVersion:
        """Keep a new version and the entry of the audit: all or nothing. Safe to repeat.

        The number is taken in the transaction: in PostgreSQL a second writer waits for the row of the first one.
        """
        async with self._database.write() as connection:
            while (kept := await self._kept(connection, team, version)) is None:
                version = replace(version, number=version.number + 1)
            await self._note(connection, team, replace(change, version=kept.number))
        return kept

    async def _kept(self, connection: Connection, team: str, version: GuidelineVersion) -> GuidelineVersion | None:
        """The version where it stands, or None where its number is another text's."""
        insert = self._database.insert(GUIDELINE_VERSIONS).values(team=team, **asdict(version))
        await connection.execute(insert.on_conflict_do_nothing())
        there = _versions().where(
            GUIDELINE_VERSIONS.c.guideline == version.guideline, GUIDELINE_VERSIONS.c.number == version.number
        )
        row = (await connection.execute(there, {"team": team})).mappings().first()
        return GuidelineVersion(**row) if row and row["text"] == version.text else None

    async def switch(self, team: str, change: GuidelineChange) -> None:
        version = change.version if change.act is GuidelineAct.SWITCHED_ON else 0
        values = {"version": version, "user": change.user, "at": change.at}
        insert = self._database.insert(GUIDELINE_SWITCHES).values(team=team, guideline=change.guideline, **values)
        async with self._database.write() as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=("team", "guideline"), set_=values))
            await self._note(connection, team, change)

    async def remove(self, team: str, change: GuidelineChange) -> None:
        async with self._database.write() as connection:
            for table in (GUIDELINE_VERSIONS, GUIDELINE_SWITCHES, GUIDELINE_EXAMPLES, GUIDELINE_TRIALS):
                mine = (table.c.team == team) & (table.c.guideline == change.guideline)
                await connection.execute(sa.delete(table).where(mine))
            await self._note(connection, team, change)
        await self._database.wipe()

    async def changes(self, team: str, most: int) -> tuple[GuidelineChange, ...]:
        names = ("guideline", "act", "title", "version", "user", "at")
        query = sa.select(*(GUIDELINE_CHANGES.c[name] for name in names)).where(GUIDELINE_CHANGES.c.team == team)
        latest = query.order_by(GUIDELINE_CHANGES.c.at.desc(), GUIDELINE_CHANGES.c.act).limit(most)
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(latest)).mappings()
            return tuple(_change(dict(row)) for row in rows)

    async def keep_fine(self, team: str, fine: Iterable[FineSentence]) -> None:
        async with self._database.write() as connection:
            for one in fine:
                if await is_alive(connection, one.draft_id):
                    values = {name: storable(value) for name, value in asdict(one).items()}
                    insert = self._database.insert(GUIDELINE_EXAMPLES).values(team=team, **values)
                    await connection.execute(insert.on_conflict_do_nothing())

    async def _note(self, connection: Connection, team: str, change: GuidelineChange) -> None:
        insert = self._database.insert(GUIDELINE_CHANGES).values(team=team, **asdict(change))
        await connection.execute(insert.on_conflict_do_nothing())


def _change(row: dict[str, Any]) -> GuidelineChange:
    row |= {"act": GuidelineAct(row["act"])}
    return GuidelineChange(**row)


# The latest trial of each guideline.


class TrialStore:
    """The `Trials` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, team: str, guideline: str) -> GuidelineTrial | None:
        query = sa.select(GUIDELINE_TRIALS).where(_of(team, guideline))
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(query)).mappings().first()
        return _trial(dict(row)) if row else None

    async def begin(self, team: str, trial: GuidelineTrial) -> None:
        values = asdict(trial)
        insert = self._database.insert(GUIDELINE_TRIALS).values(team=team, **values)
        async with self._database.write(alone=True) as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=("team", "guideline"), set_=values))

    async def note(self, team: str, trial: GuidelineTrial) -> bool:
        running = _of(team, trial.guideline) & (GUIDELINE_TRIALS.c.state == TrialState.RUNNING.value)
        same = running & (GUIDELINE_TRIALS.c.at == trial.at)
        async with self._database.write(alone=True) as connection:
            kept = await connection.execute(sa.update(GUIDELINE_TRIALS).where(same).values(asdict(trial)))
            return bool(kept.rowcount)

    async def stop(self, team: str, guideline: str) -> None:
        running = _of(team, guideline) & (GUIDELINE_TRIALS.c.state == TrialState.RUNNING.value)
        async with self._database.write(alone=True) as connection:
            stopped = sa.update(GUIDELINE_TRIALS).where(running).values(state=TrialState.STOPPED.value)
            await connection.execute(stopped)


def _of(team: str, guideline: str) -> sa.ColumnElement[bool]:
    return (GUIDELINE_TRIALS.c.team == team) & (GUIDELINE_TRIALS.c.guideline == guideline)


def _trial(row: dict[str, Any]) -> GuidelineTrial:
    del row["team"]
    row |= {"state": TrialState(row["state"]), "hits": tuple(Hit(**hit) for hit in row["hits"])}
    row["examples"] = tuple(TriedExample(**one) for one in row["examples"])
    return GuidelineTrial(**row)
