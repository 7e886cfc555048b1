"""Many drafts of one workspace at once and a slow model: when people see first words, and when the full review.

    python benchmarks/bursts.py [--drafts 300] [--seconds 30]

The bot is a process of its own; Slack's limits are off, so what is measured is Candor's own waiting.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time

from benchmarks.overhead import CANDOR, Bench
from bot.workspace.server import Workspace
from bot.workspace.state import State, harbor_and_pine
from tests.model.server import ScriptedModel

CHANNELS = 5
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


async def main(drafts: int, seconds: float) -> None:
    """Measure and print."""
    state = State()
    team = state.add_team(harbor_and_pine())
    for number in range(CHANNELS):
        team.add_channel(f"C{team.id[1:]}{number}", f"drafts{number}", [*team.people, team.bot.user_id])
    async with Workspace(state, retries=(), limits=False) as workspace, ScriptedModel(delay=seconds) as model:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(CANDOR, workspace, model, folder)
            process = await bench.start()
            waits = await asyncio.gather(*(one(workspace, number) for number in range(drafts)))
            most = bench.megabytes(process.pid)
            process.terminate()
            await process.wait()
    for name, found in (("first words", [first for first, _ in waits]), ("full review", [full for _, full in waits])):
        middle, worst = statistics.median(found), max(found)
        sys.stdout.write(f"{name:12} median {middle:6.1f} s   last {worst:6.1f} s\n")
    sys.stdout.write(f"{len(model.requests)} requests to the model, {most:.0f} MB at the end\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=30.0)
    given = parser.parse_args()
    asyncio.run(main(given.drafts, given.seconds))
