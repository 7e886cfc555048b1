"""Whether Candor was there: gaps in its presence, and channels that it cannot read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST = 24 * 3600.0
"""Seconds of absence that can be caught up by reading back."""


JUMP = 24 * 3600.0
"""Seconds that may lie between two looks at the clock before it counts as set anew."""
HOLDS = 24 * 3600.0
"""Seconds for which a clock that was set anew has to go on before anything is deleted by it."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the clock is believed: when it was last looked at, and since when it has gone on without a jump.

    ``jump`` is the seconds by which it had moved then; 0 for the first look. A machine that was off looks the same.
    """

    seen: float
    since: float
    jump: float = 0.0

    @classmethod
    def at(cls, now: float, before: Trust | None) -> Trust:
        """After another look. Small steps back, as time servers make them, are none."""
        if before is None:
            return cls(now, now)
        moved = now - before.seen
        if abs(moved) > JUMP:
            return cls(now, now, moved)
        return cls(now, min(before.since, now), before.jump)

    @property
    def holds(self) -> bool:
        """True where what is old by this clock may be deleted."""
        return self.seen - self.since >= HOLDS

    @property
    def is_new(self) -> bool:
        """True where the last look found a jump."""
        return bool(self.jump) and self.seen == self.since


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody received a workspace's messages between two moments (seconds since 1970), for longer than `LONGEST`."""

    team: str
    began: float
    ended: float

    @property
    def key(self) -> str:
        """Names it among all that brand leads of the workspace are told."""
        return f"gap:{self.began:.0f}"


class Trouble(StrEnum):
    """Why a channel could not be read."""

    ABSENT = "absent"
    """Candor is not in it, or it is archived."""
    NO_SCOPE = "no_scope"
    """The app has no permission for it."""
    LATER = "later"
    """Slack did not answer, or asked to wait; the same may succeed soon."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A channel that a catch-up could not read. ``channel`` is its id or name; "" stands for the whole workspace."""

    team: str
    channel: str
    trouble: Trouble

    @property
    def key(self) -> str:
        """Names it among all that brand leads of the workspace are told."""
        return f"{UNREAD}{self.channel}"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Drafts that Slack could not deliver and that were read back (``found_at``: seconds since 1970)."""

    team: str
    channels: tuple[str, ...]
    count: int
    found_at: float

    @property
    def key(self) -> str:
        """Names it among all that brand leads are told: once an hour, however long Slack cannot get through."""
        return f"undelivered:{self.found_at // 3600:.0f}"


UNREAD = "unread:"
INTRODUCED = "introduced:"
"""How the key of every `Unread` begins."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that one person of a workspace is told once. ``user`` is Slack's id."""

    team: str
    user: str
    key: str
