"""A draft's time is over: delete what is stored of it, and let its reply say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.exception import DAY
from bot.core.message import Place

if TYPE_CHECKING:
    from bot.core.ports import Clock, Drafts, Step
    from bot.core.privacy_ports import Farewells, Retention
    from bot.core.settings_ports import WorkspaceSettingsOf

_KEPT, _EXPIRED = "kept", "expired"


@dataclass(frozen=True, slots=True)
class ExpireDraft:
    """The job behind it. What else stands in the thread stays: it is Slack's to keep for the workspace."""

    drafts: Drafts
    retention: Retention
    farewells: Farewells
    settings: WorkspaceSettingsOf
    clock: Clock

    async def __call__(self, step: Step, draft_id: str) -> str:
        """Run the steps; the result says in a word how it ended."""
        ts = await step("look", self.look, draft_id)

        async def say(_: str) -> str:
            days = await self._days(draft_id)
            await self.farewells.say(Place.of(draft_id), ts, days)
            return _EXPIRED

        if await step("erase", self.erase, draft_id) == _KEPT:
            return _KEPT
        return await step("say", say, draft_id) if ts else _EXPIRED

    async def look(self, draft_id: str) -> str:
        """Where the reply stands, "" where there is none. It is forgotten with the draft, so this comes first."""
        state = await self.drafts.state(draft_id)
        return state.reply.ts if state and state.reply else ""

    async def erase(self, draft_id: str) -> str:
        """Delete it, unless it was edited or the setting changed meanwhile."""
        days = await self._days(draft_id)
        done = days and await self.retention.expire(draft_id, self.clock.now() - days * DAY)
        return _EXPIRED if done else _KEPT

    async def _days(self, draft_id: str) -> int:
        return (await self.settings.of(Place.of(draft_id).team)).retention_days
