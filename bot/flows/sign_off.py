"""Tell brand leads by direct message that a draft waits for them. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.click import reference
from bot.core.errors import TryLater
from bot.core.presence import Notice
from bot.core.sign_off import MOST_NAMED, Act, sign_off_of
from bot.core.words import sign_off as words

if TYPE_CHECKING:
    from bot.core.home_ports import Links
    from bot.core.lead_ports import BrandLeads, DirectMessages, Notices
    from bot.core.ports import Drafts
    from bot.core.record import DraftState
    from bot.flows.audience import WhoSees

_AFTER = 60.0
"""Seconds after which who was not told is tried again."""


@dataclass(frozen=True, slots=True)
class TellSignOff:
    """Each request is told once to each of the leads that its message names. No words of the draft go along."""

    drafts: Drafts
    leads: BrandLeads
    notices: Notices
    messages: DirectMessages
    links: Links
    sees: WhoSees

    async def __call__(self, draft_id: str) -> str:
        """Tell who was not told yet, as long as the request stands. Raises `TryLater` where somebody is left."""
        state = await self.drafts.state(draft_id)
        known = sign_off_of(state) if state else None
        if state is None or known is None or known.last.act is not Act.ASKED or state.record.place.is_direct:
            return "nothing"
        key = f"sign-off:{reference(f'{draft_id}:{known.last.key}')}"
        notices = await self._notices(state, key)
        if left := [notice for notice in notices if not await self.notices.is_told(notice)]:
            place = state.record.place
            said = words.waiting(place.channel, await self.links.to(place))
            for notice in left:
                if not await self.notices.reserve(notice):
                    raise TryLater(_AFTER)
                await self.messages.tell(notice, said)
                await self.notices.told(notice)
        return "told"

    async def _notices(self, state: DraftState, key: str) -> list[Notice]:
        """The first few who can read it; nobody is asked to sign off a draft of their own. Raises `TryLater`."""
        team, author = state.record.place.team, state.record.author_id
        others = [lead for lead in await self.leads.of(team) if lead != author]
        place, inside = state.record.place, list[str]()
        for lead in others:
            seen = await self.sees.channels(team, lead, [place.channel])
            if not seen.sure:
                raise TryLater(_AFTER)
            inside += [lead] if place.channel in seen else []
        return [Notice(team, lead, key) for lead in inside[:MOST_NAMED]]
