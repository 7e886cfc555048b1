"""How much the engine does at once, and how patient it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much runs at once, and how long things are waited for (seconds)."""

    per_process: int = 256
    per_team: int = 64
    poll: float = 0.1
    removal_poll: float = 0.5
    first_pause: float = 1.0
    """Between the first two attempts of a step that failed; every later pause is twice as long."""
    longest_pause: float = 300.0
    patience: float = 240.0
    """After which a failing step of a review is given up; the sweep asks again later."""
    removal_patience: float = 24 * 3600.0
    """The same for a removal and for a click, for which nobody asks again."""
    beat: float = 5.0
    """Between two signs of life on PostgreSQL."""
    dead: float = 20.0
    """After which a silent process's jobs are taken over; longer than any pause of a machine."""
