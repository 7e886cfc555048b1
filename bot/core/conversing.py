"""A conversation with Candor: what people said in a thread, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.core.guidelines import Library, Policy

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.deciding import Decision
    from bot.core.drafts import Draft, Place


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
    COMPARED = "compared"
    """Variants were held beside one another, without a model."""
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
    NO_ROOM = "no_room"
    """Its context takes less than what is asked."""
    KEY = "key"
    """Its server refuses the key: somebody has to mend the settings, as with the next two."""
    NO_SUCH_MODEL = "no_such_model"
    NO_CREDIT = "no_credit"
    MONTH_SPENT = "month_spent"
    """The budget for the month is used."""
    DAY_SPENT = "day_spent"

    @property
    def can_be_repeated(self) -> bool:
        """True where asking again may bring an answer."""
        return self in _REPEATED


_REPEATED = (Ending.BROKEN, Ending.UNREACHABLE, Ending.KEY, Ending.NO_SUCH_MODEL, Ending.NO_CREDIT)


@dataclass(frozen=True, slots=True)
class TurnAnswer:
    """What Candor said. ``text`` is Markdown that nobody is called by and that links nowhere new."""

    ending: Ending = Ending.OPEN
    text: str = field(default="", repr=False)
    model: str = ""
    """The id of the model, as its server gave it."""
    quoted: tuple[str, ...] = ()
    """The ids of people of whose messages a comparison may quote words: it goes with what is stored of any of them."""


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
    answer: TurnAnswer = field(default_factory=TurnAnswer)
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
class EarlierExchange:
    """One earlier exchange. ``answer`` is "" where there was none."""

    author_id: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class TalkContext:
    """What the model reads: the person's message with all that it may be about. ``draft`` is None in a plain talk."""

    team: str
    author_id: str
    message: str
    said: tuple[EarlierExchange, ...] = ()
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
    library: Library | None = None
    """The shipped guidelines with the workspace's own; None for the shipped ones alone."""


@dataclass(frozen=True, slots=True)
class AnswerPiece:
    """A piece of an answer as it comes. ``cut`` is True in the last one where the longest length was reached."""

    text: str
    model: str = ""
    cut: bool = False
    anew: bool = False
    """True where all before it was no part of the answer."""


# What conversations need from the outside. Every call names its workspace (team).


class PieceOutcome(Enum):
    """What became of a piece of an answer on its way into the thread."""

    SHOWN = "shown"
    EXPIRED = "expired"
    """The message takes no more pieces, but can be edited."""
    MISSED = "missed"
    """Slack did not take it now; a later edit shows it."""
    GONE = "gone"
    """Somebody deleted the message."""
    CLOSED = "closed"
    """The message stands, and nobody may change it any more."""


class Talker(Protocol):
    """The language model in a conversation."""

    def reply(self, talk: TalkContext) -> AsyncGenerator[AnswerPiece]:
        """The answer, piece by piece; closing it early stops the model. Raises `ModelFailed`, also in the middle."""
        ...


class ComparesVariants(Protocol):
    """Holds variants of one campaign beside one another, without a model; the answers are Markdown."""

    async def __call__(self, team: str, text: str) -> str:
        """Those in a text of a workspace."""
        ...

    async def in_thread(self, root: Place, user: str) -> TurnAnswer:
        """Those in the thread that begins there, of which ``user`` asks, and whom the answer may quote."""
        ...


