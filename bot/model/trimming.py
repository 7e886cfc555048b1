"""The smallest edit: what a rewording leaves as it was at its start and at its end is no part of it."""

from __future__ import annotations

from itertools import takewhile

import regex

from bot.core.finding import Edit

_TOKEN = regex.compile(
    r"\[[^\[\]\n]{1,60}\]|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’\-.%](?=[\p{L}\p{N}])[\p{L}\p{N}\p{M}]+)*|\s+|\X"
)
"""A slot, a word with its accents, white space, or one grapheme, so that none of them is ever cut."""


def trimmed(edit: Edit, quote: str) -> Edit:
    """The edit without what the quote and the new words have in common at both ends.

    At least one word of the quote stays part of it, as equal offsets would mean words that are added at that place.
    """
    olds, news = _TOKEN.findall(quote), _TOKEN.findall(edit.text)
    head = _common(olds, news)
    tail = _common(olds[head:][::-1], news[head:][::-1])
    while head + tail and not any(map(_is_word, olds[head : len(olds) - tail])):
        head, tail = (head - 1, tail) if head else (head, tail - 1)
    start, end = len("".join(olds[:head])), len("".join(olds[len(olds) - tail :]))
    return Edit(edit.start + start, edit.end - end, edit.text[start : len(edit.text) - end])


def _common(olds: list[str], news: list[str]) -> int:
    pairs = zip(olds, news, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_word(token: str) -> bool:
    return not token.isspace()
