"""The door of the HTTP endpoint: who may stay connected and for how long, and which requests are Slack's.

Nothing that a stranger sends is parsed beyond HTTP's own headers, logged or kept before its signature is checked.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import resource
from collections import Counter, OrderedDict
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.core.installing import network_of

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from aiohttp import web

    from bot.core.ports import Clock


_LOG = logging.getLogger(__name__)
PATIENCE = 5.0
"""Seconds for the headers of a request, and as many for its body."""
_IDLE = 30.0
"""Seconds that a connection may stay open between two requests."""
_PLACES = 256
"""Connections at once; fewer where a process may open few files."""
_SHARE = 4
"""A quarter of the files is for connections, three quarters of the connections for one address."""
LARGEST = 2 * 1024 * 1024
"""Bytes of a body: an edit of 40,000 characters holds them four times, each as up to twelve bytes."""
_HELD = 16 * 1024 * 1024
"""Bytes of bodies in all that are read and not yet believed."""
_NEAR = 300.0
"""Seconds by which Slack's timestamp may differ from now."""
_REMEMBERED = 65_536
"""Signatures; only Slack's own get in."""
_LINE = 60.0
"""Seconds between two lines in the log."""
_TIMESTAMP, _SIGNATURE, _HEX = "X-Slack-Request-Timestamp", "X-Slack-Signature", 64


class TurnedAway(StrEnum):
    """Why somebody was sent away, in our own words."""

    UNSIGNED = "unsigned or wrongly signed requests"
    TOO_LARGE = "requests that were too large"
    TOO_MANY = "connections above the limit"
    TOO_SLOW = "connections that never finished a request"
    NOT_HTTP = "requests that were not HTTP"


class Refusals(logging.Filter):
    """Counts who was sent away; at most one line a minute, without a word of theirs."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[TurnedAway] = Counter()
        self._timer: asyncio.TimerHandle | None = None

    def count(self, why: TurnedAway) -> None:
        self._counts[why] += 1
        if self._timer is None:
            self._tell()
            self._timer = asyncio.get_running_loop().call_later(_LINE, self._again)

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 - whatever it says, a stranger said it
        """What the HTTP server would log are its complaints about strangers."""
        self.count(TurnedAway.NOT_HTTP)
        return False

    def close(self) -> None:
        """Tell what is left."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self._tell()

    def _again(self) -> None:
        self._timer = None
        if self._counts:
            self._tell()
            self._timer = asyncio.get_running_loop().call_later(_LINE, self._again)

    def _tell(self) -> None:
        if self._counts:
            said = ", ".join(f"{number} {why}" for why, number in sorted(self._counts.items()))
            _LOG.warning("the door refused %s", said)
            self._counts.clear()


class OpenConnections:
    """The connections that are open. Who has not finished a request has to go first when there is no place left."""

    def __init__(self, refusals: Refusals, places: int = 0) -> None:
        self.places = places or _places()
        self.refusals = refusals
        self._of_one = max(1, self.places * (_SHARE - 1) // _SHARE)
        self._open: dict[GuardedConnection, None] = {}

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, one: GuardedConnection) -> bool:
        """Take it in, where need be in place of the oldest that waits; False where all are busy."""
        same = [other for other in self._open if other.address == one.address]
        is_many = len(same) >= self._of_one
        if is_many or len(self._open) >= self.places:
            crowd = same if is_many else list(self._open)
            self.refusals.count(TurnedAway.TOO_MANY)
            waiting = next((other for other in crowd if not other.is_busy), None)
            if waiting is None:
                return False
            waiting.end()
        self._open[one] = None
        return True

    def leave(self, one: GuardedConnection) -> None:
        self._open.pop(one, None)

    def end_waiting(self) -> None:
        """End every connection without a whole request; the others are being answered."""
        for one in [one for one in self._open if not one.is_busy]:
            one.end()


class GuardedConnection(asyncio.Protocol):
    """One connection: stands before the HTTP server's own protocol and looks at the clock."""

    def __init__(self, inner: asyncio.Protocol, connections: OpenConnections) -> None:
        self.address = ""
        self.is_busy = False
        self._inner, self._connections = inner, connections
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._idle = False
        self._admitted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let in, or sent away."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a TCP server hands over
        self._transport = transport
        self.address = network_of(transport.get_extra_info("peername"))
        self._admitted = self._connections.admit(self)
        if not self._admitted:
            transport.abort()
            return
        self._inner.connection_made(transport)
        self._wait(PATIENCE)

    def data_received(self, data: bytes) -> None:
        """The time for a request begins with its first byte."""
        if not self._admitted:
            return
        if self._idle:
            self._wait(PATIENCE)
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        """The other side says no more."""
        return self._inner.eof_received() if self._admitted else None

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._rest()
        self._connections.leave(self)
        if self._admitted:
            self._admitted = False
            self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """The other side reads slowly."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """It reads again."""
        self._inner.resume_writing()

    def expects_a_body(self) -> None:
        """The headers are there."""
        self._wait(PATIENCE)

    @contextmanager
    def busy(self) -> Generator[None]:
        """While a whole request is being answered."""
        self._rest()
        self.is_busy = True
        try:
            yield
        finally:
            self.is_busy = False
            self._wait(_IDLE, idle=True)

    def end(self) -> None:
        """Close at once."""
        self._rest()
        self._connections.leave(self)
        if self._transport:
            self._transport.abort()

    def _wait(self, seconds: float, *, idle: bool = False) -> None:
        self._rest()
        self._idle = idle
        self._timer = asyncio.get_running_loop().call_later(seconds, self._too_slow)

    def _rest(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        if not self._idle:
            self._connections.refusals.count(TurnedAway.TOO_SLOW)
        self.end()


class NotSigned(Exception):
    """A request is not Slack's."""


