"""How often Slack lets an app call a method, and how it says that this was too often."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PER_MINUTE = {2: 20, 3: 50, 4: 100}
"""Calls of one method by one app in one workspace, by the tiers of Slack's reference."""
_MINUTE = 60.0
_BURST = 10
"""Messages that a channel takes at once; after that one a second. Slack names the second, and "short bursts"."""


class Limits:
    """Counts what apps call. People, who use Slack's own clients, are not counted."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.on = True
        """False where a test or a measurement is about volume, not about Slack."""
        self._now = now
        self._calls: defaultdict[tuple[str, ...], deque[float]] = defaultdict(deque)
        self._taken: dict[tuple[str, ...], float] = {}

    def seconds_until(self, team: str, method: str, tier: int, channel: str) -> int:
        """For how long Slack would refuse an app's call; 0, and the call is counted, where it takes it."""
        if not self.on:
            return 0
        if method == "chat.postMessage":
            return self._post(team, channel)
        most = _PER_MINUTE.get(tier)
        return self._in_a_minute((team, method), most) if most else 0

    def _post(self, *channel: str) -> int:
        """Each message takes a second of the channel's; it may be ahead of time by the burst."""
        now = self._now()
        ahead = max(self._taken.get(channel, now), now) + 1.0 - now
        if ahead > _BURST:
            return max(math.ceil(ahead - _BURST), 1)
        self._taken[channel] = now + ahead
        return 0

    def _in_a_minute(self, key: tuple[str, ...], most: int) -> int:
        now, calls = self._now(), self._calls[key]
        while calls and calls[0] <= now - _MINUTE:
            calls.popleft()
        if len(calls) >= most:
            return max(math.ceil(calls[0] + _MINUTE - now), 1)
        calls.append(now)
        return 0
