"""Which words of a text are its own prose: not those of an address, a hashtag, a quotation, or of what is denied."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from bot.rules.folding import EncodedText
from bot.rules.matcher import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = Pattern(
    r"(?i)\b(?:https?://|www\.)[^\s<>]+|\b[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,24}\b"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+/[^\s<>]*"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|co|uk|de|fr|es|it|nl|eu|app|dev|shop|info|tv|edu|gov|example)\b"
    r"(?:[?#][^\s<>]*)?"
)
_FILE = Pattern(
    r"(?i)[\pL\pN_-]+\.(?:pdf|jpe?g|png|gif|webp|svg|mp4|mov|mp3|docx?|xlsx?|pptx?|psd|ai|zip|csv|txt|html?|md)\b"
)
_LABEL = Pattern(r"[#@][\pL\pN_][\pL\pN_.]*")
_QUOTED = Pattern(
    r"“[^“”\n]{1,240}”|„[^„“”\n]{1,240}[“”]|«[^«»\n]{1,240}»|»[^«»\n]{1,240}«|‘[^‘’\n]{1,240}’[^\pL]"
    r'|"[^"\n]{1,240}"'
)
_MOSTLY = 0.8
"""A quotation that is this share of the text is the text itself, pasted with its marks."""
_DENIED_BEFORE = Pattern(
    r"\b(?:no|not|never|without|neither|nor|nobody|isn't|aren't|wasn't|don't|doesn't|won't|can't|cannot|needn't|avoid"
    r"|skip|instead of|rather than|stop saying|nothing|kein|keine|keinen|nicht|nie|ohne|niemals)"
    r"(?: (?:a|an|any|the|our|your|more|one|really|ever|just|to|be|say|saying|even))*\s*\z"
)
_ASKED_BEFORE = Pattern(r"\bwhy not\s*\z")
_DENIED_BEHIND = Pattern(
    r"^[\s,]*(?:said|says|say) (?:nobody|no one|no-one)\b"
    r"|^[^\pL\n]{0,3}(?:is|are|was|were) (?:not|never) (?:us|what|how|our|the)\b"
)
_BEFORE = 48
_BEHIND = 40


class Prose:
    """The parts of a text that are no prose, each found once."""

    __slots__ = ("_labels", "_quoted", "_solid", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        encoded = EncodedText(text, folded=False)
        marked = "." in text
        self._solid = _spans(encoded, *((_ADDRESS, _FILE) if marked else ()))
        self._labels = _spans(encoded, _LABEL) if "#" in text or "@" in text else []
        enough = len(text.strip()) * _MOSTLY
        self._quoted = [span for span in _spans(encoded, _QUOTED) if span[1] - span[0] < enough]

    def holds(self, start: int, end: int, *, is_regex: bool) -> bool:
        """True where the words from ``start`` to ``end`` are prose that stands for itself.

        A phrase may not touch an address, a file name, a hashtag or a handle. A regular expression may begin with one
        and run over others: rules about labels are written so.
        """
        for spans in (self._solid, self._labels):
            for first, last in _touched(spans, start, end):
                if not is_regex or start > first or (spans is self._solid and end <= last):
                    return False
        return not any(first < start and end < last for first, last in _touched(self._quoted, start, end))

    def denies(self, start: int, end: int, sentence: tuple[int, int]) -> bool:
        """True where the sentence says that the words are not meant: “no last chance”, “hurry, said nobody”."""
        before = EncodedText(self._text[max(sentence[0], start - _BEFORE) : start], folded=True).bytes
        behind = EncodedText(self._text[end : min(sentence[1], end + _BEHIND)], folded=True).bytes
        if _occurs(_DENIED_BEHIND, behind):
            return True
        return _occurs(_DENIED_BEFORE, before) and not _occurs(_ASKED_BEFORE, before)


def _occurs(pattern: Pattern, text: bytes) -> bool:
    return next(pattern.spans(text), None) is not None


def _spans(text: EncodedText, *patterns: Pattern) -> list[tuple[int, int]]:
    return sorted(text.span(*span) for pattern in patterns for span in pattern.spans(text.bytes))


def _touched(spans: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Those of the sorted spans that share a character with ``start`` to ``end``."""
    at = bisect_right(spans, (start, start))
    for first, last in spans[max(0, at - 2) :]:
        if first >= end:
            return
        if last > start:
            yield first, last


APOSTROPHES = "'’‘ʼʻ´`＇"
_ENDING = frozenset(".,;:!?…)")
_JOINING = frozenset(APOSTROPHES + "-‐‑")


def is_edge(text: str, at: int) -> bool:
    """True where no word goes on across the offset; “one-of-a-kind” and “don't” are one word each."""
    if not 0 < at < len(text):
        return True
    before, behind = text[at - 1], text[at]
    if _is_word(before) and _is_word(behind):
        return False
    if behind in _JOINING:
        return not (_is_word(before) and at + 1 < len(text) and _is_word(text[at + 1]))
    if before in _JOINING:
        return not (_is_word(behind) and at > 1 and _is_word(text[at - 2]))
    return True


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space, the end of a sentence before it, or half a word at either end."""
    while start < end and (text[start].isspace() or text[start] in _ENDING):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start > 0 and not is_edge(text, start):
        start -= 1
    while end < len(text) and not is_edge(text, end):
        end += 1
    return start, end


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
