"""The database: SQLite or PostgreSQL, its connections, its lock, its encryption, and what the doctor asks of it."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import json
import os
import time
from contextlib import asynccontextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DisconnectionError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlalchemy.util import await_only

from bot.core.errors import Locked, PersonCanFix, once_there_is_room
from bot.core.words import installing as words
from bot.core.words.installing import AWAY, DAMAGED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncGenerator, Callable, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from cryptography.fernet import Fernet, MultiFernet
    from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
    from sqlalchemy.ext.asyncio import AsyncConnection


# What the stores ask of a database and of its connections.

P = ParamSpec("P")
T = TypeVar("T")


class Connection(Protocol):
    """A connection inside a transaction; SQLAlchemy's `AsyncConnection` is one."""

    async def execute(
        self, statement: sa.Executable, parameters: Mapping[str, object] | None = None, /
    ) -> sa.CursorResult[Any]:
        """Run a statement; all its rows are there when this returns."""
        ...

    async def run_sync(
        self, work: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function that wants SQLAlchemy's plain connection."""
        ...


class ConnectionPool(Protocol):
    """The connections of one kind of database."""

    def read(self, *, alone: bool = False) -> AbstractAsyncContextManager[Connection]:
        """A connection whose reads all see the same moment."""
        ...

    def write(self, *, alone: bool = False) -> AbstractAsyncContextManager[Connection]:
        """A transaction that is kept when the block ends without an error. Not to be nested."""
        ...

    async def aside(self, work: Callable[[sa.Connection], T]) -> T:
        """Reads that take long, all of the same moment. The event loop goes on meanwhile."""
        ...

    async def wipe(self) -> bool:
        """Remove what a deletion left outside the tables; False where that has to be tried again."""
        ...

    async def close(self) -> None: ...


def hide_values(context: ExceptionContext) -> None:
    """An error must never quote a draft, but PostgreSQL's quote the row that they refuse."""
    context.original_exception.args = (type(context.original_exception).__name__,)
    if context.sqlalchemy_exception:
        context.sqlalchemy_exception.args = context.original_exception.args


def storable(text: str) -> str:
    """Without what no database holds: NUL and halves of surrogate pairs. Offsets stay the same."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


_ESCAPES = ("\\u0000", "\\ud")
"""How JSON begins a NUL and halves of surrogate pairs."""


def as_json(value: object) -> str:
    """A value of a JSON column, also `storable`: PostgreSQL takes a NUL there and then reads nothing beside it."""
    made = json.dumps(value)
    return json.dumps(_storable_in(value)) if any(one in made for one in _ESCAPES) else made


def _storable_in(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {_storable_in(name): _storable_in(one) for name, one in cast("dict[Any, Any]", value).items()}
    return [_storable_in(one) for one in cast("list[Any]", value)] if isinstance(value, list | tuple) else value


# SQLite, called in the event loop itself: a statement takes less time than handing it to a thread and back.

_SQLITE_PATIENCE = "busy_timeout=2000"
"""Milliseconds. Only a stranger can hold the file (see `bot.store.database`), and the event loop waits for it."""
_PRAGMAS = (
    _SQLITE_PATIENCE,
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
        return self._plain.execute(statement, parameters)

    async def run_sync(
        self, work: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return work(self._plain, *args, **kwargs)


class SQLite:
    """The `Connections` port on a file. It has one writer at a time."""

    def __init__(self, address: sa.URL) -> None:
        """``address`` names a file in a folder that exists."""
        # Reads that another task interrupts are rare, and to wait for a free connection would stop the loop.
        self._engine = sa.create_engine(
            address, pool_size=4, max_overflow=-1, hide_parameters=True, json_serializer=as_json
        )
        event.listen(self._engine, "connect", _set_up)
        event.listen(self._engine, "handle_error", hide_values)
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def read(self, *, alone: bool = False) -> AsyncGenerator[SQLiteConnection]:
        del alone  # to begin and to end costs nothing here
        with self._engine.connect() as connection, connection.begin():
            _begin(connection)
            yield SQLiteConnection(connection)

    @asynccontextmanager
    async def write(self, *, alone: bool = False) -> AsyncGenerator[SQLiteConnection]:
        """A transaction. Writers queue here and not in SQLite, which would stop the loop."""
        del alone
        async with self._writer:
            with self._engine.begin() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield SQLiteConnection(connection)

    async def aside(self, work: Callable[[sa.Connection], T]) -> T:
        """Reads that take long, in a thread: SQLite lets go of Python's lock for each statement."""

        def read() -> T:
            with self._engine.connect() as connection, connection.begin():
                connection.exec_driver_sql("BEGIN")
                return work(connection)

        return await asyncio.to_thread(read)

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
                connection.exec_driver_sql(f"PRAGMA {_SQLITE_PATIENCE}")

    async def close(self) -> None:
        self._engine.dispose()


def _begin(connection: sa.Connection) -> None:
    """Straight to the driver: on SQLAlchemy's way it takes ten times as long, and a review reads twenty times.

    It touches no file and so cannot fail.
    """
    cast("sqlite3.Connection", connection.connection.dbapi_connection).execute("BEGIN")


def _set_up(connection: DBAPIConnection, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


# PostgreSQL: many writers, on many machines.

_CONNECTIONS = 9
_REST = 1.0
"""Seconds after which a connection may have been closed by the server."""
_CLOSED = "the database is closed"
_POSTGRES_PATIENCE = 6.0
"""Seconds that connections in use are waited for at the end: psycopg gives a server 5 to end a cancelled statement."""


class PostgreSQL:
    """The `Connections` port on a server."""

    def __init__(self, address: sa.URL, connections: int) -> None:
        self._engine = create_async_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_size=connections,
            max_overflow=0,  # a connection beyond the pool is set up anew each time, which costs more than to wait
            hide_parameters=True,
            json_serializer=as_json,
        )
        event.listen(self._engine.sync_engine, "handle_error", hide_values)
        event.listen(self._engine.sync_engine, "do_connect", self._connect)
        ping_after_a_rest(self._engine.sync_engine)
        self._alone = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._is_closed = False

    @asynccontextmanager
    async def read(self, *, alone: bool = False) -> AsyncGenerator[AsyncConnection]:
        if alone:
            async with self._alone.connect() as connection:
                yield connection
            return
        async with self._engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def write(self, *, alone: bool = False) -> AsyncGenerator[AsyncConnection]:
        async with (self._alone if alone else self._engine).begin() as connection:
            yield connection

    async def aside(self, work: Callable[[sa.Connection], T]) -> T:
        """Reads that take long: the server does them."""
        async with self.read() as connection:
            return await connection.run_sync(work)

    async def wipe(self) -> bool:
        """Nothing to do: what was deleted goes with the server's own vacuum."""
        return True

    async def close(self) -> None:
        """Close every connection, also of work that was just cancelled: it gives back its own a moment later."""
        pool = self._engine.sync_engine.pool
        with suppress(TimeoutError):
            async with asyncio.timeout(_POSTGRES_PATIENCE):
                while isinstance(pool, QueuePool) and pool.checkedout():  # noqa: ASYNC110 - the pool tells nobody
                    await asyncio.sleep(0.01)
        self._is_closed = True
        await self._engine.dispose()

    def _connect(self, dialect: sa.Dialect, _: object, args: list[Any], named: dict[str, Any]) -> DBAPIConnection:
        if self._is_closed:  # whoever comes late would open one that nobody closes
            raise InvalidRequestError(_CLOSED)
        return once_there_is_room(
            lambda: dialect.connect(*args, **named), lambda seconds: await_only(asyncio.sleep(seconds))
        )


def ping_after_a_rest(engine: sa.Engine) -> None:
    """See whether the server still knows a connection, but not at each of many uses one after the other."""

    def left(_: object, record: ConnectionPoolEntry) -> None:
        record.info["left"] = time.monotonic()

    def taken(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
        if time.monotonic() - record.info.get("left", float("inf")) > _REST:
            try:
                engine.dialect.do_ping(connection)
            except Exception:  # noqa: BLE001 - whatever it is, a new connection is made
                raise DisconnectionError from None

    event.listen(engine, "checkin", left)
    event.listen(engine, "checkout", taken)


# One database, SQLite or PostgreSQL, behind the same few calls.

_DISK = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO)
_SQLITE = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EROFS,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_IOERR": errno.EIO,
    "SQLITE_BUSY": errno.EBUSY,
}
"""SQLite's names for what the disk does, by their beginning."""
_BROKEN = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_REFUSED = ("08", "28", "3D", "53300", "57P")
"""What begins PostgreSQL's numbers for no connection: broken, not allowed, no such database, no room, shutting down."""


