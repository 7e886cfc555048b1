"""A draft that somebody writes in Candor's window instead of in a channel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.answer import Answer

AI_LABEL = "transparency/ai-content-label"
COMMERCIAL = "transparency/commercial-disclosure"
_AUDIENCE, _MARKET = "Audience: ", "Market: "


class MadeWithAi(StrEnum):
    """How much of the post a machine made."""

    NO = "no"
    PARTLY = "partly"
    PICTURES = "pictures"
    ALL = "all"


class Paid(StrEnum):
    """What stands behind the post."""

    NO = "no"
    GIFTED = "gifted"
    PAID = "paid"


_ANSWERS = {
    MadeWithAi.NO: "Nothing of it is made with AI",
    MadeWithAi.PARTLY: "Partly made with AI",
    MadeWithAi.PICTURES: "The pictures are made with AI",
    MadeWithAi.ALL: "All of it is made with AI",
    Paid.NO: "Neither paid nor gifted",
    Paid.GIFTED: "The product or service was a gift",
    Paid.PAID: "Paid partnership",
}
"""What each is worth as an answer to the question of its guideline."""


@dataclass(frozen=True, slots=True)
class Composition:
    """The post with what its author says about it. ``ai`` and ``paid`` are None where the author left them open."""

    text: str
    platform: str = ""
    audience: str = ""
    market: str = ""
    ai: MadeWithAi | None = None
    paid: Paid | None = None

    @property
    def context(self) -> str:
        """What the review is told beside the text."""
        said = ((_AUDIENCE, self.audience), (_MARKET, self.market))
        return "\n".join(f"{label}{' '.join(words.split())}" for label, words in said if words.strip())

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """(guideline, answer): what nobody has to be asked any more."""
        given = ((AI_LABEL, self.ai), (COMMERCIAL, self.paid))
        return tuple((guideline, _ANSWERS[answer]) for guideline, answer in given if answer)

    @classmethod
    def of(cls, text: str, platform: str, context: str, answers: Iterable[Answer]) -> Composition:
        """What was written, out of what is kept of it. Answers in other words than these stay open."""
        said = {answer.guideline: answer.answer for answer in answers}
        lines = context.splitlines()
        return cls(
            text,
            platform,
            _line(lines, _AUDIENCE),
            _line(lines, _MARKET),
            next((ai for ai in MadeWithAi if _ANSWERS[ai] == said.get(AI_LABEL)), None),
            next((paid for paid in Paid if _ANSWERS[paid] == said.get(COMMERCIAL)), None),
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A window in which somebody wrote a draft for a channel. ``key`` is the window's id: one window, one draft."""

    team: str
    user: str
    channel: str
    key: str
    composition: Composition


class Composed(StrEnum):
    """What became of it."""

    DONE = "done"
    BUSY = "busy"
    """The same window is at work already."""
    GONE = "gone"
    """The draft, or the message that shows it, was removed."""
    NOT_YOURS = "not_yours"
    """Only its author changes or removes it."""
    ABSENT = "absent"
    """Candor cannot post in that channel."""
    LATER = "later"
    """Slack did not take it; the same may succeed soon."""


def _line(lines: list[str], label: str) -> str:
    return next((line.removeprefix(label) for line in lines if line.startswith(label)), "")
