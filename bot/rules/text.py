"""Text as the rules see it: folded bytes, sentences, own prose, lengths; and which language it sounds like."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from bot.core.reading.languages import recognise_with
from bot.rules.matching import EncodedText, Pattern, PlainText, expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fasttext import FastText

    from bot.core.drafts import Draft


# Where sentences begin and end.

_END = regex.compile(r"(?<![.!?…])[.!?…]++[\"')\]”’]*+[ \t\n\f\r]++|\n++")
"""Goes back over nothing, and meets a row of marks once."""


class Sentences:
    """The sentences of a text, found once."""

    __slots__ = ("_length", "_starts")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._starts = [0, *(end for match in _END.finditer(text) if (end := match.end()) < self._length)]

    def around(self, position: int) -> tuple[int, int]:
        """The (start, end) of the sentence that holds the code point."""
        index = bisect_right(self._starts, position) - 1
        end = self._starts[index + 1] if index + 1 < len(self._starts) else self._length
        return self._starts[index], end

    @property
    def first_end(self) -> int:
        return self.around(0)[1]


# Which words of a text are its own prose: not those of an address, a hashtag, a quotation, or of what is denied.

_ADDRESS = Pattern(
    r"(?i)\b(?:https?://|www\.)[^\s<>]+|\b[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,24}\b"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+/[^\s<>]*"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|co|uk|de|fr|es|it|nl|eu|app|dev|shop|info|tv|edu|gov|example)\b"
    r"(?:[?#][^\s<>]*)?",
    needs=".",
)
_FILE = Pattern(
    r"(?i)[\pL\pN_-]+\.(?:pdf|jpe?g|png|gif|webp|svg|mp4|mov|mp3|docx?|xlsx?|pptx?|psd|ai|zip|csv|txt|html?|md)\b",
    needs=".",
)
_LABEL = Pattern(r"[#@][\pL\pN_][\pL\pN_.]*", needs="#@")
_QUOTED = Pattern(
    r"“[^“”\n]{1,240}”|„[^„“”\n]{1,240}[“”]|«[^«»\n]{1,240}»|»[^«»\n]{1,240}«|‘[^‘’\n]{1,240}’[^\pL]|‚[^‚‘’\n]{1,240}[‘’]"
    r"|‹[^‹›\n]{1,240}›|›[^‹›\n]{1,240}‹",
    needs="“„«»‘‚‹›",
    roomy=True,
)
_STRAIGHT = Pattern(r'(?:^|\D)"[^"\n]{1,240}"', needs='"', roomy=True)
"""Behind a digit the sign stands for inches and begins nothing."""
_SINGLY_QUOTED = Pattern(
    r"(?:^|[\s(\[—–])'[^\s'](?:[^'\n]|[\pL\pN]'[\pL])*?[^\s']'(?:$|[\s.,;:!?)\]—–])", needs="'", roomy=True
)
"""Between straight single marks, of which those inside of words are apostrophes."""
_QUOTES = (_QUOTED, _STRAIGHT, _SINGLY_QUOTED)
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

    def __init__(self, written: EncodedText) -> None:
        self._text = text = written.text
        self._solid = _spans(written, _ADDRESS, _FILE)
        self._labels = _spans(written, _LABEL)
        enough = len(text.strip()) * _MOSTLY
        self._quoted = [span for span in _spans(written, *_QUOTES) if span[1] - span[0] < enough]

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
        if _DENIED_BEHIND.occurs(behind):
            return True
        return _DENIED_BEFORE.occurs(before) and not _ASKED_BEFORE.occurs(before)


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


class SeenDraft:
    """A draft with its text in the forms that rules look at, each made once."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.text = draft, draft.text
        self.written = EncodedText(draft.text, folded=False)
        self.folded = EncodedText(draft.text, folded=True)
        self.plain = PlainText(draft.text)

    @cached_property
    def sentences(self) -> Sentences:
        return Sentences(self.text)

    @cached_property
    def prose(self) -> Prose:
        return Prose(self.written)


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


_LONGEST_WORD = 100
"""Characters; what is longer is none, and its ends are not looked for again with every match in it."""


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space, the end of a sentence before it, or half a word at either end."""
    while start < end and (text[start].isspace() or text[start] in _ENDING):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    first, last = max(0, start - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
    while start > first and not is_edge(text, start):
        start -= 1
    while end < last and not is_edge(text, end):
        end += 1
    return start, end


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


# Things that a limit counts. Each gives the (start, end) of every occurrence in code points.

_HASHTAG = Pattern(r"(?:^|[^\pL\pN_&])#[\pL\pN_]*[\pL_][\pL\pN_]*")
_EXCLAMATION = Pattern("!")
_CAPITALS = Pattern(r"(?:^|[^\pL\pN#@$/_'])[A-Z]{4,}(?:'[A-Z]+)?\b")
_METRICS_EMOJI = expression(r"(?=\p{Extended_Pictographic}|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3)\X")
"""One grapheme at a time: RE2 knows no graphemes, and this pattern has nothing to backtrack over."""


def occurrences(metric: str, seen: SeenDraft) -> list[tuple[int, int]]:
    """Every occurrence of what is counted. Raises KeyError for an unknown metric."""
    if metric == "emoji":
        return [] if seen.text.isascii() else [match.span() for match in _METRICS_EMOJI.finditer(seen.text)]
    return [_trimmed(seen.text, *span) for span in _spans(seen.written, METRICS[metric])]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the character before a word, which the pattern had to look at."""
    lead = start if text[start] in "#!" or text[start].isalpha() else start + 1
    return lead, end


