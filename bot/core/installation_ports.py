"""What flows need to install Candor in workspaces, and to leave them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.installation import Admission, Home, Installation, Installed


@runtime_checkable
class Installations(Protocol):
    """Installations by OAuth, their tokens encrypted."""

    async def save(self, installation: Installation) -> Admission:
        """Keep it in place of an earlier one of the same home; who was allowed before stays so."""
        ...

    async def installed(self) -> Installed:
        """Which may be used; cheap, to be asked often."""
        ...

    async def find(self, home: Home) -> Installation | None:
        """One of them, or None. Raises `Locked` where none of the keys opens it."""
        ...

    async def cover(self, team: str, enterprise: str) -> None:
        """Note that an organisation's installation covers the workspace."""
        ...

    async def may_renew(self, home: Home) -> bool:
        """Reserve to exchange a token that ends soon; False where another process is at it."""
        ...

    async def renewed(self, installation: Installation) -> None:
        """Keep an exchanged token, unless Candor was removed or installed anew meanwhile."""
        ...

    async def disable(self, home: Home, at: float) -> bool:
        """Forget its token, which no longer works, and keep its place; False where none is older than ``at``."""
        ...

    async def remove(self, home: Home, at: float) -> tuple[str, ...] | None:
        """Remove it; the workspaces it was for. None where the same home was installed after ``at``.

        Safe to repeat, and right without an installation, too: then the home's workspace came by a token.
        """
        ...


@runtime_checkable
class Workspaces(Protocol):
    """Everything that is kept about workspaces."""

    async def erase(self, team: str) -> None:
        """Delete all of a workspace for good, except for installations."""
        ...


@runtime_checkable
class Connections(Protocol):
    """The workspaces that this process can talk to."""

    def forget(self, home: Home) -> None:
        """Do not talk to it any more."""
        ...

    async def ready(self, team: str, enterprise: str = "") -> bool:
        """True where Candor is installed, also when that happened just now."""
        ...

    async def settled(self, team: str) -> bool:
        """As `ready`, but waits while that cannot be known yet."""
        ...


@runtime_checkable
class LeavingJobs(Protocol):
    """Durable work about whole workspaces."""

    async def leave(
        self, home: Home, at: float, *, delay: float = 0, again: bool = False, revoked: bool = False
    ) -> None:
        """Leave a workspace that removed Candor, or ``revoked`` its tokens, at that moment, after ``delay`` seconds."""
        ...

    async def forget(self, team: str) -> None:
        """Cancel a workspace's jobs and delete their traces."""
        ...
