"""What conversations need from the outside. Every call names its workspace (team)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.conversation import Answer, Piece, Talk, Turn
    from bot.core.message import Place


class Taken(Enum):
    """What became of a piece of an answer on its way into the thread."""

    SHOWN = "shown"
    EXPIRED = "expired"
    """The message takes no more pieces, but can be edited."""
    MISSED = "missed"
    """Slack did not take it now; a later edit shows it."""
    GONE = "gone"
    """Somebody deleted the message."""


@runtime_checkable
class Talker(Protocol):
    """The language model in a conversation."""

    def reply(self, talk: Talk) -> AsyncGenerator[Piece]:
        """The answer, piece by piece; closing it early stops the model. Raises `ModelFailed`, also in the middle."""
        ...


@runtime_checkable
class Turns(Protocol):
    """What was said. Every write may be repeated and then changes nothing."""

    async def add(self, turn: Turn) -> Turn | None:
        """Keep a new turn and give it as it is kept; None where its message was deleted already.

        Of one that is known the words are kept that it had first, unless its answer has not begun.
        """
        ...

    async def find(self, turn_id: str) -> Turn | None:
        """The turn as it stands, or None."""
        ...

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

    async def answered(self, turn: Turn, answer: Answer) -> None:
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


@runtime_checkable
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

    async def append(self, turn: Turn, ts: str, text: str) -> Taken:
        """Add a piece."""
        ...

    async def edit(self, turn: Turn, ts: str, text: str) -> Taken:
        """Replace what an unfinished message says."""
        ...

    async def offer_stop(self, turn: Turn) -> str:
        """Post a button that stops the answer and give its ts; "" where it could not be posted."""
        ...

    async def withdraw(self, place: Place, ts: str) -> None:
        """Delete a message; one that is gone already is fine."""
        ...

    async def finish(self, turn: Turn, ts: str, answer: Answer, rest: str) -> bool:
        """End a message to which only ``rest`` has to be added; False where it takes no more pieces."""
        ...

    async def settle(self, turn: Turn, ts: str, answer: Answer) -> str:
        """Let a message say the whole answer, whatever it says now, and give its ts; post it where ``ts`` is ""."""
        ...

    async def react(self, turn: Turn) -> None:
        """Answer with an emoji below the person's message, and nothing else. A failure does not matter."""
        ...

    async def clear(self, turn: Turn) -> None:
        """Remove all that was said in answer to an erased turn."""
        ...


@runtime_checkable
class ConversationJobs(Protocol):
    """Durable work. Asking twice under one key runs once; the turns of a thread are answered one after the other."""

    async def converse(self, turn: Turn) -> None:
        """Answer a turn."""
        ...

    async def hush(self, turn_id: str) -> None:
        """Remove what was said in answer to an erased turn."""
        ...
