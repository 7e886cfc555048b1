"""One database, SQLite or PostgreSQL, behind the same few calls."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import create_async_engine

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_PATIENCE = "busy_timeout=30000"
_PRAGMAS = (
    _PATIENCE,
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "secure_delete=ON",
    "temp_store=MEMORY",  # a sort must leave no text in a temporary file
)
logging.getLogger("aiosqlite").setLevel(logging.INFO)  # its debug log quotes every value
_BEGIN = "candor_begin"
"""The execution option that says how SQLite begins a transaction; "" begins none."""
_READ = {True: {_BEGIN: "BEGIN"}, False: {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}}
_WRITE = {True: {_BEGIN: "BEGIN IMMEDIATE"}, False: dict[str, str]()}
_CONNECTIONS = 16
_WIPES, _PAUSE = 5, 0.05
"""How often a truncation is tried, and the seconds between."""


class Database:
    """Connections for reading and for writing. SQLite has one writer at a time, PostgreSQL many."""

    def __init__(self, url: str) -> None:
        """``url`` is ``sqlite:///...`` (its folder exists) or ``postgresql://...``."""
        address = sa.make_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self._engine = create_async_engine(
            address.set(drivername="sqlite+aiosqlite" if self.is_sqlite else "postgresql+psycopg"),
            pool_pre_ping=not self.is_sqlite,
            pool_size=_CONNECTIONS,
            max_overflow=0,  # a connection beyond the pool is set up anew each time, which costs more than to wait
            hide_parameters=True,
        )
        event.listen(self._engine.sync_engine, "handle_error", _hide_values)
        self._writer = asyncio.Lock()
        if self.is_sqlite:
            _prepare_sqlite(self._engine)

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A connection whose reads all see the same moment."""
        async with self._engine.connect() as connection:
            await connection.execution_options(**_READ[self.is_sqlite])
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that is kept when the block ends without an error. Not to be nested."""
        if not self.is_sqlite:
            async with self._engine.begin() as connection:
                yield connection
            return
        # Writers queue here and not in SQLite, where each would poll and hold a thread.
        async with self._writer, self._engine.connect() as connection:
            await connection.execution_options(**_WRITE[True])
            async with connection.begin():
                yield connection

    async def wipe(self) -> bool:
        """After a deletion: remove the old pages that SQLite's write-ahead log still holds.

        False where a reader stood in the way; the next call finishes it, and so does closing the database.
        """
        if not self.is_sqlite:
            return True
        async with self._writer:
            for _ in range(_WIPES):
                if await self._truncate():
                    return True
                await asyncio.sleep(_PAUSE)
        return False

    async def _truncate(self) -> bool:
        async with self._engine.connect() as connection:
            await connection.execution_options(**{_BEGIN: ""})
            await connection.exec_driver_sql("PRAGMA busy_timeout=0")  # while it waits, nobody can write
            try:
                busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
            finally:
                await connection.exec_driver_sql(f"PRAGMA {_PATIENCE}")
            return not busy

    def insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT in this database's dialect."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def _hide_values(context: ExceptionContext) -> None:
    """An error must never quote a draft, but PostgreSQL's quote the row that they refuse."""
    context.original_exception.args = (type(context.original_exception).__name__,)
    if context.sqlalchemy_exception:
        context.sqlalchemy_exception.args = context.original_exception.args


def _prepare_sqlite(engine: AsyncEngine) -> None:
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)


def _set_up(connection: DBAPIConnection, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    if begin := options.get(_BEGIN, "BEGIN"):
        connection.exec_driver_sql(begin)
