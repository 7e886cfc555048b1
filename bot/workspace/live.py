"""Tells open pages that something changed, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.workspace.changes import Change
    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json

_STILL_THERE = 15.0
_MOST_WAITING = 1000


class Live:
    """Answers ``/local/events``. An event says what changed and where; the page then asks for the new parts."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._open: set[asyncio.Queue[str]] = set()
        self._closing = False
        hub.changes.listen(self._changed)
        hub.traffic.listeners.append(self._traffic)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One page listens."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n")
        waiting: asyncio.Queue[str] = asyncio.Queue(_MOST_WAITING)
        self._open.add(waiting)
        try:
            while not self._closing:
                await response.write(await self._next(waiting))
        except ConnectionResetError:
            pass
        finally:
            self._open.discard(waiting)
        return response

    async def _next(self, waiting: asyncio.Queue[str]) -> bytes:
        try:
            data = await asyncio.wait_for(waiting.get(), _STILL_THERE)
        except TimeoutError:
            return b": still here\n\n"
        return f"data: {data}\n\n".encode() if data else b": bye\n\n"

    def stop(self) -> None:
        """Let every page go."""
        self._closing = True
        self._send("")

    def start(self) -> None:
        """Take pages in."""
        self._closing = False

    def _changed(self, change: Change) -> None:
        ts = change.message.get("thread_ts") or change.message.get("ts") or ""
        told: Json = {"kind": change.kind, "team": change.team, "channel": change.channel, "user": change.user}
        told["reply"] = bool(change.message.get("thread_ts"))
        self._send(json.dumps({**told, "ts": ts, "connected": self._hub.is_connected()}))

    def _traffic(self, entry: Json) -> None:
        self._send(json.dumps({"kind": "traffic", "n": entry["n"]}))

    def _send(self, data: str) -> None:
        for waiting in self._open:
            if not waiting.full():
                waiting.put_nowait(data)
