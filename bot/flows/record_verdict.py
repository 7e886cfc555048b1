"""Somebody used, dismissed or took back a finding: keep it, then ask for the thread to show it. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.verdict import Decision, Verdict
from bot.flows.find_point import point_in

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.exception import GuidelineException
    from bot.core.exception_ports import ExceptionStore
    from bot.core.ports import Drafts, Jobs, Verdicts
    from bot.core.record import DraftState
    from bot.core.standing import Point


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """Of two clicks on the same finding the later one counts, in whatever order they arrive."""

    drafts: Drafts
    verdicts: Verdicts
    jobs: Jobs
    exceptions: ExceptionStore | None = None
    """Where an exception ends when its author takes the dismissal back that it came from."""

    async def __call__(self, click: Click, decision: Decision) -> bool:
        """Keep the decision; False where the finding is gone or the button no longer fits it."""
        state = await self.drafts.state(click.target.draft_id)
        point = point_in(state, click.target)
        if state is None or point is None or not _allowed(point, decision):
            return False
        verdict = Verdict(click.target.ref, decision, click.user, click.at, state.record.revision)
        await self.verdicts.record(state.record.id, verdict)
        if self.exceptions and decision is Decision.OPEN:
            for made in _made_by(click, state):
                await self.exceptions.lift(state.record.place.team, made.id, click.user)
        await self.jobs.refresh(state.record.id, click.cause)
        return True


def _made_by(click: Click, state: DraftState) -> list[GuidelineException]:
    own = [one for one in state.exceptions if one.author == click.user]
    return [one for one in own if (one.draft_id, one.ref) == (click.target.draft_id, click.target.ref)]


def _allowed(point: Point, decision: Decision) -> bool:
    if decision is Decision.USED:
        return point.usable
    return point.finding.dismissable or decision is Decision.OPEN
