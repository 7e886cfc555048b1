"""What is delivered to the bot, and how a carrier looks from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from bot.workspace.shapes import Json

Kind: TypeAlias = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Parcel:
    """One payload for one app, to be acknowledged."""

    app_id: str
    kind: Kind
    payload: Json


@dataclass(frozen=True)
class Attempt:
    """Which try it is, and what went wrong with the one before."""

    number: int = 0
    reason: str = ""


class Carrier(Protocol):
    """A way to the bot."""

    async def carry(self, parcel: Parcel, attempt: Attempt) -> Json:
        """Bring it there; returns what the acknowledgement carried. Raises `NotAcknowledged`."""
        ...

    async def stop(self) -> None:
        """Hang up."""
        ...
