"""Remove what was said about a draft that was deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.message import Place

if TYPE_CHECKING:
    from bot.core.ports import Step, Thread
    from bot.flows.keep_reply import KeepReply


@dataclass(frozen=True, slots=True)
class RemoveReply:
    """The job behind a deletion: one step."""

    keep_reply: KeepReply
    thread: Thread

    async def __call__(self, step: Step, draft_id: str) -> str:
        """Run it; the result says what was done."""

        async def remove(key: str) -> str:
            done = await self.keep_reply(draft_id, owner=key)
            await self.thread.clear(Place.of(draft_id))
            return done

        return await step("remove", remove, f"remove:{draft_id}")
