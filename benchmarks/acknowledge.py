"""How soon Slack's events are acknowledged while drafts come fast: Candor, which keeps them first, and a plain app.

    python -m benchmarks.acknowledge [--rate 50] [--seconds 20] [--url postgresql://...] [--processes 1]

Over Socket Mode, in one workspace, with a model that takes 1 s. The plain app acknowledges before it does anything and
forgets what it was told when it dies. With an address, Candor uses that (migrated) PostgreSQL, and as many processes as
are asked for receive and work. Slack repeats what it hears nothing of for 3 s.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.overhead import CANDOR, CHANNELS, PLAIN, POST, Bench
from bot.workspace.server import Workspace
from bot.workspace.state import State, harbor_and_pine
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    def __str__(self) -> str:
        """Median, 99th percentile and the latest, in milliseconds; and how many were later than Slack waits."""
        found = sorted(self.seconds)
        middle, nearly, last = (1000 * found[int(part * (len(found) - 1))] for part in (0.5, 0.99, 1))
        late = sum(one > LATE for one in found) + len(self._sent)
        return f"{len(found)} events: p50 {middle:6.1f}   p99 {nearly:7.1f}   last {last:7.1f} ms   {late} too late"


async def measure(command: list[str], rate: int, seconds: int, *, more: Sequence[dict[str, str]]) -> None:
    """Post at an even rate into a new workspace, wait for the replies, and print."""
    state = State()
    team = state.add_team(harbor_and_pine())
    for number in range(CHANNELS):
        team.add_channel(f"C{team.id[1:]}{number}", f"drafts{number}", [*team.people, team.bot.user_id])
    async with Workspace(state, retries=(), limits=False) as workspace, ScriptedModel(delay=1.0) as model:
        with tempfile.TemporaryDirectory() as folder:
            benches = [Bench(command, workspace, model, folder) for _ in more]
            for bench, settings in zip(benches, more, strict=True):
                bench.more = settings
            processes = [await bench.start() for bench in benches]
            await asyncio.sleep(2)
            found, began = Acknowledgements(workspace), time.perf_counter()
            ours = resource.getrusage(resource.RUSAGE_SELF)
            posted: list[tuple[str, str]] = []
            for number in range(rate * seconds):
                await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
                channel = f"#drafts{number % CHANNELS}"
                posted.append((channel, workspace.post(channel, POST.format(number), by="dana")))
            for channel, ts in posted:
                await workspace.replies(channel, ts, count=1, timeout=300)
            answered = time.perf_counter() - began
            busy = [_processor(process.pid) for process in processes]
            for process in processes:
                process.terminate()
                await process.wait()
    spent = resource.getrusage(resource.RUSAGE_SELF)
    own = spent.ru_utime + spent.ru_stime - ours.ru_utime - ours.ru_stime
    sys.stdout.write(f"{command[-1]:28} {found}\n    all answered after {answered:.1f} s; ")
    sys.stdout.write(f"processor: {' + '.join(f'{one:.1f}' for one in busy)} s, of the load itself {own:.1f} s\n")


def _processor(pid: int) -> float:
    """Seconds that a process has worked."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


async def main(rate: int, seconds: int, url: str, *, processes: int) -> None:
    """Both, one after the other."""
    await measure(PLAIN, rate, seconds, more=[{}])
    one = {"DATABASE_URL": url} if url else {}
    await measure(CANDOR, rate, seconds, more=[one] * processes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--url", default="")
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    asyncio.run(main(given.rate, given.seconds, given.url, processes=given.processes))
