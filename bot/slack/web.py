"""Signed HTTP: receive events at a public address; health for the machines that watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_bolt.response import BoltResponse


class WebReceiver:
    """Answers ``/slack/events``, ``/healthz`` (the process lives) and ``/readyz`` (it can do its work).

    Where Candor can be installed by OAuth, also the two addresses of that.
    """

    def __init__(
        self,
        app: AsyncApp | None,
        place: tuple[str, int],
        is_ready: Callable[[], Awaitable[bool]],
        install: AsyncOAuthFlow | None = None,
    ) -> None:
        """Without ``app`` (Socket Mode) no events. ``place`` is host and port; port 0 takes a free one."""
        self._host, self._port = place
        self._app = app
        self._is_ready = is_ready
        server = web.Application()
        server.router.add_get("/healthz", self._healthz)
        server.router.add_get("/readyz", self._readyz)
        if app is not None:
            server.router.add_post("/slack/events", self._events)
        if install is not None:
            server.router.add_get(install.install_path, _page(install.handle_installation))
            server.router.add_get(install.redirect_uri_path, _page(install.handle_callback))
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


def _page(
    do: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await do(await to_bolt_request(request)))

    return handle
