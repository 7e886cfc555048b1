"""How long a start takes until Candor is connected, what it holds at rest, and how soon it answers a first draft.

    python -m benchmarks.start [--starts 7] [--rest 5]

A plain Bolt app and Candor are started in turn, each with the same kind of local workspace and scripted model; the
tables are up to date. What is told is the median of all starts but the first, which fills caches. Processor time
hardly depends on what else the machine does. Memory at rest is read some seconds (`--rest`) after the start, when what
is loaded behind it is there, too. Then comes a first draft, whose model answers at once.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from benchmarks.bench import CANDOR, OTHERS, PLAIN, POST, Bench, Row, ended, measured, megabytes, worked, workspaces
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Start:
    """What one start took, in seconds and megabytes."""

    wall: float
    processor: float
    connected: float
    rest: float
    first: float
    reviewed: float


async def started(command: list[str], folder: str, rest: float) -> Start:
    """Start it, let it rest, and give it a draft."""
    async with workspaces(*OTHERS) as workspace, ScriptedModel(delay=0.0) as model:
        bench = Bench(command, workspace, model, folder)
        process = await bench.start()
        processor, connected = worked(process.pid), megabytes(process.pid)
        await asyncio.sleep(rest)
        at_rest, began = megabytes(process.pid), time.perf_counter()
        ts = workspace.post("#drafts0", POST.format(began), by="dana")
        await workspace.replies("#drafts0", ts, count=1, timeout=120)
        first = time.perf_counter() - began
        seen = Start(bench.start_seconds, processor, connected, at_rest, first, megabytes(process.pid))
        await ended(process)
    return seen


def median(starts: Sequence[Start]) -> Start:
    """Of each figure by itself."""
    return Start(*(statistics.median(values) for values in zip(*map(astuple, starts), strict=True)))


async def main(starts: int, rest: float) -> list[Row]:
    """Measure both in turn."""
    seen: dict[str, list[Start]] = {"plain": [], "candor": []}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(starts + 1):
            for name, command in (("plain", PLAIN), ("candor", CANDOR)):
                one = await started(command, folder, rest if number else 0)
                seen[name] += [one] if number else []
    plain, candor = median(seen["plain"]), median(seen["candor"])
    return [
        Row(f"start to connected, median of {starts}", candor.wall, plain.wall, aim=1.5),
        Row("the same, processor time", candor.processor, plain.processor),
        Row("memory when connected", candor.connected, plain.connected, "MB"),
        Row(f"memory {rest:g} s later, at rest", candor.rest, plain.rest, "MB", aim=150),
        Row("first draft to its reply", candor.first, plain.first),
        Row("memory after it", candor.reviewed, plain.reviewed, "MB"),
    ]


if __name__ == "__main__":
    measured(main, __doc__, starts=(7, 1), rest=(5.0, 1.0))
