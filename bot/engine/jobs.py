"""The `Jobs` port on DBOS: jobs that survive a crash, made of steps that are not repeated."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import socket
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa
from dbos import DBOS, SetEnqueueOptions, SetWorkflowID
from dbos import error as errors
from sqlalchemy import event

from bot.core.installing import Home
from bot.engine.scrubbing import IdsOnly, WorkFailed, scrubbed
from bot.engine.takeover import Heartbeat

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from dbos import DBOSConfig
    from sqlalchemy.engine.interfaces import DBAPIConnection

    from bot.core.conversing import Turn
    from bot.core.ports import Step
    from bot.core.reviewing import ReviewJob


# How much the engine does at once, and how patient it is.


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """How much runs at once, and how long things are waited for (seconds)."""

    per_process: int = 256
    per_team: int = 64
    poll: float = 0.1
    removal_poll: float = 0.5
    first_pause: float = 1.0
    """Between the first two attempts of a step that failed; every later pause is twice as long."""
    longest_pause: float = 300.0
    patience: float = 240.0
    """After which a failing step of a review is given up; the sweep asks again later."""
    removal_patience: float = 24 * 3600.0
    """The same for a removal and for a click, for which nobody asks again."""
    beat: float = 5.0
    """Between two signs of life on PostgreSQL."""
    dead: float = 20.0
    """After which a silent process's jobs are taken over; longer than any pause of a machine."""


# What the jobs do.


class LeaveFlow(Protocol):
    """Leaves a workspace that removed Candor at a moment."""

    def __call__(self, step: Step, home: Home, at: float, *, again: bool) -> Awaitable[str]:
        """What became of it."""
        ...


class Enqueue(Protocol):
    """Asks for a job of one kind."""

    def __call__(self, key: str, *ids: str | int, line: str = "") -> Awaitable[None]:
        """Once under its key. Of the jobs in one ``line`` only one runs at a time, the first first."""
        ...


@dataclass(frozen=True, slots=True)
class Flows:
    """What the jobs do. Each gets a step runner and ids."""

    review: Callable[[Step, str, str, int], Awaitable[str]]
    remove_reply: Callable[[Step, str], Awaitable[str]]
    refresh: Callable[[Step, str, str], Awaitable[str]]
    private: Callable[[Step, str], Awaitable[str]] | None = None
    leave: LeaveFlow | None = None
    digest: Callable[[Step, str, str, int], Awaitable[str]] | None = None
    converse: Callable[[Step, str, int], Awaitable[str]] | None = None
    hush: Callable[[Step, str], Awaitable[str]] | None = None
    export: Callable[[Step, str, str, str], Awaitable[str]] | None = None
    forget: Callable[[Step, str, str, str], Awaitable[str]] | None = None
    expire: Callable[[Step, str], Awaitable[str]] | None = None
    introduce: Callable[[Step, str, str], Awaitable[str]] | None = None


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


# The jobs of one workspace: cancelled and forgotten when Candor leaves it.

LEAVE = "leave"
"""How the key of the job begins that does it, and so goes on."""
_ALIVE = ["PENDING", "ENQUEUED", "DELAYED"]


async def forget_jobs(team: str) -> int:
    """Cancel what waits or runs, and delete the traces of the rest; how many jobs that were.

    The second part of every job's key is its workspace. What runs at this moment ends with its step, and its traces
    go when this is called again.
    """
    alive = await DBOS.list_workflows_async(status=_ALIVE, load_input=False, load_output=False)
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

logging.getLogger("dbos").addHandler(logging.NullHandler())  # else DBOS prints its log past ours
_REVIEWS, _REFRESHES, _ERRANDS = "reviews", "refreshes", "errands"
"""Every queue is asked for work by a thread of its own, so all that nobody watches shares the last one."""
_VERSION = "1"
"""Changes only with the order or names of steps: a job that waits under another version never starts."""
_GONE = frozenset({"write"})
"""Steps that there are no more. A job that an earlier version began has them recorded, and goes on behind them."""
_STARTS = 20
"""How often a job is taken up again after crashes: one that kills its process must not do so for ever."""
_KEPT = 7 * 24 * 3600
"""Seconds that finished jobs are kept: far longer than Slack repeats an event."""


