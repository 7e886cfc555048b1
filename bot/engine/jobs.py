"""The `Jobs` port on DBOS: jobs that survive a crash, made of steps that are not repeated."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import socket
import time
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from dbos import DBOS, Serializer, SetEnqueueOptions, SetWorkflowID
from dbos import error as errors
from sqlalchemy import event

from bot.core.drafts import FIRST_REVISION
from bot.core.errors import UNDER_WAY, CandorError, TryLater, in_short
from bot.engine.takeover import Heartbeat, connect_once_there_is_room

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from dbos import DBOSConfig
    from sqlalchemy.engine.interfaces import DBAPIConnection

    from bot.core.conversing import Turn
    from bot.core.installing import Home
    from bot.core.ports import Step
    from bot.core.reviewing import ReviewJob


# What the engine may know: ids and results in a word, and of an error its class, never its words.

_LOG = logging.getLogger(__name__)


class WorkFailed(Exception):
    """Stands for an error; says its class, Slack's code for it, and where in Candor it happened.

    ``for_good`` is True for what would only come again; else ``after`` is the least pause in seconds.
    """

    def __init__(self, what: str, error: Exception) -> None:
        super().__init__(f"{what} failed: {in_short(error)}")
        self.for_good = isinstance(error, CandorError) and not isinstance(error, TryLater)
        self.after = error.after if isinstance(error, TryLater) else 0.0


async def scrubbed(what: str, work: Awaitable[str]) -> str:
    """The result of the work; whatever error it raises becomes a `WorkFailed`."""
    try:
        return await work
    except WorkFailed:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its words must not reach tables or logs
        failed = WorkFailed(what, error)
    _LOG.warning("%s", failed)
    raise failed  # here and not above, so that it does not carry the other one along


class IdsOnly(Serializer):
    """JSON instead of pickle: whoever can write the tables must not be able to run code."""

    def serialize(self, data: Any) -> str:  # noqa: ANN401 - the engine's own signature
        """Plain values; anything else is refused."""
        return json.dumps(data, default=_error_in_short)

    def deserialize(self, serialized_data: str) -> Any:  # noqa: ANN401 - the engine's own signature
        """What `serialize` was given; an error comes back as a RuntimeError."""
        return json.loads(serialized_data, object_hook=_or_error)

    def name(self) -> str:
        """Stands beside each value in the tables."""
        return "candor_ids"


def _error_in_short(value: object) -> dict[str, str]:
    """An error's class alone, except where it is known to quote nothing."""
    if isinstance(value, BaseException):
        return {"error": str(value) if isinstance(value, WorkFailed) else type(value).__name__}
    message = f"a job may carry ids only, not {type(value).__name__}"
    raise TypeError(message)


def _or_error(value: dict[str, Any]) -> dict[str, Any] | RuntimeError:
    return RuntimeError(value["error"]) if set(value) == {"error"} else value


# How much the engine does at once, and how patient it is.


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """How much runs at once, and how long things are waited for (seconds)."""

    per_process: int = 2048
    per_team: int = 1024
    """Most of them wait for the model, which limits by itself how much it is asked at once (`bot.flows.asking`)."""
    here: int = 512
    """Jobs under way in a process up to which it begins what it's asked for at once, without a queue."""
    here_of_many: int = 8
    """The same on PostgreSQL: whatever is more is shared with the other processes."""
    poll: float = 0.25
    """Between two looks at a queue: each costs a process more than anything else that it does while nobody writes."""
    poll_alone: float = 1.0
    """The same on SQLite for what begins without a queue as long as fewer than ``here`` are under way."""
    turn_poll: float = 0.25
    """Of conversations, which keep their order and so never begin without a queue."""
    removal_poll: float = 0.5
    first_pause: float = 1.0
    """Between the first two attempts of a step that failed; every later pause is twice as long."""
    longest_pause: float = 300.0
    patience: float = 240.0
    """After which a failing step of a review is given up; the sweep asks again later."""
    removal_patience: float = 24 * 3600.0
    """The same for all other jobs."""
    beat: float = 5.0
    """Between two signs of life on PostgreSQL."""
    dead: float = 20.0
    """After which a silent process's jobs are taken over; longer than any pause of a machine."""
    connections: int = 9
    """To PostgreSQL at most; one of them hears of messages to jobs."""


# The kinds of jobs, and what they do.

