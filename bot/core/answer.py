"""An answer: what a person said to a question about a draft."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """Kept with the draft and given to every later review of it. ``at`` is the moment of the click.

    ``question`` and ``options`` are what was asked and what could be answered, so that it can be answered anew;
    empty where the answer came before any question.
    """

    guideline: str
    answer: str
    user: str
    at: str
    question: str = ""
    options: tuple[str, ...] = ()