class Engine:
    """The `Jobs` port on DBOS. One at a time in a process; start it inside the bot's event loop."""

    def __init__(self, url: str, flows: Flows, limits: EngineLimits | None = None, *, works: bool = True) -> None:
        """``url`` is ``sqlite:///...`` (one process, see `bot.store.database`) or ``postgresql://...`` (any number).

        Where ``works`` is False, jobs can be asked for, but other processes run them.
        """
        self._flows = flows
        self._limits = limits or EngineLimits()
        self._works = works
        self._stopping = asyncio.Event()
        self._running: set[asyncio.Task[Any]] = set()
        self._in_lines: list[str] = []
        self._sqlite = sqlite_engine(url) if sa.make_url(url).get_backend_name() == "sqlite" else None
        executor = "local" if self._sqlite else f"{socket.gethostname()}-{uuid.uuid4().hex[:8]}"
        rhythm = (self._limits.beat, self._limits.dead)
        self._heartbeat = None if self._sqlite else Heartbeat(url, executor, rhythm, _take_over)
        DBOS(config=self._config(url, executor))
        if not works:
            DBOS.listen_queues([])
        self._review = DBOS.workflow(name="review_draft", max_recovery_attempts=_STARTS)(self._reviewing())
        self._remove = DBOS.workflow(name="remove_reply", max_recovery_attempts=_STARTS)(self._removing())
        self._refresh = DBOS.workflow(name="refresh", max_recovery_attempts=_STARTS)(self._refreshing())
        self._private = DBOS.workflow(name="review_in_private", max_recovery_attempts=_STARTS)(self._reviewing_alone())
        self._digest = DBOS.workflow(name="send_digest", max_recovery_attempts=_STARTS)(self._sending_digests())
        self._leave = DBOS.workflow(name="leave_workspace", max_recovery_attempts=_STARTS)(self._leaving())

    def _config(self, url: str, executor: str) -> DBOSConfig:
        return {
            "name": "candor",
            "system_database_url": url,
            "system_database_engine": self._sqlite,
            "executor_id": executor,
            "application_version": _VERSION,
            "log_level": "WARNING",
            "serializer": IdsOnly(),
            "max_executor_threads": 16,
            "notification_listener_polling_interval_sec": self._limits.removal_poll,  # a stop waits for it
        }

    async def start(self) -> None:
        """Take up work that an earlier process left, and new work."""
        async with AsyncExitStack() as otherwise:
            otherwise.push_async_callback(self.stop, grace=0)
            if self._heartbeat:
                # The first sign of life comes before the launch: a process without one counts as dead.
                await self._heartbeat.begin()
            DBOS.launch()
            await self._open(_REVIEWS, self._limits.poll, partition_concurrency=self._limits.per_team)
            await self._open(_REFRESHES, self._limits.poll)
            await self._open(_ERRANDS, self._limits.removal_poll)
            for queue in self._in_lines:
                await self._open(queue, self._limits.poll, partition_concurrency=1)
            if self._heartbeat:
                self._heartbeat.keep()
            otherwise.pop_all()

    def add(self, kind: str, flow: Callable[..., Awaitable[str]] | None, *, in_lines: bool = False) -> Enqueue:
        """A further kind of job, before the start. Its flow gets a step runner and ids.

        ``in_lines``: those of one line run one after the other, in a queue of their own; the rest are errands.
        """
        step = partial(self._step, patience=self._limits.patience)

        async def job(*ids: Any) -> str:  # noqa: ANN401 - ids of any kind
            return await self._run(flow(step, *ids)) if flow else "nothing"

        workflow = DBOS.workflow(name=kind, max_recovery_attempts=_STARTS)(job)
        queue = kind if in_lines else _ERRANDS
        if in_lines:
            self._in_lines.append(queue)

        async def enqueue(key: str, *ids: str | int, line: str = "") -> None:
            with SetWorkflowID(key), SetEnqueueOptions(queue_partition_key=line or None):
                await DBOS.enqueue_workflow_async(queue, workflow, *ids)

        return enqueue

    async def _open(self, queue: str, poll: float, *, partition_concurrency: int | None = None) -> None:
        await DBOS.register_queue_async(
            queue,
            worker_concurrency=self._limits.per_process,
            partition_concurrency=partition_concurrency,
            polling_interval_sec=poll,
        )

    async def stop(self, grace: int = 20) -> None:
        """Let running work come to an end for ``grace`` seconds at most; the rest goes on at the next start."""
        self._stopping.set()
        loop = asyncio.get_running_loop()
        deadline = loop.call_later(grace, self._abandon)
        wait = grace + 2 if self._running else 0
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=wait)
        deadline.cancel()
        self._abandon()
        loop.set_default_executor(ThreadPoolExecutor())  # DBOS put its own there and has closed it now
        if self._heartbeat:
            await self._heartbeat.end()
        if self._sqlite:
            self._sqlite.dispose()

    def _abandon(self) -> None:
        for task in self._running:
            task.cancel()

    async def review(self, job: ReviewJob, *, delay: float = 0) -> None:
        """Review a draft, after ``delay`` seconds."""
        with SetWorkflowID(job.key), SetEnqueueOptions(queue_partition_key=job.team, delay_seconds=delay or None):
            await DBOS.enqueue_workflow_async(_REVIEWS, self._review, job.draft_id, job.revision, job.round)

    async def review_in_private(self, review_id: str) -> None:
        """Answer only the person who asked."""
        key, team = f"private:{review_id}", review_id.partition(":")[0]
        with SetWorkflowID(key), SetEnqueueOptions(queue_partition_key=team):
            await DBOS.enqueue_workflow_async(_REVIEWS, self._private, review_id)

    async def remove_reply(self, draft_id: str) -> None:
        """Remove the reply to an erased draft."""
        with SetWorkflowID(f"remove:{draft_id}"):
            await DBOS.enqueue_workflow_async(_ERRANDS, self._remove, draft_id)

    async def refresh(self, draft_id: str, cause: str) -> None:
        """Show in the thread what changed. In a queue of its own, so that a click never waits for reviews."""
        with SetWorkflowID(f"refresh:{draft_id}:{cause}"):
            await DBOS.enqueue_workflow_async(_REFRESHES, self._refresh, draft_id, cause)

    async def leave(
        self, home: Home, at: float, *, delay: float = 0, again: bool = False, revoked: bool = False
    ) -> None:
        """Leave a workspace that removed Candor, or ``revoked`` its tokens, at that moment, after ``delay`` seconds."""
        key = f"{LEAVE}:{home.key}:{at:.0f}:{'revoked' if revoked else f'{again:d}'}"
        with SetWorkflowID(key), SetEnqueueOptions(delay_seconds=delay or None):
            await DBOS.enqueue_workflow_async(_ERRANDS, self._leave, home.team, home.enterprise, at, again or revoked)

    async def forget(self, team: str) -> None:
        """Cancel a workspace's jobs and delete their traces."""
        await forget_jobs(team)

    async def send_digest(self, team: str, week: str, attempt: int) -> None:
        """Send a week's digest; once for each attempt."""
        with SetWorkflowID(f"digest:{team}:{week}:{attempt}"):
            await DBOS.enqueue_workflow_async(_ERRANDS, self._digest, team, week, attempt)

    async def cancel(self, key: str) -> None:
        """Let a job end: a running step still finishes, no other begins. It never runs under this key again."""
        await DBOS.cancel_workflow_async(key)

    async def forget_finished(self, now: float) -> int:
        """Delete the traces of (500) jobs that ended a week before ``now``; how many they were."""
        before = dt.datetime.fromtimestamp(now - _KEPT, dt.UTC).isoformat()
        old = await DBOS.list_workflows_async(completed_before=before, load_input=False, load_output=False, limit=500)
        await DBOS.delete_workflows_async([job.workflow_id for job in old])
        return len(old)

    # DBOS marks what it registers, which only plain functions allow.
    def _reviewing(self) -> Callable[[str, str, int], Coroutine[Any, Any, str]]:
        step = partial(self._step, patience=self._limits.patience)

        async def review_draft(draft_id: str, revision: str, round_: int) -> str:
            return await self._run(self._flows.review(step, draft_id, revision, round_))

        return review_draft

    def _reviewing_alone(self) -> Callable[[str], Coroutine[Any, Any, str]]:
        step = partial(self._step, patience=self._limits.patience)

        async def review_in_private(review_id: str) -> str:
            return await self._run(self._flows.private(step, review_id)) if self._flows.private else "nothing"

        return review_in_private

    def _removing(self) -> Callable[[str], Coroutine[Any, Any, str]]:
        step = partial(self._step, patience=self._limits.removal_patience)

        async def remove_reply(draft_id: str) -> str:
            return await self._run(self._flows.remove_reply(step, draft_id))

        return remove_reply

    def _refreshing(self) -> Callable[[str, str], Coroutine[Any, Any, str]]:
        step = partial(self._step, patience=self._limits.removal_patience)

        async def refresh(draft_id: str, cause: str) -> str:
            return await self._run(self._flows.refresh(step, draft_id, cause))

        return refresh

    def _leaving(self) -> Callable[[str, str, float, bool], Coroutine[Any, Any, str]]:
        step = partial(self._step, patience=self._limits.removal_patience)

        async def leave_workspace(team: str, enterprise: str, at: float, again: bool) -> str:  # noqa: FBT001 - as it is stored
            flow = self._flows.leave
            return await self._run(flow(step, Home(team, enterprise), at, again=again)) if flow else "nothing"

        return leave_workspace

    def _sending_digests(self) -> Callable[[str, str, int], Coroutine[Any, Any, str]]:
        step = partial(self._step, patience=self._limits.removal_patience)

        async def send_digest(team: str, week: str, attempt: int) -> str:
            send = self._flows.digest
            return await self._run(send(step, team, week, attempt)) if send else "nothing"

        return send_digest

    async def _run(self, work: Awaitable[str]) -> str:
        if task := asyncio.current_task():
            self._running.add(task)
            task.add_done_callback(self._running.discard)
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


