"""What the flows of feedback need from the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.feedback import Feedback, Rated


@runtime_checkable
class Feedbacks(Protocol):
    """One word per person and critique. Goes with the draft."""

    async def find(self, rated: Rated, user: str) -> Feedback | None:
        """What the person said, also where it was taken back; None where they never did."""
        ...

    async def save(self, rated: Rated, feedback: Feedback) -> bool:
        """Keep it in place of an earlier one; False where the draft is gone. A later one stays."""
        ...
