"""The Bolt application, over Socket Mode or HTTP."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.core.errors import in_short
from bot.core.words import installing as words
from bot.slack.wire.clients import TIMEOUT, SlackClient
from bot.slack.wire.door import (
    Bodies,
    GuardedConnection,
    NotSigned,
    OpenConnections,
    Refusals,
    Signatures,
    TurnedAway,
    connection_of,
)
from bot.slack.wire.payloads import items, part, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from slack_bolt.authorization import AuthorizeResult
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_sdk.socket_mode.aiohttp import SocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

    from bot.core.ports import Clock
    from bot.slack.audience import Guard
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.door import SeenRequests
    from bot.slack.wire.payloads import Json


# The Bolt app, set up so that nothing is lost between Slack and the store.


def _says_something(record: logging.LogRecord) -> bool:
    """Bolt finds SLACK_BOT_TOKEN by itself and then warns that it will not use it."""
    return "will be ignored" not in record.getMessage()


class _Authorize(AsyncAuthorize):
    """Bolt's question who Candor is in a workspace. Where it is not installed, the answer is None."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def __call__(self, *, enterprise_id: str | None, team_id: str | None, **_: object) -> AuthorizeResult | None:
        return await self._clients.authorization(enterprise_id, team_id)


class _App(AsyncApp):
    """Takes what Bolt cannot read as read: it would only come again.

    What comes from an unknown workspace is not taken while Slack has not said whose some token is.
    """

    def __init__(self, clients: Clients, **options: Any) -> None:  # noqa: ANN401 - as Bolt's own
        super().__init__(**options)
        self._clients = clients

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """What becomes of a request, also of one that has another shape than Bolt's own code expects."""
        try:
            _bring_home(req.body)
            team = _team_of(req.body)
            if team and self._clients.awaits and not await self._clients.ready(team, _enterprise_of(req.body)):
                return BoltResponse(status=_LATER)
            return await super().async_dispatch(req)
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            _LOG.error("a request from Slack could not be read and was passed over: %s", in_short(error))
            return BoltResponse(status=200)


def bolt_app(
    clients: Clients, signing_secret: str, install: AsyncOAuthFlow | None = None, guard: Guard | None = None
) -> AsyncApp:
    """An app that acknowledges only after its listener returned, for every workspace of ``clients``.

    ``guard`` is asked before every listener whether the person may.
    """
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_says_something)
    app = _App(
        clients,
        name="candor",  # else Bolt reads the sources of all that called it, to find one
        signing_secret=signing_secret or "unused in Socket Mode",
        authorize=_Authorize(clients),  # pyright: ignore[reportArgumentType] - Bolt takes one, its signature does not say so
        oauth_flow=install,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )

    @app.middleware
    async def take_in(body: Json, next_: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        """An event of an organisation's installation names its workspace only here."""
        await clients.ready(_team_of(body), _enterprise_of(body))
        return await next_()

    if guard:
        app.middleware(guard.check)
    del take_in
    return app


def _bring_home(body: Json) -> None:
    """Name our workspace in an event from a channel that another organisation began (Slack Connect).

    There the event itself names the workspace of the channel, or of whoever wrote; ours is in the authorization alone.
    That of an organisation's installation doesn't say in which of its workspaces the channel is.
    """
    about = next(iter(items(body, "authorizations")), body)
    ours = text(about, "team_id")
    if body.get("event") and ours not in ("", body.get("team_id")) and not about.get("is_enterprise_install"):
        body |= {"team_id": ours, "enterprise_id": about.get("enterprise_id")}


def _team_of(body: Json) -> str:
    if isinstance(body.get("team_id"), str):
        return text(body, "team_id")
    return text(part(body, "team"), "id") or text(part(body, "user"), "team_id")


def _enterprise_of(body: Json) -> str:
    about = next(iter(items(body, "authorizations")), body)
    return text(body, "enterprise_id") or text(about, "enterprise_id") or text(part(body, "enterprise"), "id")


# Connections to Slack that calls share: without them each call opens one of its own.

_KEPT_OPEN = 10.0
"""Seconds without a call: less than servers keep one, so that no call meets one that is just being closed."""


def kept_connections() -> aiohttp.ClientSession:
    """Made inside the loop. A cookie that Slack sets for one workspace is not for the others."""
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEPT_OPEN)
    limit = aiohttp.ClientTimeout(total=TIMEOUT)
    return aiohttp.ClientSession(connector=connector, timeout=limit, cookie_jar=aiohttp.DummyCookieJar())


