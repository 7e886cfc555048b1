"""What people think of a critique."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Thumb(StrEnum):
    """Whether it helped."""

    UP = "up"
    DOWN = "down"
    NONE = "none"
    """Taken back."""


class Reason(StrEnum):
    """What was wrong with it; "" where the person did not say."""

    WRONG_POINT = "wrong point"
    MISSED = "missed"
    TONE = "tone"
    OTHER = "other"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """What a thumb is about: a draft's critique as of one revision."""

    draft_id: str
    revision: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's word on it. ``at`` is the moment of the click (Slack's ``action_ts``)."""

    user: str
    thumb: Thumb
    at: str
    reason: Reason = Reason.UNSAID
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """How many reviews somebody called helpful, and how many not; where people differ, a review is in both."""

    up: int = 0
    down: int = 0
