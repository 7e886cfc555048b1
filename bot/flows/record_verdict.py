"""Somebody used, dismissed or took back a finding: keep it, then ask for the thread to show it. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.verdict import Decision, Verdict
from bot.flows.find_point import point_in

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.ports import Drafts, Jobs, Verdicts
    from bot.core.standing import Point


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """Of two clicks on the same finding the later one counts, in whatever order they arrive."""

    drafts: Drafts
    verdicts: Verdicts
    jobs: Jobs

    async def __call__(self, click: Click, decision: Decision) -> bool:
        """Keep the decision; False where the finding is gone or the button no longer fits it."""
        state = await self.drafts.state(click.target.draft_id)
        point = point_in(state, click.target)
        if state is None or point is None or not _allowed(point, decision):
            return False
        verdict = Verdict(click.target.ref, decision, click.user, click.at, state.record.revision)
        await self.verdicts.record(state.record.id, verdict)
        await self.jobs.refresh(state.record.id, click.cause)
        return True


def _allowed(point: Point, decision: Decision) -> bool:
    if decision is Decision.USED:
        return point.usable
    return point.finding.dismissable or decision is Decision.OPEN
