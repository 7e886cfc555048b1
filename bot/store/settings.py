"""Settings of workspaces."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from math import inf
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.core.settings import SettingChange
from bot.store.tables import INSTALLATIONS, MEANT_CHANNELS, METADATA, SETTING_CHANGES, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.dialects import postgresql, sqlite

    from bot.store.database import Database


# Workspaces' settings in the database.

_GOOD = 1.0
"""Seconds that values which were read count as those in force."""
_MOST = 1000
"""Entries of the audit that a workspace keeps."""
_OF = sa.select(SETTINGS.c.field, SETTINGS.c.value).where(SETTINGS.c.team == sa.bindparam("team"))


class _Overtaken(Exception):
    """Undoes the transaction: somebody else changed the same setting meanwhile."""


class SettingValueStore:
    """The `SettingValues` port.

    A review asks for them seven times, so what was read a moment ago is still good: what another process or a deletion
    changes is seen a second later, what is changed here at once.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[str, tuple[float, dict[str, str]]] = {}
        self._saves = 0

    async def of(self, team: str) -> dict[str, str]:
        """The values that were set in the workspace."""
        read_at, values = self._read.get(team, (-inf, {}))
        now, saves = asyncio.get_running_loop().time(), self._saves
        if now - read_at > _GOOD:
            async with self._database.read(alone=True) as connection:
                rows = (await connection.execute(_OF, {"team": team})).mappings()
                values = {row["field"]: row["value"] for row in rows}
            if saves == self._saves:  # else they may be from before
                self._read[team] = now, values
        return dict(values)

    async def save(
        self,
        team: str,
        values: Mapping[str, str],
        changes: tuple[SettingChange, ...],
        seen: Mapping[str, str] | None = None,
    ) -> bool:
        """Keep the values and the entries of the audit, all or nothing; of the audit only the latest."""
        try:
            await self._save(team, values, changes, seen=seen)
        except _Overtaken:
            return False
        finally:
            self._saves += 1
            self._read.pop(team, None)
        return True

    def _set(
        self, team: str, name: str, value: str, seen: Mapping[str, str] | None
    ) -> sqlite.Insert | postgresql.Insert:
        """The database itself compares: in PostgreSQL a second writer waits here until the first one is done."""
        insert = self._database.insert(SETTINGS).values(team=team, field=name, value=value)
        if seen is not None and name not in seen:
            return insert.on_conflict_do_nothing()
        as_seen = None if seen is None else SETTINGS.c.value == seen[name]
        return insert.on_conflict_do_update(index_elements=("team", "field"), set_={"value": value}, where=as_seen)

    async def _save(
        self,
        team: str,
        values: Mapping[str, str],
        changes: tuple[SettingChange, ...],
        *,
        seen: Mapping[str, str] | None,
    ) -> None:
        async with self._database.write() as connection:
            for name, value in sorted(values.items()):  # in one order, or two writers wait for each other
                insert = self._set(team, name, value, seen=seen).returning(SETTINGS.c.field)
                if not (await connection.execute(insert)).first():
                    raise _Overtaken
            for change in changes:
                insert = self._database.insert(SETTING_CHANGES).values(team=team, **asdict(change))
                await connection.execute(insert.on_conflict_do_nothing())
            if changes:
                mine = SETTING_CHANGES.c.team == team
                last = (
                    sa.select(SETTING_CHANGES.c.at).where(mine).order_by(SETTING_CHANGES.c.at.desc()).offset(_MOST - 1)
                )
                older = mine & (SETTING_CHANGES.c.at < last.limit(1).scalar_subquery())
                await connection.execute(sa.delete(SETTING_CHANGES).where(older))

    async def changes(self, team: str, most: int) -> tuple[SettingChange, ...]:
        columns = (SETTING_CHANGES.c[name] for name in ("field", "old", "new", "user", "at"))
        query = sa.select(*columns).where(SETTING_CHANGES.c.team == team)
        latest = query.order_by(SETTING_CHANGES.c.at.desc(), SETTING_CHANGES.c.field).limit(most)
        async with self._database.read() as connection:
            return tuple(SettingChange(**row) for row in (await connection.execute(latest)).mappings())


# Everything of a workspace, whichever table holds it.


class WorkspaceStore:
    """The `Workspaces` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def erase(self, team: str) -> None:
        """Delete all of a workspace for good, except for installations: those go by themselves."""
        async with self._database.write() as connection:
            for table in METADATA.sorted_tables:
                if table is not INSTALLATIONS:
                    await connection.execute(sa.delete(table).where(table.c.team == team))
        await self._database.wipe()


# Which channels names in the settings mean.


class MeantChannelStore:
    """The `MeantChannels` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, team: str) -> dict[str, str]:
        query = sa.select(MEANT_CHANNELS.c.name, MEANT_CHANNELS.c.channel).where(MEANT_CHANNELS.c.team == team)
        async with self._database.read(alone=True) as connection:
            return {row["name"]: row["channel"] for row in (await connection.execute(query)).mappings()}

    async def keep(self, team: str, meant: Mapping[str, str]) -> None:
        here = MEANT_CHANNELS.c.team == team
        async with self._database.write() as connection:
            await connection.execute(sa.delete(MEANT_CHANNELS).where(here, MEANT_CHANNELS.c.name.not_in(meant)))
            for name, channel in sorted(meant.items()):  # one order, so that no two processes wait for each other
                insert = self._database.insert(MEANT_CHANNELS).values(team=team, name=name, channel=channel)
                same = ("team", "name")
                await connection.execute(insert.on_conflict_do_update(index_elements=same, set_={"channel": channel}))
