"""The workspace server: start it, stop it, act in it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal, TypedDict
from urllib.parse import urlsplit

from aiohttp import web

from bot.core.words import workspace as words
from bot.workspace.acting import Acting
from bot.workspace.api.wire import WebApi
from bot.workspace.clock import LocalClock
from bot.workspace.connecting import ModelControl
from bot.workspace.control import Control
from bot.workspace.delivery.courier import Courier
from bot.workspace.delivery.events import Announcer
from bot.workspace.delivery.signed import SignedRequests
from bot.workspace.delivery.sockets import Sockets
from bot.workspace.functions import Manifest
from bot.workspace.hub import Hub
from bot.workspace.interactions import Interactions
from bot.workspace.pages import Live, OAuthPages, Pages
from bot.workspace.responding import Responding
from bot.workspace.state import Saver, default_state, load

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path
    from typing import Self, Unpack

    from bot.workspace.shapes import Json
    from bot.workspace.state import State


# Keeps other web pages out: a browser on this machine must not be their way in.

_NAMES = {"127.0.0.1", "localhost"}
_OWN_SITE = {"", "none", "same-origin"}


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse a foreign origin, a request from another site and a host that is not this machine."""
    if not is_own(request.headers.get("Host", ""), _port(request)) or not (_is_visit(request) or _is_own_page(request)):
        return web.Response(status=403, text=words.REFUSED)
    return await handler(request)


def is_own(host: str, port: int) -> bool:
    """Whether the Host names this machine, and this server's port if it names one."""
    name, _, given = host.lower().partition(":")
    return name in _NAMES and given in {"", str(port)}


def _is_own_page(request: web.Request) -> bool:
    if request.headers.get("Sec-Fetch-Site", "").lower() not in _OWN_SITE:
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme == "http" and is_own(parts.netloc, _port(request)) and not parts.path


def _is_visit(request: web.Request) -> bool:
    """Somebody was sent by an app to the page on which apps are let in; showing it changes nothing."""
    is_page = (request.method, request.path) == ("GET", "/oauth/v2/authorize")
    return is_page and request.headers.get("Sec-Fetch-Mode") == "navigate" and "Origin" not in request.headers


def _port(request: web.Request) -> int:
    address = request.transport.get_extra_info("sockname") if request.transport else None
    return int(address[1]) if address else 0


# The workspace server: start it, stop it, act in it.

_LARGEST = 32 * 2**20
_RETRIES = (0, 60, 300)


class Options(TypedDict, total=False):
    """What else can be chosen."""

    delivery: Literal["socket", "http"]
    request_url: str
    manifest: Json
    save_to: Path | None
    retries: Sequence[float]
    ack_seconds: float
    patience: float
    limits: bool


class Workspace(Acting):
    """A Slack-compatible workspace on 127.0.0.1.

    Args:
        state: The teams; without any, Harbor & Pine. With ``save_to`` what was saved there wins.
        port: 0 takes a free one.
        clock: Where time comes from.
        options: ``delivery`` is "socket" or "http" (then ``request_url`` says where to). ``manifest`` limits the bot to
            its scopes and events. ``save_to`` names a file that keeps everything. ``retries`` are the pauses in seconds
            before an event is sent again, ``ack_seconds`` how long an acknowledgement may take and a trigger id is
            good, ``patience`` how long an event waits for a socket before that counts as a failed attempt. ``limits``
            False lets the bot call as often as it likes; otherwise Slack's own limits hold.
    """

    def __init__(
        self,
        state: State | None = None,
        *,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        **options: Unpack[Options],
    ) -> None:
        self._port = port
        self._request_url = options.get("request_url", "")
        path = options.get("save_to")
        state = (load(path) if path else None) or state or default_state()
        self.hub = Hub(state, LocalClock(clock), Manifest(options.get("manifest", {})))
        self.hub.limits.on = options.get("limits", True)
        self.hub.clock.not_before(state.last_ts())
        ack_seconds = options.get("ack_seconds", 3.0)
        self.hub.triggers.seconds = max(ack_seconds, self.hub.triggers.seconds)
        self.sockets = Sockets(self.hub, ack_seconds, options.get("patience", 10.0))
        over_http = options.get("delivery", "socket") == "http"
        carrier = SignedRequests(self.hub, self._request_url, ack_seconds) if over_http else self.sockets
        if not over_http:
            self.hub.is_connected = lambda: self.sockets.count() > 0
        self.courier = Courier(self.hub, carrier, options.get("retries", _RETRIES))
        self.announcer = Announcer(self.hub, self.courier)
        self.interactions = Interactions(self.hub, self.courier, self.announcer)
        self._live = Live(self.hub)
        self._saver = Saver(path, state) if path else None
        if self._saver:
            self.hub.changes.listen(self._saver.note)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where the page is, without a slash at the end."""
        return self.hub.url

    @property
    def api_url(self) -> str:
        """What a bot takes for Slack's API."""
        return f"{self.hub.api_origin}/api/"

    async def start(self) -> None:
        """Listen on 127.0.0.1."""
        app = web.Application(client_max_size=_LARGEST, middlewares=[guard])
        app.router.add_route("*", "/api/{method}", WebApi(self.hub).handle)
        app.router.add_get("/link/", self.sockets.link)
        app.router.add_get("/local/events", self._live.handle)
        self._live.start()
        pages = Pages(self.hub)
        pages.add_routes(app.router)
        OAuthPages(self.hub, pages.templates).add_routes(app.router)
        Responding(self.hub).add_routes(app.router)
        Control(self).add_routes(app.router)
        ModelControl(self.hub).add_routes(app.router)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])
        self.hub.url = self.hub.api_origin = f"http://127.0.0.1:{self._port}"

    async def listen(self, port: int) -> str:
        """Answer at one more port as well (0: a free one), and give its address. Raises OSError where it is taken."""
        if self._runner is None:
            message = "start the workspace first"
            raise RuntimeError(message)
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.hub.url = f"http://127.0.0.1:{self._runner.addresses[-1][1]}"
        return self.hub.url

    async def stop(self) -> None:
        """Hang up and stop listening; the state stays, and `start` takes the same port again."""
        self._live.stop()
        await self.courier.stop()
        await self.sockets.stop()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        if self._saver:
            self._saver.now()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
