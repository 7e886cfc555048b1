"""A draft: the words of one post on their way to an audience, the message that brings it, and the clicks on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import accumulate

# A draft: the words of one post on their way to an audience.

PLATFORMS = (
    "bluesky",
    "email",
    "facebook",
    "instagram",
    "linkedin",
    "mastodon",
    "messenger",
    "pinterest",
    "push",
    "reddit",
    "sms",
    "snapchat",
    "threads",
    "tiktok",
    "whatsapp",
    "x",
    "youtube",
)
"""The platforms Candor knows, as they are written in guideline files and on the command line."""

_SPELLINGS = {
    "bsky": "bluesky",
    "e-mail": "email",
    "fb": "facebook",
    "ig": "instagram",
    "insta": "instagram",
    "li": "linkedin",
    "mail": "email",
    "newsletter": "email",
    "push notification": "push",
    "reel": "instagram",
    "reels": "instagram",
    "shorts": "youtube",
    "snap": "snapchat",
    "text message": "sms",
    "tik tok": "tiktok",
    "twitter": "x",
    "wa": "whatsapp",
    "yt": "youtube",
}


def platform_named(word: str) -> str | None:
    """The platform that a person means by ``word`` ("IG", "LinkedIn"), or None for an unknown one."""
    name = " ".join(word.lower().split())
    return name if name in PLATFORMS else _SPELLINGS.get(name)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture attached to a draft. ``alt_text`` is empty where the author gave none."""

    alt_text: str = ""
    file: str = ""
    """The id of its file in Slack; "" where there is none to fetch."""


MARKET = "Market: "
"""How the line of a context begins that says where the post is seen."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One post. Offsets everywhere in Candor are code points in ``text``.

    ``zones`` are the (start, end) of quote and code blocks, ``parts`` those of the posts of a thread.
    ``platform`` is one of `PLATFORMS`, or "" where nothing tells. ``context`` is what the author or
    the brand says about the post (facts, audience, answers); it is never published. ``unread`` counts the files,
    tables and the like beside it that nobody reads.
    """

    text: str
    platform: str = ""
    context: str = ""
    pictures: tuple[Picture, ...] = ()
    zones: tuple[tuple[int, int], ...] = ()
    unread: int = 0
    parts: tuple[tuple[int, int], ...] = ()
    own_contacts: tuple[str, ...] = ()
    """Addresses, numbers and handles that the brand publishes as its own: nobody flags these."""
    markup: str = ""
    """Stands for where its links lead, for bold and struck words, and for files: see `Message`.

    "" in what was kept before Candor looked at that.
    """

    @property
    def markets(self) -> tuple[str, ...]:
        """Where the post is seen, as its author said."""
        lines = [line.removeprefix(MARKET) for line in self.context.splitlines() if line.startswith(MARKET)]
        return tuple(market for line in lines for part in line.split(",") if (market := part.strip()))


# A message in Slack, as Candor reads it, and what may happen to it.

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
        return self.channel.startswith("D")

    @classmethod
    def of(cls, draft_id: str) -> Place:
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
    """How many files, tables and the like nobody reads."""
    unsure: bool = False
    """True where its words may be talk among colleagues as well as a post."""
    platform: str | None = None
    """What the author chose beside the words, as is ``context``; None where there was nothing to choose."""
    context: str | None = None
    marks: tuple[tuple[int, int, str], ...] = ()
    """What people see of the words beside themselves, with (start, end): where links lead, bold, struck …"""
    files: tuple[str, ...] = ()
    """The ids of all that hangs on it."""

    @property
    def markup(self) -> str:
        """Stands for the marks, zones and files. White space does not count."""
        behind = [0, *accumulate(int(not c.isspace()) for c in self.text)]
        marked = [*self.marks, *((start, end, "block") for start, end in self.zones)]
        placed = [[*(behind[min(at, len(self.text))] for at in span), mark] for *span, mark in marked]
        return sha256(json.dumps([placed, self.files]).encode()).hexdigest()

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
    thread: str = ""
    """The ts of the message in whose thread a person had written it, where Slack says so; else ""."""


MessageEvent = Posted | Changed | Deleted


def newer(one: str, other: str) -> bool:
    """True where the revision ``one`` is later than ``other``; both are Slack time stamps or "0"."""
    return _moment(one) > _moment(other)


def revised(revision: str, known: str) -> str:
    """The revision under which other words than the known ones are kept; "" where they are older.

    Slack tells the time of an edit in whole seconds. An event says besides when it was sent (see `edit_revision`); a
    channel's history does not, but it is read later than the events, so its words are the ones behind the known.
    """
    if newer(revision, known):
        return revision
    (second, order), (known_second, known_order) = _moment(revision), _moment(known)
    unordered = second == known_second > 0 and not order
    return f"{known_second}.{known_order + 1:06}" if unordered else ""


def edit_revision(edited: str, sent: str) -> str:
    """The revision of an edit in that second, told by an event of that moment: the second, and the microseconds since.

    They may be more than a million, as an event may tell again, much later, of a message that was edited once.
    """
    (second, _), (sent_second, micros) = _moment(edited), _moment(sent)
    return f"{second}.{max((sent_second - second) * 1_000_000 + micros, 0):06}"


def _moment(revision: str) -> tuple[int, int]:
    seconds, _, micros = revision.partition(".")
    return int(seconds), int(micros or 0)


# A click on a button, and the short reference by which a button names what it is about.

_VERSION = "v1"
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Target:
    """What a button is about: a draft and a finding or question of it, ``ref`` "" for the draft as a whole."""

    draft_id: str
    ref: str = ""

    @property
    def value(self) -> str:
        """As it stands in a button. It says nothing of the draft's words, and survives edits of other words."""
        return f"{_VERSION}|{self.draft_id}|{self.ref}"

    @classmethod
    def parse(cls, value: str) -> Target | None:
        """What `value` gave; None for anything else, as from buttons of another version."""
        parts = value.split("|")
        if len(parts) != _PARTS or parts[0] != _VERSION or len(parts[1].split(":")) != _PARTS:
            return None
        return cls(parts[1], parts[2])


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody used a button. ``at`` is Slack's ``action_ts``: the same when the click is delivered again."""

    target: Target
    user: str
    at: str

    @property
    def place(self) -> Place:
        return Place.of(self.target.draft_id)

    @property
    def cause(self) -> str:
        """Names this click among all on the draft."""
        return f"{self.at}:{self.user}"


def reference(key: str) -> str:
    """A short stand-in for a key that holds people's words."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()[:12]


def later(at: str, than: str) -> str:
    """The moment ``at`` or, where that is not later, the one right behind ``than``; both as Slack writes them.

    A window takes its time: what was decided while it was open is older than its submission.
    """
    if newer(at, than):
        return at
    seconds, _, micros = than.partition(".")
    after = int(seconds) * 1_000_000 + int((micros or "0").ljust(6, "0")) + 1
    return f"{after // 1_000_000}.{after % 1_000_000:06}"