class SeenRequests(Protocol):
    """The requests that any receiver has taken, where there are several."""

    async def claim(self, signature: str) -> bool | None:
        """Begin to answer it: False where it was answered, None where a receiver is at it, and may have died there."""
        ...

    async def answered(self, signature: str, until: float) -> None:
        """Note until then that it was answered well."""
        ...

    async def release(self, signature: str) -> None:
        """It failed, and may come again."""
        ...


class Signatures:
    """Which requests are Slack's, and which of them were here before.

    What was answered well is remembered for as long as its timestamp holds, so that a copy of it has no effect.
    """

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret = secret.encode()
        self._clock = clock
        self._seen: OrderedDict[str, tuple[float, asyncio.Future[int]]] = OrderedDict()

    def claimed(self, headers: Mapping[str, Sequence[str]]) -> tuple[str, str]:
        """(Timestamp, signature) of the headers, their form checked. Raises `NotSigned`."""
        timestamp, signature = _only(headers.get(_TIMESTAMP, ())), _only(headers.get(_SIGNATURE, ()))
        digits = signature.removeprefix("v0=")
        right = len(digits) == _HEX and set(digits) <= set("0123456789abcdef") and signature != digits
        if not (right and timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= len("9999999999")):
            raise NotSigned
        if abs(self._clock.now() - int(timestamp)) > _NEAR:
            raise NotSigned
        return timestamp, signature

    def check(self, timestamp: str, signature: str, body: bytes) -> None:
        """Raises `NotSigned` where the secret was not known to whoever wrote it."""
        right = hmac.new(self._secret, b"v0:%s:%s" % (timestamp.encode(), body), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(f"v0={right}", signature):
            raise NotSigned

    def before(self, signature: str) -> asyncio.Future[int] | None:
        """The status that the same request got or is about to get; None for a new one, which is noted."""
        now = self._clock.now()
        while self._seen and (len(self._seen) >= _REMEMBERED or next(iter(self._seen.values()))[0] < now):
            self._seen.popitem(last=False)
        if signature in self._seen:
            return self._seen[signature][1]
        self._seen[signature] = (self.until(), asyncio.get_running_loop().create_future())
        return None

    def until(self) -> float:
        """Until when a copy might be let in: a timestamp may be ahead of us, and then it holds for twice as long."""
        return self._clock.now() + 2 * _NEAR

    def answered(self, signature: str, status: int, *, good: bool) -> None:
        """How a new one was answered. What failed may come again."""
        _, future = self._seen[signature] if good else self._seen.pop(signature)
        future.set_result(status)


def connection_of(request: web.Request) -> GuardedConnection:
    """The connection that a request came by."""
    transport = request.transport
    found = transport.get_protocol() if transport else None
    if not isinstance(found, GuardedConnection):
        raise ConnectionResetError
    return found


class _Reading:
    """A body that is on its way."""

    def __init__(self, connection: GuardedConnection) -> None:
        self.connection = connection
        self.body = bytearray()


class Bodies:
    """What is read and not yet believed: of too much together the largest body is given up, and Slack's are small."""

    def __init__(self) -> None:
        self._reading: list[_Reading] = []

    async def read(self, request: web.Request) -> bytes | None:
        """The body; None for one that is too large."""
        if (request.content_length or 0) > LARGEST:
            return None
        mine = _Reading(connection_of(request))
        self._reading.append(mine)
        try:
            async for piece in request.content.iter_any():
                mine.body += piece
                if len(mine.body) > LARGEST or not self._has_room(mine):
                    return None
            return bytes(mine.body)
        finally:
            self._reading.remove(mine)

    def _has_room(self, mine: _Reading) -> bool:
        while sum(len(one.body) for one in self._reading) > _HELD:
            largest = max(self._reading, key=lambda one: len(one.body))
            if largest is mine:
                return False
            largest.body.clear()
            largest.connection.end()
        return True


def _only(values: Sequence[str]) -> str:
    if len(values) != 1:
        raise NotSigned
    return values[0]


def _places() -> int:
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _PLACES if files == resource.RLIM_INFINITY else max(8, min(_PLACES, files // _SHARE))
