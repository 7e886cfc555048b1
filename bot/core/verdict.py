"""A verdict: what a person decided about a finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Decision(StrEnum):
    """What happens with a finding."""

    OPEN = "open"
    """Nobody decided, or a decision was taken back."""
    USED = "used"
    DISMISSED = "dismissed"


class Reason(StrEnum):
    """Why somebody dismissed a finding."""

    NOT_A_PROBLEM = "not_a_problem"
    FALSE_ALARM = "false_alarm"
    PROOF = "proof"
    """There is proof for what the words claim."""
    AGREED = "agreed"
    """It is agreed with a brand lead."""
    HOUSE_STYLE = "house_style"
    OWN_ADDRESS = "own_address"
    """It is contact data that the brand publishes as its own; said by the button for it alone."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision. ``finding`` is the finding's `ref`, so that a verdict outlives edits of other words.

    ``at`` is the moment of the click (Slack's ``action_ts``), ``revision`` what the draft said then. ``reason`` and
    ``note`` are a dismissal's, as far as somebody gave them.
    """

    finding: str
    decision: Decision
    user: str
    at: str
    revision: str
    reason: Reason | None = None
    note: str = field(default="", repr=False)
