"""An engine with jobs that a test makes up."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.engine.jobs import Engine, EngineLimits, Flows
from tests.databases import BOTH, fresh

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from pathlib import Path

    from bot.core.ports import Step

_STATUS = "SELECT status FROM {}workflow_status WHERE workflow_uuid = {}"
QUICK = EngineLimits(
    poll=0.02,
    poll_alone=0.02,
    turn_poll=0.02,
    removal_poll=0.02,
    first_pause=0.01,
    longest_pause=0.05,
    patience=0.1,
    removal_patience=0.1,
)


@dataclass
class World:
    """Runs jobs of two steps; a test says what a step does and reads what was done."""

    url: str
    limits: EngineLimits = QUICK
    done: list[str] = field(default_factory=list[str])
    act: Callable[[str], Awaitable[str]] | None = None
    flows: Flows | None = None
    engine: Engine = field(init=False)
    started: bool = False

    async def start(self, *, works: bool = True) -> None:
        self.engine = Engine(self.url, self.limits, works=works)
        await self.engine.start(self.flows or self.usual)
        self.started = True

    @property
    def usual(self) -> Flows:
        """The flows where a test makes up none."""
        return Flows(review=self._review, remove_reply=self._remove, refresh=self._refresh, private=self._alone)

    async def stop(self, grace: int = 2) -> None:
        """Safe to repeat: a test that failed must leave no engine behind, DBOS knows only one."""
        if self.started:
            self.started = False
            await self.engine.stop(grace)

    async def until(self, ready: Callable[[], bool], seconds: float = 30) -> None:
        async with asyncio.timeout(seconds):
            while not ready():
                await asyncio.sleep(0.02)

    async def until_ended(self, key: str) -> str:
        """The status that a job ended with."""
        await self.until(lambda: self.status(key) not in ("", "ENQUEUED", "DELAYED", "PENDING"))
        return self.status(key)

    def status(self, key: str) -> str:
        """As the engine's tables say it; "" for an unknown job."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as connection:
                row = connection.execute(_STATUS.format("", "?"), (key,)).fetchone()
        else:
            with psycopg.connect(self.url) as connection:
                row = connection.execute(_STATUS.format("dbos.", "%s").encode(), (key,)).fetchone()
        return row[0] if row else ""

    async def _review(self, step: Step, draft_id: str, revision: str, round_: int) -> str:
        async def work(key: str) -> str:
            if self.act:
                await self.act(key)
            self.done.append(key)
            return key

        await step("first", work, f"1:{draft_id}:{revision}:{round_}")
        return await step("second", work, f"2:{draft_id}:{revision}:{round_}")

    async def _remove(self, step: Step, draft_id: str) -> str:
        async def work(key: str) -> str:
            self.done.append(key)
            return "removed"

        return await step("remove", work, f"remove:{draft_id}")

    async def _refresh(self, step: Step, draft_id: str, cause: str) -> str:
        async def work(key: str) -> str:
            self.done.append(key)
            return "refreshed"

        return await step("refresh", work, f"refresh:{draft_id}:{cause}")

    async def _alone(self, step: Step, review_id: str) -> str:
        async def work(key: str) -> str:
            self.done.append(key)
            return "answered"

        return await step("answer", work, f"private:{review_id}")


@pytest.fixture(scope="session")
def used_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that an engine used before: DBOS takes a second to find queues that are new."""
    path = tmp_path_factory.mktemp("used") / "candor.db"

    async def use() -> None:
        engine = Engine(f"sqlite:///{path}", QUICK)
        await engine.start(Flows())
        await engine.stop()

    asyncio.run(use())
    return path


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path, used_file: Path) -> str:
    if request.param == "sqlite":
        shutil.copy(used_file, tmp_path / "candor.db")
    return fresh(str(request.param), tmp_path)


@pytest.fixture
async def idle(url: str) -> AsyncGenerator[World]:
    """Not started yet."""
    made = World(url)
    yield made
    await made.stop(grace=0)


@pytest.fixture
async def world(idle: World) -> World:
    await idle.start()
    return idle
