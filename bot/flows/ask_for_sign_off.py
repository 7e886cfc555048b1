"""The author of a draft asks the brand leads to sign it off. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import TryLater
from bot.core.sign_off import Act, Refusal, Refused, SignOffAct, sign_off_of, subject_of
from bot.flows.look_at_sign_off import is_out_of_reach

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.lead_ports import BrandLeads
    from bot.core.ports import Clock, Drafts, Jobs
    from bot.core.record import DraftState
    from bot.core.sign_off_ports import SignOffs


@dataclass(frozen=True, slots=True)
class AskForSignOff:
    """Keeps the request, then asks for the thread to show it."""

    drafts: Drafts
    sign_offs: SignOffs
    leads: BrandLeads
    jobs: Jobs
    clock: Clock

    async def __call__(self, click: Click) -> Refused | None:
        """None where it was taken, else why not."""
        state = await self.drafts.state(click.target.draft_id)
        if state is None or is_out_of_reach(state):
            return Refused(Refusal.GONE)
        if click.user != state.record.author_id:
            return Refused(Refusal.NOT_THE_AUTHOR)
        refused = await self._nobody(state) or _already(state, click)
        if refused is None:
            asked = SignOffAct(click.cause, Act.ASKED, click.user, self.clock.now(), subject_of(state))
            await self.sign_offs.record(state.record.id, asked)
            await self.jobs.refresh(state.record.id, click.cause)
        return refused

    async def _nobody(self, state: DraftState) -> Refused | None:
        try:
            leads = await self.leads.of(state.record.place.team)
        except TryLater:
            return Refused(Refusal.LATER)
        if set(leads) <= {state.record.author_id}:
            return Refused(Refusal.ONLY_LEAD if leads else Refusal.NO_LEADS)
        return None


def _already(state: DraftState, click: Click) -> Refused | None:
    """The same click may come again after a crash: then it is taken, so that the thread shows it in the end."""
    known = sign_off_of(state)
    if known is None or any(act.key == click.cause for act in known.history):
        return None
    if known.last.act is Act.ASKED:
        return Refused(Refusal.ALREADY_ASKED)
    return Refused(Refusal.ALREADY_APPROVED) if known.approved else None
