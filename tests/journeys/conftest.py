"""The real bot in the local workspace: real HTTP, real WebSocket, real engine, real database.

Journeys marked ``both_databases`` play on SQLite and on PostgreSQL; `make journeys-on-postgresql` plays all of them on
the latter.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from bot.assemble.bot import Bot
from bot.assemble.memory import Rehearsal
from bot.assemble.trying import settings_for
from bot.rules.engine import RuleEngine
from bot.rules.files import load_library
from bot.settings import read_settings
from bot.slack import audience, commands
from bot.workspace.server import Workspace
from tests.databases import BOTH, migrated, places_with, run
from tests.outspoken import outspoken_prompts

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from bot.core.guidelines import Library

BAD = "LAST CHANCE!!! Only 3 left, act now before it's gone."
CLEAN = "We rewrote our export button.\nIt used to take nine clicks. Sorry about the other eight."


class Stage:
    """A workspace and a bot that can be started, stopped and started again on the same data."""

    def __init__(self, workspace: Workspace, folder: Path, database: str) -> None:
        self.workspace = workspace
        self.folder = folder
        self.database_url = migrated(database, folder)
        self._bot: Bot | None = None

    async def start(self, **environment: str) -> None:
        await self._start(environment)

    async def rehearse(self, **environment: str) -> None:
        """Start the bot by the workspace's clock, which a test moves."""
        await self._start(environment, Rehearsal(self.workspace.hub.clock))

    async def _start(self, environment: dict[str, str], rehearsal: Rehearsal | None = None) -> None:
        settings = read_settings({"PROMPTS_DIR": str(outspoken_prompts()), **environment})
        local = settings_for(self.workspace, self.folder, settings)
        if not self.database_url.startswith("sqlite"):
            local = replace(local, database_url=self.database_url)
        self._bot = Bot(local, rehearsal=rehearsal)
        await self._bot.start()

    async def stop(self) -> None:
        if self._bot is not None:
            await self._bot.stop()
            self._bot = None

    def replies(self, ts: str, channel: str = "#drafts", team: str = "") -> list[dict[str, Any]]:
        """Candor's messages in the thread."""
        thread = self.workspace.channel(channel, team).thread(ts)
        ours = [message for message in thread if message.get("bot_id") and not message.get("files")]
        return [message for message in ours if _kind(message) not in {"clean", "sign-off"}]

    def reply_to(self, ts: str) -> dict[str, Any]:
        """Candor's one reply as it stands."""
        (reply,) = [message for message in self.replies(ts) if _kind(message) == "reply"]
        return reply

    def clean_texts(self, ts: str) -> list[dict[str, Any]]:
        """The clean texts in the thread; one where all is well."""
        return [message for message in self.workspace.channel("#drafts").thread(ts) if _kind(message) == "clean"]

    async def reply(self, ts: str, says: str = "", *, channel: str = "#drafts", team: str = "") -> dict[str, Any]:
        """Candor's one reply, once it holds these words."""

        def there() -> list[dict[str, Any]]:
            return [message for message in self.replies(ts, channel, team) if says in message["text"]]

        await self.until(there, f"a reply to {ts} that says “{says}”")
        (reply,) = self.replies(ts, channel, team)
        return reply

    async def until(self, check: Callable[[], object], what: str) -> None:
        await self.workspace.until(lambda: bool(check()), 30, what)

    def places_with(self, words: str) -> set[str]:
        """Where the words are kept: "store", "engine", or the name of a file."""
        return places_with(words, self.database_url, self.folder)

    async def until_kept(self, words: str, *, kept: bool) -> None:
        """Wait until the words are kept somewhere, or nowhere."""
        what = "kept" if kept else "kept nowhere"
        await self.until(lambda: bool(self.places_with(words)) is kept, f"“{words}” to be {what}")

    def run(self, statement: str, **values: object) -> list[tuple[Any, ...]]:
        """Run one SQL statement on the bot's database."""
        return run(self.database_url, statement, **values)

    async def settled(self) -> None:
        """Wait until Candor knows of its replies as well: a draft that time jumps ahead of is reviewed once more."""
        known = "SELECT 1 FROM replies r WHERE r.draft_id = d.team || ':' || d.channel || ':' || d.ts"
        shown = "r.shown_revision = d.revision AND r.shown_round = d.round"
        open_ = f"SELECT 1 FROM drafts d WHERE NOT d.erased AND NOT EXISTS ({known} AND {shown})"  # noqa: S608 - no input
        await self.until(lambda: self._bot is None or not self.run(open_), "every draft to have its reply")

    async def quiet(self) -> None:
        """Wait until everything posted so far was received and worked on: a later draft has its reply."""
        ts = self.workspace.post("#drafts", CLEAN)
        await self.reply(ts)


@pytest.fixture(autouse=True)
def _guidelines_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every journey starts Candor, some of them five times; the files are the same, and so are their patterns."""
    monkeypatch.setattr("bot.assemble.rules.load_library", _library)
    monkeypatch.setattr("bot.assemble.judging.RuleEngine", _compiled)


def _library(prompts: Path) -> Library:
    return _library_at(prompts, max(path.stat().st_mtime_ns for path in (prompts, *prompts.rglob("*.md"))))


@cache
def _library_at(prompts: Path, _: int) -> Library:
    return load_library(prompts)


_compiled = cache(RuleEngine)


def _kind(message: dict[str, Any]) -> str:
    metadata: dict[str, Any] = message.get("metadata") or {"event_payload": {"key": ""}}
    return str(metadata["event_payload"]["key"]).partition(":")[0]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", BOTH, indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """What kind of database the bot of this journey has."""
    chosen = os.environ.get("JOURNEYS_DATABASE", "sqlite")  # noqa: TID251 - a switch of the test run, no setting of the bot
    return str(getattr(request, "param", chosen))


@pytest.fixture
async def stage(
    tmp_path: Path, database: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Stage]:
    """The workspace is up; the bot starts when a test says so. A parameter is what the workspace is made with."""
    # What a journey tells is not how fast the machine is: Slack's three seconds, and what is said when they are nearly
    # over, have tests of their own.
    options: dict[str, Any] = {"ack_seconds": 20.0, **getattr(request, "param", {})}
    monkeypatch.setattr(commands, "_PATIENCE", 15.0)
    monkeypatch.setattr(audience, "_PATIENCE", 15.0)
    async with Workspace(**options) as workspace:
        folder = tmp_path / "data"
        folder.mkdir()
        stage = Stage(workspace, folder, database)
        yield stage
        await stage.stop()


@pytest.fixture
async def played(stage: Stage) -> Stage:
    """The bot runs."""
    await stage.start()
    return stage
