"""Signed HTTP: receive events at a public address; health for the machines that watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp


class WebReceiver:
    """Answers ``/slack/events``, ``/healthz`` (the process lives) and ``/readyz`` (it can do its work)."""

    def __init__(self, app: AsyncApp | None, host: str, port: int, is_ready: Callable[[], Awaitable[bool]]) -> None:
        """Without ``app`` (Socket Mode) only the health addresses answer. Port 0 takes a free one."""
        self._host, self._port = host, port
        self._app = app
        self._is_ready = is_ready
        server = web.Application()
        server.router.add_get("/healthz", self._healthz)
        server.router.add_get("/readyz", self._readyz)
        if app is not None:
            server.router.add_post("/slack/events", self._events)
        self._runner = web.AppRunner(server, access_log=None)

    async def start(self) -> int:
        """Listen, and give the port."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        return self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Answer what is being answered, then close."""
        await self._runner.cleanup()

    async def _events(self, request: web.Request) -> web.Response:
        assert self._app is not None  # noqa: S101 - the route exists only with it
        return await to_aiohttp_response(await self._app.async_dispatch(await to_bolt_request(request)))

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        ready = await self._is_ready()
        return web.Response(text="ready\n" if ready else "not ready\n", status=200 if ready else 503)
