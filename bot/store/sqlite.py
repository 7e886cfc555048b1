"""SQLite, called in the event loop itself: a statement takes less time than handing it to a thread and back."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Concatenate

import sqlalchemy as sa
from sqlalchemy import event

from bot.store.connection import P, T, hide_values

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    from sqlalchemy.engine.interfaces import DBAPIConnection

_PATIENCE = "busy_timeout=2000"
"""Milliseconds. Only a stranger can hold the file (see `bot.store.lock`), and the event loop waits for it."""
_PRAGMAS = (
    _PATIENCE,
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "secure_delete=ON",
    "temp_store=MEMORY",  # a sort must leave no text in a temporary file
)
_WIPES, _PAUSE = 5, 0.05
"""How often a truncation is tried, and the seconds between."""


class SQLiteConnection:
    """The `Connection` port on a connection that does not wait."""

    def __init__(self, plain: sa.Connection) -> None:
        self._plain = plain

    async def execute(
        self, statement: sa.Executable, parameters: Mapping[str, object] | None = None, /
    ) -> sa.CursorResult[Any]:
        """Run a statement at once."""
        return self._plain.execute(statement, parameters)

    async def run_sync(
        self, work: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function on the plain connection."""
        return work(self._plain, *args, **kwargs)


class SQLite:
    """The `Connections` port on a file. It has one writer at a time."""

    def __init__(self, address: sa.URL) -> None:
        """``address`` names a file in a folder that exists."""
        # Reads that another task interrupts are rare, and to wait for a free connection would stop the loop.
        self._engine = sa.create_engine(address, pool_size=4, max_overflow=-1, hide_parameters=True)
        event.listen(self._engine, "connect", _set_up)
        event.listen(self._engine, "handle_error", hide_values)
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[SQLiteConnection]:
        """A connection whose reads all see the same moment."""
        with self._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("BEGIN")
            yield SQLiteConnection(connection)

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[SQLiteConnection]:
        """A transaction. Writers queue here and not in SQLite, which would stop the loop."""
        async with self._writer:
            with self._engine.begin() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield SQLiteConnection(connection)

    async def wipe(self) -> bool:
        """Remove the old pages that the write-ahead log still holds; False where a reader stood in the way.

        Closing the database removes them too.
        """
        async with self._writer:
            for _ in range(_WIPES):
                if await asyncio.to_thread(self._truncate):
                    return True
                await asyncio.sleep(_PAUSE)
        return False

    def _truncate(self) -> bool:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=0")  # while it waits, nobody can write
            try:
                return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
            finally:
                connection.exec_driver_sql(f"PRAGMA {_PATIENCE}")

    async def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _set_up(connection: DBAPIConnection, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