def _take_over(dead: list[str]) -> None:
    # Private, but the only way that keeps the attempt count; a kill test guards it.
    DBOS._recover_pending_workflows(dead)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


# The `ConversationJobs` port: the turns of a thread are answered one after the other.


class EngineConversations:
    """Make it before the engine starts."""

    def __init__(self, engine: Engine, flows: Flows) -> None:
        self._converse = engine.add("converse", flows.converse, in_lines=True)
        self._hush = engine.add("hush", flows.hush)

    async def converse(self, turn: Turn) -> None:
        """Answer a turn, after those of its thread that came before."""
        await self._converse(f"converse:{turn.id}:{turn.attempt}", turn.id, turn.attempt, line=turn.root_id)

    async def hush(self, turn_id: str) -> None:
        """Remove what was said in answer to an erased turn."""
        await self._hush(f"hush:{turn_id}", turn_id)


# Work for one person, on drafts whose time is over, and in channels that Candor is new in.


class EnginePeople:
    """The `PersonJobs` and `RetentionJobs` ports, and introductions. Make it before the engine starts."""

    def __init__(self, engine: Engine, flows: Flows) -> None:
        self._export = engine.add("export_person", flows.export)
        self._forget = engine.add("forget_person", flows.forget)
        self._expire = engine.add("expire_draft", flows.expire)
        self._introduce = engine.add("introduce", flows.introduce)

    async def export_person(self, team: str, user: str, key: str) -> None:
        """Send the person everything that is theirs."""
        await self._export(f"export:{team}:{user}:{key}", team, user, key)

    async def forget_person(self, team: str, user: str, key: str) -> None:
        """Delete everything that is theirs."""
        await self._forget(f"forget:{team}:{user}:{key}", team, user, key)

    async def expire(self, draft_id: str) -> None:
        """Delete a draft whose time is over."""
        await self._expire(f"expire:{draft_id}", draft_id)

    async def introduce(self, team: str, channel: str, at: str) -> None:
        """Say once in a channel who Candor is; ``at`` is Slack's time of the invitation."""
        await self._introduce(f"introduce:{team}:{channel}:{at}", team, channel)
