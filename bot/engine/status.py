"""What jobs there are, read from outside a running engine, and changed there."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient
from sqlalchemy.exc import ProgrammingError

from bot.core.operating import JobSeen, JobState, QueueSeen, StepSeen
from bot.engine.jobs import ALIVE, KINDS, EngineLimits, sqlite_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_STATES = {
    "ENQUEUED": JobState.WAITING,
    "DELAYED": JobState.WAITING,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.DONE,
    "CANCELLED": JobState.CANCELLED,
}
"""Every other status is a failure."""
_COLUMNS = (
    "workflow_uuid",
    "status",
    "name",
    "queue_name",
    "created_at",
    "updated_at",
    "recovery_attempts",
    "delay_until_epoch_ms",
    "started_at_epoch_ms",
    "completed_at",
    "error",
    "output",
    "owner_xid",
)
_SHOWN = 8
"""Of these, that tell how a job stands; what it gave or raised is nobody's business here."""
_STEPS = ("workflow_uuid", "function_id", "function_name", "error", "started_at_epoch_ms", "completed_at_epoch_ms")
_MILLI = 1_000
_QUEUES = {kind.name: kind.queue for kind in KINDS.values()}


def migrate_jobs(url: str) -> None:
    """Bring the engine's tables on PostgreSQL up to date."""
    DBOS.migrate(url)


