"""Find turns whose answer got lost, and answers that outlived their turn, and ask again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.conversation_ports import ConversationJobs, Turns
    from bot.core.ports import Clock

_SETTLED = 30.0
"""Seconds that the way from message to job may take."""
_FAILED = 900.0
"""Seconds after which a job without an outcome counts as failed; doubled with every attempt."""
_GIVEN_UP = 24 * 3600.0
_MOST_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class SweepTurns:
    """Runs at start and every minute. Asking twice for a job that runs or waits changes nothing."""

    turns: Turns
    jobs: ConversationJobs
    clock: Clock

    async def __call__(self) -> int:
        """Ask again for what has no outcome; how many turns that were."""
        now = self.clock.now()
        waiting = await self.turns.waiting(now - _SETTLED, since=now - _GIVEN_UP)
        for turn_id, attempt, since in waiting:
            overdue = now - since > _FAILED * 2**attempt and attempt < _MOST_ATTEMPTS
            turn = (await self.turns.again(turn_id, attempt) if overdue else None) or await self.turns.find(turn_id)
            if turn:
                await self.jobs.converse(turn)
        orphans = await self.turns.orphans()
        for turn_id in orphans:
            await self.jobs.hush(turn_id)
        return len(waiting) + len(orphans)
