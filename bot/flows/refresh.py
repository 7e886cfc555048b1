"""Somebody decided something about a draft: show it in the thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.ports import Step
    from bot.flows.keep_reply import KeepReply
    from bot.flows.tell_sign_off import TellSignOff


@dataclass(frozen=True, slots=True)
class Refresh:
    """The job behind a click: one step, the thread first, then whom a request for a sign-off waits for."""

    keep_reply: KeepReply
    tell: TellSignOff | None = None

    async def __call__(self, step: Step, draft_id: str, cause: str) -> str:
        """Run it; the result says what was done with the reply."""

        async def refresh(key: str) -> str:
            done = await self.keep_reply(draft_id, owner=key)
            if self.tell:
                await self.tell(draft_id)
            return done

        return await step("refresh", refresh, f"refresh:{draft_id}:{cause}")
