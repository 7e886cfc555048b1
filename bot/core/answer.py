"""An answer: what a person said to a question about a draft."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """Kept with the draft and given to every later review of it. ``at`` is the moment of the click."""

    guideline: str
    answer: str
    user: str
    at: str
