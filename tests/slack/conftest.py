"""A workspace on loopback, and Candor's clients in it, for tests that need nothing else of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.ports import SystemClock
from bot.slack.wire.clients import Clients, Late, connect
from bot.workspace.server import Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@pytest.fixture
async def workspace() -> AsyncGenerator[Workspace]:
    async with Workspace() as made:
        yield made


@pytest.fixture
async def clients(workspace: Workspace) -> Clients:
    late = Late(workspace.api_url, SystemClock())
    return Clients(await connect([workspace.team.bot.token], workspace.api_url, late))