# Socket Mode: receive events without a public address.

_PING = 5
"""Seconds between two pings, and between two tries to connect."""
_LOOK = 1.0
"""Seconds between two looks at the connection."""
_STOPPING = 3
"""Seconds for what is being taken or answered at a stop."""


class _Handler(AsyncSocketModeHandler):
    """Knows what is being taken: Bolt and the client let each event run and forget it."""

    def __init__(self, app: AsyncApp, app_token: str, web: SlackClient) -> None:
        super().__init__(app, app_token, web_client=web, ping_interval=_PING)
        self._taken: set[asyncio.Task[object]] = set()
        self._is_stopping = False

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        task = asyncio.current_task()
        if self._is_stopping or task is None:
            return  # nobody acknowledges it, so Slack sends it to another process, or again later
        self._taken.add(task)
        try:
            await super().handle(client, req)
        finally:
            self._taken.discard(task)

    async def settle(self) -> None:
        """Take no more, and let what is being taken come to an end: behind it, the database closes."""
        self._is_stopping = True
        if self._taken:
            _, late = await asyncio.wait(set(self._taken), timeout=_STOPPING)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


class SocketReceiver:
    """One connection to Slack, watched: the client alone would retry a refused address for ever."""

    def __init__(
        self, app: AsyncApp, app_token: str, api_url: str, on_reconnect: Callable[[], Awaitable[None]]
    ) -> None:
        """Make it inside the running event loop. ``on_reconnect`` is called after every later connection."""
        web = SlackClient(app_token, base_url=api_url)
        self._handler = _Handler(app, app_token, web)
        self._handler.client.proxy = web.proxy
        self._on_reconnect = on_reconnect
        self._watch: asyncio.Task[None] | None = None
        self._session = ""

    async def start(self) -> None:
        """Connect; returns once events can arrive."""
        forgetting = asyncio.create_task(self._forget_tickets())
        try:
            await self._handler.connect_async()
        finally:
            forgetting.cancel()
        self._session = await self._current()
        self._watch = asyncio.create_task(self._keep_watch())

    async def stop(self) -> None:
        """Acknowledge what is being taken, for a few seconds, then disconnect."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        await self._handler.settle()
        await self._handler.close_async()

    async def is_connected(self) -> bool:
        return await self._handler.client.is_connected()

    async def _current(self) -> str:
        client = self._handler.client
        return client.build_session_id(client.current_session) if client.current_session else ""

    async def _forget_tickets(self) -> None:
        """A ticket is good for one try: without this the client repeats the used one for ever."""
        while True:
            await asyncio.sleep(_LOOK)
            self._handler.client.wss_uri = None

    async def _keep_watch(self) -> None:
        client = self._handler.client
        while True:
            await asyncio.sleep(_LOOK)
            if not await client.is_connected():
                client.wss_uri = None
                continue
            session = await self._current()
            if session != self._session:
                self._session = session
                await self._on_reconnect()


# Signed HTTP: receive events at a public address; health for the machines that watch.

if TYPE_CHECKING:
    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_LOG = logging.getLogger(__name__)
_LIMITS: dict[str, Any] = {"max_line_size": 4096, "max_field_size": 4096, "max_headers": 64}
"""Of the request line, of one header, and how many headers."""
_REST: dict[str, Any] = {"access_log": None, "auto_decompress": False, "lingering_time": 1.0}
"""No body is unpacked. What is left of a refused one is read for a second, so that the other side reads the answer."""
_BACKLOG = 64
_INSTALLING = 8
"""Installations at once: each may ask Slack."""
_GOOD, _LATER = 300, 503


class Delivery(Protocol):
    """Knows whether everything arrives."""

    @property
    def is_behind(self) -> bool:
        """True while something did not."""
        ...

    def arrived(self, *, retried: bool) -> None:
        """A signed request came; ``retried`` where Slack had to try again."""
        ...


class WebReceiver:
    """Answers ``/slack/events``, ``/healthz`` (the process lives) and ``/readyz`` (it can do its work).

    Where Candor can be installed by OAuth, also the two addresses of that.
    """

    _clients: Clients | None = None

    def __init__(
        self,
        app: tuple[AsyncApp, str] | None,
        place: tuple[str, int],
        is_ready: Callable[[], Awaitable[bool]],
        clock: Clock,
        install: AsyncOAuthFlow | None = None,
    ) -> None:
        """``app`` is what events are for, with its signing secret; None in Socket Mode.

        ``place`` is host and port; port 0 takes a free one.
        """
        self._place, self._is_ready = place, is_ready
        self._delivery: Delivery | None = None
        self._refusals = Refusals()
        self._connections = OpenConnections(self._refusals)
        self._server: asyncio.Server | None = None
        pages = web.Application(middlewares=[self._guard])
        pages.router.add_get("/healthz", self._healthz)
        pages.router.add_get("/readyz", self._readyz)
        self._events = Events(*app, clock, refusals=self._refusals, arrived=self._arrived) if app else None
        if self._events:
            pages.router.add_post("/slack/events", self._events.take)
        if install is not None:
            busy = asyncio.Semaphore(_INSTALLING)
            pages.router.add_get(install.install_path, _page(install.handle_installation, busy))
            pages.router.add_get(install.redirect_uri_path, _page(install.handle_callback, busy))
        pages.on_response_prepare.append(_unnamed)
        log = _told_to(self._refusals)
        self._runner = web.AppRunner(pages, shutdown_timeout=_STOPPING, logger=log, **_LIMITS, **_REST)

    def speaks_for(self, clients: Clients) -> None:
        """Whose workspaces they are: some may still wait for Slack to know their token."""
        self._clients = clients

    def watched_by(self, delivery: Delivery) -> None:
        """Who is to know what arrives, and knows what did not."""
        self._delivery = delivery

    def shared_by(self, seen: SeenRequests) -> None:
        """Of several receivers each knows what the others have taken."""
        if self._events:
            self._events.seen = seen

    def _arrived(self, retried: bool) -> None:  # noqa: FBT001 - a callback
        if self._delivery:
            self._delivery.arrived(retried=retried)

    async def start(self) -> int:
        await self._runner.setup()
        http = self._runner.server
        assert http is not None  # noqa: S101 - there is one after the setup
        loop = asyncio.get_running_loop()
        backlog = min(_BACKLOG, self._connections.places)
        host, port = self._place
        self._server = await loop.create_server(
            lambda: GuardedConnection(http(), self._connections), host, port, backlog=backlog
        )
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Answer what is being answered, for a few seconds, then close."""
        if self._server:
            self._server.close()
        self._connections.end_waiting()
        await self._runner.cleanup()
        self._refusals.close()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        connection = connection_of(request)
        try:
            if request.method == "POST":
                connection.expects_a_body()
                return await handler(request)
            with connection.busy():
                return await handler(request)
        except web.HTTPException as answer:
            answer.force_close()
            raise
        except ConnectionError:
            raise
        except Exception as error:  # the edge: nothing of it may reach a log but its place  # noqa: BLE001
            _LOG.error("a request could not be answered: %s", in_short(error))
            return web.Response(status=500)

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        ready = await self._is_ready()
        if ready and self._delivery and self._delivery.is_behind:
            return web.Response(text=words.BEHIND)
        if ready and self._clients and self._clients.awaits:
            return web.Response(text=words.WITHOUT)
        return web.Response(text=words.READY if ready else words.NOT_READY, status=200 if ready else 503)


