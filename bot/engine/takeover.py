"""Signs of life between processes that share a PostgreSQL database. The engine itself knows none."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from bot.core.errors import once_there_is_room

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine.interfaces import DBAPIConnection

    TakeOver = Callable[[list[str]], None]

_LOG = logging.getLogger(__name__)
_CREATE_BEATS = "CREATE TABLE IF NOT EXISTS candor_beats (executor_id text PRIMARY KEY, beat timestamptz NOT NULL)"
_BEAT = "INSERT INTO candor_beats VALUES (:me, now()) ON CONFLICT (executor_id) DO UPDATE SET beat = now()"
_BURY = "DELETE FROM candor_beats WHERE beat < now() - interval '1 day'"
_DEAD = """
SELECT DISTINCT w.executor_id FROM dbos.workflow_status w LEFT JOIN candor_beats b USING (executor_id)
WHERE w.status = 'PENDING' AND (b.beat IS NULL OR (:judges AND b.beat < now() - make_interval(secs => :dead)))
"""
"""Who left has no sign of life any more; who is silent has an old one."""
_AWAY = ("connection is bad", "failed to resolve host")
"""A server whose socket or name is away, in psycopg's words: to DBOS they end a job for good."""
_BREAK = 0.6
"""The part of a deadly silence after which one's own signs of life are no unbroken line."""


def connect_once_there_is_room(engine: sa.Engine) -> None:
    """In a thread of DBOS or of the heartbeat, never in the event loop."""

    def connect(dialect: sa.Dialect, _: object, args: list[Any], named: dict[str, Any]) -> DBAPIConnection:
        try:
            return once_there_is_room(lambda: dialect.connect(*args, **named), threading.Event().wait)
        except dialect.loaded_dbapi.OperationalError as error:
            said = str(error)
            if not any(words in said for words in _AWAY):
                raise
            message = f"connection failed: {said}"  # words that DBOS waits for
            raise type(error)(message) from error

    event.listen(engine, "do_connect", connect)


class Heartbeat:
    """Signs of life on PostgreSQL, and taking over the jobs of a process that gives none any more."""

    def __init__(self, url: str, executor: str, rhythm: tuple[float, float], take_over: TakeOver) -> None:
        """``rhythm`` is (seconds between two signs, seconds of silence after which a process is dead)."""
        address = sa.make_url(url).set(drivername="postgresql+psycopg")
        self._engine = sa.create_engine(address, pool_size=1, pool_pre_ping=True, hide_parameters=True)
        connect_once_there_is_room(self._engine)
        self._me = {"me": executor}
        self._every, self._dead_after = rhythm
        self._since = self._last = float("-inf")
        """From when to when the database took this process's own signs of life without a break."""
        self._take_over = take_over
        self._thread = ThreadPoolExecutor(1, "heartbeat")  # its own: DBOS's may be busy
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        await self._do(self._first_beat)

    def keep(self) -> None:
        """Go on giving them and look for dead processes, once the engine runs."""
        self._task = asyncio.create_task(self._watch())

    async def end(self) -> None:
        """Leave: whatever this process did not finish is taken over at once."""
        if self._task:
            self._task.cancel()
        with suppress(SQLAlchemyError):  # a database that is away finds out by itself
            await self._do(self._goodbye)
        self._thread.shutdown(wait=False)
        self._engine.dispose()

    async def _watch(self) -> None:
        while True:
            try:
                await self._do(self._beat)
            except SQLAlchemyError as error:  # a database that is away comes back
                _LOG.warning("no sign of life could be given: %s", type(error).__name__)
            await asyncio.sleep(self._every)

    async def _do(self, work: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _first_beat(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(726_002)"))  # two at once may both create
            connection.execute(sa.text(_CREATE_BEATS))
            connection.execute(sa.text(_BEAT), self._me)

    def _beat(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.text(_BEAT), self._me)
            connection.execute(sa.text(_BURY))
            known = {"judges": self._may_judge(time.monotonic()), "dead": self._dead_after}
            dead = list(connection.execute(sa.text(_DEAD), known).scalars())
        if dead:
            _LOG.warning("taking over the jobs of %s", ", ".join(dead))
            self._take_over(dead)

    def _may_judge(self, now: float) -> bool:
        """Only who could write all the time may take others' silence for death: the database may have stood still."""
        if now - self._last > _BREAK * self._dead_after:
            self._since = now
        self._last = now
        return now - self._since >= self._dead_after

    def _goodbye(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM candor_beats WHERE executor_id = :me"), self._me)
