"""Somebody used, dismissed or took back a finding: keep it, then ask for the thread to show it. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.contacts import contact_of
from bot.core.verdict import Decision, Reason, Verdict
from bot.flows.find_point import find_point

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.exception import GuidelineException
    from bot.core.exception_ports import ExceptionStore
    from bot.core.ports import Drafts, Jobs, Verdicts
    from bot.core.record import DraftState
    from bot.core.standing import Point
    from bot.flows.own_contacts import OwnContacts


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """Of two clicks on the same finding the later one counts, in whatever order they arrive."""

    drafts: Drafts
    verdicts: Verdicts
    jobs: Jobs
    exceptions: ExceptionStore | None = None
    """Where an exception ends when its author takes the dismissal back that it came from."""
    own: OwnContacts | None = None
    """Where contact data leaves the brand's own when somebody takes back that it is."""

    async def __call__(self, click: Click, decision: Decision) -> bool:
        """Keep the decision; False where the finding is gone or the button no longer fits it."""
        state, point = await find_point(self.drafts, click.target)
        if state is None or point is None or not _allowed(point, decision):
            return False
        verdict = Verdict(point.finding.ref, decision, click.user, click.at, state.record.revision)
        await self.verdicts.record(state.record.id, verdict)
        if decision is Decision.OPEN:
            await self._lift(click, state, point)
        await self.jobs.refresh(state.record.id, click.cause)
        return True

    async def _lift(self, click: Click, state: DraftState, point: Point) -> None:
        """What goes further than the draft, as far as it came from what is taken back."""
        team = state.record.place.team
        if self.exceptions:
            for made in _made_by(click, state, point.finding.ref):
                await self.exceptions.lift(team, made.id, click.user)
        if self.own and point.verdict and point.verdict.reason is Reason.OWN_ADDRESS:
            await self.own.take_back(team, click.user, contact_of(point.finding))


def _made_by(click: Click, state: DraftState, ref: str) -> list[GuidelineException]:
    own = [one for one in state.exceptions if one.author == click.user]
    return [one for one in own if (one.draft_id, one.ref) == (click.target.draft_id, ref)]


def _allowed(point: Point, decision: Decision) -> bool:
    if decision is Decision.USED:
        return point.usable
    return point.finding.dismissable or decision is Decision.OPEN