def _told_to(refusals: Refusals) -> logging.Logger:
    """The HTTP server's log: its complaints are about strangers."""
    complaints = logging.getLogger(f"{__name__}.server")
    complaints.filters = [refusals]
    return complaints


class Events:
    """What Slack sends: checked, then handed to Bolt."""

    def __init__(
        self, app: AsyncApp, secret: str, clock: Clock, refusals: Refusals, arrived: Callable[[bool], None]
    ) -> None:
        self._app, self._refusals, self._arrived = app, refusals, arrived
        self._signatures = Signatures(secret, clock)
        self._bodies = Bodies()
        self.seen: SeenRequests | None = None

    async def take(self, request: web.Request) -> web.StreamResponse:
        """200 for what was taken, 401 for strangers, 400 for what nobody could read."""
        names = ("X-Slack-Request-Timestamp", "X-Slack-Signature")
        try:
            timestamp, signature = self._signatures.claimed({name: request.headers.getall(name, ()) for name in names})
            body = await self._bodies.read(request)
            if body is None:
                return self._refuse(TurnedAway.TOO_LARGE, 413)
            self._signatures.check(timestamp, signature, body)
        except NotSigned:
            return self._refuse(TurnedAway.UNSIGNED, 401)
        except web.RequestPayloadError:
            return self._refuse(TurnedAway.NOT_HTTP, 400)
        self._arrived("X-Slack-Retry-Num" in request.headers)
        with connection_of(request).busy():
            return await self._once(request, signature, body)

    async def _once(self, request: web.Request, signature: str, body: bytes) -> web.StreamResponse:
        """The same again gets the same status, and has no effect."""
        if before := self._signatures.before(signature):
            return web.Response(status=await before)
        status, new = 500, None
        try:
            new = self.seen is None or await self.seen.claim(signature)
            response = await self._taken(request, body) if new else web.Response(status=200 if new is False else _LATER)
            status = response.status
            if self.seen and new and status < _GOOD:
                await self.seen.answered(signature, self._signatures.until())
        finally:
            self._signatures.answered(signature, status, good=status < _GOOD)
            if self.seen and new and status >= _GOOD:
                await self.seen.release(signature)
        return response

    async def _taken(self, request: web.Request, body: bytes) -> web.StreamResponse:
        headers: dict[str, str | Sequence[str]] = {n: v for n, v in request.headers.items() if n.lower() in _READ}
        try:
            asked = AsyncBoltRequest(body=body.decode(), headers=headers)  # headers are not signed: only what is needed
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            _LOG.warning("a signed request could not be read: %s", type(error).__name__)
            return web.Response(status=400)
        return await to_aiohttp_response(await self._app.async_dispatch(asked))

    def _refuse(self, why: TurnedAway, status: int) -> web.StreamResponse:
        self._refusals.count(why)
        response = web.Response(status=status)
        response.force_close()
        return response


_READ = frozenset(
    {"content-type", "x-slack-request-timestamp", "x-slack-signature", "x-slack-retry-num", "x-slack-retry-reason"}
)


async def _unnamed(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = "Candor"


def _page(
    do: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]], busy: asyncio.Semaphore
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        if not request.query_string.isprintable():
            return web.Response(status=400)  # the library puts it into a header, which then cannot be sent
        if busy.locked():
            return web.Response(status=503)
        headers: dict[str, str | Sequence[str]] = {n: v for n, v in request.headers.items() if n.lower() == "cookie"}
        async with busy:
            asked = AsyncBoltRequest(body="", query=request.query_string, headers=headers)
            return await to_aiohttp_response(await do(asked))

    return handle