class JobTables:
    """The engine's tables. It may run meanwhile, in this or in other processes; it need not be there at all."""

    def __init__(self, url: str, *, dead: float = EngineLimits().dead) -> None:
        """``dead`` is after how many seconds of silence a process on PostgreSQL counts as gone."""
        self._url, self._dead = url, dead
        self._is_sqlite = sa.make_url(url).get_backend_name() == "sqlite"
        schema = None if self._is_sqlite else "dbos"
        self._jobs = sa.table("workflow_status", *map(sa.column, _COLUMNS), schema=schema)
        self._steps = sa.table("operation_outputs", *map(sa.column, _STEPS), schema=schema)

    async def queues(self, now: float) -> list[QueueSeen]:
        """What is due or runs, by queue; what began without one counts as of its kind's."""
        jobs = self._jobs.c
        due = (
            sa.func.max(jobs.created_at, jobs.delay_until_epoch_ms)
            if self._is_sqlite
            else sa.func.greatest(jobs.created_at, jobs.delay_until_epoch_ms)
        )
        due = sa.func.coalesce(due, jobs.created_at)
        waits = jobs.status.in_(("ENQUEUED", "DELAYED")) & (due <= now * _MILLI)
        queue = sa.func.coalesce(jobs.queue_name, sa.case(_QUEUES, value=jobs.name, else_=""))
        query = sa.select(
            queue.label("queue_name"),
            sa.func.sum(sa.case((waits, 1), else_=0)).label("waiting"),
            sa.func.sum(sa.case((jobs.status == "PENDING", 1), else_=0)).label("running"),
            sa.func.min(sa.case((waits, due))).label("oldest"),
        )
        query = query.where(jobs.status.in_(ALIVE)).group_by(queue)
        return [
            QueueSeen(row["queue_name"] or "", int(row["waiting"]), int(row["running"]), oldest=_seconds(row["oldest"]))
            for row in await self._rows(query.order_by("queue_name"))
        ]

    async def failed(self, since: float) -> list[JobSeen]:
        """What failed since then, the latest first."""
        jobs = self._jobs.c
        query = self._every().where(jobs.status.not_in(tuple(_STATES)), jobs.updated_at >= since * _MILLI)
        return [_job(row) for row in await self._rows(query.order_by(jobs.updated_at.desc()))]

    async def cancelled(self, since: float) -> list[JobSeen]:
        """What was cancelled since then, the latest first."""
        jobs = self._jobs.c
        query = self._every().where(jobs.status == "CANCELLED", jobs.updated_at >= since * _MILLI)
        return [_job(row) for row in await self._rows(query.order_by(jobs.updated_at.desc()))]

    async def open(self, most: int) -> list[JobSeen]:
        """What waits or runs, the oldest first."""
        jobs = self._jobs.c
        query = self._every().where(jobs.status.in_(ALIVE))
        return [_job(row) for row in await self._rows(query.order_by(jobs.created_at).limit(most))]

    async def about(self, draft: str) -> list[JobSeen]:
        """The jobs with that key, or about that draft, the oldest first."""
        key = self._jobs.c.workflow_uuid
        inside, last = f":{draft}:", f":{draft}"
        named = (key == draft) | key.contains(inside, autoescape=True) | key.endswith(last, autoescape=True)
        query = self._every().where(named).order_by(self._jobs.c.created_at)
        return [_job(row) for row in await self._rows(query)]

    async def keys(self, prefix: str) -> list[str]:
        """The keys of all jobs that begin so."""
        key = self._jobs.c.workflow_uuid
        rows = await self._rows(sa.select(key).where(key.startswith(prefix, autoescape=True)))
        return [row["workflow_uuid"] for row in rows]

    async def steps(self, key: str) -> list[StepSeen]:
        """The steps of a job that ended, in their order."""
        steps = self._steps.c
        query = sa.select(self._steps).where(steps.workflow_uuid == key).order_by(steps.function_id)
        return [_step(row) for row in await self._rows(query)]

    async def workers(self) -> int | None:
        """How many processes give signs of life; None on SQLite, where there is at most one."""
        if self._is_sqlite:
            return None
        beats = sa.text("SELECT count(*) AS n FROM candor_beats WHERE beat > now() - make_interval(secs => :dead)")
        try:
            rows = await self._rows(beats.bindparams(dead=self._dead))
        except ProgrammingError:  # nothing has ever run here
            return 0
        return int(rows[0]["n"])

    async def cancel(self, key: str) -> None:
        """Let a job end: a running step still finishes, no other begins."""
        await self._change(lambda client: client.cancel_workflow(key))

    async def retry(self, key: str) -> None:
        """Run a job that failed or was cancelled again in its queue, behind the steps that it has done.

        DBOS resumes what was cancelled only, and forks what failed under a key that says nothing of its workspace.
        """
        jobs, steps = self._jobs.c, self._steps.c
        fresh = dict.fromkeys(("error", "output", "completed_at", "started_at_epoch_ms", "owner_xid"))
        # A job that began without a queue has no line in one; in this queue nobody needs one.
        queue = sa.func.coalesce(jobs.queue_name, KINDS["refresh"].queue)
        again = fresh | {"status": "ENQUEUED", "recovery_attempts": 0, "queue_name": queue}
        ended = jobs.status.not_in((*ALIVE, "SUCCESS"))

        def change() -> None:
            with self._open() as engine, engine.begin() as connection:
                changed = connection.execute(
                    sa.update(self._jobs).where(jobs.workflow_uuid == key, ended).values(again)
                )
                if changed.rowcount:
                    failed = (steps.workflow_uuid == key) & steps.error.is_not(None)
                    connection.execute(sa.delete(self._steps).where(failed))

        await asyncio.to_thread(change)

    def _every(self) -> sa.Select[Any]:
        return sa.select(*(self._jobs.c[name] for name in _COLUMNS[:_SHOWN]))

    async def _rows(self, query: sa.Executable) -> list[sa.RowMapping]:
        def read() -> list[sa.RowMapping]:
            with self._open() as engine, engine.connect() as connection:
                return list(connection.execute(query).mappings())

        return await asyncio.to_thread(read)

    async def _change(self, work: Callable[[DBOSClient], object]) -> None:
        def change() -> None:
            with self._open() as engine:
                client = DBOSClient(system_database_engine=engine, retry_connection_errors=False)
                try:
                    work(client)
                finally:
                    client.destroy()

        await asyncio.to_thread(change)

    @contextmanager
    def _open(self) -> Generator[sa.Engine]:
        address = sa.make_url(self._url)
        if self._is_sqlite:
            engine = sqlite_engine(self._url)
        else:
            engine = sa.create_engine(address.set(drivername="postgresql+psycopg"), pool_size=1, hide_parameters=True)
        try:
            yield engine
        finally:
            engine.dispose()


def _job(row: sa.RowMapping) -> JobSeen:
    asked = float(row["created_at"]) / _MILLI
    return JobSeen(
        row["workflow_uuid"],
        row["name"],
        _STATES.get(row["status"], JobState.FAILED),
        asked=asked,
        due=max(asked, _seconds(row["delay_until_epoch_ms"]) or 0.0),
        changed=float(row["updated_at"]) / _MILLI,
        starts=int(row["recovery_attempts"] or 0),
    )


def _step(row: sa.RowMapping) -> StepSeen:
    begun, ended = _seconds(row["started_at_epoch_ms"]), _seconds(row["completed_at_epoch_ms"])
    seconds = None if begun is None or ended is None else max(0.0, ended - begun)
    return StepSeen(row["function_name"], seconds, row["error"] is not None)


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else float(milliseconds) / _MILLI
