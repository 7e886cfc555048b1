"""An unmodified Bolt bot, connected over sockets."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from bot.workspace.server import Workspace
    from tests.workspace.sdk import App


@asynccontextmanager
async def connecting(app: App, workspace: Workspace) -> AsyncGenerator[Callable[[], Awaitable[object]]]:
    """Gives what connects the bot, once or several times; all of it hangs up at the end."""
    handlers: list[Any] = []

    async def start() -> object:
        handler: Any = AsyncSocketModeHandler(app, workspace.team.bot.app_token)
        handlers.append(handler)
        await handler.connect_async()
        return handler

    yield start
    for handler in handlers:
        await handler.close_async()
