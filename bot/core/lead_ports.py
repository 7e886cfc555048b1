"""What flows need to know when Candor was there, and to tell brand leads. Every call names its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.core.presence import Gap, Notice


@runtime_checkable
class BrandLeads(Protocol):
    """Who may change settings and sign off in a workspace."""

    async def of(self, team: str) -> tuple[str, ...]:
        """Their user ids; empty where nobody is known. Raises `TryLater` where Slack does not answer."""
        ...

    async def includes(self, team: str, user: str) -> bool:
        """Whether somebody is one at this moment, asked anew. Raises `TryLater` where Slack does not answer."""
        ...


@runtime_checkable
class Presence(Protocol):
    """When somebody last received a workspace's messages. Any process counts."""

    async def present(self, team: str, now: float, longest: float) -> None:
        """Note that messages arrive at this moment, and a gap where the last note is more than ``longest`` old."""
        ...

    async def gaps(self, team: str) -> list[Gap]:
        """The gaps that brand leads are still to be told of, the oldest first."""
        ...

    async def told(self, gap: Gap) -> None:
        """Forget a gap: everybody was told."""
        ...


@runtime_checkable
class Notices(Protocol):
    """What each person was told."""

    async def reserve(self, notice: Notice) -> bool:
        """Reserve to tell it; False where it is told already, or somebody reserved it just now."""
        ...

    async def told(self, notice: Notice) -> None:
        """Note that the person has it."""
        ...

    async def is_told(self, notice: Notice) -> bool:
        """True where the person has it."""
        ...

    async def forget(self, team: str, prefix: str, but: Collection[str]) -> None:
        """Forget what was told under keys that begin with ``prefix``, but for those: it may be told anew."""
        ...


@runtime_checkable
class DirectMessages(Protocol):
    """Direct messages of Candor's to one person."""

    async def tell(self, notice: Notice, text: str) -> None:
        """Send the text (Slack's markup), unless the same notice stands there already.

        A person whom no message can reach is left out. Raises `TryLater` where Slack does not answer.
        """
        ...
