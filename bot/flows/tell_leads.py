"""Tell every brand lead of a workspace something, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.audience import Seen
from bot.core.presence import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.core.lead_ports import BrandLeads, DirectMessages, Notices
    from bot.flows.audience import WhoSees


@dataclass(frozen=True, slots=True)
class TellLeads:
    """Sends direct messages. Whatever fails, dies or runs twice in between, asking again tells only who is left."""

    leads: BrandLeads
    notices: Notices
    messages: DirectMessages
    sees: WhoSees

    async def __call__(self, team: str, key: str, text: Callable[[Seen], str], channels: Iterable[str] = ()) -> bool:
        """True when all of them have it; False while somebody else is at it. Raises `TryLater`.

        ``text`` says it to somebody who may see those of the ``channels`` (ids or names) that it is given.
        """
        about = tuple(channels)
        notices = [Notice(team, user, key) for user in await self.leads.of(team)]
        for notice in notices:
            if await self.notices.reserve(notice):
                seen = await self.sees.named(team, notice.user, about) if about else Seen()
                await self.messages.tell(notice, text(seen))
                await self.notices.told(notice)
        return all([await self.notices.is_told(notice) for notice in notices])
