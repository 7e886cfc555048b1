"""A review that only the person who asked for it sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.critique import Critique
    from bot.core.draft import Draft
    from bot.core.message import Place

LIFETIME = 30 * 60.0
"""Seconds that Slack takes an answer, and so the longest that the text is kept."""


@dataclass(frozen=True, slots=True)
class PrivateReview:
    """A text on its way to an answer; no draft is kept of it. ``thread`` is "" outside a thread."""

    place: Place
    user: str
    """Who asked."""
    at: str
    """Slack's time of the request."""
    asked_at: float
    """When it arrived, in seconds since 1970."""
    author_id: str
    draft: Draft
    answer_to: str = field(repr=False)
    """Slack's ``response_url``."""
    thread: str = ""
    critique: Critique | None = None
    """The finished review."""

    @property
    def id(self) -> str:
        """Names this request among all; it says nothing of the words."""
        return f"{self.place.draft_id}:{self.at}:{self.user}"
