"""What the flows of the weekly digest need from the outside. Every call names its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.core.digest import Digest, Edition, EditionState, Facts, Lapse, Period
    from bot.core.digest_schedule import Slot


@runtime_checkable
class Editions(Protocol):
    """The digests of all weeks: one for each workspace and ISO week, whoever asks."""

    async def begun(self, team: str, schedule: str, now: float) -> float:
        """Since when this schedule counts; one that differs from the last known begins ``now``."""
        ...

    async def last(self, team: str) -> Edition | None:
        """The latest week that was dealt with, or None."""
        ...

    async def open(self, edition: Edition) -> bool:
        """Reserve a week; False where it is there already."""
        ...

    async def reopen(self, edition: Edition) -> bool:
        """Reserve a week that is new, or was skipped; False for any other."""
        ...

    async def skip(self, team: str, week: str, slots: tuple[Slot, ...]) -> None:
        """Note that these were missed, and so was whatever else was reserved for a week before ``week``."""
        ...

    async def missed(self, team: str, week: str) -> tuple[float, ...]:
        """The moments of the digests skipped between the last that was posted and this week."""
        ...

    async def find(self, team: str, week: str) -> Edition | None:
        """A week's digest, or None."""
        ...

    async def claim(self, edition: Edition, owner: str) -> Edition | None:
        """Take it over, as far as nobody else has since it was read; None where somebody was faster."""
        ...

    async def posted(self, edition: Edition, channel: str, ts: str) -> bool:
        """Note where it stands; False where somebody else has taken it over since it was claimed."""
        ...

    async def settle(self, edition: Edition, state: EditionState, channel: str = "", ts: str = "") -> None:
        """Note what became of it, whoever holds it."""
        ...


@runtime_checkable
class DigestFigures(Protocol):
    """What can be counted."""

    async def facts(self, team: str, period: Period) -> Facts:
        """The reviews, decisions and replies of the period, of drafts that still exist."""
        ...


@runtime_checkable
class SignOffs(Protocol):
    """Drafts on their way to a sign-off."""

    async def waiting(self, team: str) -> int:
        """How many drafts wait for a brand lead at this moment."""
        ...


@runtime_checkable
class Exceptions(Protocol):
    """The exceptions to guidelines."""

    async def lapsing(self, team: str, until: float) -> tuple[Lapse, ...]:
        """Those in force now that end before then, the earliest first."""
        ...


@runtime_checkable
class Board(Protocol):
    """The channel in which digests are read. Raises `Unreadable` where it cannot be used, or not now."""

    async def place(self, team: str, channel: str) -> str:
        """The id of a channel that is named by id or name."""
        ...

    async def find(self, edition: Edition) -> str:
        """The ts of the earliest post under the edition's key in its channel, "" where there is none."""
        ...

    async def post(self, edition: Edition, digest: Digest) -> str:
        """Post it into its channel and give its ts."""
        ...

    async def remove(self, team: str, channel: str, ts: str) -> None:
        """Remove a post; one that is gone already is fine."""
        ...


@runtime_checkable
class DigestJobs(Protocol):
    """Durable work on digests."""

    async def send_digest(self, team: str, week: str, attempt: int) -> None:
        """Send a week's digest; once for each attempt."""
        ...


@runtime_checkable
class Workspaces(Protocol):
    """Where Candor is installed."""

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces' ids."""
        ...
