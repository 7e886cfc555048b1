"""Things that a limit counts. Each gives the (start, end) of every occurrence in code points."""

from __future__ import annotations

import regex

from bot.rules.folding import EncodedText
from bot.rules.matcher import Pattern

_HASHTAG = Pattern(r"(?:^|[^\pL\pN_&])#[\pL\pN_]*[\pL_][\pL\pN_]*")
_EXCLAMATION = Pattern("!")
_CAPITALS = Pattern(r"(?:^|[^\pL\pN#@$/_'])[A-Z]{4,}(?:'[A-Z]+)?\b")
_EMOJI = regex.compile(r"(?=\p{Extended_Pictographic}|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3)\X")
"""One grapheme at a time: RE2 knows no graphemes, and this pattern has nothing to backtrack over."""


def occurrences(metric: str, text: str) -> list[tuple[int, int]]:
    """Every occurrence of what is counted. Raises KeyError for an unknown metric."""
    if metric == "emoji":
        return [] if text.isascii() else [match.span() for match in _EMOJI.finditer(text)]
    encoded = EncodedText(text, folded=False)
    spans = (encoded.span(*span) for span in METRICS[metric].spans(encoded.bytes))
    return [_trimmed(text, *span) for span in spans]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the character before a word, which the pattern had to look at."""
    lead = start if text[start] in "#!" or text[start].isalpha() else start + 1
    return lead, end


METRICS = {"hashtags": _HASHTAG, "exclamation marks": _EXCLAMATION, "words in capitals": _CAPITALS}
KNOWN_METRICS = (*METRICS, "emoji")