class Turns(Protocol):
    """What was said. Every write may be repeated and then changes nothing."""

    async def add(self, turn: Turn) -> Turn | None:
        """Keep a new turn and give it as it is kept; None where its message was deleted already.

        Of one that is known the words are kept that it had first, unless its answer has not begun.
        """
        ...

    async def find(self, turn_id: str) -> Turn | None: ...

    async def before(self, turn: Turn) -> tuple[Turn, ...]:
        """The earlier turns of its thread that are not erased, the oldest first."""
        ...

    async def under_way(self, place: Place, thread: str) -> Turn | None:
        """The turn of a thread that is being answered or waits for it, the oldest first; None where there is none."""
        ...

    async def begin(self, turn_id: str, opening: str = "") -> None:
        """Note that a message for the answer may stand in the thread from now on, and how it opens."""
        ...

    async def stands(self, turn_id: str, reply_ts: str) -> None:
        """Note where the answer stands; "" where it no longer does."""
        ...

    async def button(self, turn_id: str, button_ts: str) -> None:
        """Note where the button that stops it stands; "" where it no longer does."""
        ...

    async def answered(self, turn: Turn, answer: TurnAnswer) -> None:
        """Keep the answer of the turn's attempt, unless it was erased or another attempt begun meanwhile."""
        ...

    async def shown(self, turn: Turn) -> None:
        """Note that the whole answer of the turn's attempt stands in the thread, unless another began meanwhile."""
        ...

    async def stop(self, turn_id: str) -> bool:
        """Ask for its end; False where it has ended or is unknown."""
        ...

    async def again(self, turn_id: str, attempt: int) -> Turn | None:
        """Let it be answered anew as the attempt after ``attempt``; None where that has begun or it is erased."""
        ...

    async def erase(self, place: Place) -> list[str]:
        """Delete for good what was said at a place and, where a thread begins there, in the thread.

        The ids of the turns whose answers may stand in Slack. The place is remembered as empty.
        """
        ...

    async def removed(self, turn_id: str) -> None:
        """Note that nothing of an erased turn stands in Slack any more."""
        ...

    async def orphans(self) -> list[str]:
        """The ids of erased turns of which something may stand in Slack."""
        ...

    async def waiting(self, before: float, *, since: float) -> list[tuple[str, int, float]]:
        """The (id, attempt, moment) of turns received in that time whose answer is not shown, the oldest first."""
        ...


class Speech(Protocol):
    """Answers in Slack. `finish`, `settle`, `find`, `withdraw` and `clear` raise the client's own errors."""

    async def thinking(self, turn: Turn, *, on: bool) -> None:
        """Show that an answer is under way, or no longer. A failure does not matter."""
        ...

    async def find(self, turn: Turn) -> str:
        """The ts of a message for the answer that was begun and not noted, "" where there is none."""
        ...

    async def find_button(self, turn: Turn) -> str:
        """The same for the button that stops it."""
        ...

    async def start(self, turn: Turn, text: str) -> str:
        """Begin a message that takes pieces, with its first one, and give its ts; "" where Slack takes none now."""
        ...

    async def append(self, turn: Turn, ts: str, text: str) -> PieceOutcome: ...

    async def edit(self, turn: Turn, ts: str, text: str) -> PieceOutcome:
        """Replace what an unfinished message says."""
        ...

    async def offer_stop(self, turn: Turn) -> str:
        """Post a button that stops the answer and give its ts; "" where it could not be posted."""
        ...

    async def withdraw(self, place: Place, ts: str) -> None:
        """Delete a message; one that is gone already is fine."""
        ...

    async def finish(self, turn: Turn, ts: str, answer: TurnAnswer, rest: str) -> bool:
        """End a message to which only ``rest`` has to be added; False where it takes no more pieces."""
        ...

    async def settle(self, turn: Turn, ts: str, answer: TurnAnswer) -> str:
        """Let a message say the whole answer, whatever it says now, and give its ts.

        Post it where ``ts`` is "", and where nobody may change that message any more.
        """
        ...

    async def react(self, turn: Turn) -> None:
        """Answer with an emoji below the person's message, and nothing else. A failure does not matter."""
        ...

    async def clear(self, turn: Turn) -> None:
        """Remove all that was said in answer to an erased turn."""
        ...


class ConversationJobs(Protocol):
    """Durable work. Asking twice under one key runs once; the turns of a thread are answered one after the other."""

    async def converse(self, turn: Turn) -> None: ...

    async def hush(self, turn_id: str) -> None:
        """Remove what was said in answer to an erased turn."""
        ...
