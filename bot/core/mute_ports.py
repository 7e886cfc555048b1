"""What the flows of muting need from the outside. Every call names its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.mute import Mute


@runtime_checkable
class ThreadMutes(Protocol):
    """Which threads are muted. Goes with the draft; `DraftRecord.mute` says it, too."""

    async def mute(self, draft_id: str, mute: Mute) -> bool:
        """Mute a draft's thread; False where the draft is gone. One that is muted stays as it is."""
        ...

    async def unmute(self, draft_id: str) -> bool:
        """Take it back; False where the draft is gone."""
        ...


@runtime_checkable
class OptOuts(Protocol):
    """The people whose drafts are reviewed only when they ask."""

    async def add(self, team: str, user: str, at: float) -> bool:
        """Note it, with the moment in seconds since 1970; False where it was known."""
        ...

    async def remove(self, team: str, user: str) -> bool:
        """Forget it; False where nothing was known."""
        ...

    async def is_out(self, team: str, user: str) -> bool:
        """True where the person is only reviewed on request."""
        ...
