"""What Candor stores about a person, and who reads their texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The kinds in which a person's data is counted."""

    DRAFTS = "drafts"
    """Texts with their reviews and all that was made of them."""
    DECISIONS = "decisions"
    ANSWERS = "answers"
    """What they answered to questions about drafts."""
    SIGN_OFFS = "sign_offs"
    FEEDBACK = "feedback"
    CONVERSATIONS = "conversations"
    PRIVATE_REVIEWS = "private_reviews"
    EXCEPTIONS = "exceptions"
    MUTES = "mutes"
    SETTINGS = "settings"
    """Settings that they changed."""
    INSTALLATIONS = "installations"
    NOTICES = "notices"
    """What Candor told them of its own accord."""
    OPT_OUT = "opt_out"


@dataclass(frozen=True, slots=True)
class Reader:
    """The language model that reads texts, and the host it is asked at; both "" where there is none."""

    model: str = ""
    host: str = ""
    sees_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is stored about a person in one workspace. ``days`` is how long drafts are kept, 0 for no limit."""

    counts: dict[Kind, int] = field(default_factory=dict[Kind, int])
    days: int = 0
    reader: Reader = field(default_factory=Reader)
    is_lead: bool = False
    """True where the settings name the person as a brand lead."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What Candor says of itself in a channel."""

    team: str
    channel: str
    switched_on: bool
    days: int = 0
    reader: Reader = field(default_factory=Reader)
