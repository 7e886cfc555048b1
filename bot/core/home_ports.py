"""What the flows behind the Home tab need from the outside. Every call names its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.digest import Digest
    from bot.core.message import Place
    from bot.core.record import DraftState


@runtime_checkable
class OwnDrafts(Protocol):
    """A person's drafts."""

    async def of(self, team: str, user: str, since: float, most: int) -> tuple[str, ...]:
        """The ids of those posted since then that are not erased, the latest first."""
        ...


@runtime_checkable
class DraftStates(Protocol):
    """How drafts stand."""

    async def state(self, draft_id: str) -> DraftState | None:
        """The draft with its newest review and what people decided, at one moment."""
        ...


@runtime_checkable
class JoinedChannels(Protocol):
    """The channels that Candor is in."""

    async def of(self, team: str) -> dict[str, str]:
        """Their names by id, as known for at most a minute. Raises `Unreadable`."""
        ...


@runtime_checkable
class Links(Protocol):
    """Addresses of messages."""

    async def to(self, place: Place) -> str:
        """The address of a message, "" where Slack gives none."""
        ...


@runtime_checkable
class WeekSoFar(Protocol):
    """This week's figures."""

    async def __call__(self, team: str) -> Digest:
        """The digest as it would be at this moment."""
        ...
