"""A message in Slack, as Candor reads it, and what may happen to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.draft import Picture

FIRST_REVISION = "0"
"""The revision of a message that was never edited; later ones are Slack's ``edited.ts``."""


class Author(StrEnum):
    """Who wrote a message, as far as it decides what happens to it."""

    PERSON = "person"
    BOT = "bot"
    """Any app, Candor included."""
    OUTSIDER = "outsider"
    """Somebody from another organisation, in a shared channel."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands. Slack's ids; ``enterprise`` is "" outside Enterprise Grid."""

    team: str
    channel: str
    ts: str
    enterprise: str = ""

    @property
    def draft_id(self) -> str:
        """The id of a draft that stands here."""
        return f"{self.team}:{self.channel}:{self.ts}"

    @property
    def is_direct(self) -> bool:
        """True in a direct message."""
        return self.channel.startswith("D")

    @classmethod
    def of(cls, draft_id: str) -> Place:
        """The place that a draft's id names."""
        team, channel, ts = draft_id.split(":")
        return cls(team, channel, ts)


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote. ``zones`` are the (start, end) of quote and code blocks in ``text``."""

    place: Place
    author: Author
    author_id: str
    text: str
    revision: str = FIRST_REVISION
    thread: str = ""
    """The parent's ts where this is a reply; "" for a message of its own."""
    subtype: str = ""
    direct: bool = False
    """True in a direct message to Candor."""
    mentions: tuple[str, ...] = ()
    """The ids of the people mentioned."""
    mentions_us: bool = False
    called: tuple[tuple[int, int], ...] = ()
    """The (start, end) in ``text`` where people, groups or everybody are called."""
    has_link: bool = False
    zones: tuple[tuple[int, int], ...] = ()
    pictures: tuple[Picture, ...] = ()
    borrowed: bool = False
    """True where all its words stand in a forwarded message or a file."""
    unread: int = 0
    """How many files beside the words nobody reads."""
    unsure: bool = False
    """True where its words may be talk among colleagues as well as a post."""
    platform: str | None = None
    """What the author chose beside the words, as is ``context``; None where there was nothing to choose."""
    context: str | None = None

    def says_the_same_as(self, text: str) -> bool:
        """True where only white space differs, so that an edit or an unfurl changed no words."""
        return self.text.split() == text.split()


@dataclass(frozen=True, slots=True)
class Posted:
    """Somebody posted a message."""

    message: Message


@dataclass(frozen=True, slots=True)
class Changed:
    """A message changed: an edit, an unfurl, or nothing that people see."""

    message: Message


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is gone."""

    place: Place


MessageEvent = Posted | Changed | Deleted


def newer(one: str, other: str) -> bool:
    """True where the revision ``one`` is later than ``other``; both are Slack time stamps or "0"."""
    return _moment(one) > _moment(other)


def _moment(revision: str) -> tuple[int, int]:
    seconds, _, micros = revision.partition(".")
    return int(seconds), int(micros or 0)
