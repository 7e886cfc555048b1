"""Failures on demand."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.workspace.shapes import Json


@dataclass
class Fault:
    """What happens to the next calls of a method, or to the next answers by ``response_url``.

    With ``status``, ``error`` or ``retry_after`` the call is answered so and does nothing. ``delay`` waits first.
    ``drop`` does the work and then cuts the connection, so that the caller cannot know.
    """

    method: str
    status: int = 0
    error: str = ""
    retry_after: int | None = None
    times: int = 1
    delay: float = 0.0
    drop: bool = False

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
