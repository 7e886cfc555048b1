"""Whether a paragraph that a language model wrote about figures may be shown: each figure must be a counted one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

OPENERS = (
    "A",
    "Compared",
    "Drafts",
    "Fewer",
    "In",
    "It",
    "More",
    "Of",
    "Points",
    "Some",
    "That",
    "The",
    "There",
    "These",
    "They",
    "This",
)
"""The words with which a sentence may begin, beside numbers and the words of guidelines: no name can hide there."""
_LONGEST = 450
_SENTENCES = 3
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTED = {word: number for number, word in enumerate(_NUMBERS, 1)} | {"zero": 0, "no": 0, "none": 0}
_AMOUNTS = """
thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
hundred hundreds thousand thousands million millions dozen dozens couple pair half halved quarter quarters third thirds
double doubled twice triple tripled thrice majority minority most all every both
"""
_UNCOUNTED = frozenset(_AMOUNTS.split())
"""Words for amounts that code cannot hold against a count."""
_FORBIDDEN = frozenset("<>@#*_~`|[]{}!\n\\")
_KNOWN = frozenset({"Candor", "AI"})
_ENDS = frozenset(".?:;")
_BEFORE = "(\"“'‘"
_BEHIND = ".,;:?)\"”'’%"
_INSIDE = "-–'’"


@dataclass(frozen=True, slots=True)
class Told:
    """What the model was told: one line for each figure, and the numbers in them.

    ``words`` are the words of the guidelines' titles, as they are written there.
    """

    lines: tuple[str, ...]
    numbers: frozenset[int]
    percentages: frozenset[int]
    words: frozenset[str] = frozenset()


def holds(text: str, told: Told) -> bool:
    """True where the text is short and plain, names nobody, links nowhere, and has no figure of its own."""
    if not text.strip() or len(text) > _LONGEST or _FORBIDDEN & set(text):
        return False
    tokens = text.split()
    sentences, opens = 0, True
    for token, behind in zip(tokens, [*tokens[1:], ""], strict=True):
        sentences += opens
        word = token.lstrip(_BEFORE).rstrip(_BEHIND)
        share = "%" in token or behind.startswith(("%", "percent", "per"))
        if not _is_fine(word, told.percentages if share else told.numbers, told.words, opens=opens):
            return False
        opens = bool(_ENDS & set(token[len(word) :]))
    return sentences <= _SENTENCES


def _is_fine(word: str, numbers: frozenset[int], known: frozenset[str], *, opens: bool) -> bool:
    if word.isascii() and word.isdigit():
        return int(word) in numbers
    parts = [part for part in word.translate(dict.fromkeys(map(ord, _INSIDE), " ")).split() if part]
    return all(_is_word(part, numbers, known, opens=opens) for part in parts)


def _is_word(word: str, numbers: frozenset[int], known: Iterable[str], *, opens: bool) -> bool:
    """True for a word that is no name, no address and no amount that nobody counted."""
    lower = word.lower()
    if not word.isalpha() or lower in _UNCOUNTED:
        return False
    if lower in _COUNTED:
        return _COUNTED[lower] in numbers
    if word.islower() or word in known or word in _KNOWN:
        return True
    return opens and (word in OPENERS or lower in {other.lower() for other in known})
