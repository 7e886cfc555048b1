"""Many drafts of one workspace at once and a slow model: when people see first words, and when the full review.

    python -m benchmarks.bursts [--drafts 300] [--seconds 30]

Candor and the plain app, each a process of its own; Slack's limits are off, so what is measured is their own waiting.
The plain app says nothing before the model has answered.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from typing import TYPE_CHECKING

from benchmarks.bench import CANDOR, CHANNELS, PLAIN, Bench, Row, ended, measured, megabytes, workspaces
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from bot.workspace.server import Workspace

POST = "Last chance: loaf number {} is out of the oven.\nAct now and tag three friends to win."
AWAITED = "Not reviewed"
_LONGEST = 900.0


async def one(workspace: Workspace, number: int) -> tuple[float, float]:
    """Seconds from posting to the first words, and to the full review."""
    channel = f"#drafts{number % CHANNELS}"
    began = time.perf_counter()
    ts = workspace.post(channel, POST.format(number))
    await workspace.replies(channel, ts, count=1, timeout=_LONGEST)
    first = time.perf_counter() - began
    while time.perf_counter() - began < _LONGEST:
        (reply,) = [m for m in workspace.channel(channel).thread(ts) if m.get("bot_id")]
        if AWAITED not in reply["text"]:
            break
        await asyncio.sleep(0.25)
    return first, time.perf_counter() - began


async def measure(command: list[str], drafts: int, seconds: float) -> tuple[list[float], list[float], float]:
    """First words and full reviews in seconds, and the megabytes at the end."""
    async with workspaces() as workspace, ScriptedModel(delay=seconds) as model:
        with tempfile.TemporaryDirectory() as folder:
            process = await Bench(command, workspace, model, folder).start()
            waits = await asyncio.gather(*(one(workspace, number) for number in range(drafts)))
            most = megabytes(process.pid)
            await ended(process)
    return [first for first, _ in waits], [full for _, full in waits], most


async def main(drafts: int, seconds: float) -> list[Row]:
    """Measure both."""
    (_, plain, holds), (first, full, most) = (
        await measure(PLAIN, drafts, seconds),
        await measure(CANDOR, drafts, seconds),
    )
    what = f"{drafts} drafts at once, model {seconds:g} s"
    return [
        Row(f"{what}: first words, median", statistics.median(first), statistics.median(plain)),
        Row(f"{what}: first words, last", max(first), max(plain), aim=25),
        Row(f"{what}: full review, median", statistics.median(full), statistics.median(plain)),
        Row(f"{what}: full review, last", max(full), max(plain)),
        Row(f"{what}: memory", most, holds, "MB", aim=400),
    ]


if __name__ == "__main__":
    measured(main, __doc__, drafts=(300, 5), seconds=(30.0, 2.0))
