"""Somebody says whether a critique helped. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.feedback import Feedback, Thumb
from bot.core.message import newer

if TYPE_CHECKING:
    from bot.core.feedback import Rated
    from bot.core.feedback_ports import Feedbacks


class Given(StrEnum):
    """What became of it."""

    KEPT = "kept"
    TAKEN_BACK = "taken back"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """The same thumb a second time takes it back, the other one replaces it."""

    feedbacks: Feedbacks

    async def __call__(self, rated: Rated, given: Feedback) -> Given:
        """Keep a click on a thumb."""
        known = await self.feedbacks.find(rated, given.user)
        if known and not newer(given.at, known.at):  # the same click again, or an earlier one that comes late
            return Given.TAKEN_BACK if known.thumb is Thumb.NONE else Given.KEPT
        back = known is not None and known.thumb is given.thumb
        kept = Feedback(given.user, Thumb.NONE if back else given.thumb, given.at)
        if not await self.feedbacks.save(rated, kept):
            return Given.GONE
        return Given.TAKEN_BACK if back else Given.KEPT
