"""A verdict: what a person decided about a finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What happens with a finding."""

    OPEN = "open"
    """Nobody decided, or a decision was taken back."""
    USED = "used"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision. ``finding`` is the finding's `ref`, so that a verdict outlives edits of other words.

    ``at`` is the moment of the click (Slack's ``action_ts``), ``revision`` what the draft said then.
    """

    finding: str
    decision: Decision
    user: str
    at: str
    revision: str
