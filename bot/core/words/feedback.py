"""What people read when they say whether a critique helped."""

from __future__ import annotations

from bot.core.feedback import Reason, Thumb

UP = "Helpful"
DOWN = "Not helpful"
PLAIN_UP = "👍 Helpful"
PLAIN_DOWN = "👎 Not helpful"
LABELS = {Thumb.UP: UP, Thumb.DOWN: DOWN}
TOOLS = "What to do with this draft"
"""Read out for the menu beside the headline."""
KEPT = "Thanks, noted. It goes into the weekly digest without your name. Press the thumb again to take it back."
TAKEN_BACK = "Undone: your rating no longer counts."
GONE = "This is out of date: the draft is gone."
TITLE = "What was wrong?"
SEND = "Send"
SKIP = "Skip"
NOTED = (
    "Thanks, noted. It goes into the weekly digest without your name. If you like, say what was wrong, or press the "
    "thumb again to take it back."
)
WHICH = "What was it?"
NOTE = "In your own words"
HINT = "It's kept with the draft and deleted with it."
REASONS = {
    Reason.WRONG_POINT: "A point is wrong",
    Reason.MISSED: "Something was missed",
    Reason.TONE: "The tone",
    Reason.OTHER: "Something else",
}
