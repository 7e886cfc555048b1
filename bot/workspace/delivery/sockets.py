"""Socket Mode: tickets, the greeting, envelopes and their acknowledgements."""

from __future__ import annotations

import asyncio
import json
import secrets
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from bot.workspace.changes import Change
from bot.workspace.shapes import NotAcknowledged, an_object

if TYPE_CHECKING:
    from bot.workspace.delivery.envelope import Attempt, Parcel
    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json

_MOST = 10
_REFUSED = 408


@dataclass(eq=False)  # aiohttp's objects are mappings, and all empty mappings are equal
class _Socket:
    response: web.WebSocketResponse
    request: web.Request


class Sockets:
    """The sockets of every app. An envelope goes to one of them, by chance."""

    def __init__(self, hub: Hub, ack_seconds: float, patience: float) -> None:
        self._hub = hub
        self._ack_seconds = ack_seconds
        self._patience = patience
        self._live: dict[str, list[_Socket]] = {}
        self._awaited: dict[str, asyncio.Future[Json]] = {}

    def count(self, app_id: str = "") -> int:
        """Sockets that are connected, of one app if named."""
        return sum(len(sockets) for app, sockets in self._live.items() if app_id in {"", app})

    async def link(self, request: web.Request) -> web.StreamResponse:
        """A bot connects with its ticket."""
        if self._hub.faults.take_ticket():
            self._hub.traffic.add("link", what="refused")
            return web.Response(status=_REFUSED)
        app_id = self._hub.tickets.use(request.query.get("ticket", ""))
        if not app_id:
            self._hub.traffic.add("link", what="bad ticket")
            return web.Response(status=404, text="this ticket is unknown, used or too old")
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        await self._greet(socket, app_id)
        if self.count(app_id) >= _MOST:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await self._listen(app_id, socket, request)
        return socket

    async def _greet(self, socket: web.WebSocketResponse, app_id: str) -> None:
        debug = {"host": "local", "build_number": 1, "approximate_connection_time": 18060}
        connected = {"num_connections": self.count(app_id) + 1, "connection_info": {"app_id": app_id}}
        await socket.send_json({"type": "hello", "debug_info": debug, **connected})

    async def _listen(self, app_id: str, socket: web.WebSocketResponse, request: web.Request) -> None:
        entry = _Socket(socket, request)
        self._live.setdefault(app_id, []).append(entry)
        self._tell("connected")
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(str(message.data))
        finally:
            if entry in self._live.get(app_id, []):
                self._live[app_id].remove(entry)
            self._tell("disconnected")

    def _acknowledged(self, data: str) -> None:
        try:
            content = an_object(json.loads(data))
        except ValueError:
            return
        envelope_id = str(content.get("envelope_id", ""))
        awaited = self._awaited.get(envelope_id)
        held = awaited is not None and self._hub.faults.take_ack()
        payload = an_object(content.get("payload"))
        late = awaited is None
        self._hub.traffic.add("ack", envelope_id=envelope_id, payload=payload, held=held, late=late)
        if awaited and not awaited.done():
            # One that is held back never comes, so nobody need wait until its time is up.
            awaited.set_exception(TimeoutError()) if held else awaited.set_result(payload)

    async def carry(self, parcel: Parcel, attempt: Attempt) -> Json:
        """Send it over one socket and wait for the answer. Raises `NotAcknowledged`."""
        envelope_id = str(uuid.uuid4())
        envelope: Json = {"envelope_id": envelope_id, "type": parcel.kind, "payload": parcel.payload}
        envelope["accepts_response_payload"] = parcel.kind != "events_api"
        if parcel.kind == "events_api":
            envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
        socket = await self._socket(parcel.app_id)
        awaited = self._awaited[envelope_id] = asyncio.get_running_loop().create_future()
        self._hub.traffic.add("envelope", **envelope)
        try:
            await socket.send_json(envelope)
            return await asyncio.wait_for(awaited, self._ack_seconds)
        except TimeoutError:
            reason = "timeout"
            raise NotAcknowledged(reason) from None
        except ConnectionError:
            reason = "connection_failed"
            raise NotAcknowledged(reason) from None
        finally:
            del self._awaited[envelope_id]

    async def _socket(self, app_id: str) -> web.WebSocketResponse:
        def live() -> list[_Socket]:
            return [entry for entry in self._live.get(app_id, []) if not entry.response.closed]

        try:
            entries = live() or await self._hub.changes.until(live, self._patience)
        except TimeoutError:
            reason = "connection_failed"
            raise NotAcknowledged(reason) from None
        return secrets.choice(entries).response

    def drop(self) -> int:
        """Cut every connection without a word; returns how many."""
        entries = [entry for entries in self._live.values() for entry in entries]
        for entry in entries:
            if entry.request.transport:
                entry.request.transport.abort()
        self._live.clear()
        return len(entries)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Tell every bot to connect anew, as Slack does now and then."""
        entries = [entry for entries in self._live.values() for entry in entries]
        for entry in entries:
            await entry.response.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})

    async def stop(self) -> None:
        """Hang up."""
        for entries in self._live.values():
            await asyncio.gather(*(entry.response.close() for entry in list(entries)), return_exceptions=True)

    def _tell(self, what: str) -> None:
        self._hub.traffic.add("link", what=what)
        self._hub.changes.emit(Change("delivery", "", detail={"what": what}))
