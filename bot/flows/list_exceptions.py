"""Show the exceptions of a workspace: all of them, or those that matter to one draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.standing import standing_in

if TYPE_CHECKING:
    from bot.core.exception import GuidelineException
    from bot.core.exception_ports import ExceptionStore
    from bot.core.ports import Drafts


@dataclass(frozen=True, slots=True)
class ListExceptions:
    """Reads what is in force at this moment."""

    exceptions: ExceptionStore
    drafts: Drafts

    async def __call__(self, team: str, draft_id: str = "") -> tuple[GuidelineException, ...]:
        """Those in force, the newest first; with ``draft_id`` only those that silence a finding of that draft."""
        if not draft_id:
            return await self.exceptions.of(team)
        standing = standing_in(await self.drafts.state(draft_id))
        return tuple(dict.fromkeys(one for _, one in standing.excepted)) if standing else ()
