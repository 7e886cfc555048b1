"""Failures on demand, and the raw traffic to watch."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from bot.workspace.shapes import copied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.workspace.shapes import Json


# Failures on demand.


@dataclass
class Fault:
    """What happens to the next calls of a method, or to the next answers by ``response_url``.

    With ``status``, ``error`` or ``retry_after`` the call is answered so and does nothing. ``delay`` waits first.
    ``drop`` does the work and then cuts the connection, so that the caller cannot know, and
    ``half`` sends half of the answer.
    """

    method: str
    status: int = 0
    error: str = ""
    retry_after: int | None = None
    times: int = 1
    delay: float = 0.0
    drop: bool = False
    half: bool = False

    @property
    def refuses(self) -> bool:
        """Whether the call is answered without doing its work."""
        return bool(self.status or self.error or self.retry_after is not None)

    @classmethod
    def of(cls, values: Json) -> Fault:
        """A fault from JSON. Raises ValueError for a key that does not exist."""
        known = {entry.name for entry in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown or not values.get("method"):
            message = f"a fault needs a method and knows {', '.join(sorted(known))}; got {', '.join(sorted(values))}"
            raise ValueError(message)
        return cls(**values)


@dataclass
class Faults:
    """The faults in wait. The counters go down as they are used."""

    calls: list[Fault] = field(default_factory=list[Fault])
    refuse_tickets: int = 0
    hold_acks: int = 0

    def add(self, fault: Fault) -> None:
        """One more; several of a method are used one after the other."""
        self.calls.append(fault)

    def on(self, method: str, **values: object) -> None:
        """The same, by names: ``faults.on("chat.postMessage", status=429, retry_after=1)``."""
        self.add(Fault.of({"method": method, **values}))

    def next_for(self, method: str) -> Fault | None:
        """The fault that strikes this call, used up by one."""
        fault = next((fault for fault in self.calls if fault.method in {method, "*"}), None)
        if fault:
            fault.times -= 1
            if fault.times <= 0:
                self.calls.remove(fault)
        return fault

    def take_ticket(self) -> bool:
        """Whether this socket is to be refused."""
        struck = self.refuse_tickets > 0
        self.refuse_tickets -= struck
        return struck

    def take_ack(self) -> bool:
        """Whether this acknowledgement is to be ignored."""
        struck = self.hold_acks > 0
        self.hold_acks -= struck
        return struck

    def clear(self) -> None:
        """No more faults."""
        self.calls.clear()
        self.refuse_tickets = self.hold_acks = 0


# The raw calls, envelopes and acknowledgements of late.

_KEPT = 500


class Traffic:
    """A ring of entries. Each has ``n``, ``at``, ``kind`` (call, envelope, ack, link) and what belongs to its kind."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._entries: deque[Json] = deque(maxlen=_KEPT)
        self._count = 0
        self.listeners: list[Callable[[Json], None]] = []

    def add(self, kind: str, **details: object) -> None:
        """Note one thing."""
        self._count += 1
        entry: Json = {"n": self._count, "at": self._now(), "kind": kind, **copied(details)}
        self._entries.append(entry)
        for listener in self.listeners:
            listener(entry)

    def __iter__(self) -> Iterator[Json]:
        return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def after(self, number: int) -> list[Json]:
        """Every entry that came after that one."""
        return [entry for entry in self._entries if entry["n"] > number]

    def calls(self, method: str = "") -> list[Json]:
        """The Web API calls, of one method if named, the oldest first."""
        return [e for e in self._entries if e["kind"] == "call" and method in {"", e["method"]}]

    def envelopes(self, kind: str = "") -> list[Json]:
        """What was delivered to the bot, of one kind (events_api, slash_commands, interactive) if named."""
        return [e for e in self._entries if e["kind"] == "envelope" and kind in {"", e["type"]}]

    def events(self, event_type: str = "") -> list[Json]:
        """The events delivered, of one type if named."""
        events = [e["payload"]["event"] for e in self.envelopes("events_api")]
        return [event for event in events if event_type in {"", event["type"]}]

    def clear(self) -> None:
        """Forget it all."""
        self._entries.clear()
