"""What people read in the list of exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.exception import Scope
from bot.core.words.dismissal import REASONS, day

if TYPE_CHECKING:
    from bot.core.exception import GuidelineException

TITLE = "Exceptions"
NONE = "There are no exceptions."
NONE_HERE = "No exception applies to this draft any more."
INTRO = "I leave these words alone. The person who made an exception, or any brand lead, can lift it."
LIFT = "Lift"
SHOW = "Show"
ALL = "All exceptions"
NEXT = "Next"
PREVIOUS = "Back"
SOMEBODY = "somebody"
DELETED = "(the words were deleted with their draft)"
NOT_YOURS = "Only the person who made this exception or a brand lead can lift it."
GONE = "This exception had already ended."
LIFTED = "Lifted. I'll flag these words again from the next review."


def scope(exception: GuidelineException) -> str:
    """How far it goes."""
    far = "Always" if exception.scope is Scope.ALWAYS else f"In the campaign {exception.campaign}"
    return far if exception.general else f"{far}, only in drafts by the person who made it"


def until(exception: GuidelineException) -> str:
    """How long it is in force; who made it stands before."""
    end = "no end date" if exception.expires_at is None else f"until {day(exception.expires_at)}"
    return f", {day(exception.created_at)}, {end}"


def reason(exception: GuidelineException) -> str:
    """Why somebody made it."""
    note = f" “{exception.note}”" if exception.note else ""
    return f"{REASONS[exception.reason]}.{note}"
