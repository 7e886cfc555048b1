"""How soon Slack's events are acknowledged while drafts come fast: Candor, which keeps them first, and a plain app.

    python -m benchmarks.acknowledge [--rate 17] [--seconds 10] [--database sqlite] [--processes 1] [--workers 0]

Over Socket Mode, in one workspace, with a model that takes 1 s. The plain app acknowledges before it does anything and
forgets what it was told when it dies. With `--database postgresql` as many processes as are asked for receive and work
on a server of their own; with `--workers` they only receive, and as many others work. Of a draft Candor hears three
events. Slack repeats what it hears nothing of for 3 s.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.bench import (
    CANDOR,
    CHANNELS,
    NAMES,
    PLAIN,
    POST,
    WORKER,
    Bench,
    Row,
    ended,
    measured,
    settings_of,
    worked,
    workspaces,
)
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.workspace.server import Workspace

LATE = 3.0


class Acknowledgements:
    """Seconds from each event to its acknowledgement."""

    def __init__(self, workspace: Workspace) -> None:
        self.seconds: list[float] = []
        self._sent: dict[str, float] = {}
        workspace.hub.traffic.listeners.append(self._note)

    def _note(self, entry: dict[str, Any]) -> None:
        if entry["kind"] == "envelope" and not entry["payload"].get("event", {}).get("bot_id"):
            self._sent[entry["envelope_id"]] = time.perf_counter()
        elif entry["kind"] == "ack" and (sent := self._sent.pop(entry["envelope_id"], None)):
            self.seconds.append(time.perf_counter() - sent)

    def within(self, part: float) -> float:
        """Milliseconds within which this part of them came."""
        return 1000 * sorted(self.seconds)[int(part * (len(self.seconds) - 1))]

    @property
    def late(self) -> int:
        """How many were later than Slack waits, or never came."""
        return sum(one > LATE for one in self.seconds) + len(self._sent)


@dataclass(frozen=True, slots=True)
class Load:
    """What one of the two made of it."""

    found: Acknowledgements
    answered: float
    """Seconds until the last reply."""
    processor: float
    """Seconds of all its processes."""


async def measure(commands: Sequence[list[str]], rate: int, seconds: int, *, more: dict[str, str]) -> Load:
    """Post at an even rate into a new workspace, and wait for the replies. Each command is a process."""
    async with workspaces() as workspace, ScriptedModel(delay=1.0) as model:
        with tempfile.TemporaryDirectory() as folder:
            benches = [Bench(command, workspace, model, folder) for command in commands]
            for bench in benches:
                bench.more = more
            processes = [await bench.start() for bench in benches]
            await asyncio.sleep(2)
            found, began = Acknowledgements(workspace), time.perf_counter()
            before = sum(worked(process.pid) for process in processes)
            posted: list[tuple[str, str]] = []
            for number in range(rate * seconds):
                await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
                channel = f"#drafts{number % CHANNELS}"
                posted.append((channel, workspace.post(channel, POST.format(number), by="dana")))
            for channel, ts in posted:
                await workspace.replies(channel, ts, count=1, timeout=300)
            answered = time.perf_counter() - began
            await workspace.delivered()
            busy = sum(worked(process.pid) for process in processes) - before
            await ended(*processes)
    return Load(found, answered, busy)


async def main(rate: int, seconds: int, database: str, processes: int, workers: int) -> list[Row]:
    """Both, one after the other."""
    plain = await measure([PLAIN], rate, seconds, more={})
    commands = [[*CANDOR, "--receive-only"] if workers else CANDOR] * processes + [WORKER] * workers
    async with settings_of(database) as more:
        candor = await measure(commands, rate, seconds, more=more)
    who = f"{processes} {'process' if processes == 1 else 'processes'}"
    if workers:
        who = f"{processes} receiving, {workers} working"
    what = f"{NAMES[database]}, {who}, {rate} drafts/s"
    ours, theirs = candor.found, plain.found
    number = rate * seconds
    return [
        Row(f"{what}: events", len(ours.seconds), len(theirs.seconds), ""),
        Row(f"{what}: acknowledged, median", ours.within(0.5), theirs.within(0.5), "ms"),
        Row(f"{what}: acknowledged, 99th percentile", ours.within(0.99), theirs.within(0.99), "ms", aim=100),
        Row(f"{what}: later than 3 s", ours.late, theirs.late, "", aim=0),
        Row(f"{what}: last reply", candor.answered, plain.answered),
        Row(f"{what}: processor time a draft", 1000 * candor.processor / number, 1000 * plain.processor / number, "ms"),
    ]


if __name__ == "__main__":
    measured(
        main, __doc__, rate=(17, 5), seconds=(10, 1), database=("sqlite", "sqlite"), processes=(1, 1), workers=(0, 0)
    )
