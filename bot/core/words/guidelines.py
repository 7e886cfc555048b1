"""What people read of a guideline: when they ask why it matters, look it up, or meet it by its other name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.people import Phrase, say
from bot.core.words.reviewing import SEVERITIES

if TYPE_CHECKING:
    from bot.core.guidelines import Guideline, Library


# When they ask why, or look it up.

TITLE = Phrase("Why")
QUESTION = Phrase("What I look for")
REASON = Phrase("Why it matters")
NOT_WHEN = Phrase("When I keep quiet")
FIX = Phrase("What I suggest")
SOURCES = Phrase("Sources")


def why_point(guideline: Guideline) -> str:
    """The line above it all where a point is asked about: what is wrong, as on the point."""
    named = Phrase("{severity}: {problem}")
    return say(named, severity=SEVERITIES[guideline.severity], problem=say(guideline.problem))


def in_full(guideline: Guideline) -> str:
    """The line above it all where a guideline is looked up: what it asks for."""
    return f"{SEVERITIES[guideline.severity]}: {guideline.title}"


# A point says what is wrong, a list what the guideline asks for. Both stand where people come from one to the other.


def in_the_list(guideline: Guideline) -> str:
    """What a point's guideline is called in lists; "" where that is no other name."""
    if guideline.title == guideline.problem:
        return ""
    return say("In the list of guidelines: “{title}”", title=guideline.title)


def on_a_point(guideline: Guideline) -> str:
    """The other way round."""
    return "" if guideline.problem in ("", guideline.title) else f"On a point: “{guideline.problem}”"


def both_names(library: Library) -> dict[str, str]:
    """By the guidelines' ids: for brand leads who hear of points and may go to the settings next."""
    return {one.id: _both(one) for one in (*library.off, *library.guidelines)}


def _both(one: Guideline) -> str:
    return one.title if one.problem in ("", one.title) else f"{one.problem} (guideline “{one.title}”)"


def reasons(guideline: Guideline) -> list[tuple[str, str]]:
    """The heading and the words of each part that answers *Why*, without the empty ones."""
    return _filled((REASON, say(guideline.why)), (NOT_WHEN, _why_listed(guideline.not_when)))


def sections(guideline: Guideline) -> list[tuple[str, str]]:
    """The same of each part of the whole guideline."""
    return [*_filled((QUESTION, guideline.question)), *reasons(guideline), *_filled((FIX, guideline.fix))]


def _filled(*parts: tuple[str, str]) -> list[tuple[str, str]]:
    return [(heading, text) for heading, text in parts if text]


def _why_listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {say(line)}" for line in lines)
