"""What the flows of sign-offs need from the outside. Every id begins with its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.sign_off import SignOffAct, WaitingSignOff


@runtime_checkable
class SignOffs(Protocol):
    """Who asked for a sign-off and who decided what. Goes with the draft."""

    async def record(self, draft_id: str, act: SignOffAct) -> None:
        """Keep it, unless the same one is known or the draft was erased."""
        ...

    async def waiting(self, team: str) -> tuple[WaitingSignOff, ...]:
        """The drafts that wait for a brand lead, the longest wait first."""
        ...
