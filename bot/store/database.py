"""One database, SQLite or PostgreSQL, behind the same few calls."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.postgres import PostgreSQL
from bot.store.sqlite import SQLite

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from bot.store.connection import Connection, Connections


_DISK = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO)
_SQLITE = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EROFS,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_IOERR": errno.EIO,
}
"""SQLite's names for what the disk does, by their beginning."""


def why_unusable(error: BaseException) -> str:
    """What the disk does to the database's files, in the system's words; "" where the error is another one."""
    seen: BaseException | None = error
    while seen is not None:
        name = str(getattr(seen, "sqlite_errorname", ""))
        number = next((number for begin, number in _SQLITE.items() if name.startswith(begin)), None)
        if number is None and isinstance(seen, OSError) and seen.errno in _DISK:
            number = seen.errno
        if number is not None:
            return os.strerror(number)
        seen = seen.__cause__ or seen.__context__
    return ""


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
