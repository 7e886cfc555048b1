"""Work for one person, on drafts whose time is over, and in channels that Candor is new in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.engine.flows import Flows
    from bot.engine.jobs import Engine


class EnginePeople:
    """The `PersonJobs` and `RetentionJobs` ports, and introductions. Make it before the engine starts."""

    def __init__(self, engine: Engine, flows: Flows) -> None:
        self._export = engine.add("export_person", flows.export)
        self._forget = engine.add("forget_person", flows.forget)
        self._expire = engine.add("expire_draft", flows.expire)
        self._introduce = engine.add("introduce", flows.introduce)

    async def export_person(self, team: str, user: str, key: str) -> None:
        """Send the person everything that is theirs."""
        await self._export(f"export:{team}:{user}:{key}", team, user, key)

    async def forget_person(self, team: str, user: str, key: str) -> None:
        """Delete everything that is theirs."""
        await self._forget(f"forget:{team}:{user}:{key}", team, user, key)

    async def expire(self, draft_id: str) -> None:
        """Delete a draft whose time is over."""
        await self._expire(f"expire:{draft_id}", draft_id)

    async def introduce(self, team: str, channel: str, at: str) -> None:
        """Say once in a channel who Candor is; ``at`` is Slack's time of the invitation."""
        await self._introduce(f"introduce:{team}:{channel}:{at}", team, channel)
