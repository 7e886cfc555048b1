"""Installations by OAuth, encrypted."""

from __future__ import annotations

import errno
import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.core.errors import Locked, PersonCanFix
from bot.core.installing import ANYBODY, Admission, Guest, Home, Installation, Installed
from bot.core.watching import HOLDS, Trust
from bot.core.words import doctor as words
from bot.store.database import ProcessLock, open_to_others, why_unusable
from bot.store.migrate import is_up_to_date
from bot.store.settings import SettingValueStore
from bot.store.tables import CLOCKS, COVERED_TEAMS, INSTALLATIONS, PRESENCE

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.installing import Diagnosis
    from bot.core.ports import Clock
    from bot.store.database import Connection, Database, Vault


_LEASE = 60.0
"""Seconds after which a renewal counts as left behind by a process that died."""
_STAMPS = sa.select(INSTALLATIONS.c.enterprise, INSTALLATIONS.c.team, INSTALLATIONS.c.stamp).where(
    ~INSTALLATIONS.c.waits, INSTALLATIONS.c.bundle != ""
)
_GUESTS = sa.select(
    *(INSTALLATIONS.c[name] for name in ("enterprise", "team", "installed_at", "waits")),
    (INSTALLATIONS.c.bundle == "").label("revoked"),
).order_by(INSTALLATIONS.c.installed_at)
_COVERED = sa.select(COVERED_TEAMS.c.team, COVERED_TEAMS.c.enterprise)
_KEY = ("enterprise", "team")