Flow = Callable[..., Awaitable[str]]
"""Gets a step runner and ids; gives in a word how it ended."""


def where_installed(settled: Callable[[str], Awaitable[bool]], run: Flow) -> Flow:
    """The same flow; a job of a workspace that Candor is no longer in ends at once.

    The first id that a job gets begins with its workspace. While it is not ``settled`` who some token is of, a job of
    an unknown workspace waits: not to know it is no reason to call its work done.
    """

    async def job(step: Step, first: str, *more: object) -> str:
        return await run(step, first, *more) if await settled(first.partition(":")[0]) else "not installed"

    return job


@dataclass(frozen=True, slots=True)
class Flows:
    """What each kind of job does; None where this process does not know."""

    review: Flow | None = None
    private: Flow | None = None
    refresh: Flow | None = None
    remove_reply: Flow | None = None
    digest: Flow | None = None
    leave: Flow | None = None
    converse: Flow | None = None
    hush: Flow | None = None
    export: Flow | None = None
    forget: Flow | None = None
    expire: Flow | None = None
    introduce: Flow | None = None
    facts: Flow | None = None
    trial: Flow | None = None
    guidelines: Flow | None = None
    audit: Flow | None = None
    book: Flow | None = None


_REVIEWS, _REFRESHES, _ERRANDS, _TURNS = "reviews", "refreshes", "errands", "converse"
"""Every queue is asked for work by a thread of its own, so all that nobody watches shares the errands."""


class Kind(NamedTuple):
    """``name`` is stored with every job and never changes. A ``lasting`` one is tried for a day.

    Of the others a sweep asks for another round after some minutes. Somebody sits and waits for an ``urgent`` one.
    """

    name: str
    queue: str = _ERRANDS
    lasting: bool = True
    urgent: bool = False


KINDS = {
    "review": Kind("review_draft", _REVIEWS, lasting=False, urgent=True),
    "private": Kind("review_in_private", _REVIEWS, urgent=True),
    "refresh": Kind("refresh", _REFRESHES, urgent=True),
    "remove_reply": Kind("remove_reply"),
    "digest": Kind("send_digest"),
    "leave": Kind("leave_workspace"),
    "converse": Kind("converse", _TURNS, lasting=False),
    "hush": Kind("hush"),
    "export": Kind("export_person"),
    "forget": Kind("forget_person"),
    "expire": Kind("expire_draft"),
    "introduce": Kind("introduce"),
    "facts": Kind("export_facts"),
    "trial": Kind("try_guideline"),
    "guidelines": Kind("export_guidelines"),
    "audit": Kind("audit"),
    "book": Kind("read_book"),
}
"""By the names in `Flows`."""


# The engine's own SQLite file.

_PRAGMAS = """PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON; PRAGMA journal_mode=WAL;
PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON"""


def sqlite_engine(url: str) -> sa.Engine:
    """With a write-ahead log, which DBOS does not switch on by itself."""
    engine = sa.create_engine(
        url, pool_size=20, max_overflow=0, hide_parameters=True, connect_args={"isolation_level": "IMMEDIATE"}
    )
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: DBAPIConnection, _: object) -> None:
    connection.executescript(_PRAGMAS)


_OPTIONS = {"connect_timeout": 10, "options": "-c idle_in_transaction_session_timeout=60000"}
"""As DBOS sets them itself: a process that stands still must not hold a lock for ever."""


def postgresql_engine(url: str, connections: int, prepare: Callable[[sa.Engine], None] | None = None) -> sa.Engine:
    """With so many connections and no more. DBOS's own opens twenty, and one to another database beside them.

    ``prepare`` sees to connections that the server closed; without it each is tried before each use.
    """
    engine = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=prepare is None,
        hide_parameters=True,
        connect_args=_OPTIONS,
    )
    connect_once_there_is_room(engine)
    if prepare:
        prepare(engine)
    return engine


# The jobs of one workspace: cancelled and forgotten when Candor leaves it.

LEAVE = "leave"
"""How the key of the job begins that does it, and so goes on."""
ALIVE = ("PENDING", "ENQUEUED", "DELAYED")
"""What DBOS calls a job that waits or runs."""