def why_unusable(error: BaseException) -> str:
    """`AWAY`, `DAMAGED` or what the disk does to the database's files, in the system's words; "" for another error."""
    seen: BaseException | None = error
    while seen is not None:
        if reason := _reason(seen):
            return reason
        seen = seen.__cause__ or seen.__context__
    return ""


def _reason(error: BaseException) -> str:
    name = str(getattr(error, "sqlite_errorname", ""))
    number = next((number for begin, number in _SQLITE.items() if name.startswith(begin)), None)
    if number is None and isinstance(error, OSError) and error.errno in _DISK:
        number = error.errno
    if number is not None:
        return os.strerror(number)
    if name.startswith(_BROKEN):
        return DAMAGED
    # Of a server that can't be reached there's no number: nobody was there to give one.
    is_server = type(error).__module__.startswith("psycopg") and type(error).__name__ == "OperationalError"
    return AWAY if is_server or str(getattr(error, "sqlstate", "")).startswith(_REFUSED) else ""


class Database:
    """Connections for reading and for writing."""

    def __init__(self, url: str, connections: int = _CONNECTIONS) -> None:
        """``url`` is ``sqlite:///...`` (its folder exists) or ``postgresql://...``, with so many ``connections``."""
        address = sa.make_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self._connections: ConnectionPool = SQLite(address) if self.is_sqlite else PostgreSQL(address, connections)

    def read(self, *, alone: bool = False) -> AbstractAsyncContextManager[Connection]:
        """``alone``: for one statement, which needs no transaction around it; PostgreSQL is asked once, not thrice."""
        return self._connections.read(alone=alone)

    def write(self, *, alone: bool = False) -> AbstractAsyncContextManager[Connection]:
        """``alone``: the same."""
        return self._connections.write(alone=alone)

    async def aside(self, work: Callable[[sa.Connection], T]) -> T:
        return await self._connections.aside(work)

    async def wipe(self) -> bool:
        """After a deletion: remove what it left outside the tables.

        False where a reader stood in the way; the next call finishes it, and so does closing the database.
        """
        return await self._connections.wipe()

    async def answers(self) -> bool:
        """True where it can be read at this moment."""
        try:
            async with self.read() as connection:
                await connection.execute(sa.select(1))
        except (SQLAlchemyError, OSError):
            return False
        return True

    def insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT in this database's dialect."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    async def close(self) -> None:
        await self._connections.close()


