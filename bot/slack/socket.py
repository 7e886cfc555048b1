"""Socket Mode: receive events without a public address."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp

_PING = 5
"""Seconds between two pings, and between two tries to connect."""
_LOOK = 1.0
"""Seconds between two looks at the connection."""


class SocketReceiver:
    """One connection to Slack, watched: the client alone would retry a refused address for ever."""

    def __init__(
        self, app: AsyncApp, app_token: str, api_url: str, on_reconnect: Callable[[], Awaitable[None]]
    ) -> None:
        """Make it inside the running event loop. ``on_reconnect`` is called after every later connection."""
        web = AsyncWebClient(app_token, base_url=api_url)
        self._handler = AsyncSocketModeHandler(app, app_token, web_client=web, ping_interval=_PING)
        self._on_reconnect = on_reconnect
        self._watch: asyncio.Task[None] | None = None
        self._session = ""

    async def start(self) -> None:
        """Connect; returns once events can arrive."""
        await self._handler.connect_async()
        self._session = await self._current()
        self._watch = asyncio.create_task(self._keep_watch())

    async def stop(self) -> None:
        """Disconnect; Slack sends what comes now to another process, or again later."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        await self._handler.close_async()

    async def is_connected(self) -> bool:
        """True while events can arrive."""
        return await self._handler.client.is_connected()

    async def _current(self) -> str:
        client = self._handler.client
        return client.build_session_id(client.current_session) if client.current_session else ""

    async def _keep_watch(self) -> None:
        client = self._handler.client
        while True:
            await asyncio.sleep(_LOOK)
            if not await client.is_connected():
                # A ticket is good for one try: without this the client repeats the used one for ever.
                client.wss_uri = None
                continue
            session = await self._current()
            if session != self._session:
                self._session = session
                await self._on_reconnect()
