"""Candor's way from event to reply against a plain Bolt app that asks the model inline, in one run.

    python -m benchmarks.overhead [--drafts 50] [--burst 200]

Both talk to the same kind of local workspace and scripted model, each as a process of its own. First drafts
one after the other with a model of 1 s, then a burst over 20 channels of 4 workspaces with a model of 5 s.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.bench import CANDOR, CHANNELS, OTHERS, PLAIN, POST, Bench, Row, ended, measured, worked, workspaces
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from bot.workspace.server import Workspace


@dataclass(frozen=True, slots=True)
class Way:
    """How one of the two did."""

    median: float
    burst: float
    processor: float
    """Milliseconds of its processor time for a draft of the burst."""
    replies: int


async def one(workspace: Workspace, channel: str, number: int, *, team: str = "") -> float:
    """Seconds from posting to the reply."""
    by = "dana" if team in ("", next(iter(workspace.state.teams))) else "ola"
    began = time.perf_counter()
    ts = workspace.post(channel, POST.format(f"{team}{number}"), by=by, team=team)
    await workspace.replies(channel, ts, count=1, timeout=120, team=team)
    return time.perf_counter() - began


async def in_a_burst(workspace: Workspace, drafts: int) -> tuple[float, int]:
    """Seconds until all have a reply, and how many replies there are, earlier ones included."""
    teams = list(workspace.state.teams)
    began = time.perf_counter()
    places = ((at, f"#drafts{at % CHANNELS}", teams[at // CHANNELS % len(teams)]) for at in range(drafts))
    await asyncio.gather(*(one(workspace, channel, at, team=team) for at, channel, team in places))
    seconds = time.perf_counter() - began
    channels = [channel for team in workspace.state.teams.values() for channel in team.channels.values()]
    return seconds, sum(bool(message.get("bot_id")) for channel in channels for message in channel.messages)


async def measure(command: list[str], drafts: int, burst: int) -> Way:
    """First one by one, then in a burst."""
    async with workspaces(*OTHERS) as workspace, ScriptedModel(delay=1.0) as model:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(command, workspace, model, folder)
            process = await bench.start()
            median = statistics.median([await one(workspace, "#drafts0", at) for at in range(drafts)])
            model.delay, before = 5.0, worked(process.pid)
            seconds, replies = await in_a_burst(workspace, burst)
            await workspace.delivered()
            processor = 1000 * (worked(process.pid) - before) / burst
            await ended(process)
    return Way(median, seconds, processor, replies - drafts)


async def main(drafts: int, burst: int) -> list[Row]:
    """Measure both."""
    plain, candor = await measure(PLAIN, drafts, burst), await measure(CANDOR, drafts, burst)
    return [
        Row(f"one by one, model 1 s, median of {drafts}", candor.median, plain.median, aim=1.08, of_ratio=True),
        Row(f"burst of {burst}, model 5 s", candor.burst, plain.burst, aim=1.35, of_ratio=True),
        Row("processor time a draft of the burst", candor.processor, plain.processor, "ms"),
        Row("replies to the burst", candor.replies, plain.replies, "", aim=burst, at_least=True),
    ]


if __name__ == "__main__":
    measured(main, __doc__, drafts=(50, 2), burst=(200, 6))
