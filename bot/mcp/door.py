"""The door of the tools over HTTP: who may ask, for which workspace, how much and for how long."""

from __future__ import annotations

import asyncio
import hmac
import json
import socket
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from slack_sdk.signature import SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.core.installing import network_of
from bot.mcp.tools import TEAM

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator

    from mcp.server.mcpserver import MCPServer
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = "/mcp"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_LARGEST = 512 * 1024
"""Bytes of a body: 40,000 characters, each as up to twelve bytes."""
_BODY = 10.0
"""Seconds for a body, and for a connection to begin a request."""
_CONNECTIONS = 64
"""At once; three quarters of them for one address."""
_UNREAD = 32 * 1024
"""Bytes of answers that the system keeps for somebody who reads slowly; Linux takes twice as many."""
_SIGNED = "x-slack-signature"


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """``public`` is the host by which others than this machine reach it, "" for none.

    ``token`` lets whoever has it in for ``team`` alone. With ``signing_secret`` Slack itself may ask, for the
    workspaces that the door is told of.
    """

    token: str
    team: str
    host: str = "127.0.0.1"
    port: int = 0
    public: str = ""
    signing_secret: str = ""
    longest: float = 300.0
    """Seconds for an answer."""


class Door:
    """Whatever it lets in is signed by Slack or carries the token; nothing else is read, and nothing is logged."""

    def __init__(self, app: ASGIApp, settings: DoorSettings, knows: Callable[[str], Awaitable[bool]]) -> None:
        self._app, self._settings, self._knows = app, settings, knows
        self._slack = SignatureVerifier(settings.signing_secret) if settings.signing_secret else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, begun = Request(scope, receive), False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            async with asyncio.timeout(self._settings.longest):
                answer = await self._answer(request, noted)
        except TimeoutError:
            answer = None if begun else Response("Too slow", 504)
        except ClientDisconnect:
            return
        if answer:
            await answer(scope, receive, send)

    async def _answer(self, request: Request, send: Send) -> Response | None:
        """What to say in place of the tools; None where they have answered."""
        signed = self._slack is not None and _SIGNED in request.headers
        if refused := self._refused(request, signed=signed):
            return refused
        try:
            async with asyncio.timeout(_BODY):
                body = await _read(request)
        except TimeoutError:
            return Response("Too slow", 408)
        if body is None:
            return Response("Too large", 413)
        team = await self._signed_team(request, body) if signed else self._settings.team
        if team is None:
            return _unknown()
        request.scope[TEAM] = team
        await self._app(request.scope, _again(body, request.receive), send)
        return None

    def _refused(self, request: Request, *, signed: bool) -> Response | None:
        """What its headers alone decide."""
        if not (signed or self._has_token(request)):
            return _unknown()
        if request.url.path != PATH:
            return Response("Not found", 404)
        return None if request.method == "POST" else Response("Method not allowed", 405, {"Allow": "POST"})

    def _has_token(self, request: Request) -> bool:
        """Compared in the same time whatever is wrong with it."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        same = hmac.compare_digest(given.strip().encode("utf-8", "replace"), self._settings.token.encode())
        return same and scheme.casefold() == "bearer"

    async def _signed_team(self, request: Request, body: bytes) -> str | None:
        """The workspace in a request that Slack signed; None for a forged one, or for a workspace without Candor."""
        try:
            if self._slack is None or not self._slack.is_valid_request(body, dict(request.headers)):
                return None
        except (ValueError, TypeError):  # no number, no UTF-8, no ASCII: nothing that Slack would send
            return None
        team = _team_in(body)
        return team if not team or await self._knows(team) else None


async def _read(request: Request) -> bytes | None:
    """The body; None where it is too large."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST:
            return None
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read already, then whatever comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return left.pop() if left else await receive()

    return replay


def _team_in(body: bytes) -> str:
    """Where Slackbot names the workspace it asks for; "" in requests that need none, such as for the list of tools."""
    try:
        said: Any = json.loads(body)
        return str(said["params"]["_meta"]["slack"]["team_id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _unknown() -> Response:
    return Response("Unauthorized", 401, {"WWW-Authenticate": "Bearer"})


class _Connection(H11Protocol):
    """Goes where nobody begins a request, or reads its answer: else a few that only stay open keep everybody out.

    When there is no place left, or too many are of one address, the oldest of them that waits for a request goes.
    """

    _timer: asyncio.TimerHandle | None = None
    since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.since = self.loop.time()
        if self._has_room():
            self._look()
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._timer:
            self._timer.cancel()

    @property
    def waits(self) -> bool:
        """True while nothing is being answered."""
        return bool(getattr(self.cycle, "response_complete", True))

    def _has_room(self) -> bool:
        open_ = cast("set[_Connection]", self.connections)
        others = [one for one in open_ if one is not self]
        same = [one for one in others if network_of(one.client) == network_of(self.client)]
        crowd = same if len(same) >= _CONNECTIONS * 3 // 4 else others
        if crowd is others and len(others) < _CONNECTIONS:
            crowd = []
        oldest = min((one for one in crowd if one.waits), key=lambda one: one.since, default=None)
        if oldest:
            oldest.transport.abort()
        return oldest is not None or not crowd

    def _look(self, *before: object) -> None:
        """Again and again; ``before`` is the last request at the look before, if nothing went on with it by then."""
        last: tuple[object, ...] = (self.cycle,) if self.waits or self.flow.write_paused else ()
        if last and last == before:
            self.transport.abort()  # to close it would wait until somebody reads what was sent
        else:
            self._timer = self.loop.call_later(_BODY, self._look, *last)


class _Server(uvicorn.Server):
    """Leaves signals to the command."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def in_address(host: str) -> str:
    """As an address of the web, and so a request, writes it."""
    return f"[{host}]" if ":" in host else host


def _app(tools: MCPServer, settings: DoorSettings) -> ASGIApp:
    names = (*_LOOPBACK, in_address(settings.host))
    hosts = [*names, *(f"{name}:*" for name in names), *([settings.public] if settings.public else [])]
    return tools.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        transport_security=TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[]),
        max_request_body_size=_LARGEST,
    )


@asynccontextmanager
async def served(
    tools: MCPServer, settings: DoorSettings, knows: Callable[[str], Awaitable[bool]]
) -> AsyncGenerator[int]:
    """Serves them meanwhile; gives the port. Requests of web pages, and for other names than its own, are refused.

    Raises OSError where nobody can listen there.
    """
    config = uvicorn.Config(
        Door(_app(tools, settings), settings, knows),
        access_log=False,
        http=_Connection,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.create_server((settings.host, settings.port), family=family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNREAD)
        server = _Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        try:
            yield int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            await serving
