"""Text as the rules see it: folded UTF-8 bytes, with the way back to the author's code points."""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right
from itertools import accumulate

_KEPT = "\u200d\ufe0f"
"""The joiner and the emoji selector: invisible too, but part of what an emoji is."""

_FOLDED = {
    **dict.fromkeys("‘’‚‛′`´ʼʻʹʽˈ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "\N{NO-BREAK SPACE}": " ",
}


_PLAIN = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    "\t": " ",
    "⁄": "/",
    "∕": "/",
    "·": ".",
    "•": ".",
    "․": ".",
    "。": ".",
}


@functools.lru_cache(8192)
def _plain_character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isascii() else character


def plain(text: str) -> str:
    """The text with wide and styled letters, all kinds of digits, spaces and dashes as ASCII: as long as before."""
    return text if text.isascii() and "\t" not in text else "".join(map(_plain_character, text))


@functools.lru_cache(8192)
def fold_character(character: str) -> str:
    """Lower case, plain quotes and dashes, styled letters as plain ones, invisible ones gone.

    One character at a time, so that offsets stay exact.
    """
    if character in _FOLDED:
        return _FOLDED[character]
    if character in _KEPT:
        return character
    if unicodedata.category(character) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", character).lower()


def fold(text: str) -> str:
    """The folded text, for comparing; offsets are lost."""
    return text.lower() if text.isascii() and "`" not in text else "".join(map(fold_character, text))


class EncodedText:
    """A text as UTF-8 bytes; byte offsets turn back into code points of the original."""

    __slots__ = ("_ends", "bytes", "text")

    def __init__(self, text: str, *, folded: bool) -> None:
        self.text = text
        self._ends: list[int] | None = None
        if text.isascii() and not (folded and "`" in text):
            self.bytes = (text.lower() if folded else text).encode()
            return
        pieces = [(fold_character(c) if folded else c).encode("utf-8", "replace") for c in text]
        self.bytes = b"".join(pieces)
        self._ends = list(accumulate(map(len, pieces)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points that the bytes ``start`` to ``end`` came from."""
        if self._ends is None:
            return start, end
        first = bisect_right(self._ends, start)
        return (first, first) if end <= start else (first, bisect_right(self._ends, end - 1) + 1)

    def offset(self, position: int) -> int:
        """The byte offset at which the code point ``position`` begins."""
        if self._ends is None:
            return position
        return self._ends[position - 1] if position else 0
