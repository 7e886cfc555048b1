"""What people read in the list of exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.exception import Scope
from bot.core.words.dismissal import REASONS, day

if TYPE_CHECKING:
    from bot.core.exception import GuidelineException

TITLE = "Exceptions"
NONE = "There are no exceptions."
NONE_HERE = "No exception speaks of this draft any more."
INTRO = "Points about these words are left out. Whoever made an exception, and every brand lead, can lift it."
LIFT = "Lift"
SHOW = "Show"
ALL = "All exceptions"
NEXT = "Next"
PREVIOUS = "Back"
SOMEBODY = "somebody"
DELETED = "(the words were deleted with their draft)"
NOT_YOURS = "Only a brand lead, or whoever made it, can lift this exception."
GONE = "This exception had ended already."
LIFTED = "Lifted. Points about these words count again, from the next review on."


def scope(exception: GuidelineException) -> str:
    """How far it goes."""
    return "Always" if exception.scope is Scope.ALWAYS else f"In the campaign {exception.campaign}"


def until(exception: GuidelineException) -> str:
    """How long it is in force; who made it stands before."""
    end = "without an end" if exception.expires_at is None else f"until {day(exception.expires_at)}"
    return f", {day(exception.created_at)}, {end}"


def reason(exception: GuidelineException) -> str:
    """Why somebody made it."""
    note = f" “{exception.note}”" if exception.note else ""
    return f"{REASONS[exception.reason]}.{note}"
