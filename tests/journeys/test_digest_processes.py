"""Three real processes on PostgreSQL, two of them killed at the hour, over a clock change and an outage of weeks.

Everybody goes by the workspace's clock, which the test moves.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from bot.workspace.server import Workspace
from tests.databases import fresh
from tests.journeys.conftest import BAD
from tests.journeys.test_digest import key_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

DAY = 24 * 3600.0
BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2027, 3, 26, 12, tzinfo=BERLIN).timestamp()
"""Two days before the clocks go forward in Berlin."""


class Crew:
    """Processes of `candor serve` that share a database and a workspace."""

    def __init__(self, workspace: Workspace, url: str, folder: Path, root: Path) -> None:
        self.workspace, self.url = workspace, url
        self._folder = folder
        bot = workspace.team.bot
        self._environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(root),
            "PROMPTS_DIR": str(root / "prompts"),
            "SLACK_BOT_TOKEN": bot.token,
            "SLACK_APP_TOKEN": bot.app_token,
            "SLACK_API_URL": workspace.api_url,
            "DRAFT_CHANNELS": "drafts",
            "DATABASE_URL": url,
            "DIGEST_CHANNEL": "brand",
            "DIGEST_TIME": "Monday 09:00 Europe/Berlin",
        }
        self.running: list[asyncio.subprocess.Process] = []

    async def python(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *arguments), env=self._environment, cwd=self._folder, stdout=asyncio.subprocess.PIPE
        )

    async def start(self, number: int) -> None:
        clock = f"{self.workspace.url}/local/clock"
        started = [await self.python("tests.journeys.following", clock) for _ in range(number)]
        for process in started:
            assert process.stdout is not None
            async with asyncio.timeout(60):
                assert (await process.stdout.readline()).startswith(b"Candor is running")
        self.running += started

    async def kill(self, number: int) -> None:
        for process in self.running[:number]:
            process.kill()
        await asyncio.gather(*(process.wait() for process in self.running[:number]))
        del self.running[:number]

    def to(self, text: str) -> None:
        """Move everybody's clock to a time in Berlin."""
        clock = self.workspace.hub.clock
        self.workspace.advance(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() - clock.now())

    def digests(self) -> dict[str, dict[str, Any]]:
        """The digests by their key. Fails where one stands there twice."""
        posted = [(key_of(message), message) for message in self.workspace.messages("#brand")]
        found = [(key, message) for key, message in posted if key.startswith("digest:")]
        assert max(Counter(key for key, _ in found).values(), default=1) == 1
        return dict(found)

    async def digest(self, week: str) -> str:
        """What a week's digest says, once it is there and nobody is at it any more."""
        key = f"digest:{self.workspace.team.id}:{week}"
        await self.workspace.until(lambda: key in self.digests(), 60, f"the digest of {week}")
        async with asyncio.timeout(60):
            while self.state(week) != "posted":
                await asyncio.sleep(0.2)
        return json.dumps(self.digests()[key]["blocks"])

    def state(self, week: str) -> str:
        with psycopg.connect(self.url) as connection:
            row = connection.execute("SELECT state FROM digests WHERE week = %s", (week,)).fetchone()
        return str(row[0]) if row else ""

    async def minutes(self, number: int) -> None:
        """So many looks of every process."""
        for _ in range(number):
            self.workspace.advance(61)
            await asyncio.sleep(0.7)


@pytest.fixture
async def crew(tmp_path: Path, root: Path) -> AsyncGenerator[Crew]:
    ahead = FRIDAY - time.time()
    async with Workspace(clock=lambda: time.time() + ahead) as workspace:
        made = Crew(workspace, fresh("postgresql", tmp_path), tmp_path, root=root)
        assert await (await made.python("bot", "migrate")).wait() == 0
        yield made
        await made.kill(len(made.running))


@pytest.mark.timeout(400)
async def test_every_week_has_one_digest_whoever_dies(crew: Crew) -> None:
    await crew.start(3)
    ts = crew.workspace.post("#drafts", BAD)
    await crew.workspace.replies("#drafts", ts, timeout=20)

    # Over a weekend with a clock change: nine o'clock is an hour earlier in UTC than on the Monday before.
    crew.to("2027-03-29 08:59")
    await asyncio.sleep(2)
    assert crew.digests() == {}
    # Two of three die while one of them may be posting.
    crew.workspace.faults.on("chat.postMessage", delay=1.0)
    crew.to("2027-03-29 09:00:01")
    await crew.workspace.until(lambda: not crew.workspace.faults.calls, 20, "a process to post")
    await crew.kill(2)
    said = await crew.digest("2027-W13")
    assert "It's late" not in said
    assert "1 draft read" in said
    await crew.minutes(3)
    assert list(crew.digests()) == ["digest:T0HARBOR:2027-W13"]

    # The same a week later, with a post whose answer nobody got.
    await crew.start(2)
    crew.workspace.faults.on("chat.postMessage", drop=True)
    crew.to("2027-04-05 09:00:01")
    await crew.workspace.until(lambda: len(crew.digests()) == 2, 30, "the second digest")
    await crew.kill(2)
    assert "It's late" not in await crew.digest("2027-W14")
    await crew.minutes(3)
    assert len(crew.digests()) == 2

    # Nobody runs for more than two weeks: one digest is too old, the other one late.
    await crew.kill(1)
    crew.to("2027-04-21 15:00")
    await crew.start(3)
    said = await crew.digest("2027-W16")
    assert "It's late" in said
    assert "I skipped the digest" in said
    await crew.minutes(3)
    assert sorted(crew.digests()) == [f"digest:T0HARBOR:2027-W{week}" for week in (13, 14, 16)]
    assert crew.state("2027-W15") == "skipped"

    # After that everything is as ever.
    crew.to("2027-04-26 09:00:01")
    said = await crew.digest("2027-W17")
    assert "It's late" not in said
    assert "left out" not in said
