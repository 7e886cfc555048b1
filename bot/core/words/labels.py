"""What people read about a label that an answer calls for."""

from __future__ import annotations

from bot.core.words.reply import platform


def why(answer: str) -> str:
    """The reason for the label."""
    return f"You answered “{answer}”. Tell readers in the first few words, so they know before they read on."


def switch(place: str, name: str) -> str:
    """The platform's own label, "" where there is none."""
    return f"On {platform(place)}, switch on its own label as well (“{name}”)." if name else ""
