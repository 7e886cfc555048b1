"""What stands on buttons, and what people read in private after a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.verdict import Decision
from bot.core.words.people import person as mention

if TYPE_CHECKING:
    from bot.core.standing import Point

USE = "Use this"
UNDO = "Undo"
DISMISS = "Dismiss"
WHY = "Why"
MORE = "Show more"
OURS = "This is our public address"
GONE = "This is out of date: the draft or its review has changed. Please use the reply as it is now."
READ_ANEW = "I'm reading this draft again. Please use the reply once the new review is in it."
"""Said instead while a review is on its way."""
DISMISSED_BY = "Dismissed by "
CLOSE = "Close"
MORE_TITLE = "More about this draft"
NOTHING_MORE = "That's everything: every point is in the reply."
LEFT_OUT = "There are more. Deal with some of these and the rest will appear."


def dismissed(label: str) -> str:
    """The line above a finding that was dismissed."""
    return f"{label} (dismissed)"


def ours(contact: str, *, for_good: bool) -> str:
    """A contact is the brand's own, in private to the person who said so."""
    if for_good:
        return f"{contact} is now one of your public addresses, so it won’t be flagged again."
    return f"Dismissed in this draft. If a brand lead presses that button, {contact} won’t be flagged again."


def spoken(label: str, number: int, title: str) -> str:
    """What a screen reader says for a button of a point: the same words stand on those of the other points."""
    return f"{label}: point {number}, {title}"


def settled(point: Point, named: str, because: str) -> str:
    """A point that somebody used or dismissed, in one line of markup. ``because`` says why it was dismissed."""
    if point.decision is Decision.USED or point.verdict is None:
        return f"Used: {named}"
    return f"Dismissed: {named}, by {mention(point.verdict.user)}{because}"


def undo(title: str) -> str:
    """What a screen reader says for its *Undo*."""
    return f"{UNDO}: {title}"


def whose(contact: str) -> str:
    """What a screen reader says for the button beside a contact."""
    return f"{OURS}: {contact}"