async def forget_jobs(team: str) -> int:
    """Cancel what waits or runs, and delete the traces of the rest; how many jobs that were.

    The second part of every job's key is its workspace. What runs at this moment ends with its step, and its traces
    go when this is called again.
    """
    alive = await DBOS.list_workflows_async(status=list(ALIVE), load_input=False, load_output=False)
    running = [job.workflow_id for job in alive if _is_of(job.workflow_id, team)]
    if running:
        await DBOS.cancel_workflows_async(running)
    every = await DBOS.list_workflows_async(load_input=False, load_output=False)
    ended = [job.workflow_id for job in every if _is_of(job.workflow_id, team) and job.workflow_id not in running]
    if ended:
        await DBOS.delete_workflows_async(ended)
    return len(running) + len(ended)


def _is_of(key: str, team: str) -> bool:
    kind, _, rest = key.partition(":")
    return kind != LEAVE and rest.partition(":")[0] == team


# The `Jobs` port on DBOS: jobs that survive a crash, made of steps that are not repeated.

_DBOS = logging.getLogger("dbos")
_DBOS.addHandler(logging.NullHandler())  # else DBOS prints its log past ours
_AS_MEANT = ("Workflow already exists in queue", "Asyncio task cancelled")
"""How DBOS warns of what is meant here: who asks for a job twice need not know its queue, and a stop ends what runs."""
_DBOS.addFilter(lambda record: not record.getMessage().startswith(_AS_MEANT))
_VERSION = "1"
"""Changes only with the order or names of steps: a job that waits under another version never starts."""
_GONE = frozenset({"write"})
"""Steps that there are no more. A job that an earlier version began has them recorded, and goes on behind them."""
_STARTS = 20
"""How often a job is taken up again after crashes: one that kills its process must not do so for ever."""
_EDITED, _NEW = 1, 2
"""Places in the line of reviews, behind those without one: an answer of the model's is shown, a person is answered."""
_DAY = 24 * 3600
_LAST = 2.0
"""Seconds for a job that a stop gave up to end its own work."""
_KEPT = 7 * _DAY
"""Seconds that finished jobs are kept: far longer than Slack repeats an event."""


