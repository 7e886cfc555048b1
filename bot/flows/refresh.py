"""Somebody decided something about a draft: show it in the thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.ports import Step
    from bot.flows.keep_reply import KeepReply


@dataclass(frozen=True, slots=True)
class Refresh:
    """The job behind a click: one step."""

    keep_reply: KeepReply

    async def __call__(self, step: Step, draft_id: str, cause: str) -> str:
        """Run it; the result says what was done with the reply."""

        async def refresh(key: str) -> str:
            return await self.keep_reply(draft_id, owner=key)

        return await step("refresh", refresh, f"refresh:{draft_id}:{cause}")
