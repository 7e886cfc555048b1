"""Whether Candor is where it should be: its channels, gaps in its presence, and who may read what was said there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.core.drafts import Place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping

    from bot.core.drafts import MessageEvent
    from bot.core.errors import Trouble


# Who may read what was said in a channel: its members, and of a public one every full member of the workspace.

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
class SeenChannels:
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

    async def has_outsiders(self, team: str, channel: str) -> bool:
        """True where people of other organisations are in the channel. Raises `TryLater`."""
        ...


# Whether Candor was there: gaps in its presence, and channels that it cannot read.

LONGEST = 24 * 3600.0
"""Seconds of absence that can be caught up by reading back."""


JUMP = 24 * 3600.0
"""Seconds that may lie between two looks at the clock before it counts as set anew."""
HOLDS = 24 * 3600.0
"""Seconds for which a clock that was set anew has to go on before anything is deleted by it."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the clock is believed: when it was last looked at, and since when it has gone on without a jump.

    ``jump`` is the seconds by which it had moved then; 0 for the first look. A machine that was off looks the same.
    """

    seen: float
    since: float
    jump: float = 0.0

    @classmethod
    def at(cls, now: float, before: Trust | None) -> Trust:
        """After another look. Small steps back, as time servers make them, are none."""
        if before is None:
            return cls(now, now)
        moved = now - before.seen
        if abs(moved) > JUMP:
            return cls(now, now, moved)
        return cls(now, min(before.since, now), before.jump)

    @property
    def holds(self) -> bool:
        """True where what is old by this clock may be deleted."""
        return self.seen - self.since >= HOLDS

    @property
    def is_new(self) -> bool:
        """True where the last look found a jump."""
        return bool(self.jump) and self.seen == self.since


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody received a workspace's messages between two moments (seconds since 1970), for longer than `LONGEST`."""

    team: str
    began: float
    ended: float

    @property
    def key(self) -> str:
        """Names it among all that brand leads of the workspace are told."""
        return f"gap:{self.began:.0f}"


@dataclass(frozen=True, slots=True)
class Unread:
    """A channel that a catch-up could not read. ``channel`` is its id or name; "" stands for the whole workspace."""

    team: str
    channel: str
    trouble: Trouble
    code: str = field(default="", compare=False)
    """Slack's own word, where it answered."""

    @property
    def key(self) -> str:
        """Names it among all that brand leads of the workspace are told."""
        return f"{UNREAD}{self.channel}"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Drafts that Slack could not deliver and that were read back (``found_at``: seconds since 1970)."""

    team: str
    channels: tuple[str, ...]
    count: int
    found_at: float

    @property
    def key(self) -> str:
        """Names it among all that brand leads are told: once an hour, however long Slack cannot get through."""
        return f"undelivered:{self.found_at // 3600:.0f}"


PROPOSED = "proposal:"
"""What the keys of notices begin with that tell of a guideline which a channel keeps dismissing."""
MODEL_FAILS = "model:"
"""The same of those that tell why no model answers."""
SILENCED = "silenced:"
"""The same of those that tell of a channel where Candor may not post."""
UNREAD = "unread:"
INTRODUCED = "introduced:"
"""How the key of every `Unread` begins."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that one person of a workspace is told once. ``user`` is Slack's id."""

    team: str
    user: str
    key: str


# What flows need to know of channels. Every call names its workspace (team).


class Channels(Protocol):
    """The channels that Candor is in."""

    async def is_switched_on(self, team: str, channel: str) -> bool:
        """True where drafts are reviewed without being asked."""
        ...

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces that Candor is in."""
        ...

    async def wanted(self, team: str) -> frozenset[str]:
        """The names and ids by which the workspace's settings switch channels on."""
        ...

    @property
    def shared(self) -> frozenset[str]:
        """Those that the installation switches on wherever a workspace set none; not every workspace has them."""
        ...

    async def switched_on(self, team: str) -> dict[str, frozenset[str]]:
        """The ids of those that Candor is in, each with what it is wanted by. Raises `Unreadable`."""
        ...

    def history(self, team: str, channel: str, oldest: float) -> AsyncIterator[MessageEvent]:
        """What was posted since then, as it stands now, paced for Slack's limits. Raises `Unreadable`."""
        ...

    def thread(self, root: Place) -> AsyncIterator[MessageEvent]:
        """What stands in the thread that begins there, as it stands now, its first message first.

        Paced for Slack's limits. Raises `Unreadable`.
        """
        ...

    async def look(self, place: Place) -> MessageEvent:
        """What stands at one place now, thread or not, paced for Slack's limits. Raises `Unreadable`."""
        ...


class MeantChannels(Protocol):
    """The channels that names in the settings were found to mean, for all processes: people rename channels."""

    async def of(self, team: str) -> dict[str, str]:
        """Their ids by the names."""
        ...

    async def keep(self, team: str, meant: Mapping[str, str]) -> None:
        """Keep these and no others."""
        ...


# What flows need to know when Candor was there, and to tell brand leads. Every call names its workspace (team).


class BrandLeads(Protocol):
    """Who may change settings and sign off in a workspace."""

    async def of(self, team: str) -> tuple[str, ...]:
        """Their user ids; empty where nobody is known. Raises `TryLater` where Slack does not answer."""
        ...

    async def includes(self, team: str, user: str) -> bool:
        """Whether somebody is one at this moment, asked anew. Raises `TryLater` where Slack does not answer."""
        ...


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


class DirectMessages(Protocol):
    """Direct messages of Candor's to one person."""

    async def tell(self, notice: Notice, text: str, offer: str = "") -> None:
        """Send the text (Slack's markup), unless the same notice stands there already.

        Where there is an ``offer``, two buttons with that value accept and decline it. A person whom no message can
        reach is left out. Raises `TryLater` where Slack does not answer.
        """
        ...