class Engine:
    """The ports for jobs on DBOS. One at a time in a process; start it inside the bot's event loop."""

    def __init__(
        self,
        url: str,
        limits: EngineLimits | None = None,
        *,
        works: bool = True,
        prepare: Callable[[sa.Engine], None] | None = None,
    ) -> None:
        """``url`` is ``sqlite:///...`` (one process, see `bot.store.database`) or ``postgresql://...`` (any number).

        Where ``works`` is False, jobs can be asked for, but other processes run them. ``prepare`` is given the
        connections to PostgreSQL.
        """
        self._limits, self._works = limits or EngineLimits(), works
        self._stopping = asyncio.Event()
        self._running: set[asyncio.Task[Any]] = set()
        self._workflows: dict[str, Callable[..., Coroutine[Any, Any, str]]] = {}
        alone = sa.make_url(url).get_backend_name() == "sqlite"
        self._poll = self._limits.poll_alone if alone else self._limits.poll
        self._here = self._limits.here if alone else min(self._limits.here, self._limits.here_of_many)
        connections = self._limits.connections
        self._tables = sqlite_engine(url) if alone else postgresql_engine(url, connections, prepare)
        executor = "local" if alone else f"{socket.gethostname()}-{uuid.uuid4().hex[:8]}"
        rhythm = (self._limits.beat, self._limits.dead)
        self._heartbeat = None if alone else Heartbeat(url, executor, rhythm, take_over=_take_over)
        DBOS(config=self._config(url, executor))
        if not works:
            DBOS.listen_queues([])

    def _config(self, url: str, executor: str) -> DBOSConfig:
        return {
            "name": "candor",
            "system_database_url": url,
            "system_database_engine": self._tables,
            "executor_id": executor,
            "application_version": _VERSION,
            "log_level": "WARNING",
            "serializer": IdsOnly(),
            "max_executor_threads": 4,  # more only get in each other's way: they share Python's lock with the loop
            "notification_listener_polling_interval_sec": self._limits.removal_poll,  # a stop waits for it
        }

    async def start(self, flows: Flows) -> None:
        """Take up work that an earlier process left, and new work."""
        for one, kind in KINDS.items():
            work = self._job(getattr(flows, one), lasting=kind.lasting)
            self._workflows[one] = DBOS.workflow(name=kind.name, max_recovery_attempts=_STARTS)(work)
        async with AsyncExitStack() as otherwise:
            otherwise.push_async_callback(self.stop, grace=0)
            if self._heartbeat:
                # The first sign of life comes before the launch: a process without one counts as dead.
                await self._heartbeat.begin()
            DBOS.launch()
            await self._open(_REVIEWS, self._poll, partition_concurrency=self._limits.per_team)
            await self._open(_REFRESHES, self._poll)
            await self._open(_ERRANDS, self._limits.removal_poll)
            await self._open(_TURNS, self._limits.turn_poll, partition_concurrency=1)
            if self._heartbeat:
                self._heartbeat.keep()
            otherwise.pop_all()

    def _job(self, flow: Flow | None, *, lasting: bool) -> Callable[..., Coroutine[Any, Any, str]]:
        """A plain function, because DBOS marks what it registers."""
        step = partial(self._step, patience=self._limits.removal_patience if lasting else self._limits.patience)

        async def job(*ids: Any) -> str:  # noqa: ANN401 - ids of any kind
            return await self._run(flow(step, *ids)) if flow else "nothing"

        return job

    async def _ask(
        self, one: str, key: str, *ids: str | float, line: str = "", delay: float = 0, rank: int | None = None
    ) -> None:
        """Ask for a job, once under its key; ``line`` is the partition of its queue, ``rank`` its place there."""
        options = SetEnqueueOptions(queue_partition_key=line or None, delay_seconds=delay or None, priority=rank)
        with SetWorkflowID(key):
            if self._begins_here(one, delay):
                await DBOS.start_workflow_async(self._workflows[one], *ids)
                return
            with options:
                await DBOS.enqueue_workflow_async(KINDS[one].queue, self._workflows[one], *ids)

    def _begins_here(self, one: str, delay: float) -> bool:
        """True for what people wait for while there is little to do: a queue is only looked at now and then."""
        free = self._works and not self._stopping.is_set() and len(self._running) < self._here
        return free and KINDS[one].urgent and not delay

    async def _open(self, queue: str, poll: float, *, partition_concurrency: int | None = None) -> None:
        await DBOS.register_queue_async(
            queue,
            worker_concurrency=self._limits.per_process,
            partition_concurrency=partition_concurrency,
            polling_interval_sec=poll,
        )

    async def stop(self, grace: int = 15) -> None:
        """Let running work come to an end for ``grace`` seconds at most; the rest goes on at the next start.

        With what else there is to close a process ends within 20.
        """
        self._stopping.set()
        loop = asyncio.get_running_loop()
        deadline = loop.call_later(grace, self._abandon)
        wait = grace + 2 if self._running else 0
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=wait)
        deadline.cancel()
        self._abandon()
        if late := set(self._running):  # begun while DBOS ended: the database closes behind them
            await asyncio.wait(late, timeout=_LAST)
        loop.set_default_executor(ThreadPoolExecutor())  # DBOS put its own there and has closed it now
        if self._heartbeat:
            await self._heartbeat.end()
        self._tables.dispose()

    def _abandon(self) -> None:
        for task in self._running:
            task.cancel()

    async def review(self, job: ReviewJob, *, delay: float = 0) -> None:
        """Review a draft, after ``delay`` seconds. Where many wait, further rounds go first, then edits."""
        rank: int | None = _NEW if job.revision == FIRST_REVISION else _EDITED
        if job.round:
            rank = None
        await self._ask("review", job.key, job.draft_id, job.revision, job.round, line=job.team, delay=delay, rank=rank)

    async def has_ended(self, job: ReviewJob) -> bool:
        found = await DBOS.list_workflows_async(workflow_ids=[job.key], load_input=False, load_output=False)
        return any(one.status not in ALIVE for one in found)

    async def review_in_private(self, review_id: str) -> None:
        await self._ask("private", f"private:{review_id}", review_id, line=review_id.partition(":")[0])

    async def remove_reply(self, draft_id: str) -> None:
        await self._ask("remove_reply", todays(f"remove:{draft_id}"), draft_id)

    async def refresh(self, draft_id: str, cause: str) -> None:
        """Show in the thread what changed. In a queue of its own, so that a click never waits for reviews."""
        await self._ask("refresh", f"refresh:{draft_id}:{cause}", draft_id, cause)

    async def send_digest(self, team: str, week: str, attempt: int) -> None:
        await self._ask("digest", f"digest:{team}:{week}:{attempt}", team, week, attempt)

    async def converse(self, turn: Turn) -> None:
        """Answer a turn, after those of its thread that came before."""
        await self._ask("converse", f"converse:{turn.id}:{turn.attempt}", turn.id, turn.attempt, line=turn.root_id)

    async def hush(self, turn_id: str) -> None:
        await self._ask("hush", todays(f"hush:{turn_id}"), turn_id)

    async def export_person(self, team: str, user: str, key: str) -> None:
        await self._ask("export", f"export:{team}:{user}:{key}", team, user, key)

    async def export_facts(self, team: str, user: str, key: str) -> None:
        await self._ask("facts", f"facts:{team}:{user}:{key}", team, user, key)

    async def try_guideline(self, team: str, ref: str, key: str) -> None:
        await self._ask("trial", f"trial:{team}:{ref}:{key}", team, ref, key)

    async def export_guidelines(self, team: str, user: str, key: str) -> None:
        await self._ask("guidelines", f"guidelines:{team}:{user}:{key}", team, user, key)

    async def audit(self, team: str, audit_id: str, number: int) -> None:
        await self._ask("audit", f"audit:{team}:{audit_id}:{number}", team, audit_id, number)

    async def read_book(self, team: str, book_id: str, number: int) -> None:
        await self._ask("book", f"book:{team}:{book_id}:{number}", team, book_id, number)

    async def forget_person(self, team: str, user: str, key: str) -> None:
        await self._ask("forget", f"forget:{team}:{user}:{key}", team, user, key)

    async def expire(self, draft_id: str) -> None:
        await self._ask("expire", todays(f"expire:{draft_id}"), draft_id)

    async def introduce(self, team: str, channel: str, at: str) -> None:
        await self._ask("introduce", f"introduce:{team}:{channel}:{at}", team, channel)

    async def leave(
        self, home: Home, at: float, *, delay: float = 0, again: bool = False, revoked: bool = False
    ) -> None:
        key = f"{LEAVE}:{home.key}:{at:.0f}:{'revoked' if revoked else f'{again:d}'}"
        await self._ask("leave", key, home.team, home.enterprise, at, again or revoked, delay=delay)

    async def forget(self, team: str) -> None:
        await forget_jobs(team)

    async def cancel(self, key: str) -> None:
        """Let a job end: a running step still finishes, no other begins. It never runs under this key again."""
        await DBOS.cancel_workflow_async(key)

    async def forget_finished(self, now: float) -> int:
        """Delete the traces of (500) jobs that ended a week before ``now``; how many they were."""
        before = dt.datetime.fromtimestamp(now - _KEPT, dt.UTC).isoformat()
        old = await DBOS.list_workflows_async(completed_before=before, load_input=False, load_output=False, limit=500)
        await DBOS.delete_workflows_async([job.workflow_id for job in old])
        return len(old)

    async def _run(self, work: Awaitable[str]) -> str:
        if task := asyncio.current_task():
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        UNDER_WAY.set(DBOS.workflow_id or "")
        return await scrubbed("job", work)

    async def _step(self, name: str, work: Callable[..., Awaitable[str]], key: str, *, patience: float) -> str:
        attempts = partial(self._attempt, name, work, key, patience)
        while True:
            try:
                return await DBOS.run_step_async({"name": name}, attempts)
            except errors.DBOSUnexpectedStepError as error:
                *_, recorded = error.inputs
                if recorded not in _GONE:
                    raise  # else the next try is at what was recorded behind it

    async def _attempt(self, name: str, work: Callable[..., Awaitable[str]], key: str, patience: float) -> str:
        """Try until it works, with growing pauses; a `CandorError` other than `TryLater` would only come again."""
        pause, waited = self._limits.first_pause, 0.0
        while True:
            try:
                return await scrubbed(name, work(key))
            except WorkFailed as failed:
                if failed.for_good or waited >= patience:
                    raise
                wait = max(pause, failed.after)
            await self._pause(wait)
            pause, waited = min(2 * pause, self._limits.longest_pause), waited + wait

    async def _pause(self, seconds: float) -> None:
        """Sleep; a stop ends it so that the next start takes the job up again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
            raise asyncio.CancelledError


def todays(key: str) -> str:
    """The key of a job that sweeps ask for until its work is done: one that failed begins anew the next day."""
    return f"{key}:{time.time() // _DAY:.0f}"


def _take_over(dead: list[str]) -> None:
    # Private, but the only way that keeps the attempt count; a kill test guards it.
    DBOS._recover_pending_workflows(dead)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
