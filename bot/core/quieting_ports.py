"""What flows need to propose that a guideline be quieter. Every call names its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.quieting import Subject


@runtime_checkable
class Quietings(Protocol):
    """What was proposed."""

    async def propose(self, team: str, guideline: str, channel: str, now: float) -> Subject | None:
        """The proposal under way, a new one where the last is older than `SPAN`; None where it is settled."""
        ...

    async def settle(self, team: str, subject: Subject) -> None:
        """Note that a brand lead decided."""
        ...