class InstallationStore:
    """The `Installations` port."""

    def __init__(self, database: Database, vault: Vault, clock: Clock, allowed: frozenset[str] = frozenset()) -> None:
        """``allowed`` are ids of workspaces and organisations that need no operator's yes, or `ANYBODY`."""
        self._database = database
        self._allowed = allowed
        self._vault = vault
        self._clock = clock

    async def save(self, installation: Installation) -> Admission:
        content = {"bundle": self._locked(installation), "user": installation.user, "renewing_at": 0.0}
        content |= {"installed_at": installation.installed_at, "stamp": token_hex(8)}
        async with self._database.write() as connection:
            admission = await self._admission(connection, installation.home)
            content["waits"] = admission is not Admission.ALLOWED
            insert = self._database.insert(INSTALLATIONS).values(_key(installation.home) | content)
            if not installation.home.is_organisation:  # the workspace may have moved into an organisation
                await connection.execute(sa.delete(INSTALLATIONS).where(_is(installation.home)))
            await connection.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=content))
        await self._database.wipe()
        return admission

    async def guests(self) -> list[Guest]:
        """All installations, those that wait too, the oldest first."""
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(_GUESTS)).mappings().all()
        return [
            Guest(Home(row["team"], row["enterprise"]), row["installed_at"], row["waits"], revoked=row["revoked"])
            for row in rows
        ]

    async def allow(self, ids: frozenset[str]) -> int:
        """Let those wait no longer: workspaces, organisations with all their workspaces, or `ANYBODY`. How many."""
        ids -= {""}  # every organisation has that for its team
        named = INSTALLATIONS.c.team.in_(ids) | INSTALLATIONS.c.enterprise.in_(ids)
        which = INSTALLATIONS.c.waits if ANYBODY in ids else INSTALLATIONS.c.waits & named
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(sa.update(INSTALLATIONS).where(which).values(waits=False))).rowcount

    async def _admission(self, connection: Connection, home: Home) -> Admission:
        """An organisation that is allowed brings all its workspaces."""
        if self._allowed & {ANYBODY, home.team or ANYBODY, home.enterprise or ANYBODY}:
            return Admission.ALLOWED
        whole = _is(Home("", home.enterprise)) if home.enterprise else sa.false()
        query = sa.select(INSTALLATIONS.c.waits).where(_is(home) | whole)
        before = (await connection.execute(query)).scalars().all()
        if not all(before):
            return Admission.ALLOWED
        return Admission.STILL_WAITS if before else Admission.WAITS

    async def installed(self) -> Installed:
        async with self._database.read() as connection:
            stamps = (await connection.execute(_STAMPS)).mappings().all()
            covered = (await connection.execute(_COVERED)).mappings().all()
        homes = {Home(row["team"], row["enterprise"]): row["stamp"] for row in stamps}
        return Installed(homes, {row["team"]: row["enterprise"] for row in covered})

    async def find(self, home: Home) -> Installation | None:
        query = sa.select(*(INSTALLATIONS.c[name] for name in (*_KEY, "bundle"))).where(_is(home))
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(query)).mappings().first()
        return self._opened(Home(row["team"], row["enterprise"]), row["bundle"]) if row and row["bundle"] else None

    async def cover(self, team: str, enterprise: str) -> None:
        insert = self._database.insert(COVERED_TEAMS).values(team=team, enterprise=enterprise)
        async with self._database.write(alone=True) as connection:
            await connection.execute(
                insert.on_conflict_do_update(index_elements=("team",), set_={"enterprise": enterprise})
            )

    async def may_renew(self, home: Home) -> bool:
        now = self._clock.now()
        # One from the future was made before the clock was set back.
        past, future = INSTALLATIONS.c.renewing_at <= now - _LEASE, INSTALLATIONS.c.renewing_at > now + _LEASE
        free = _is(home) & (past | future)
        async with self._database.write(alone=True) as connection:
            taken = await connection.execute(sa.update(INSTALLATIONS).where(free).values(renewing_at=now))
            return taken.rowcount > 0

    async def renewed(self, installation: Installation) -> None:
        """Keep an exchanged token, unless Candor was removed, disabled or installed anew meanwhile."""
        same = _is(installation.home) & (INSTALLATIONS.c.installed_at == installation.installed_at)
        same &= INSTALLATIONS.c.bundle != ""
        values = {"bundle": self._locked(installation), "stamp": token_hex(8), "renewing_at": 0.0}
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.update(INSTALLATIONS).where(same).values(values))

    async def disable(self, home: Home, at: float) -> bool:
        """Forget its token, which no longer works, and keep its place; False where there was none from before ``at``.

        Whoever was allowed stays so and needs no other yes to install it again.
        """
        older = _is(home) & (INSTALLATIONS.c.installed_at <= at) & (INSTALLATIONS.c.bundle != "")
        values = {"bundle": "", "stamp": token_hex(8), "renewing_at": 0.0}
        async with self._database.write(alone=True) as connection:
            changed = (await connection.execute(sa.update(INSTALLATIONS).where(older).values(values))).rowcount
        await self._database.wipe()
        return changed > 0

    async def remove(self, home: Home, at: float) -> tuple[str, ...] | None:
        """Remove it; the workspaces it was for. None where one stays, whose moment of installing is after ``at``.

        Safe to repeat, and right without an installation, too: then the home's workspace came by a token.
        """
        older = _is(home) & ((INSTALLATIONS.c.installed_at <= at) | (INSTALLATIONS.c.bundle == ""))
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.delete(INSTALLATIONS).where(older))
        left, homes = await self.installed(), {guest.home for guest in await self.guests()}
        if any(_covers(one, home) for one in homes):
            return None
        if not home.is_organisation:
            return (home.team,)
        own = {one.team for one in homes}
        mine = (team for team, enterprise in left.covered.items() if enterprise == home.enterprise)
        return tuple(team for team in mine if team not in own)

    async def use_newest_key(self) -> int:
        """Encrypt anew what an older key encrypted; how many that were. What no key opens stays as it is."""
        async with self._database.write() as connection:
            older = [row for row in await _bundles(connection) if not self._vault.is_newest(row["bundle"])]
            opened = [(row, self._text(row["bundle"])) for row in older]
            for row, text in opened:
                if text:
                    same = _is(Home(row["team"], row["enterprise"]))
                    locked = self._vault.lock(text)
                    await connection.execute(sa.update(INSTALLATIONS).where(same).values(bundle=locked))
        return sum(bool(text) for _, text in opened)

    async def on_older_keys(self) -> int:
        """How many are not encrypted with the newest key."""
        async with self._database.read(alone=True) as connection:
            query = sa.select(INSTALLATIONS.c.bundle).where(INSTALLATIONS.c.bundle != "")
            bundles = (await connection.execute(query)).scalars().all()
        return sum(not self._vault.is_newest(bundle) for bundle in bundles)

    def _text(self, bundle: str) -> str:
        try:
            return self._vault.open(bundle)
        except Locked:
            return ""

    def _locked(self, installation: Installation) -> str:
        return self._vault.lock(json.dumps(asdict(installation)))

    def _opened(self, home: Home, bundle: str) -> Installation:
        """The home is part of what is encrypted, so that no row can be exchanged for another one."""
        content: dict[str, Any] = json.loads(self._vault.open(bundle))
        content |= {"home": Home(**content["home"]), "scopes": tuple(content["scopes"])}
        installation = Installation(**content)
        if installation.home != home:
            raise Locked
        return installation


async def _bundles(connection: Connection) -> list[dict[str, Any]]:
    query = sa.select(INSTALLATIONS.c.enterprise, INSTALLATIONS.c.team, INSTALLATIONS.c.bundle)
    there = query.where(INSTALLATIONS.c.bundle != "").with_for_update()
    return [dict(row) for row in (await connection.execute(there)).mappings()]


def _key(home: Home) -> dict[str, Any]:
    return {"enterprise": home.enterprise, "team": home.team}


