"""Brings parcels to the bot: at once, and again when nobody acknowledged."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.workspace.changes import Change
from bot.workspace.delivery.envelope import Attempt, Parcel
from bot.workspace.shapes import NotAcknowledged, copied

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from bot.workspace.delivery.envelope import Carrier
    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json


class Courier:
    """Events are retried as Slack does; commands and clicks are tried once."""

    def __init__(self, hub: Hub, carrier: Carrier, retries: Sequence[float]) -> None:
        self._hub = hub
        self._carrier = carrier
        self._retries = tuple(retries)
        self._tasks: set[asyncio.Task[None]] = set()
        self.sent: list[Parcel] = []
        self.lost: list[Parcel] = []

    @property
    def busy(self) -> int:
        """Events that are neither acknowledged nor lost."""
        return len(self._tasks)

    def send_event(self, parcel: Parcel) -> None:
        """Deliver an event, in the background, in the order of these calls."""
        parcel = Parcel(parcel.app_id, parcel.kind, copied(parcel.payload))
        self.sent.append(parcel)
        self._start(self._deliver(parcel))

    async def ask(self, parcel: Parcel) -> Json:
        """Deliver a command or a click and return what the acknowledgement carried. Raises `NotAcknowledged`."""
        return await self._carrier.carry(parcel, Attempt())

    async def _deliver(self, parcel: Parcel) -> None:
        attempt = Attempt()
        for pause in (*self._retries, None):
            try:
                await self._carrier.carry(parcel, attempt)
            except NotAcknowledged as error:
                self._hub.traffic.add("link", what=f"not acknowledged: {error.reason}")
                if error.final or pause is None:
                    break
                await self._hub.clock.sleep(pause)
                attempt = Attempt(attempt.number + 1, error.reason)
            else:
                return
        self.lost.append(parcel)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._hub.changes.emit(Change("delivery", "", detail={"what": "settled"}))

    async def stop(self) -> None:
        """Deliver nothing more."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._carrier.stop()
