"""What people read around a clean text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.core.words.counting import count
from bot.core.words.reply import platform

if TYPE_CHECKING:
    from bot.core.clean_text import CleanText

OUTDATED = "Out of date: you've edited the draft since. Press “Use this” again to get the updated text."
AS_FILE = "It's too long for a message, so it's in a file in this thread."
FILE_TITLE = "Clean text"
FALLBACK = "Candor: your text with the changes you accepted."
MADE_BY = "Automated message from Candor: your words and the changes you accepted, nothing else."
BETWEEN = "\n\n---\n\n"
"""Between the posts in a file."""


def heading(content: CleanText) -> str:
    """What the block below it is."""
    changes = count(content.changes, "change") if content.changes else "your changes"
    gaps = f", {count(len(content.slots), 'gap')} to fill" if content.slots else ""
    return f"Your text with {changes}{gaps}"


def posts(content: CleanText) -> list[tuple[str, str]]:
    """What there is to copy: a heading for each post, "" where there is only one, and its words."""
    if len(content.posts) < len(("one", "other")):
        return [("", content.posts[0][1] if content.posts else content.text)]
    names = [platform(name) if name else "Post" for name, _ in content.posts]
    seen: Counter[str] = Counter()
    headed: list[tuple[str, str]] = []
    for name, (_, text) in zip(names, content.posts, strict=True):
        seen[name] += 1
        headed.append((f"{name} {seen[name]}" if names.count(name) > 1 else name, text))
    return headed


def file_name(words: str) -> str:
    """``words`` is a short reference to what the file holds."""
    return f"clean-text-{words}.txt"


def to_fill_in(slots: tuple[str, ...]) -> str:
    """Which facts only the author can give; a gap that is there twice is named with its number."""
    counted = Counter(slots)
    return f"Gaps to fill: {', '.join(slot if n == 1 else f'{slot} ({n} times)' for slot, n in counted.items())}."