# One process for each data folder: SQLite's files belong to one Candor at a time.


class ProcessLock:
    """Holds a folder for this process. The system lets go of it when the process ends, however it ends.

    Not for network file systems.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Take hold of the folder, making it where there is none.

        Raises `PersonCanFix` where somebody else has it, or nothing can be written there.
        """
        try:
            own_folder(self._folder)
            file = (self._folder / "candor.lock").open("ab")
        except OSError as error:
            reason = os.strerror(error.errno or errno.EIO)
            raise PersonCanFix(words.folder_unusable(str(self._folder), reason)) from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise PersonCanFix(words.folder_taken(str(self._folder))) from None
        self._file = file

    def is_held(self) -> bool:
        """True where a process has it. Makes and changes nothing."""
        try:
            with (self._folder / "candor.lock").open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # nobody ever had it
            return False
        return False

    async def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


def open_to_others(folder: Path) -> tuple[str, ...]:
    """What of the folder, by name ("." is the folder itself), other accounts of the machine may read or change."""
    parts = sorted(one for one in folder.iterdir() if one.is_file())
    return tuple("." if path is folder else path.name for path in (folder, *parts) if path.stat().st_mode & 0o077)


def own_folder(folder: Path) -> None:
    """Make the folder where there is none, and keep it from every other account of the machine.

    What is stored are drafts, decisions and conversations. Files made from now on are the owner's alone; those of
    earlier versions are made so.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in (folder, *(one for one in folder.iterdir() if one.is_file())):
        if path.stat().st_mode & 0o077 and path.stat().st_uid == os.getuid():
            path.chmod(path.stat().st_mode & 0o700)


# Encryption of what would open a workspace to a thief of the database.


def new_key() -> str:
    """A key that nobody else has."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - 8 MB, for those alone who have keys

    return Fernet.generate_key().decode()


class Vault:
    """Encrypts with the first of its keys, decrypts with any of them."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        """``keys`` are checked already; without any, nothing can be locked or opened."""
        self._keys: MultiFernet | None = None
        self._newest: Fernet | None = None
        if keys:
            from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415 - see `new_key`

            self._keys, self._newest = MultiFernet([Fernet(key) for key in keys]), Fernet(keys[0])

    def lock(self, text: str) -> str:
        if self._keys is None:
            raise Locked
        return self._keys.encrypt(text.encode()).decode()

    def open(self, locked: str) -> str:
        """The text again. Raises `Locked` where none of the keys fits."""
        opened = _opened(self._keys, locked)
        if opened is None:
            raise Locked
        return opened

    def is_newest(self, locked: str) -> bool:
        """True where the newest key locked it."""
        return _opened(self._newest, locked) is not None


def _opened(keys: Fernet | MultiFernet | None, locked: str) -> str | None:
    """The text, None where no key fits."""
    if keys is None:
        return None
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - see `new_key`

    try:
        return keys.decrypt(locked.encode()).decode()
    except InvalidToken:
        return None
