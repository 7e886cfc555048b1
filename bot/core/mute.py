"""A muted thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.sign_off import OpenPoint


@dataclass(frozen=True, slots=True)
class Mute:
    """What stands in place of the review in a muted thread. ``at`` is in seconds since 1970."""

    by: str
    """Slack's id of the person who muted it."""
    at: float
    left: tuple[OpenPoint, ...] = ()
    """What the review of these words left open, as far as there is one; it is not kept, but looked up."""
