"""How much more two workers do than one: drafts answered a second, on PostgreSQL, and what limits them.

    python -m benchmarks.workers [--drafts 1024] [--seconds 30] [--fixed 600] [--most 2]

One `candor serve --receive-only` and 1, 2 (`--most 4`: and 4) `candor work`, each time on a new PostgreSQL server, with
a burst in one workspace. First with a model that takes 30 s, up to half of that less or more: a worker is limited by
how many calls it may have under way. Then with fixed checks alone, where processor time is the limit; beside it the
plain app in as many processes, with a model that answers at once. Workspace, model, load and database share the cores
with the workers, so the rows say whose processor time a draft takes and how much of the cores was in use.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from benchmarks.bench import (
    CANDOR,
    CHANNELS,
    PLAIN,
    WORKER,
    Bench,
    Row,
    ended,
    measured,
    settings_of,
    worked,
    workspaces,
)
from benchmarks.bursts import AWAITED, POST
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from bot.workspace.server import Workspace
    from tests.model.server import Answer, Asked

RECEIVER = [*CANDOR, "--receive-only"]
NO_MODEL = {"OPENAI_BASE_URL": ""}
CORES = len(os.sched_getaffinity(0))
AIMS = {2: 1.8}
"""Of so many workers: how many times what one does."""
_STILL = 120.0
"""Seconds without any reply after which none is waited for."""


@dataclass(frozen=True, slots=True)
class Burst:
    """How one burst went: seconds from the first post to the last full review, and whose processor time it took."""

    drafts: int
    """That were answered."""
    seconds: float
    workers: tuple[float, ...]
    """Seconds of a core for each of them; for the plain app these are its processes."""
    receiver: float
    database: float
    around: float
    """Of the local workspace, the model and the load."""
    asked: float
    """Seconds that the model took for all calls together."""

    @property
    def a_second(self) -> float:
        """Drafts."""
        return self.drafts / self.seconds

    @property
    def processor(self) -> float:
        """Seconds of a core, all together."""
        return sum(self.workers) + self.receiver + self.database + self.around

    @property
    def cores(self) -> float:
        """How many were in use on average."""
        return self.processor / self.seconds

    def of_a_draft(self, seconds: float) -> float:
        """Milliseconds."""
        return 1000 * seconds / self.drafts


class SlowModel:
    """Makes a scripted model take so many seconds on average, so that its answers don't come in waves."""

    def __init__(self, model: ScriptedModel, seconds: float) -> None:
        self._model, self._seconds, self._usual = model, seconds, model.otherwise
        self._dice = random.Random(1)
        self.asked = 0.0
        model.otherwise = self._answer

    def _answer(self, asked: Asked) -> Answer:
        self._model.delay = self._seconds * self._dice.uniform(0.5, 1.5)  # it waits as soon as it has this answer
        self.asked += self._model.delay
        return self._usual(asked) if callable(self._usual) else self._usual


