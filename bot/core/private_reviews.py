"""A review that only the person who asked for it sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.core.ports import Jobs

if TYPE_CHECKING:
    from bot.core.drafts import Draft, Place
    from bot.core.judging import Critique


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


# What the flows of private reviews need from the outside. Every id begins with its workspace (team).


class PrivateReviews(Protocol):
    """The reviews that only one person sees, each while it is under way."""

    async def add(self, review: PrivateReview) -> None:
        """Keep a new one; one that is known changes nothing, also where it has ended."""
        ...

    async def find(self, review_id: str) -> PrivateReview | None:
        """One that is under way, or None."""
        ...

    async def save_critique(self, review_id: str, critique: Critique) -> None:
        """Keep the finished review, unless it has ended meanwhile."""
        ...

    async def end(self, review_id: str) -> None:
        """Delete the text, the critique and the address for good; only that it was asked for is remembered."""
        ...

    async def forget(self, before: float) -> int:
        """Delete for good what was asked for before then; how many they were."""
        ...

    async def waiting(self, before: float) -> list[str]:
        """The ids of those asked for before then that have not ended."""
        ...


class PrivateAnswers(Protocol):
    """The way to the person who asked. False where Slack takes no more answers."""

    async def reading(self, review: PrivateReview) -> bool: ...

    async def show(self, review: PrivateReview, critique: Critique) -> bool: ...

    async def give_up(self, review: PrivateReview) -> None:
        """The time for an answer is over: whatever waits for it goes on."""
        ...


class PrivateJobs(Jobs, Protocol):
    """Durable work, that for one person alone included."""

    async def review_in_private(self, review_id: str) -> None:
        """Answer only the person who asked."""
        ...


class Homes(Protocol):
    """Where Candor is at home."""

    async def is_switched_on(self, team: str, channel: str) -> bool:
        """True where drafts are reviewed without being asked."""
        ...

    async def is_member(self, team: str, channel: str) -> bool:
        """True where Candor can post at this moment."""
        ...
