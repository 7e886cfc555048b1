"""A workspace for each test, and an unmodified Bolt bot that talks to it over loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from tests.workspace.bolt import connecting

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from tests.workspace.sdk import App, Client


@pytest.fixture
async def workspace(request: pytest.FixtureRequest) -> AsyncGenerator[Workspace]:
    """A parameter is what else it is made with."""
    # The pauses before a redelivery are Slack's, a thousand times shorter.
    options: dict[str, Any] = {"retries": (0, 0.06, 0.3), "patience": 0.3, **getattr(request, "param", {})}
    async with Workspace(**options) as running:
        yield running


@pytest.fixture
def client_of() -> Callable[[Workspace, str], Client]:
    """A client that retries nothing, so that a test sees each answer."""

    def make(workspace: Workspace, token: str) -> Client:
        return AsyncWebClient(token=token, base_url=workspace.api_url, retry_handlers=[])

    return make


@pytest.fixture
def bot(workspace: Workspace, client_of: Callable[[Workspace, str], Client]) -> Client:
    """The Web API as the bot."""
    return client_of(workspace, workspace.team.bot.token)


@pytest.fixture
def dana(workspace: Workspace, client_of: Callable[[Workspace, str], Client]) -> Client:
    """The Web API as Dana."""
    return client_of(workspace, "xoxp-dana")


@pytest.fixture
def app(bot: Client) -> App:
    return AsyncApp(client=bot, process_before_response=True)


@pytest.fixture
def events(app: App) -> list[dict[str, Any]]:
    """Every message event that the bot's listener got."""
    seen: list[dict[str, Any]] = []

    async def listen(event: dict[str, Any]) -> None:
        seen.append(event)

    for name in ("message", "app_mention", "reaction_added", "member_joined_channel", "app_home_opened"):
        app.event(name)(listen)  # pyright: ignore[reportUnknownMemberType]
    return seen


@pytest.fixture
async def connect(app: App, workspace: Workspace) -> AsyncGenerator[Callable[[], Awaitable[object]]]:
    async with connecting(app, workspace) as start:
        yield start
