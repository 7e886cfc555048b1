"""Candor's way from event to reply against a plain Bolt app that asks the model inline, in one run.

    python benchmarks/overhead.py [--drafts 50] [--burst 200]

Both talk to the same kind of local workspace and scripted model, each as a process of its own. First drafts
one after the other with a model of 1 s, then a burst over 20 channels of 4 workspaces with a model of 5 s.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.workspace.server import Workspace
from bot.workspace.state import State, another_team, harbor_and_pine
from tests.model.server import ScriptedModel

ROOT = Path(__file__).resolve().parent.parent
CANDOR = ["-m", "bot", "serve"]
PLAIN = ["benchmarks/plain_app.py"]
CHANNELS = 5
POST = "Loaf number {} is out of the oven.\nCome and smell it on Monday."


class Bench:
    """One workspace, one model and one bot process."""

    def __init__(self, command: list[str], workspace: Workspace, model: ScriptedModel, folder: str) -> None:
        self.command, self.workspace, self.model, self.folder = command, workspace, model, folder
        self.more: dict[str, str] = {}
        """Settings beside the usual ones."""
        self.start_seconds = 0.0
        self.rest_megabytes = 0.0

    async def start(self) -> asyncio.subprocess.Process:
        """Start the bot and wait until it is connected."""
        bots = [team.bot for team in self.workspace.state.teams.values()]
        environment = {
            "PATH": "/usr/bin:/bin",
            "SLACK_BOT_TOKEN": ",".join(bot.token for bot in bots),
            "SLACK_APP_TOKEN": bots[0].app_token,
            "SLACK_API_URL": self.workspace.api_url,
            "DRAFT_CHANNELS": ",".join(f"drafts{n}" for n in range(CHANNELS)),
            "DATA_DIR": self.folder,
            "OPENAI_BASE_URL": self.model.url,
            "PROMPTS_DIR": str(ROOT / "prompts"),
            "PYTHONPATH": str(ROOT),
        }
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *self.command, env=environment | self.more, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        await process.stdout.readline()
        self.start_seconds = time.perf_counter() - began
        self.rest_megabytes = self.megabytes(process.pid)
        return process

    @staticmethod
    def megabytes(pid: int) -> float:
        """What a process holds in memory at this moment."""
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    async def one_by_one(self, drafts: int) -> list[float]:
        """Seconds from posting to the reply, draft after draft."""
        return [await self._one("#drafts0", number, "") for number in range(drafts)]

    async def burst(self, drafts: int) -> tuple[float, int]:
        """Seconds until all have a reply, and how many replies there are."""
        teams = list(self.workspace.state.teams)
        began = time.perf_counter()
        waiting = [
            self._one(f"#drafts{number % CHANNELS}", number, teams[number // CHANNELS % len(teams)])
            for number in range(drafts)
        ]
        await asyncio.gather(*waiting)
        seconds = time.perf_counter() - began
        channels = [c for team in self.workspace.state.teams.values() for c in team.channels.values()]
        return seconds, sum(bool(m.get("bot_id")) for channel in channels for m in channel.messages)

    async def _one(self, channel: str, number: int, team: str) -> float:
        by = "dana" if team in ("", next(iter(self.workspace.state.teams))) else "ola"
        began = time.perf_counter()
        ts = self.workspace.post(channel, POST.format(f"{team}{number}"), by=by, team=team)
        await self.workspace.replies(channel, ts, count=1, timeout=120, team=team)
        return time.perf_counter() - began


async def measure(command: list[str], drafts: int, burst: int) -> tuple[float, float, int, Bench]:
    """Median seconds one by one, seconds of the burst, replies to it, and the bench."""
    state = State()
    first = state.add_team(harbor_and_pine())
    for name in ("T0OAK", "T0ELM", "T0ASH"):
        state.add_team(another_team(name, name, first))
    for team in state.teams.values():
        for number in range(CHANNELS):
            team.add_channel(f"C{team.id[1:]}{number}", f"drafts{number}", [*team.people, team.bot.user_id])
    async with Workspace(state, retries=(), limits=False) as workspace, ScriptedModel(delay=1.0) as model:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(command, workspace, model, folder)
            process = await bench.start()
            median = statistics.median(await bench.one_by_one(drafts))
            model.delay = 5.0
            before = drafts
            seconds, replies = await bench.burst(burst)
            process.terminate()
            await process.wait()
    return median, seconds, replies - before, bench


async def main(drafts: int, burst: int) -> None:
    """Measure both and print the ratios."""
    plain = await measure(PLAIN, drafts, burst)
    candor = await measure(CANDOR, drafts, burst)
    _row(f"one by one, model 1 s, median of {drafts} (s)", plain[0], candor[0])
    _row(f"burst of {burst}, model 5 s (s)", plain[1], candor[1])
    _row("replies to the burst", plain[2], candor[2])
    _row("start to connected (s)", plain[3].start_seconds, candor[3].start_seconds)
    _row("memory at rest (MB)", plain[3].rest_megabytes, candor[3].rest_megabytes)


def _row(name: str, plain: float, candor: float) -> None:
    sys.stdout.write(f"{name:48} plain {plain:8.3f}   Candor {candor:8.3f}   ratio {candor / plain:.2f}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=50)
    parser.add_argument("--burst", type=int, default=200)
    given = parser.parse_args()
    asyncio.run(main(given.drafts, given.burst))
