"""What the flows of composed drafts need from the outside. Every call names its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.composing import Composition, Sheet
    from bot.core.message import Place


@runtime_checkable
class DraftBoard(Protocol):
    """The messages in which Candor shows composed drafts. Raises `Unreadable` where Slack does not take something."""

    async def find(self, sheet: Sheet) -> str:
        """The ts of the message that was posted for the sheet, "" where there is none."""
        ...

    async def post(self, sheet: Sheet) -> str:
        """Post the draft in its author's name and give its ts."""
        ...

    async def update(self, place: Place, user: str, composition: Composition) -> bool:
        """Show what it says now; False where the message is gone."""
        ...

    async def remove(self, place: Place) -> None:
        """Remove the message; one that is gone already is fine."""
        ...
