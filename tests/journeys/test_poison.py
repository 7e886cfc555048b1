"""A draft whose review ends the process takes no other draft along, and is told of."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.assemble.memory import migrate_database
from bot.assemble.operating import jobs_open, retry
from bot.settings import read_settings
from bot.workspace.server import Workspace
from tests.databases import fresh
from tests.journeys.poisoned import DEATH, POISON

if TYPE_CHECKING:
    from bot.workspace.shapes import Json

_MOST = 10
"""Starts that it may take until all have their answer."""


class Poisoned:
    """A process that dies of one draft, started again like by a supervisor."""

    def __init__(self, workspace: Workspace, url: str, folder: Path, root: Path) -> None:
        bot = workspace.team.bot
        self.settings = {
            "PROMPTS_DIR": str(root / "prompts"),
            "DATA_DIR": str(folder),
            **({} if url.startswith("sqlite") else {"DATABASE_URL": url}),
        }
        self._environment = self.settings | {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(root),
            "SLACK_BOT_TOKEN": bot.token,
            "SLACK_APP_TOKEN": bot.app_token,
            "SLACK_API_URL": workspace.api_url,
            "DRAFT_CHANNELS": "drafts",
        }
        self._folder = folder
        self.deaths = 0

    async def run(self, done: asyncio.Task[object]) -> None:
        """Start it again and again until that is done."""
        while not done.done():
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, str(Path(__file__).with_name("poisoned.py"))),
                env=self._environment,
                cwd=self._folder,
                stdout=asyncio.subprocess.DEVNULL,
            )
            ended = asyncio.create_task(process.wait())
            await asyncio.wait({done, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                process.terminate()
            else:
                assert ended.result() == DEATH
                self.deaths += 1
            await ended
            assert self.deaths <= _MOST


@pytest.mark.both_databases
@pytest.mark.timeout(600)
async def test_the_innocent_are_answered_the_guilty_is_put_aside_and_a_lead_is_told(
    tmp_path: Path, root: Path, database: str
) -> None:
    async with Workspace() as workspace:
        url = fresh(database, tmp_path)
        poisoned = Poisoned(workspace, url, tmp_path, root=root)
        await migrate_database(read_settings(poisoned.settings))
        first = workspace.post("#drafts", "The kiln is repaired.\nMugs are back on Thursday.")
        ready = asyncio.create_task(workspace.replies("#drafts", first, count=1, timeout=120))
        await poisoned.run(ready)

        texts = ("Bread is back.\nCome on Monday.", f"A {POISON} post.\nSee you.", "Tea is back.\nCome on Friday.")
        posted = [workspace.post("#drafts", text) for text in texts]
        waiting = [workspace.replies("#drafts", ts, count=1, timeout=200) for ts in posted]
        answered = asyncio.create_task(asyncio.wait_for(asyncio.gather(*waiting), 210))
        await poisoned.run(answered)
        bread, guilty, tea = [_texts(replies) for replies in answered.result()]
        assert "found nothing" in bread
        assert "found nothing" in tea
        assert "put it aside" in guilty
        assert 2 <= poisoned.deaths <= _MOST
        told = [message for message in workspace.channel("@mika").messages if message.get("bot_id")]
        assert "I've put aside a draft in <#C0DRAFTS>" in _texts(told)

        settings = read_settings(poisoned.settings)
        (((draft_id, begun),), _) = await jobs_open(settings)
        assert draft_id.endswith(posted[1])
        assert begun >= 4
        assert await retry(settings, draft_id) == [draft_id]
        assert (await jobs_open(settings))[0] == []


def _texts(messages: list[Json]) -> str:
    return "\n".join(str(message["text"]) for message in messages)
