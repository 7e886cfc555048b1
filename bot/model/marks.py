"""The marks of a post: its links, hashtags, handles, emoji and line breaks. A rewording keeps what it found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import regex

from bot.model.masking import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EMOJI = regex.compile(r"(?=\p{Extended_Pictographic}|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3)\X")
"""One grapheme at a time, as the rules count them; there is nothing to backtrack over."""
_TOKEN = regex.compile(r"\S+")
_TEXT_SIGNS = frozenset("©®™")
"""Pictographic by Unicode, and plain signs to everybody."""
_AROUND = ".,;:!?()[]'\"“”<>"


def is_link(text: str) -> bool:
    """True for an address: with a scheme, or dots between letters as in ``shop.example``."""
    folded = text.lower()
    head, dot, tail = folded.strip(".,;:!?()'\"").rpartition(".")
    return "://" in folded or "www." in folded or bool(dot and head[-1:].isalnum() and tail[:2].isalpha() and tail[1:])


def sign(token: str) -> str:
    """A token without what stands around it, in lower case."""
    return token.strip(_AROUND).lower()


def signs(text: str) -> Iterator[str]:
    """The tokens of a text as signs."""
    return map(sign, visible(text).split())


def is_sign(token: str) -> bool:
    """True for links, handles and hashtags."""
    return "#" in token or "@" in token or is_link(token)


def kept(words: str, quote: str, labels: Iterable[str] = ()) -> str | None:
    """The words with what they must keep of the quote, or None where they lost it in a place that nobody can tell.

    Every emoji, hashtag, handle, link and line break of the quote stays. What stood before or behind its words and was
    left out is put back there. Free are: a quote that holds nothing but marks, for then they are the point; a hashtag
    where the words bring one of the ``labels`` that the guideline asks for; and, where the quote is left out as a
    whole, its emoji and line breaks, which belong to its words. Its links, hashtags and handles stay even then.
    """
    head, tail = _edges(quote)
    if len(head) == len(quote):
        return words
    labels = frozenset(labels)
    if _lost(words, quote, labels):
        words = _put_back(words, head, tail) if words.strip() else _left_over(head, tail)
    breaks = words.count("\n") != quote.count("\n") if words.strip() else False
    return None if breaks or _lost(words, quote, labels) else words


def _put_back(words: str, head: str, tail: str) -> str:
    lost, (own_head, own_tail) = marks(head + tail) - marks(words), _edges(words)
    if lost & marks(head) and marks(head) - marks(own_head):
        words = head + words[len(own_head) :].lstrip()
    if lost & marks(tail) and marks(tail) - marks(own_tail):
        words = words[: len(words) - len(own_tail)].rstrip() + tail
    return words


def _left_over(head: str, tail: str) -> str:
    """What stays of a quote that is left out."""
    return " ".join(edge.strip() for edge in (head, tail) if any(map(is_sign, edge.split())))


def _lost(words: str, quote: str, labels: frozenset[str]) -> bool:
    has, had = marks(words), marks(quote)
    free = "#" if any(label in has and label not in had for label in labels) else None
    lost = (mark for mark in had - has if words.strip() or is_sign(mark))
    return any(mark[:1] != free for mark in lost)


def marks(text: str) -> Counter[str]:
    """The links, hashtags, handles and emoji of a text, and how often each is there."""
    return Counter(mark for _, _, mark in _pieces(text) if mark)


def _edges(text: str) -> tuple[str, str]:
    """What stands before its first and behind its last words; a text without words is all edge."""
    words = [(start, end) for start, end, mark in _pieces(text) if not mark]
    return (text[: words[0][0]], text[words[-1][1] :]) if words else (text, "")


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """The start and end of everything but white space, and its mark, "" for words and punctuation."""
    for token in _TOKEN.finditer(text):
        if is_sign(token[0]) or _is_named_emoji(token[0]):
            yield *token.span(), sign(token[0]) or token[0]
            continue
        at = token.start()
        for emoji in _EMOJI.finditer(text, at, token.end()):
            if emoji[0] in _TEXT_SIGNS:
                continue
            if at < emoji.start():
                yield at, emoji.start(), ""
            yield *emoji.span(), emoji[0].replace("\ufe0f", "")
            at = emoji.end()
        if at < token.end():
            yield at, token.end(), ""


def _is_named_emoji(token: str) -> bool:
    """True for what Slack writes in the place of an emoji of the workspace."""
    return len(token) > 2 and token[0] == token[-1] == ":"  # noqa: PLR2004 - a name between the colons