def server_of(url: str) -> int:
    """The process of a PostgreSQL server on this machine."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row
    return int((Path(row[0]) / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])


def worked_by_all(pid: int) -> float:
    """Seconds of processor time of a process, its children, and those that have ended."""
    seconds = 0.0
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended since
            seconds += worked(int(child))
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return seconds + worked(pid) + (int(fields[13]) + int(fields[14])) / 100


async def answered(workspace: Workspace, drafts: int, *, by_model: bool) -> tuple[int, float]:
    """How many full reviews stand in the threads at last, and since when; without a model a reply is one.

    The plain app may lose some, so nobody waits for more than so many seconds without any.
    """
    channels = next(iter(workspace.state.teams.values())).channels.values()
    there, since = 0, time.perf_counter()
    while there < drafts and time.perf_counter() - since < _STILL:
        await asyncio.sleep(0.1)
        replies = (message for channel in channels for message in channel.messages if message.get("bot_id"))
        if (now := sum(not by_model or AWAITED not in reply["text"] for reply in replies)) > there:
            there, since = now, time.perf_counter()
    return there, since


async def measure(commands: list[list[str]], drafts: int, seconds: float, more: dict[str, str]) -> Burst:
    """Post everything at once, and wait for the full reviews. Each command is a process."""
    async with AsyncExitStack() as stack:
        workspace = await stack.enter_async_context(workspaces())
        model = await stack.enter_async_context(ScriptedModel())
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        slow = SlowModel(model, seconds)
        benches = [Bench(command, workspace, model, folder) for command in commands]
        for bench in benches:
            bench.more = more
        processes: list[asyncio.subprocess.Process] = []
        for bench in benches:
            processes.append(await bench.start())
            stack.push_async_callback(ended, processes[-1])
        await asyncio.sleep(3)  # what a start puts off is done by then
        pids, server = [process.pid for process in processes], server_of(more["DATABASE_URL"]) if more else None
        before = [worked(pid) for pid in pids]
        database, own, began = worked_by_all(server) if server else 0.0, time.process_time(), time.perf_counter()
        for at in range(drafts):
            workspace.post(f"#drafts{at % CHANNELS}", POST.format(at))
        number, ended_at = await answered(workspace, drafts, by_model="OPENAI_BASE_URL" not in more)
        around = time.process_time() - own
        spent = [worked(pid) - earlier for pid, earlier in zip(pids, before, strict=True)]
        database = worked_by_all(server) - database if server else 0.0
    receiver = spent.pop(0) if RECEIVER in commands else 0.0
    return Burst(
        number, ended_at - began, tuple(spent), receiver=receiver, database=database, around=around, asked=slow.asked
    )


async def of_candor(drafts: int, seconds: float, workers: int, *, more: dict[str, str]) -> Burst:
    """A receiver and so many workers, on a new server."""
    async with settings_of("postgresql") as database:
        return await measure([RECEIVER, *[WORKER] * workers], drafts, seconds, database | more)


async def main(drafts: int, seconds: float, fixed: int, most: int) -> list[Row]:
    """With the model, then without, then the plain app."""
    numbers = [number for number in (1, 2, 4) if number <= most]
    asking = {number: await of_candor(drafts, seconds, number, more={}) for number in numbers}
    checking = {number: await of_candor(fixed, 0, number, more=NO_MODEL) for number in numbers}
    plain = {number: await measure([PLAIN] * number, fixed, 0, {}) for number in numbers}
    rows = rows_of(f"{drafts} drafts, model {seconds:g} s", drafts, asking, {})
    return rows + rows_of(f"{fixed} drafts, fixed checks alone", fixed, checking, plain)


def rows_of(what: str, drafts: int, bursts: dict[int, Burst], plain: dict[int, Burst]) -> list[Row]:
    """Each number of workers, then how many times one's."""
    rows: list[Row] = []
    for number, burst in bursts.items():
        who = f"{what}, {number} {'worker' if number == 1 else 'workers'}"
        peer = plain.get(number)
        rows += [
            Row(f"{who}: drafts answered", burst.drafts, peer.drafts if peer else None, "", aim=drafts, at_least=True),
            Row(f"{who}: drafts answered a second", burst.a_second, peer.a_second if peer else None, ""),
            *([Row(f"{who}: calls under way", burst.asked / burst.seconds, unit="")] if burst.asked else []),
            Row(f"{who}: the busiest one's part of their work", max(burst.workers) / sum(burst.workers), unit=""),
            Row(f"{who}: processor time a draft, workers", burst.of_a_draft(sum(burst.workers)), unit="ms"),
            Row(f"{who}: processor time a draft, receiver", burst.of_a_draft(burst.receiver), unit="ms"),
            Row(f"{who}: processor time a draft, PostgreSQL", burst.of_a_draft(burst.database), unit="ms"),
            Row(f"{who}: processor time a draft, workspace, model and load", burst.of_a_draft(burst.around), unit="ms"),
            Row(f"{who}: cores in use, of {CORES}", burst.cores, unit=""),
        ]
    one = bursts[1]
    for number in [number for number in bursts if number > 1]:
        times = bursts[number].a_second / one.a_second
        beside = plain[number].a_second / plain[1].a_second if plain else None
        rows.append(Row(f"{what}: {number} workers, times one", times, beside, "", aim=AIMS.get(number), at_least=True))
    if not one.asked:
        # One worker fills one core at most, and a draft takes no less processor time with several.
        allowed = CORES * sum(one.workers) / one.processor
        rows.append(Row(f"{what}: times one, the most that {CORES} cores allow", allowed, unit=""))
    return rows


if __name__ == "__main__":
    measured(main, __doc__, drafts=(1024, 6), seconds=(30.0, 1.0), fixed=(600, 6), most=(2, 2))
