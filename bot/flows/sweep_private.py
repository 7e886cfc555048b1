"""Delete private reviews whose time is over, and ask again for those whose job got lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.private_review import LIFETIME

if TYPE_CHECKING:
    from bot.core.ports import Clock
    from bot.core.private_ports import PrivateJobs, PrivateReviews

_SETTLED = 30.0
"""Seconds that the way from request to job may take."""


@dataclass(frozen=True, slots=True)
class SweepPrivate:
    """Runs at start and every minute. Asking twice for a job that runs or waits changes nothing."""

    private: PrivateReviews
    jobs: PrivateJobs
    clock: Clock

    async def __call__(self) -> int:
        """Delete, then ask again; how many were deleted."""
        now = self.clock.now()
        deleted = await self.private.forget(now - LIFETIME)
        for review_id in await self.private.waiting(now - _SETTLED):
            await self.jobs.review_in_private(review_id)
        return deleted
