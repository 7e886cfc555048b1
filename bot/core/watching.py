"""Who may read what was said in a channel: its members, and of a public one every full member of the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from bot.core.message import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

Thing = TypeVar("Thing")

_IDS = "CDG"
_SHORTEST, _LONGEST = 2, 80
"""Characters of an id, and of a name at most."""
_IN_NAMES = "-_"


def is_channel_id(name: str) -> bool:
    """True for the id of a channel or a direct message; names are written in small letters."""
    told = name[:1] in set(_IDS) and len(name) >= _SHORTEST
    return told and name.isascii() and name.isalnum() and name.isupper()


def is_channel_name(name: str) -> bool:
    """True for what Slack takes as a channel's name: letters and digits of any script, hyphens and underscores."""
    signs = all(sign.isalnum() or sign in _IN_NAMES for sign in name)
    return 0 < len(name) <= _LONGEST and signs and name == name.lower()


def channel_of(draft_id: str) -> str:
    """The id of the channel that a draft stands in."""
    return Place.of(draft_id).channel


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many things are kept from a person. ``sure`` is False where Slack did not say which they may see."""

    number: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """Which channels a person may see, by id and by name. ``sure`` is False where Slack did not say: then none."""

    channels: frozenset[str] = frozenset()
    sure: bool = True

    def parted(self, names: Iterable[str]) -> tuple[tuple[str, ...], Hidden]:
        """Those that may be named to the person, and how many others there are."""
        return self.of(names, str)

    def of(self, things: Iterable[Thing], channel: Callable[[Thing], str]) -> tuple[tuple[Thing, ...], Hidden]:
        """The things of channels that the person may see, and how many others there are."""
        every = tuple(things)
        shown = tuple(thing for thing in every if channel(thing) in self.channels)
        return shown, Hidden(len(every) - len(shown), self.sure)

    def __contains__(self, channel: str) -> bool:
        """True where the person may see it."""
        return channel in self.channels


@runtime_checkable
class Audience(Protocol):
    """Asks Slack who may read what. Every call names its workspace (team)."""

    async def of(self, team: str, user: str, channels: Collection[str]) -> frozenset[str]:
        """Those of the channels (ids) that the person may read; one that cannot be asked about is not among them.

        Raises `TryLater` where Slack does not say.
        """
        ...

    async def is_ours(self, team: str, user: str, home: str = "") -> bool:
        """True for people of the workspace, and of its organisation; guests count. Raises `TryLater`.

        ``home`` is the workspace that Slack said is the person's own, "" where it did not say.
        """
        ...

    async def is_open(self, team: str, channel: str) -> bool:
        """True for a public channel, False for one that Slack does not show. Raises `TryLater`."""
        ...

    async def has_outsiders(self, team: str, channel: str) -> bool:
        """True where people of other organisations are in the channel. Raises `TryLater`."""
        ...
