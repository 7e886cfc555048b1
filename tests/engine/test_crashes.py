from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.reviewing import ReviewJob

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.engine.conftest import World

JOB = ReviewJob("T1:C1:1700000000.000100", "0")
WORKER = Path(__file__).parent / "worker.py"
NOTED = ["one begins first", "one ends first", "one begins second", "two begins second", "two ends second"]


class _Log:
    """What the workers noted."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "log"

    def lines(self) -> list[str]:
        if not self._file.exists():
            return []
        return self._file.read_text(encoding="utf-8").splitlines()

    def work(self) -> list[str]:
        return [line for line in self.lines() if not line.endswith("ready")]

    async def has(self, line: str) -> None:
        async with asyncio.timeout(200):
            while line not in self.lines():
                await asyncio.sleep(0.05)


@asynccontextmanager
async def _worker(url: str, folder: Path, name: str, hang: float) -> AsyncGenerator[asyncio.subprocess.Process]:
    arguments = (str(WORKER), url, str(folder), name, str(hang))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=WORKER.parents[2])
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _ask(idle: World) -> None:
    await idle.start(works=False)
    await idle.engine.review(JOB)
    await idle.stop()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_after_a_crash_the_next_start_goes_on_after_the_finished_step(idle: World, tmp_path: Path) -> None:
    log = _Log(tmp_path)
    await _ask(idle)
    async with _worker(idle.url, tmp_path, "one", hang=60) as one:
        await log.has("one begins second")
        one.send_signal(signal.SIGKILL)
        await one.wait()
    async with _worker(idle.url, tmp_path, "two", hang=0):
        await log.has("two ends second")
        assert await idle.until_ended(JOB.key) == "SUCCESS"
    assert log.work() == NOTED


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_on_postgresql_a_living_process_takes_over_from_a_dead_one(idle: World, tmp_path: Path) -> None:
    log = _Log(tmp_path)
    await _ask(idle)
    async with _worker(idle.url, tmp_path, "one", hang=60) as one:
        await log.has("one begins second")
        async with _worker(idle.url, tmp_path, "two", hang=0):
            await log.has("two is ready")
            await asyncio.sleep(1.3)  # longer than a silence that counts as death
            assert log.work() == NOTED[:3]
            one.send_signal(signal.SIGKILL)
            await log.has("two ends second")
            assert await idle.until_ended(JOB.key) == "SUCCESS"
    assert log.work() == NOTED
