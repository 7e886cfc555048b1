"""Keep the one message about a draft's sign-off: posted with the first request or decision, edited in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from bot.core.errors import TryLater
from bot.core.sign_off import SignOff, sign_off_of
from bot.flows.keep_message import Instead, KeepMessage
from bot.flows.look_at_sign_off import prospect_of

if TYPE_CHECKING:
    from bot.core.lead_ports import BrandLeads
    from bot.core.record import DraftState, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepSignOff(KeepMessage[SignOff]):
    """Goes on in a muted thread where it stands already: what it says must not become untrue."""

    kind: ClassVar[str] = "sign-off"
    leads: BrandLeads

    def noted(self, state: DraftState) -> Reply | None:
        """Where the message stands, as far as is noted."""
        return state.sign_off

    async def wanted(self, state: DraftState) -> SignOff | Instead:
        """How the sign-off stands for the text of now, what is open in that, and who can decide."""
        known = sign_off_of(state)
        if known is None:
            return Instead.REMOVE
        if state.record.mute and state.sign_off is None:
            return Instead.LEAVE
        return replace(known, leads=await self._leads(state), now=prospect_of(state))

    async def _leads(self, state: DraftState) -> tuple[str, ...]:
        try:
            leads = await self.leads.of(state.record.place.team)
        except TryLater:
            return ()  # the message must not wait for names
        return tuple(lead for lead in leads if lead != state.record.author_id)
