"""Whether Candor was there: gaps in its presence, and channels that it cannot read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST = 24 * 3600.0
"""Seconds of absence that can be caught up by reading back."""


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


UNREAD = "unread:"
"""How the key of every `Unread` begins."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that one person of a workspace is told once. ``user`` is Slack's id."""

    team: str
    user: str
    key: str
