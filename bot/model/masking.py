"""What leaves this machine: texts without invisible characters, with masks for secrets and personal data."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Sensitive = Callable[[str], Iterable[tuple[int, int, str]]]
    """Gives (start, end, kind) of what nobody else shall see in a text."""
    Piece = tuple[str, int, int]
    """Characters as the model sees them, and the start and end of what they stand for."""

_LABELS = {"e-mail address": "EMAIL", "phone number": "PHONE", "card number": "CARD"}
_JOINERS = "\u200c\u200d"
"""They shape emoji and scripts, so the model sees them; detectors do not."""
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE0F), *range(0xE0100, 0xE01F0))))
"""Variation selectors, but the one for emoji: text can be smuggled in them."""
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_LAYOUT = "\n\t"


def is_hidden(character: str) -> bool:
    """True for characters that readers do not see: format and control characters, half of a surrogate pair."""
    if character < "\x7f":
        return character < " " and character not in _LAYOUT
    return (
        character in _BLANKS
        or character in _SELECTORS
        or (unicodedata.category(character) in ("Cf", "Cc", "Cs") and character not in _JOINERS)
    )


def visible(text: str) -> str:
    """The text without hidden characters."""
    return "".join(c for c in text if not is_hidden(c))


class SeenText:
    """A text as the model sees it, with the exact way back to the code points of the original."""

    __slots__ = ("_ends", "_starts", "text")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        texts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for text, start, end in pieces:
            texts.append(text)
            self._starts += [start] * len(text)
            self._ends += [end] * len(text)
        self.text = "".join(texts)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """What ``text[start:end]`` (not empty) stands for in the original; a mask is never split."""
        return self._starts[start], self._ends[end - 1]

    def part(self, start: int, end: int) -> str:
        """What the model sees of ``start`` to ``end`` of the original."""
        return self.text[bisect_right(self._ends, start) : bisect_left(self._starts, end)]


class Masks:
    """The masks of one case: one value has one mask, in whichever text it stands."""

    def __init__(self, sensitive: Sensitive, texts: Iterable[str]) -> None:
        """``texts`` is everything that will be seen, so that no mask looks like words that stand there."""
        self._sensitive = sensitive
        self._taken = set(_bracketed(visible("\n".join(texts))))
        self._mask_of: dict[str, str] = {}
        self._numbers: dict[str, Iterator[int]] = {}

    @property
    def values(self) -> dict[str, str]:
        """The hidden values by their masks."""
        return {mask: value for value, mask in self._mask_of.items()}

    def see(self, text: str) -> SeenText:
        """The text as the model may see it."""
        return SeenText(self._pieces(text))

    def unmask(self, text: str) -> str:
        """The text with the values in the place of their masks."""
        for value, mask in self._mask_of.items():
            text = text.replace(mask, value)
        return text

    def hide(self, text: str) -> str:
        """A text that was unmasked, masked again."""
        for value, mask in self._mask_of.items():
            text = text.replace(value, mask)
        return self.see(text).text

    def _pieces(self, text: str) -> Iterator[Piece]:
        at = 0
        for start, end, kind in self._spans(text):
            yield from self._plain(text, at, start)
            yield self._mask(visible(text[start:end]), kind), start, end
            at = end
        yield from self._plain(text, at, len(text))

    def _plain(self, text: str, start: int, end: int) -> Iterator[Piece]:
        for i in range(start, end):
            if not is_hidden(text[i]):
                yield text[i], i, i + 1

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        """The sensitive spans in order; overlapping ones become one, so that no rest of a value stays in sight."""
        offsets = [i for i, c in enumerate(text) if not is_hidden(c) and c not in _JOINERS]
        found = self._sensitive("".join(text[i] for i in offsets))
        merged: list[tuple[int, int, str]] = []
        for start, end, kind in sorted((offsets[s], offsets[e - 1] + 1, kind) for s, e, kind in found if s < e):
            if merged and start < merged[-1][1]:
                first, last, name = merged[-1]
                merged[-1] = (first, max(last, end), name)
            else:
                merged.append((start, end, kind))
        return merged

    def _mask(self, value: str, kind: str) -> str:
        if value not in self._mask_of:
            label = _LABELS.get(kind) or "".join(c if c.isalnum() else "_" for c in kind.upper())
            numbers = self._numbers.setdefault(label, count(1))
            masks = (f"[{label}_{number}]" for number in numbers)
            self._mask_of[value] = next(mask for mask in masks if mask not in self._taken)
        return self._mask_of[value]


def _bracketed(text: str) -> Iterator[str]:
    """What stands in brackets, each from the last "[" before a "]", and may therefore look like a mask."""
    for piece in text.split("]")[:-1]:
        yield f"[{piece.rpartition('[')[2]}]"
