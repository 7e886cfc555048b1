"""The same way from draft to reply where events come over signed HTTP, and where PostgreSQL keeps everything."""

from __future__ import annotations

import asyncio
import socket
import urllib.error
import urllib.request
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.assemble.bot import Bot
from bot.assemble.memory import migrate_database
from bot.assemble.trying import settings_for
from bot.core.errors import PersonCanFix
from bot.settings import read_settings
from bot.workspace.server import Workspace
from tests.databases import fresh
from tests.journeys.conftest import BAD, CLEAN

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from bot.settings import Settings


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[Bot]:
    bot = Bot(settings)
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()


async def replied(workspace: Workspace, ts: str, says: str) -> None:
    def there() -> bool:
        return any(says in message["text"] for message in workspace.channel("#drafts").thread(ts))

    await workspace.until(there, 15, f"a reply that says “{says}”")
    assert len(workspace.channel("#drafts").thread(ts)) == 1


def prompts(root: Path) -> Settings:
    return read_settings({"PROMPTS_DIR": str(root / "prompts")})


async def test_over_signed_http_a_draft_its_edit_and_its_deletion_work_the_same(root: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    async with Workspace(delivery="http", request_url=f"{url}/slack/events") as workspace:
        settings = settings_for(workspace, tmp_path, prompts(root))
        secret = workspace.team.bot.signing_secret
        settings = replace(settings, app_token="", signing_secret=secret, host="127.0.0.1", port=port)
        async with running(settings):
            ts = workspace.post("#drafts", BAD)
            await replied(workspace, ts, "worth a look")
            workspace.edit("#drafts", ts, CLEAN)
            await replied(workspace, ts, "found nothing")
            workspace.delete("#drafts", ts)
            await workspace.until(lambda: not workspace.channel("#drafts").thread(ts), 15, "the reply to be gone")
            assert [await asyncio.to_thread(_status, f"{url}{path}") for path in ("/healthz", "/readyz")] == [200, 200]
            assert await asyncio.to_thread(_status, f"{url}/slack/events", b"{}") == 401


def _status(url: str, body: bytes | None = None) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=body), timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


async def test_on_postgresql_after_migrating_a_draft_its_edit_and_its_deletion_work_the_same(
    root: Path, tmp_path: Path
) -> None:
    async with Workspace() as workspace:
        url = fresh("postgresql", tmp_path)
        settings = replace(settings_for(workspace, tmp_path, prompts(root)), database_url=url)
        with pytest.raises(PersonCanFix, match="Run: candor migrate"):
            await Bot(settings).start()
        await migrate_database(settings)
        async with running(settings):
            ts = workspace.post("#drafts", BAD)
            await replied(workspace, ts, "worth a look")
            workspace.edit("#drafts", ts, CLEAN)
            await replied(workspace, ts, "found nothing")
            workspace.delete("#drafts", ts)
            await workspace.until(lambda: not workspace.channel("#drafts").thread(ts), 15, "the reply to be gone")
