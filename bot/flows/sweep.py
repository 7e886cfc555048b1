"""Find drafts whose review got lost, and replies that outlived their draft, and ask again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.ports import Clock, Drafts, Jobs
    from bot.flows.is_muted import IsMuted
_SETTLED = 30.0
"""Seconds that the way from event to job may take before the sweep looks at a draft."""
_FAILED = 900.0
"""Seconds after which a job without an outcome counts as failed; doubled with every round."""
_GIVEN_UP = 24 * 3600.0
_MOST_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Sweep:
    """Runs at start and every minute. Asking twice for a job that runs or waits changes nothing."""

    drafts: Drafts
    jobs: Jobs
    clock: Clock
    is_muted: IsMuted | None = None

    async def __call__(self) -> int:
        """Ask again for what has no outcome; how many drafts that were."""
        now = self.clock.now()
        unanswered = await self.drafts.unanswered(now - _SETTLED, since=now - _GIVEN_UP)
        waiting = [(job, changed_at) for job, changed_at in unanswered if not await self._is_quiet(job.draft_id)]
        for job, changed_at in waiting:
            again = job
            if now - changed_at > _FAILED * 2**job.round and job.round < _MOST_ROUNDS:
                again = await self.drafts.next_round(job) or job
            await self.jobs.review(again)
        orphans = await self.drafts.orphans()
        for draft_id in orphans:
            await self.jobs.remove_reply(draft_id)
        return len(waiting) + len(orphans)

    async def _is_quiet(self, draft_id: str) -> bool:
        """True where the author wants no reviews: nobody waits for an answer there."""
        record = await self.drafts.find(draft_id) if self.is_muted else None
        return bool(self.is_muted and record and await self.is_muted(record))
