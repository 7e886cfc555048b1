"""Somebody says what was wrong with a critique."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.feedback import Thumb

if TYPE_CHECKING:
    from bot.core.feedback import Rated, Reason
    from bot.core.feedback_ports import Feedbacks


@dataclass(frozen=True, slots=True)
class ExplainFeedback:
    """Belongs to the thumb that stands; one that was turned or taken back meanwhile needs no reason."""

    feedbacks: Feedbacks

    async def __call__(self, rated: Rated, user: str, reason: Reason, note: str) -> bool:
        """Keep it; False where there is no thumb down any more."""
        known = await self.feedbacks.find(rated, user)
        if known is None or known.thumb is not Thumb.DOWN:
            return False
        return await self.feedbacks.save(rated, replace(known, reason=reason, note=note.strip()))
