"""What people read around a clean text."""

from __future__ import annotations

READY = "The text with the changes you use, ready to copy:"
OUTDATED = "Out of date: the draft was edited after this. Use a change again to get the newest text."
AS_FILE = "The text with the changes you use is too long for a message, so it is a file in this thread."
FILE_TITLE = "Clean text"
FALLBACK = "Candor: the text with the changes you use, ready to copy."
MADE_BY = "Put together by Candor, an automated assistant. Only words of the draft and of the changes you chose."


def file_name(words: str) -> str:
    """``words`` is a short reference to what the file holds."""
    return f"clean-text-{words}.txt"


def to_fill_in(slots: tuple[str, ...]) -> str:
    """Which facts only the author can give."""
    return f"Still to fill in: {', '.join(slots)}."
