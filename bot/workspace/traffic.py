"""The raw calls, envelopes and acknowledgements of late."""

from __future__ import annotations

from collections import deque
from copy import deepcopy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.workspace.shapes import Json

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
        entry: Json = {"n": self._count, "at": self._now(), "kind": kind, **deepcopy(details)}
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