METRICS = {"hashtags": _HASHTAG, "exclamation marks": _EXCLAMATION, "words in capitals": _CAPITALS}
KNOWN_METRICS = (*METRICS, "emoji")


# How long a post may be, counted as its platform counts.

LIMITS = {
    "bluesky": 300,
    "facebook": 63_206,
    "instagram": 2_200,
    "linkedin": 3_000,
    "mastodon": 500,
    "pinterest": 500,
    "threads": 500,
    "x": 280,
}
"""Characters in one post, as the platforms' help pages stated them in November 2026."""

_LINK = Pattern(
    r"(?i)https?://[^\s]+|\b[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,4}"
    r"\.(?:com|org|net|io|co|uk|de|fr|es|it|nl|eu|app|dev|shop|info|me|tv|ly|gov|edu)\b(?:/[^\s]*)?"
)
_WHOLE_LINK = Pattern(r"(?i)https?://[^\s]+")
"""What Mastodon takes for a link."""
_LINK_LENGTH = 23
"""Of every link, on X and on Mastodon (docs.joinmastodon.org/user/posting)."""
_HANDLE_HOST = Pattern(r"@[\w.-]+(@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)")
_X_EMOJI = 2
_X_SINGLE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count once on X; all others count twice (twitter-text, configuration v3)."""
_POST_LENGTH_EMOJI = expression(
    r"(?=\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3)\X"
)


def length_on(platform: str, text: str) -> int:
    """The length of a post as the platform counts it: weighted on X, graphemes on Bluesky, links short on Mastodon."""
    if platform == "x":
        return _length_on_x(unicodedata.normalize("NFC", text))
    if platform == "bluesky":
        return len(text) if text.isascii() else sum(1 for _ in _graphemes(text))
    if platform == "mastodon":
        return _length_on_mastodon(text)
    return len(text)


def _graphemes(text: str) -> Iterator[int]:
    """Where each ends."""
    return (match.end() for match in regex.finditer(r"\X", text))


def over_length(seen: SeenDraft) -> Iterator[tuple[int, int]]:
    """The words that no longer fit, where the post, or a part of a thread, is too long for its platform."""
    draft = seen.draft
    most = LIMITS.get(draft.platform)
    if most is None:
        return
    for start, end in draft.parts or ((0, len(draft.text)),):
        part = draft.text[start:end].rstrip()
        if len(part) * _X_EMOJI > most and length_on(draft.platform, part) > most:
            ends = [0, *_graphemes(part)]
            fits = bisect_right(ends, most, key=lambda end: length_on(draft.platform, part[:end]))
            yield start + ends[fits - 1], start + len(part)


def _length_on_mastodon(text: str) -> int:
    """Links count the same whatever their length; of a handle, only the name counts, not its server."""
    links, rest = _without(_WHOLE_LINK, text)
    encoded = EncodedText(rest, folded=False)
    hosts = sum(end - start for _, start, end in _HANDLE_HOST.captures(encoded.bytes))
    return _LINK_LENGTH * links + len(rest) - hosts


def _without(pattern: Pattern, text: str) -> tuple[int, str]:
    """How often the pattern occurs, and the rest."""
    encoded = EncodedText(text, folded=False)
    spans = [encoded.span(*span) for span in pattern.spans(encoded.bytes)]
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return len(spans), "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _length_on_x(text: str) -> int:
    links, rest = _without(_LINK, text)
    rest, emoji = (rest, 0) if rest.isascii() else _POST_LENGTH_EMOJI.subn("", rest)
    letters = sum(1 if any(a <= ord(c) <= b for a, b in _X_SINGLE) else 2 for c in rest)
    return _LINK_LENGTH * links + _X_EMOJI * emoji + letters


# Which language a line sounds like: fastText's model of 176 in its small form. It is Facebook AI Research's, CC BY-SA
# 3.0, unchanged: https://fasttext.cc/docs/en/language-identification.html

_MODEL = Path(__file__).with_name("lid.176.ftz")
_PREFIX = "__label__"
_LIKELIEST = 3


def recognised(line: str) -> tuple[tuple[str, float], ...]:
    """A line's likeliest languages (as in "fi", or "als" where two letters don't do), each with its share of 1.

    Half of a character, which UTF-8 has no bytes for, is left out.
    """
    labels, shares = _recogniser().predict(line.encode(errors="ignore").decode(), k=_LIKELIEST)
    return tuple((label.removeprefix(_PREFIX), share) for label, share in zip(labels, shares, strict=True))


@cache
def _recogniser() -> FastText:
    """Loaded for the first text that is read: 5 MB, which nobody needs who waits for one."""
    import fasttext  # noqa: PLC0415

    return fasttext.load_model(str(_MODEL))


recognise_with(recognised)
