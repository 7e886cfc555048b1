"""A sign-off: what people decided about the exact text of a draft. Candor only keeps the record of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from bot.core.guidelines import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.drafts import Draft, Place
    from bot.core.judging import ReviewState


MOST_NAMED = 5
"""Brand leads that a request names, and that are told of it."""
SHOWN_DIGITS = 8
"""Hex digits of a fingerprint that people see."""
_DIGITS = 64
_APART = 0.001
"""Seconds between two entries, at least. Both databases tell moments apart that are that close."""


class Act(StrEnum):
    """What somebody did on the way to a sign-off."""

    ASKED = "asked"
    APPROVED = "approved"
    CHANGES = "changes"
    """Asked for changes."""
    HELD = "held"


class Source(StrEnum):
    """Which of the texts in a thread is meant."""

    DRAFT = "draft"
    CLEAN = "clean"
    """The clean text: the draft with the changes that people used."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The exact text that a sign-off is about. ``fingerprint`` is the SHA-256 of all that people saw, in hex."""

    source: Source
    fingerprint: str

    @property
    def short(self) -> str:
        """The part that people see and can compare."""
        return self.fingerprint[:SHOWN_DIGITS]

    @property
    def ref(self) -> str:
        """As it stands in a button."""
        return f"{self.source}.{self.fingerprint}"

    @classmethod
    def parse(cls, ref: str) -> Subject | None:
        """What `ref` gave; None for anything else."""
        source, _, digits = ref.partition(".")
        if source not in set(Source) or len(digits) != _DIGITS:
            return None
        return cls(Source(source), digits)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A point that nobody had handled at a moment. ``guideline`` is the guideline's id."""

    severity: Severity
    guideline: str


@dataclass(frozen=True, slots=True)
class SignOffAct:
    """One entry of a sign-off's history. ``at`` is in seconds since 1970, and later than that of the entry before.

    ``key`` names what the person did, so that the same click or window counts once.
    """

    key: str
    act: Act
    user: str
    at: float
    subject: Subject
    note: str = ""
    open: tuple[OpenPoint, ...] = ()
    reviewed: bool = True
    """False where no finished review of that text was there."""

    def following(self, history: Iterable[SignOffAct]) -> SignOffAct | None:
        """As the next entry; None where the latest says the same: a second click on a button is no second decision.

        Entries are in the order in which they were kept, so it comes after the latest even if a clock was set back.
        """
        last = max(history, key=lambda act: (act.at, act.key), default=None)
        if last is None:
            return self
        return None if self.decision == last.decision else replace(self, at=max(self.at, last.at + _APART))

    @property
    def decision(self) -> tuple[Act, str, str, str]:
        """What was decided, by whom, on which words, and with which note."""
        return self.act, self.user, self.subject.fingerprint, self.note


@dataclass(frozen=True, slots=True)
class SignOff:
    """How a draft's sign-off stands. ``history`` is never empty, the latest entry last.

    ``leads`` are the people who can decide, as far as they are known; ``now`` is what is open in that text.
    """

    subject: Subject
    """The text that stands in the thread now."""
    history: tuple[SignOffAct, ...]
    leads: tuple[str, ...] = ()
    now: Prospect | None = None

    @property
    def last(self) -> SignOffAct:
        """What counts: the latest entry."""
        return self.history[-1]

    @property
    def stale(self) -> bool:
        """True where people decided on a text that is not the one of now."""
        return self.last.act is not Act.ASKED and self.last.subject.fingerprint != self.subject.fingerprint

    @property
    def waits(self) -> bool:
        """True where a brand lead has to decide: asked for and not decided, or stale."""
        return self.last.act is Act.ASKED or self.stale

    @property
    def approved(self) -> bool:
        """True where this very text was approved."""
        return self.last.act is Act.APPROVED and not self.stale


class Refusal(StrEnum):
    """Why a request or a decision was not taken."""

    GONE = "gone"
    NOT_A_LEAD = "not a lead"
    OWN_DRAFT = "own draft"
    """Nobody approves their own draft."""
    ONLY_LEAD = "only lead"
    """The author is the only brand lead."""
    NO_LEADS = "no leads"
    NO_LEADS_INSIDE = "no leads inside"
    """None of the brand leads can read the channel."""
    NOT_THE_AUTHOR = "not the author"
    ALREADY_ASKED = "already asked"
    ALREADY_APPROVED = "already approved"
    CHANGED = "changed"
    """The text is not the one that the person saw."""
    LATER = "later"
    """Who the brand leads are cannot be found out at the moment."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What the person is told in private. ``leads`` are the people who can decide."""

    why: Refusal
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a brand lead is about to decide on."""

    subject: Subject
    open: tuple[OpenPoint, ...]
    state: ReviewState
    """How far the review of that text came."""

    @property
    def reviewed(self) -> bool:
        """False if the full review is still to come or could not be done."""
        return self.state.is_whole

    @property
    def must_fix(self) -> tuple[OpenPoint, ...]:
        return tuple(point for point in self.open if point.severity is Severity.MUST_FIX)

    @property
    def needs_care(self) -> bool:
        """True where an approval asks first: a point must be fixed, or the text has not had its full review."""
        return not self.reviewed or bool(self.must_fix)


@dataclass(frozen=True, slots=True)
class Wish:
    """A brand lead's decision. ``subject`` is the text that the person saw, ``key`` names what they did."""

    draft_id: str
    user: str
    act: Act
    subject: Subject
    key: str
    note: str = ""
    confirmed: bool = False
    """True where the person saw what is open and decided all the same."""


@dataclass(frozen=True, slots=True)
class WaitingSignOff:
    """A draft that waits for a brand lead. ``since`` is in seconds since 1970."""

    place: Place
    author_id: str
    since: float
    stale: bool
    """True where it was decided and the text has changed since."""


_SECOND = "candor sign-off 2"
"""Of fingerprints that cover more than words. Raised with whatever they cover."""


def fingerprint(text: str, draft: Draft | None = None, answers: Iterable[tuple[str, str]] = ()) -> str:
    """The SHA-256 of the text as Candor keeps it and of all that people saw with it.

    That is the platform, what its author said about it and answered (``answers`` are pairs of guideline and answer),
    the pictures with their alt texts, other files, where links lead, and how the words are set. An edit of white space
    alone is no edit and changes nothing. Of a draft from before its markup was kept, the fingerprint is that of the
    words alone, so an approval of then stays valid until the first edit.
    """
    if draft is None or not draft.markup:
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    pictures = [[picture.alt_text, picture.file] for picture in draft.pictures]
    seen = [_SECOND, text, draft.platform, draft.context, pictures, draft.unread, draft.markup, sorted(answers)]
    return sha256(json.dumps(seen).encode()).hexdigest()


# What the flows of sign-offs need from the outside. Every id begins with its workspace (team).


class SignOffs(Protocol):
    """Who asked for a sign-off and who decided what. Goes with the draft."""

    async def record(self, draft_id: str, act: SignOffAct) -> None:
        """Keep it, unless the same one is known or the draft was erased."""
        ...

    async def waiting(self, team: str) -> tuple[WaitingSignOff, ...]:
        """The drafts that wait for a brand lead, the longest wait first."""
        ...

    async def with_text(self, team: str, text: str) -> list[str]:
        """The ids of a workspace's drafts that say exactly this, or whose clean text does."""
        ...

    async def with_hash(self, team: str, sha256: str) -> str:
        """The text with that SHA-256 among the drafts that were ever approved; "" for none."""
        ...
