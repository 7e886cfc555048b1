"""What somebody would decide on, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.critique import ReviewState
from bot.core.errors import TryLater
from bot.core.sign_off import Act, Prospect, Refusal, Refused, open_points, subject_of
from bot.flows.find_point import standing_in

if TYPE_CHECKING:
    from bot.core.lead_ports import BrandLeads
    from bot.core.ports import Drafts
    from bot.core.record import DraftState


@dataclass(frozen=True, slots=True)
class LookAtSignOff:
    """Brand leads decide, and nobody approves their own draft."""

    drafts: Drafts
    leads: BrandLeads

    async def __call__(self, draft_id: str, user: str, act: Act) -> Prospect | Refused:
        """The text with what is open in it, or why the person cannot decide."""
        state = await self.drafts.state(draft_id)
        if state is None or is_out_of_reach(state):
            return Refused(Refusal.GONE)
        try:
            leads = await self.leads.of(state.record.place.team)
            # The list is believed for minutes; whoever approves must be one now.
            if act is Act.APPROVED and user in leads and not await self.leads.includes(state.record.place.team, user):
                leads = tuple(lead for lead in leads if lead != user)
        except TryLater:
            return Refused(Refusal.LATER)
        return _refusal(state.record.author_id, user, act, leads) or prospect_of(state)


def is_out_of_reach(state: DraftState) -> bool:
    """True where nothing about a sign-off could be shown: the draft is gone, or its thread was muted before."""
    return state.record.erased or (state.record.mute is not None and state.sign_off is None)


def _refusal(author: str, user: str, act: Act, leads: tuple[str, ...]) -> Refused | None:
    others = tuple(lead for lead in leads if lead != author)
    if user not in leads:
        return Refused(Refusal.NOT_A_LEAD if leads else Refusal.NO_LEADS, leads)
    if user == author and act is Act.APPROVED:
        return Refused(Refusal.OWN_DRAFT, others) if others else Refused(Refusal.ONLY_LEAD)
    return None


def prospect_of(state: DraftState) -> Prospect:
    """The text that stands there now, with what is open in it."""
    standing = standing_in(state)
    read = ReviewState.AWAITED if standing is None or state.is_unread else standing.critique.state
    return Prospect(subject_of(state), open_points(standing) if standing else (), read)
