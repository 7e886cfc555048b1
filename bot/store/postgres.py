"""PostgreSQL: many writers, on many machines."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import QueuePool

from bot.store.connection import hide_values

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import sqlalchemy as sa
    from sqlalchemy.ext.asyncio import AsyncConnection

_CONNECTIONS = 16
_PATIENCE = 2.0
"""Seconds that connections in use are waited for at the end."""


class PostgreSQL:
    """The `Connections` port on a server."""

    def __init__(self, address: sa.URL) -> None:
        self._engine = create_async_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            pool_size=_CONNECTIONS,
            max_overflow=0,  # a connection beyond the pool is set up anew each time, which costs more than to wait
            hide_parameters=True,
        )
        event.listen(self._engine.sync_engine, "handle_error", hide_values)

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A connection whose reads all see the same moment."""
        async with self._engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction."""
        async with self._engine.begin() as connection:
            yield connection

    async def wipe(self) -> bool:
        """Nothing to do: what was deleted goes with the server's own vacuum."""
        return True

    async def close(self) -> None:
        """Close every connection, also of work that was just cancelled: it gives back its own a moment later."""
        pool = self._engine.sync_engine.pool
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while isinstance(pool, QueuePool) and pool.checkedout():  # noqa: ASYNC110 - the pool tells nobody
                    await asyncio.sleep(0.01)
        await self._engine.dispose()
