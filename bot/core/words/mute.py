"""What people read about a muted thread, in Slack's markup where names stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.people import person

if TYPE_CHECKING:
    from bot.core.mute import Mute

MUTE = "Mute this thread"
SEND = "Mute"
CLOSE = "Cancel"
UNMUTE = "Unmute"
FOOTER = "Automated message by Candor. Edits are kept and not reviewed; a sign-off that stands here stays up to date."
FALLBACK = "Candor: this thread is muted."
GONE = "That no longer fits: the draft is gone."


def hides(must: int) -> str:
    """What is asked before a thread is muted in which something must be fixed."""
    said = "1 point must be fixed and is" if must == 1 else f"{must} points must be fixed and are"
    return (
        f"{said} still open. Muting hides the whole review from everybody in this thread, and Candor reads no more "
        "edits of the draft until somebody presses *Unmute*."
    )


def muted(mute: Mute) -> str:
    """The one line that is left of the reply."""
    return f"Muted by {person(mute.by)}. There are no more reviews and messages by Candor in this thread."
