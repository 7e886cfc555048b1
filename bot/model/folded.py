"""Finds a quote in the text that it was taken from, however the model spelt it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_MARKS = " \t\n\"'“”„‘’«»"
_ALIKE = 90
_LONGER = 1.2
_LONGEST = 1000
"""Characters of a quote that is searched for letter by letter; the time for it grows with the square."""


class FoldedText:
    """A text in lower case with plain quotes, dashes and spaces, and the way back to its characters."""

    def __init__(self, text: str) -> None:
        self.original = text
        folded: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end, characters in _folded(text):
            space = characters == " "
            if space and folded and folded[-1] == " ":
                self._ends[-1] = end
                continue
            folded += characters
            self._starts += [start] * len(characters)
            self._ends += [end] * len(characters)
        self.text = "".join(folded)

    def find(self, quote: str, after: int = 0) -> tuple[int, int] | None:
        """Where the quote stands: exactly, then folded, then nearly; None where it does not.

        A place from ``after`` on is preferred, so that equal words in several places are found one by one.
        """
        for wanted in (quote.strip(), quote.strip(_MARKS)):
            if not wanted:
                return None
            if found := _next(self.original, wanted, after):
                return found
            if found := _next(self.text, fold(wanted), bisect_left(self._starts, after)):
                return self._back(*found)
        return self._nearly(fold(quote.strip(_MARKS)))

    def _nearly(self, quote: str) -> tuple[int, int] | None:
        if not quote or len(quote) > min(_LONGEST, _LONGER * len(self.text)):
            return None
        near = fuzz.partial_ratio_alignment(quote, self.text, score_cutoff=_ALIKE)
        if near is None or near.dest_start >= near.dest_end:
            return None
        start, end = near.dest_start, near.dest_end
        wide = _to_word_ends(self.text, start, end)
        for span in (wide, (start, end)):
            part = self.text[slice(*span)].strip()
            if part and fuzz.ratio(quote, part) >= _ALIKE:
                first = self.text.index(part, span[0])
                return self._back(first, first + len(part))
        return None

    def _back(self, start: int, end: int) -> tuple[int, int]:
        return self._starts[start], self._ends[end - 1]


def fold(text: str) -> str:
    """The text in lower case with plain quotes, dashes and single spaces."""
    return FoldedText(text).text.strip()


def _folded(text: str) -> Iterator[tuple[int, int, str]]:
    """The characters with their marks, each with its start, end and folded form."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        characters = "".join(_PLAIN.get(c, c) for c in text[start:end])
        characters = unicodedata.normalize("NFKC", characters).casefold()
        visible = "".join(c for c in characters if unicodedata.category(c) != "Cf")
        yield start, end, " " if visible and visible.isspace() else visible
        start = end


def _next(text: str, wanted: str, after: int) -> tuple[int, int] | None:
    return _whole_words(text, wanted, after) or _whole_words(text, wanted, 0)


def _whole_words(text: str, wanted: str, after: int) -> tuple[int, int] | None:
    """The first place of the words, better one that splits no word."""
    first = at = text.find(wanted, after) if wanted else -1
    while at >= 0:
        if not _splits(text, at) and not _splits(text, at + len(wanted)):
            return at, at + len(wanted)
        at = text.find(wanted, at + 1)
    return (first, first + len(wanted)) if first >= 0 else None


def _splits(text: str, at: int) -> bool:
    """True where a word goes on at the offset."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _to_word_ends(text: str, start: int, end: int) -> tuple[int, int]:
    while _splits(text, start):
        start -= 1
    while _splits(text, end):
        end += 1
    return start, end
