"""Somebody dismissed a finding with a reason: keep it here, or as an exception that goes further. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from bot.core.click import later, reference
from bot.core.errors import TryLater
from bot.core.exception import GuidelineException, Scope
from bot.core.verdict import Decision, Verdict
from bot.flows.find_point import find_point

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.exception import Dismissal
    from bot.core.exception_ports import ExceptionStore
    from bot.core.finding import Finding
    from bot.core.lead_ports import BrandLeads
    from bot.core.ports import Clock, Drafts, Jobs, Verdicts
    from bot.core.record import DraftState
    from bot.core.standing import Point


class Dismissed(Enum):
    """What became of a dismissal."""

    GONE = "gone"
    """The finding is gone, or stays for everybody's sake."""
    DONE = "done"
    ONLY_HERE = "only_here"
    """It holds for this draft; only a brand lead can make it general."""


@dataclass(frozen=True, slots=True)
class DismissFinding:
    """The window to it has a ``key``: one window makes one exception, however often it is submitted."""

    drafts: Drafts
    verdicts: Verdicts
    exceptions: ExceptionStore
    leads: BrandLeads
    jobs: Jobs
    clock: Clock

    async def finding(self, click: Click) -> tuple[Finding, str] | None:
        """What the window is about, and what the draft says; None where there is nothing to dismiss."""
        state, point = await find_point(self.drafts, click.target)
        finding = _dismissable(point)
        return (finding, state.record.draft.text) if state and finding else None

    async def may_go_further(self, team: str, user: str) -> bool | None:
        """True where the person is a brand lead; None where that cannot be found out, and then they may not."""
        try:
            return user in await self.leads.of(team)
        except TryLater:
            return None

    async def __call__(self, click: Click, dismissal: Dismissal, key: str) -> Dismissed:
        """Keep it and ask for the thread to show it. ``click`` is the one that opened the window."""
        state, point = await find_point(self.drafts, click.target)
        finding = _dismissable(point)
        if state is None or finding is None:
            return Dismissed.GONE
        dismissal = replace(dismissal, note=dismissal.note.strip())
        verdict = _verdict(state, finding.ref, click, dismissal)
        await self.verdicts.record(state.record.id, verdict)
        done = await self._further(state, finding, click, dismissal, key)
        await self.jobs.refresh(state.record.id, f"{verdict.at}:{click.user}:{key}")
        return done

    async def _further(
        self, state: DraftState, finding: Finding, click: Click, dismissal: Dismissal, key: str
    ) -> Dismissed:
        team = state.record.place.team
        if dismissal.scope is Scope.HERE:
            return Dismissed.DONE
        # By what it does, not by its name: whatever reaches other people's drafts is a brand lead's to decide.
        if not await self.may_go_further(team, click.user):
            return Dismissed.ONLY_HERE
        now = self.clock.now()
        await self.exceptions.add(
            GuidelineException(
                team=team,
                id=reference(f"exception:{state.record.id}:{finding.ref}:{key}"),
                guideline=finding.guideline,
                ref=finding.ref,
                quote=finding.quote,
                scope=dismissal.scope,
                campaign=" ".join(dismissal.campaign.split()),
                reason=dismissal.reason,
                note=dismissal.note,
                author=click.user,
                draft_id=state.record.id,
                created_at=now,
                expires_at=dismissal.until(now),
            )
        )
        return Dismissed.DONE


def _dismissable(point: Point | None) -> Finding | None:
    return point.finding if point and point.finding.dismissable else None


def _verdict(state: DraftState, ref: str, click: Click, dismissal: Dismissal) -> Verdict:
    """The same again where it is known, as after a submission that comes twice."""
    known = next((verdict for verdict in state.verdicts if verdict.finding == ref), None)
    said = (Decision.DISMISSED, click.user, dismissal.reason, dismissal.note)
    if known and (known.decision, known.user, known.reason, known.note) == said:
        return known
    at = later(click.at, known.at) if known else click.at
    revision = state.record.revision
    return Verdict(ref, Decision.DISMISSED, click.user, at, revision, dismissal.reason, dismissal.note)
