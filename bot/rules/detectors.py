"""Detectors: named checks that phrases cannot express. Each gives (start, end) in code points."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bot.rules.folding import EncodedText
from bot.rules.matcher import Pattern
from bot.rules.post_length import over_length
from bot.rules.private_data import cards, emails, phones, secrets
from bot.rules.to_reviewers import words_for_a_reviewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.core.draft import Draft

_STYLED = Pattern("[\U0001d400-\U0001d7ff]{3,}")
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_EMOJI_SELECTOR = "\ufe0f"
_BETWEEN = 2
"""Visible characters between two runs of invisible ones that stand close together."""
_FEW = 3
_HARMLESS = frozenset("\u200e\u200f\u061c\u00ad\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d")
"""Marks of direction and the soft hyphen: phones, word processors and apps for quotations put them in.

Only U+202E, which turns letters round, makes people read other words than machines do.
"""
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_JOINED = 0x0590
"""From here on, scripts join letters or put no spaces between words, and zero-width characters have work to do."""
_BLACK_FLAG, _LAST_TAG = "\U0001f3f4", "\U000e007f"
_TAGS = range(0xE0020, 0xE0080)
_REGION = range(3, 7)
"""Letters in the name of a flag's region, such as “gbsct” (ISO 3166-2)."""
_NAMED = 3


def detect(name: str, draft: Draft) -> Iterator[tuple[int, int]]:
    """The spans that the detector called ``name`` finds. Raises KeyError for an unknown name."""
    return DETECTORS[name](draft)


def codes_in(quote: str) -> str:
    """The codes of the invisible characters of the words, as “U+202E”; a few of them where there are many kinds."""
    hidden = dict.fromkeys(c for c in quote if unicodedata.category(c) == "Cf" or c in _SELECTORS)
    codes = [f"U+{ord(c):04X}" for c in hidden]
    return ", ".join(codes[:_NAMED]) + (" and others" if len(codes) > _NAMED else "")


def _hidden(draft: Draft) -> Iterator[tuple[int, int]]:
    """Runs of invisible characters that hide something.

    Joiners in emoji and scripts, flags of regions and marks of direction are normal. Words whose letters all have some
    between them are one run.
    """
    if draft.text.isascii():
        return
    close: list[tuple[int, int]] = []
    for start, end in _hidden_runs(draft.text):
        if close and start - close[-1][1] > _BETWEEN:
            yield from _together(close)
            close = []
        close.append((start, end))
    yield from _together(close)


def _together(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(runs[0][0], runs[-1][1])] if len(runs) > _FEW else runs


def _hidden_runs(text: str) -> Iterator[tuple[int, int]]:
    normal, inside = _flags(text), _inside_words(text)
    start: int | None = None
    for i, c in enumerate(text):
        hidden = i in inside or (c > "\x7f" and i not in normal and _is_hidden(text, i))
        if hidden and start is None:
            start = i
        elif not hidden and start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, len(text)


def _is_hidden(text: str, at: int) -> bool:
    """Overrides and tags always; a selector behind another one. What stands inside words is known already."""
    character = text[at]
    if character in _SELECTORS:
        before = text[at - 1 : at]
        return before in _SELECTORS and not character == before == _EMOJI_SELECTOR
    return unicodedata.category(character) == "Cf" and character not in _HARMLESS and character not in _ZERO_WIDTH


def _inside_words(text: str) -> set[int]:
    """Where zero-width characters stand between letters of scripts that need none.

    What copying leaves behind at the edge of a word hides nothing from anybody.
    """
    places: set[int] = set()
    start: int | None = None
    for i, c in enumerate(text):
        if c in _ZERO_WIDTH:
            start = i if start is None else start
        elif start is not None:
            if start and all(sign.isalnum() and ord(sign) < _JOINED for sign in (text[start - 1], c)):
                places.update(range(start, i))
            start = None
    return places


def _flags(text: str) -> set[int]:
    """Where the tags of a region's flag stand, such as Scotland's."""
    places: set[int] = set()
    at = text.find(_BLACK_FLAG)
    while at >= 0:
        end = at + 1
        while end < len(text) and ord(text[end]) in _TAGS and text[end] != _LAST_TAG:
            end += 1
        if end - at - 1 in _REGION and text[end : end + 1] == _LAST_TAG:
            places.update(range(at + 1, end + 1))
        at = text.find(_BLACK_FLAG, end)
    return places


def _styled(draft: Draft) -> Iterator[tuple[int, int]]:
    if not draft.text.isascii():
        encoded = EncodedText(draft.text, folded=False)
        for span in _STYLED.spans(encoded.bytes):
            yield encoded.span(*span)


def _missing_alt(draft: Draft) -> Iterator[tuple[int, int]]:
    """The first line, once, where a picture has no alt text."""
    if draft.text.strip() and any(not picture.alt_text.strip() for picture in draft.pictures):
        start = len(draft.text) - len(draft.text.lstrip())
        yield start, start + len(draft.text[start:].split("\n", 1)[0].rstrip())


DETECTORS: dict[str, Callable[[Draft], Iterator[tuple[int, int]]]] = {
    "card number": cards,
    "e-mail address": emails,
    "hidden characters": _hidden,
    "missing alt text": _missing_alt,
    "phone number": phones,
    "platform length": over_length,
    "secret": secrets,
    "styled letters": _styled,
    "words for a reviewer": words_for_a_reviewer,
}
