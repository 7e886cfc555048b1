"""The tools for other programs, on what Candor remembers where it remembers something."""

from __future__ import annotations

import logging
import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.assemble.installing import kept_parts
from bot.assemble.judging import open_judging
from bot.assemble.memory import has_memory, remembering
from bot.assemble.operating import workspace_of
from bot.core.errors import PersonCanFix
from bot.core.ports import SystemClock
from bot.core.words import mcp as words
from bot.flows.asking import AskModel
from bot.flows.private_reviews import ReviewAlone
from bot.flows.sign_off import IsSignedOff
from bot.flows.spending import Accounts, SpendBudget
from bot.rules.files import yaml_mapping
from bot.settings import listening, missing
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.migrate import migrate
from bot.store.operating import OperationStore
from bot.store.reviewing import JudgementStore
from bot.store.sign_off import SignOffStore
from bot.store.spending import SpendingLedger

try:
    from bot.mcp.door import PATH, DoorSettings, in_address, served
    from bot.mcp.tools import ToolFlows, Tools
except ImportError:
    raise PersonCanFix(words.NOT_INSTALLED) from None

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from mcp.server.mcpserver import MCPServer

    from bot.settings import Settings

_TOKEN = "MCP_TOKEN"  # noqa: S105 - its name
_REST = 60.0
"""Seconds that an answer may take beside the model's."""


@dataclass(frozen=True, slots=True)
class OpenTools:
    """The tools of one workspace, "" where there is no database."""

    server: MCPServer
    team: str
    db: Database

    @asynccontextmanager
    async def over_http(self, settings: Settings, host: str, port: int) -> AsyncGenerator[str]:
        """Served behind a door meanwhile; gives the address.

        Raises `PersonCanFix` without a token, or where nobody can listen there.
        """
        if not settings.mcp_token:
            raise missing(_TOKEN)
        door = DoorSettings(
            settings.mcp_token,
            self.team,
            host,
            port=port,
            public=urlsplit(settings.install.public_url).netloc,
            signing_secret=settings.signing_secret if self.team else "",
            longest=2 * settings.model.deadline + _REST,
        )
        async with AsyncExitStack() as stack:
            with listening(f"--host {host}", f"--port {port}"):
                bound = await stack.enter_async_context(served(self.server, door, self._knows))
            yield f"http://{in_address(host)}:{bound}{PATH}"

    async def _knows(self, team: str) -> bool:
        return team in await OperationStore(self.db).teams()


@asynccontextmanager
async def open_tools(settings: Settings, workspace: str = "") -> AsyncGenerator[OpenTools]:
    """The tools. Raises `PersonCanFix` where it is not clear for which workspace."""
    async with AsyncExitStack() as stack:
        judging = await stack.enter_async_context(open_judging(settings))
        db, team = await stack.enter_async_context(_remembered(settings, workspace))
        clock = SystemClock()
        own = kept_parts(settings, judging, db=db, clock=clock)
        drafts, model = DraftStore(db, clock), settings.model
        accounts = Accounts(own.settings, clock, overall=model.budgets, prices=model.prices)
        # At a terminal nobody's budget is spent.
        budget = SpendBudget(SpendingLedger(db), accounts, _leave_to_the_bot) if team else None
        judging.meter.budget = budget
        judgements = JudgementStore(db, clock, model.prices)
        ask = AskModel(drafts, judgements, clock, budget=budget) if judging.critic_for else None
        flows = ToolFlows(
            team,
            ReviewAlone(own.judges, ask),
            own.libraries,
            settings=own.settings,
            sheets=own.sheets,
            is_signed_off=IsSignedOff(drafts, SignOffStore(db)),
            read_yaml=yaml_mapping,
        )
        yield OpenTools(Tools(flows).server(version("candor")), team, db)


async def _leave_to_the_bot(*_: object) -> bool:
    """Brand leads hear in Slack what is spent, as soon as Candor there asks its model again."""
    return False


@asynccontextmanager
async def _remembered(settings: Settings, workspace: str) -> AsyncGenerator[tuple[Database, str]]:
    """The database with a workspace in it; where Candor has never run, an empty one that goes with this process."""
    if workspace or has_memory(settings):
        async with remembering(settings) as db:
            yield db, await workspace_of(db, workspace)
        return
    with tempfile.TemporaryDirectory(prefix="candor-") as folder:
        db = Database(f"sqlite:///{folder}/candor.db")
        try:
            await migrate(db)
            yield db, ""
        finally:
            await db.close()


logging.getLogger("mcp").setLevel(logging.ERROR)  # of what is sent its warnings may repeat a part
