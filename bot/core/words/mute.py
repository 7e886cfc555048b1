"""What people read about a muted thread, in Slack's markup where names stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.severity import Severity
from bot.core.words.counting import count
from bot.core.words.people import person
from bot.core.words.reply import SEVERITIES

if TYPE_CHECKING:
    from bot.core.mute import Mute
    from bot.core.sign_off import OpenPoint

MUTE = "Mute this thread"
SEND = "Mute"
CLOSE = "Cancel"
UNMUTE = "Unmute"
SHOW = "Show open points"
FOOTER = (
    "Automated message from Candor. I keep edits but don't review them. A sign-off in this thread stays up to date."
)
FALLBACK = "Candor: this thread is muted."
GONE = "This is out of date: the draft is gone."


def hides(must: int) -> str:
    """What is asked before a thread is muted in which something must be fixed."""
    said = "1 point must be fixed and is" if must == 1 else f"{must} points must be fixed and are"
    return (
        f"{said} still open. Muting hides the review for everyone in this thread, and Candor won't read "
        "edits to the draft until somebody presses *Unmute*."
    )


def muted(mute: Mute) -> str:
    """The one line that is left of the reply."""
    return f"Muted by {person(mute.by)}. Candor won't review or post in this thread."


def still_open(left: tuple[OpenPoint, ...]) -> str:
    """What nobody has handled, worst first."""
    counts = [
        (sum(point.severity is severity for point in left), SEVERITIES[severity].lower()) for severity in Severity
    ]
    by_weight = ", ".join(f"{number} {name}" for number, name in counts if number)
    return f"Still open: {count(len(left), 'point')} ({by_weight})."
