"""A muted thread."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mute:
    """What stands in place of the review in a muted thread. ``at`` is in seconds since 1970."""

    by: str
    """Slack's id of the person who muted it."""
    at: float
