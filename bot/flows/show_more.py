"""Somebody asked for more: everything about a draft that its reply does not show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.standing import standing_in

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.ports import Drafts
    from bot.core.record import DraftRecord
    from bot.core.standing import Standing


@dataclass(frozen=True, slots=True)
class ShowMore:
    """Reads what stands now, so that a window can be drawn again after a click in it."""

    drafts: Drafts

    async def __call__(self, click: Click) -> tuple[DraftRecord, Standing] | None:
        """The draft and how its review stands, None where the draft is gone or its new words are being read."""
        state = await self.drafts.state(click.target.draft_id)
        standing = standing_in(state)
        return (state.record, standing) if state and standing else None