def _is(home: Home) -> sa.ColumnElement[bool]:
    """A workspace keeps its id when it moves into an organisation."""
    if home.is_organisation:
        return (INSTALLATIONS.c.enterprise == home.enterprise) & (INSTALLATIONS.c.team == "")
    return INSTALLATIONS.c.team == home.team


def _covers(one: Home, other: Home) -> bool:
    same_team = bool(other.team) and one.team == other.team
    return same_team or (one.is_organisation and bool(other.enterprise) and one.enterprise == other.enterprise)


# What the doctor asks the database. It changes nothing, also while a Candor runs.

_LEAST = 500_000_000
"""Bytes: far more than a day's drafts need, so that there is time to do something."""


class _NotKept(Exception):
    """Ends a transaction so that nothing of it is kept."""


def look_at_folder(folder: Path) -> Diagnosis | None:
    """Before a first start there is only the folder to look at; None where there is a database already."""
    nearest = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        return words.folder_unusable(str(nearest))
    return None if (folder / "candor.db").exists() else words.database_new(str(folder))


def look_at_lock(folder: Path) -> Diagnosis:
    """Whether a Candor runs on SQLite's files."""
    return words.lock(held=ProcessLock(folder).is_held())


def look_at_modes(folder: Path) -> Diagnosis:
    """Whether the folder and its files are the owner's alone."""
    try:
        found = open_to_others(folder)
    except OSError as error:
        return words.folder_unread(str(folder), os.strerror(error.errno or errno.EIO))
    return words.files_open(str(folder), found) if found else words.files_private(str(folder))


def look_at_space(folder: Path, least: int = _LEAST) -> Diagnosis:
    """Whether the disk under the folder, which need not be there yet, has ``least`` bytes left."""
    nearest = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    try:
        free = shutil.disk_usage(nearest).free
    except OSError as error:
        return words.folder_unread(str(nearest), os.strerror(error.errno or errno.EIO))
    return words.disk_full(str(folder), free) if free < least else words.disk_holds(str(folder), free)


async def look_at_database(database: Database) -> Diagnosis:
    """Whether it can be reached, has the right tables, and takes what is written."""
    try:
        if not await is_up_to_date(database):
            return words.database_behind(sqlite=database.is_sqlite)
    except PersonCanFix:
        return words.database_ahead()
    except (SQLAlchemyError, OSError) as error:
        return words.database_away(why_unusable(error) or type(error).__name__)
    try:
        with suppress(_NotKept):
            async with database.write() as connection:
                await _write_in_vain(connection)
    except (SQLAlchemyError, OSError) as error:
        return words.database_read_only(type(error).__name__)
    return words.database_works()


async def _write_in_vain(connection: Connection) -> None:
    await connection.execute(sa.insert(PRESENCE).values(team="", alive_at=0.0))
    raise _NotKept


_ROOM = sa.text("""
SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
  - coalesce(current_setting('reserved_connections', true), '0')::int
""")


async def look_at_connections(database: Database, processes: int, *, each: int) -> Diagnosis:
    """Whether PostgreSQL has connections enough for so many processes."""
    async with database.read() as connection:
        most = int((await connection.execute(_ROOM)).scalar_one())
    fits = processes * each <= most
    return (words.connections_fit if fits else words.connections_short)(processes, each, most)


async def look_at_retention(database: Database) -> list[Diagnosis]:
    """Whether deleting what is old waits, because the clock moved; call it where the tables are up to date."""
    query = sa.select(CLOCKS).where(CLOCKS.c.jump != 0)
    async with database.read() as connection:
        rows = (await connection.execute(query)).mappings().all()
    waiting = [one for one in (Trust(row["seen"], row["since"], row["jump"]) for row in rows) if not one.holds]
    if not waiting:
        return []
    last = max(waiting, key=lambda one: one.since)
    return [words.retention_waits(last.jump, last.since + HOLDS)]


async def own_channels(database: Database, team: str) -> str | None:
    """The channels that a workspace switched on by itself; None where it did not, or where that cannot be read."""
    try:
        if await is_up_to_date(database):
            return (await SettingValueStore(database).of(team)).get("draft_channels")
    except (PersonCanFix, SQLAlchemyError, OSError):  # told already by the check of the database
        return None
    return None


async def look_at_keys(store: InstallationStore) -> list[Diagnosis]:
    """Whether the keys open every installation."""
    homes = (await store.installed()).stamps
    lost: list[Diagnosis] = []
    for home in homes:
        try:
            await store.find(home)
        except Locked:
            lost.append(words.key_misses(home.key))
    older = await store.on_older_keys() - len(lost)
    fit = [words.keys_fit(len(homes) - len(lost))] if len(homes) > len(lost) else []
    return [*lost, *fit, *([words.key_is_old(older)] if older else [])]
