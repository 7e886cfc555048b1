"""A conversation with Candor: what people said in a thread, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.policy import Policy

if TYPE_CHECKING:
    from bot.core.draft import Draft
    from bot.core.message import Place
    from bot.core.verdict import Decision

STOP_WORDS = frozenset({"stop", "cancel", "halt", "stopp"})
"""What a person may write to end an answer that is under way."""


class Ending(StrEnum):
    """How an answer ended."""

    OPEN = ""
    """It has not ended yet."""
    ANSWERED = "answered"
    CUT = "cut"
    """It reached the longest length."""
    STOPPED = "stopped"
    """A person stopped it."""
    BROKEN = "broken"
    """The connection broke after some of it was said."""
    GREETED = "greeted"
    """Somebody said hello: what Candor does is said in two lines."""
    THANKED = "thanked"
    """Somebody said thanks: a reaction is the answer."""
    NO_WORDS = "no_words"
    """Nothing but a picture or a file came, and Candor reads words."""
    NO_MODEL = "no_model"
    """None is configured."""
    UNREACHABLE = "unreachable"
    """The model cannot answer at the moment."""
    DECLINED = "declined"
    """The model will not answer this."""

    @property
    def can_be_repeated(self) -> bool:
        """True where asking again may bring an answer."""
        return self in (Ending.BROKEN, Ending.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Candor said. ``text`` is Markdown that nobody is called by and that links nowhere new."""

    ending: Ending = Ending.OPEN
    text: str = field(default="", repr=False)
    model: str = ""
    """The id of the model, as its server gave it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a person in a conversation, and its answer. ``thread`` is the ts of the thread's first message."""

    place: Place
    thread: str
    author_id: str
    text: str = field(repr=False)
    attempt: int = 0
    """Grows by one whenever it is deliberately answered anew."""
    begun: bool = False
    """True once a message for the answer may stand in the thread."""
    opening: str = field(default="", repr=False)
    """The first words of a message that was begun in pieces, by which a crash's half message is found again."""
    answer: Answer = field(default_factory=Answer)
    reply_ts: str = ""
    """Where the answer stands; "" before that is known."""
    button_ts: str = ""
    """Where the message with the button that stops it stands, while it is there."""
    stopped: bool = False
    """True once somebody asked to stop."""
    shown: bool = False
    """True once the whole answer stands in the thread."""
    erased: bool = False

    @property
    def id(self) -> str:
        """The turn's id: that of the place of the person's message."""
        return self.place.draft_id

    @property
    def root_id(self) -> str:
        """The id of the draft that the thread is about, if it is about one."""
        return f"{self.place.team}:{self.place.channel}:{self.thread}"

    @property
    def key(self) -> str:
        """An opaque id for Slack's message metadata, by which the answer is found again."""
        return f"turn:{self.id}"

    @property
    def is_over(self) -> bool:
        """True where nothing more should be said."""
        return self.stopped or self.erased


@dataclass(frozen=True, slots=True)
class TalkPoint:
    """A point of the review as people see it: its number in the reply, and what became of it."""

    number: int
    guideline: str
    """The guideline's id."""
    quote: str
    why: str
    suggestion: str | None
    decision: Decision


@dataclass(frozen=True, slots=True)
class Said:
    """One earlier exchange. ``answer`` is "" where there was none."""

    author_id: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What the model reads: the person's message with all that it may be about. ``draft`` is None in a plain talk."""

    team: str
    author_id: str
    message: str
    said: tuple[Said, ...] = ()
    draft: Draft | None = None
    reviewed: bool = False
    """True where the points are those of a finished review; else it is still under way."""
    points: tuple[TalkPoint, ...] = ()
    questions: tuple[str, ...] = ()
    """What Candor asked about the draft and nobody has answered."""
    facts: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    policy: Policy = field(default_factory=Policy)
    """What the workspace made of the guidelines."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer as it comes. ``cut`` is True in the last one where the longest length was reached."""

    text: str
    model: str = ""
    cut: bool = False
