"""What goes wrong, and when, by a seed."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Awaitable, Callable, Coroutine

    from benchmarks.chaos.machines import Fleet, Postgres, SqliteFiles
    from bot.workspace.delivery.envelope import Parcel
    from bot.workspace.server import Workspace

_CALLED = (
    ("chat.postMessage", 6),
    ("chat.update", 5),
    ("conversations.replies", 2),
    ("chat.delete", 2),
    ("reactions.add", 1),
    ("reactions.remove", 1),
    ("conversations.history", 1),
    ("auth.test", 1),
    ("users.conversations", 1),
    ("apps.connections.open", 1),
)
"""Slack's methods that are struck, and how often."""
_GAVE_UP = 20.0
"""Seconds after which the bot's client does not wait any more."""


@dataclass
class Mischief:
    """Does the faults of one run and counts them."""

    workspace: Workspace
    fleet: Fleet
    database: SqliteFiles | Postgres
    chance: random.Random
    kills: int
    few: bool
    done: Counter[str] = field(default_factory=Counter[str])
    _late: set[asyncio.Task[None]] = field(default_factory=set["asyncio.Task[None]"])

    async def happen(self, seconds: float) -> None:
        """All of it, within about so many seconds."""
        counts: tuple[tuple[Callable[[], Awaitable[None]], int], ...] = (
            (self._terminate, max(self.kills // 5, 1)),
            (self._stand_still, max(self.kills // 5, 1)),
            (self._slack_fails, self.kills * 6),
            (self._carried_out_late, max(self.kills // 2, 1)),
            (self._cut, max(self.kills // 2, 1)),
            (self._repeat, self.kills),
            (self._database, 2),
            (self._clock, 1),
        )
        if self.few:
            counts = ((self._cut, 1),)
        self._disturb_deliveries()
        deeds = [self._at(self.chance.uniform(0, seconds), deed) for deed, number in counts for _ in range(number)]
        await asyncio.gather(self._kill_all(seconds), *deeds)

    async def settled(self) -> None:
        """Everything works again from now on, and what was held back is on its way."""
        self.workspace.faults.clear()
        self.fleet.balancer.cut = 0
        while self._late:
            await asyncio.gather(*self._late)

    async def _at(self, seconds: float, deed: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(seconds)
        await deed()

    async def _kill_all(self, seconds: float) -> None:
        """Kills are what a run promises, so each waits until there is something to kill."""
        for _ in range(self.kills):
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * seconds / (self.kills + 1))
            await self.chance.choice(self.fleet.machines).strike(signal.SIGKILL)
            self.done["kill -9"] += 1

    async def _terminate(self) -> None:
        await self.chance.choice(self.fleet.machines).strike(signal.SIGTERM)
        self.done["SIGTERM"] += 1

    async def _stand_still(self) -> None:
        await self.chance.choice(self.fleet.machines).pause(self.chance.choice([3.0, 9.0, 25.0]))
        self.done["SIGSTOP and SIGCONT"] += 1

    async def _slack_fails(self) -> None:
        methods, weights = zip(*_CALLED, strict=True)
        method = self.chance.choices(methods, weights)[0]
        how: dict[str, object] = self.chance.choice(
            [
                {"retry_after": 1},
                {"retry_after": 3},
                {"status": 500},
                {"status": 503},
                {"error": "internal_error"},
                {"delay": self.chance.uniform(0.5, 4)},
                {"drop": True},
                {"half": True},
            ]
        )
        self.workspace.faults.on(method, **how)
        self.done["Slack's refusals, slow, cut and half answers"] += 1

    async def _carried_out_late(self) -> None:
        """5 to 30 s after the bot's client gave up."""
        method = self.chance.choices(["chat.postMessage", "chat.update"], [3, 1])[0]
        self.workspace.faults.on(method, delay=_GAVE_UP + self.chance.uniform(5, 30))
        self.done["calls carried out late"] += 1

    async def _cut(self) -> None:
        """Of the socket or, over HTTP, of receivers' answers."""
        if self.fleet.balancer.ports:
            self.fleet.balancer.cut += 3
        else:
            self.workspace.faults.refuse_tickets = self.chance.choice([0, 1, 2])
            self.workspace.faults.hold_acks = self.chance.choice([0, 1, 2])
            self.workspace.sockets.drop()
        self.done["connections cut"] += 1

    async def _repeat(self) -> None:
        """Slack sends some event once more."""
        if sent := self.workspace.courier.sent:
            self.workspace.courier.send_event(self.chance.choice(sent[-60:]))
            self.done["events again"] += 1

    async def _database(self) -> None:
        self.done[await self.database.trouble(self.chance)] += 1

    async def _clock(self) -> None:
        self.workspace.advance(90)
        self.done["Slack's clock jumps by 90 s"] += 1

    def _disturb_deliveries(self) -> None:
        """Some events come late, behind those that came after them; some come twice."""
        send = self.workspace.courier.send_event

        async def later(parcel: Parcel, seconds: float) -> None:
            await asyncio.sleep(seconds)
            send(parcel)

        def disturbed(parcel: Parcel) -> None:
            if self.chance.random() < 0.1:  # noqa: PLR2004
                self._soon(later(parcel, self.chance.uniform(0, 5)))
                self.done["events twice"] += 1
            if self.chance.random() < 0.15:  # noqa: PLR2004
                self._soon(later(parcel, self.chance.uniform(0.2, 6)))
                self.done["events out of order"] += 1
            else:
                send(parcel)

        self.workspace.courier.send_event = disturbed

    def _soon(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._late.add(task)
        task.add_done_callback(self._late.discard)
