"""The `Jobs` port on DBOS: jobs that survive a crash, made of steps that are not repeated."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import socket
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from dbos import DBOS, SetEnqueueOptions, SetWorkflowID
from dbos import error as errors

from bot.core.installation import Home
from bot.engine.heartbeat import Heartbeat
from bot.engine.leaving import LEAVE, forget_jobs
from bot.engine.limits import Limits
from bot.engine.scrubbing import IdsOnly, WorkFailed, scrubbed
from bot.engine.sqlite import sqlite_engine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from dbos import DBOSConfig

    from bot.core.record import ReviewJob
    from bot.engine.flows import Enqueue, Flows

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

    def __init__(self, url: str, flows: Flows, limits: Limits | None = None, *, works: bool = True) -> None:
        """``url`` is ``sqlite:///...`` (one process, see `bot.store.lock`) or ``postgresql://...`` (any number).

        Where ``works`` is False, jobs can be asked for, but other processes run them.
        """
        self._flows = flows
        self._limits = limits or Limits()
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
