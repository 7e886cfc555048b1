"""Show the exceptions of a workspace: all of them, or those that matter to one draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.audience import channel_of
from bot.core.standing import standing_in

if TYPE_CHECKING:
    from bot.core.audience import Hidden
    from bot.core.exception import GuidelineException
    from bot.core.exception_ports import ExceptionStore
    from bot.core.ports import Drafts
    from bot.flows.audience import WhoSees


@dataclass(frozen=True, slots=True)
class ListExceptions:
    """Reads what is in force at this moment. An exception quotes the channel in which somebody made it."""

    exceptions: ExceptionStore
    drafts: Drafts
    sees: WhoSees

    async def __call__(self, team: str, user: str, draft_id: str = "") -> tuple[tuple[GuidelineException, ...], Hidden]:
        """Those that the person may see, the newest first, and how many others there are.

        With ``draft_id`` only those that silence a finding of that draft.
        """
        every = await self._every(team, draft_id)
        seen = await self.sees.drafts(team, user, [one.draft_id for one in every])
        return seen.of(every, lambda one: channel_of(one.draft_id))

    async def _every(self, team: str, draft_id: str) -> tuple[GuidelineException, ...]:
        if not draft_id:
            return await self.exceptions.of(team)
        standing = standing_in(await self.drafts.state(draft_id))
        return tuple(dict.fromkeys(one for _, one in standing.excepted)) if standing else ()
