"""What people read about a muted thread, in Slack's markup where names stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.people import person

if TYPE_CHECKING:
    from bot.core.mute import Mute

MUTE = "Mute this thread"
UNMUTE = "Unmute"
FOOTER = "Automated message by Candor. Edits are kept and not reviewed; a sign-off that stands here stays up to date."
FALLBACK = "Candor: this thread is muted."
GONE = "That no longer fits: the draft is gone."


def muted(mute: Mute) -> str:
    """The one line that is left of the reply."""
    return f"Muted by {person(mute.by)}. There are no more reviews and messages by Candor in this thread."
