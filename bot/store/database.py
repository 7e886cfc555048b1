"""One database, SQLite or PostgreSQL, behind the same few calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.postgres import PostgreSQL
from bot.store.sqlite import SQLite

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from bot.store.connection import Connection, Connections


class Database:
    """Connections for reading and for writing."""

    def __init__(self, url: str) -> None:
        """``url`` is ``sqlite:///...`` (its folder exists) or ``postgresql://...``."""
        address = sa.make_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self._connections: Connections = SQLite(address) if self.is_sqlite else PostgreSQL(address)

    def read(self) -> AbstractAsyncContextManager[Connection]:
        """A connection whose reads all see the same moment."""
        return self._connections.read()

    def write(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction that is kept when the block ends without an error. Not to be nested."""
        return self._connections.write()

    async def wipe(self) -> bool:
        """After a deletion: remove what it left outside the tables.

        False where a reader stood in the way; the next call finishes it, and so does closing the database.
        """
        return await self._connections.wipe()

    def insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT in this database's dialect."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    async def close(self) -> None:
        """Close every connection."""
        await self._connections.close()
