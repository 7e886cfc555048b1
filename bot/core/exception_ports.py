"""What flows need to keep exceptions to guidelines. Every call names its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.exception import GuidelineException


@runtime_checkable
class ExceptionStore(Protocol):
    """A workspace's exceptions."""

    async def add(self, exception: GuidelineException) -> None:
        """Keep a new one; one whose id is known changes nothing."""
        ...

    async def of(self, team: str) -> tuple[GuidelineException, ...]:
        """Those in force, the newest first."""
        ...

    async def find(self, team: str, exception_id: str) -> GuidelineException | None:
        """One of them, in force or not, or None."""
        ...

    async def lift(self, team: str, exception_id: str, user: str) -> bool:
        """End one that is in force; False where there is none."""
        ...

    async def forget(self, team: str, user: str) -> int:
        """Delete who made them, and what that person wrote to explain it; how many they were. They stay in force."""
        ...
