"""The `ConversationJobs` port: the turns of a thread are answered one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.conversation import Turn
    from bot.engine.flows import Flows
    from bot.engine.jobs import Engine


class EngineConversations:
    """Make it before the engine starts."""

    def __init__(self, engine: Engine, flows: Flows) -> None:
        self._converse = engine.add("converse", flows.converse, in_lines=True)
        self._hush = engine.add("hush", flows.hush)

    async def converse(self, turn: Turn) -> None:
        """Answer a turn, after those of its thread that came before."""
        await self._converse(f"converse:{turn.id}:{turn.attempt}", turn.id, turn.attempt, line=turn.root_id)

    async def hush(self, turn_id: str) -> None:
        """Remove what was said in answer to an erased turn."""
        await self._hush(f"hush:{turn_id}", turn_id)
