"""Remove what was said in answer to a message that was deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.ports import Step
    from bot.flows.converse import Converse


@dataclass(frozen=True, slots=True)
class Hush:
    """The job behind a deletion in a conversation: one step."""

    converse: Converse

    async def __call__(self, step: Step, turn_id: str) -> str:
        """Run it; the result says what was done."""
        return await step("hush", self.converse.hush, turn_id)
