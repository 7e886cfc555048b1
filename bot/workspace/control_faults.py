"""The part of the control interface that watches and breaks things."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.workspace.answering import answering
from bot.workspace.errors import ApiRefusal
from bot.workspace.faults import Fault

if TYPE_CHECKING:
    from aiohttp import web

    from bot.workspace.acting import Acting
    from bot.workspace.shapes import Json

_SOCKETS = ("drop_sockets", "refresh_sockets", "refuse_tickets", "hold_acks")


class FaultControl:
    """Answers ``/local/traffic``, ``/local/faults``, ``/local/redeliver`` and ``/local/clock``."""

    def __init__(self, workspace: Acting) -> None:
        self._workspace = workspace

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the interface into a server."""
        router.add_get("/local/traffic", answering(self.traffic))
        router.add_post("/local/traffic/clear", answering(self.clear_traffic))
        router.add_get("/local/faults", answering(self.faults))
        router.add_post("/local/faults", answering(self.set_fault))
        router.add_post("/local/faults/clear", answering(self.clear_faults))
        router.add_post("/local/redeliver", answering(self.redeliver))
        router.add_get("/local/clock", answering(self.time))
        router.add_post("/local/clock", answering(self.clock))

    async def traffic(self, body: Json) -> Json:
        """What went over the wire."""
        return {"traffic": self._workspace.traffic.after(int(body.get("after") or 0))}

    async def clear_traffic(self, _: Json) -> Json:
        """Forget it."""
        self._workspace.traffic.clear()
        return {}

    async def faults(self, _: Json) -> Json:
        """What is going to go wrong, and what did."""
        faults, courier = self._workspace.faults, self._workspace.courier
        return {**asdict(faults), "lost": [parcel.payload for parcel in courier.lost], "undelivered": courier.busy}

    async def set_fault(self, body: Json) -> Json:
        """Let something go wrong."""
        faults = self._workspace.faults
        out: Json = {}
        sockets = {name: body.pop(name) for name in _SOCKETS if name in body}
        if body or not sockets:
            faults.add(Fault.of(body))
        faults.refuse_tickets = int(sockets.get("refuse_tickets") or faults.refuse_tickets)
        faults.hold_acks = int(sockets.get("hold_acks") or faults.hold_acks)
        if sockets.get("refresh_sockets"):
            await self._workspace.sockets.refresh()
        if sockets.get("drop_sockets"):
            out["dropped"] = self._workspace.sockets.drop()
        return out

    async def clear_faults(self, _: Json) -> Json:
        """Everything works again."""
        self._workspace.faults.clear()
        return {}

    async def redeliver(self, body: Json) -> Json:
        """Send events again: one by its id, or the last ones, the newest first."""
        courier, event_id = self._workspace.courier, body.get("event_id")
        named = [parcel for parcel in courier.sent if parcel.payload.get("event_id") == event_id]
        again = named[:1] if event_id else courier.sent[-int(body.get("last") or 1) :][::-1]
        if not again:
            code = "no_such_event"
            raise ApiRefusal(code)
        for parcel in again:
            courier.send_event(parcel)
        return {"events": [parcel.payload["event_id"] for parcel in again]}

    async def time(self, _: Json) -> Json:
        """What time it is here."""
        return {"now": self._workspace.hub.clock.now()}

    async def clock(self, body: Json) -> Json:
        """Move time ahead."""
        self._workspace.advance(float(body["advance"]))
        return {"now": self._workspace.hub.clock.now()}
