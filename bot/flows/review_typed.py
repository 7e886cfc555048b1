"""Somebody typed a text behind the slash command: review it for that person alone. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.click import reference
from bot.core.draft import Draft
from bot.core.message import Author, Message
from bot.core.notes import without_notes
from bot.core.private_review import PrivateReview

if TYPE_CHECKING:
    from bot.core.message import Place
    from bot.core.ports import Clock
    from bot.core.private_ports import PrivateJobs, PrivateReviews


@dataclass(frozen=True, slots=True)
class Typed:
    """``key`` is Slack's own for this use of the command, the same when it comes again. ``place.ts`` is ""."""

    place: Place
    user: str
    key: str
    text: str = field(repr=False)
    answer_to: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReviewTyped:
    """It is kept only until it is answered."""

    private: PrivateReviews
    jobs: PrivateJobs
    clock: Clock

    async def __call__(self, typed: Typed) -> bool:
        """Take it; it is durable when this returns. False where there are no words to review."""
        if not any(sign.isalnum() for sign in typed.text):
            return False
        said = without_notes(Message(typed.place, Author.PERSON, typed.user, typed.text))
        review = PrivateReview(
            typed.place,
            typed.user,
            reference(typed.key),
            self.clock.now(),
            typed.user,
            Draft(said.text, said.platform or ""),
            typed.answer_to,
        )
        await self.private.add(review)
        await self.jobs.review_in_private(review.id)
        return True
