"""Whether Candor keeps quiet about a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.message import Message
    from bot.core.mute_ports import OptOuts
    from bot.core.record import DraftRecord


@dataclass(frozen=True, slots=True)
class IsMuted:
    """A thread is muted for everybody; a person is muted wherever nobody asked."""

    opt_outs: OptOuts

    async def __call__(self, record: DraftRecord) -> bool:
        """True where a stored draft is not to be reviewed."""
        if record.mute:
            return True
        place = record.place
        return not (record.asked or place.is_direct) and await self.opt_outs.is_out(place.team, record.author_id)

    async def opted_out(self, message: Message) -> bool:
        """True for a new message that is no request and whose author wants no reviews."""
        asks = message.mentions_us or message.direct
        return not asks and await self.opt_outs.is_out(message.place.team, message.author_id)
