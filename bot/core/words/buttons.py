"""What stands on buttons, and what people read in private after a click."""

from __future__ import annotations

USE = "Use this"
UNDO = "Undo"
DISMISS = "Dismiss"
WHY = "Why"
MORE = "Show more"
GONE = "That no longer fits: the draft or its review has changed since. Please look at the reply as it is now."
DISMISSED_BY = "Dismissed by "
CLOSE = "Close"
MORE_TITLE = "More about this draft"
NOTHING_MORE = "There is nothing more: every point is shown in the reply."
LEFT_OUT = "The list ends here; more of them show up when some of these are handled."


def dismissed(label: str) -> str:
    """The line above a finding that was dismissed."""
    return f"{label} (dismissed)"
