"""Finds a quote in the text that it was taken from, however the model spelt it.

Models copy with marks of their own: bold signs, line numbers, dots in the middle, ``:tada:`` for 🎉, an end cut short.
Such a quote is aligned with the words that it means. What fits nowhere is not found.
"""

from __future__ import annotations

import html
import unicodedata
from bisect import bisect_left
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from bot.core.reading.languages import FOREIGN, Characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_PLAIN = {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
_MARKS = " \t\n\"'“”„‘’«»‹›{}"
_TAGS = regex.compile(r"</?[a-z]{1,10}/?>", regex.IGNORECASE)
_ASIDE = regex.compile(
    r"[\[(](?:sic|emphasis (?:added|mine)|(?:see )?(?:line|lines|zeile|ligne|línea|paragraph|sentence"
    r"|para) ?\d+(?:[-–]\d+)?)[!.]?[\])]:?",
    regex.IGNORECASE,
)
"""What a model says of a quote, inside of it or beside it."""
_EMOJI_SAID = regex.compile(r"[\[(](?:[\w -]{1,30} )?emoji(?: of [\w -]{1,30})?[\])]", regex.IGNORECASE)
_INTRODUCED = regex.compile(
    r"^[^\"“„«‘'\n]{1,40}?(?:[:=]|\b(?:says?|reads?|states?|sagt|steht|dit"
    r"|dice)\b:?)\s*[\"“„«‘'](.{3,})[\"”“»’'][.!]?$",
    regex.DOTALL,
)
"""A quote that is introduced, as in: the draft says "…"."""
_EMPHASIS = '*~"\\>•'
_EDGES = "_'"
"""Marks, unless they stand inside a word."""
_ENDS = " .,;:!?*_~`"
_EMOJI = regex.compile(
    r":(?=[^:\s]*\p{L}|[+-]1:)[\p{L}\p{N}_+'-]{1,60}:(?::skin-tone-[2-6]:)?"
    r"|(?=\p{Extended_Pictographic}|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3)\X"
)
"""An emoji by its short name, or one grapheme; there is nothing to backtrack over."""
_ANY = "\ufffc"
"""Stands for any emoji: workspaces have names of their own for them, so a table would never be whole."""
_GLUED = frozenset((_ANY, "-"))
"""What may be repeated, and have spaces around it or not."""
_GAPS = (
    *("[...]", "[…]", "(...)", "(…)", "<...>", "<…>", "[..]", "[. . .]", ". . .", "...", "…"),
    *(" / ", " | ", " +++ ", " -- ", '" "', "” “", '", "', "”, “", "\n"),
    *('" and "', "” and “", "' and '", "' und '", '" und "', "“ und „", '" et "', '" y "'),
)
_GAP = "\0"
_NEAR = 300
"""Characters between two pieces of one quote, at most."""
_MOST_PIECES = 20
_LEAST_PIECE = 8
"""Characters of a piece that may stand for its quote alone."""
_LABEL, _LABEL_WORDS = 20, 2
_MOST_WORDS = 60
_LEAST_RUN, _LEAST_LETTERS = 3, 12
"""Words, and characters, of a run that stands for a quote of which the rest is nowhere."""
_CUT = 30
"""Characters by which the last word of a quote can have been cut."""
_ALIKE = 90
_LONGER = 1.2
_LONGEST, _SEARCHED = 1000, 300
"""Characters of a quote that is compared letter by letter, and of what is searched for so."""

Span = tuple[int, int]
Piece = tuple[int, int, str]
"""The start and end of characters, and how they are spelt."""


class Aligned(NamedTuple):
    """Where a quote stands. ``whole`` is False where others stand between its words, or some stand elsewhere."""

    start: int
    end: int
    whole: bool = True


class FoldedText:
    """A text in lower case with plain quotes, dashes and spaces, and the way back to its characters."""

    def __init__(self, text: str) -> None:
        self.original = text
        self._folded = _Spelling(_folded(text))
        self.text = self._folded.text

    def find(self, quote: str, after: int = 0) -> tuple[int, int] | None:
        """Where the quote stands: exactly, then folded, then without marks, then nearly; None where it does not.

        Of a quote with gaps, everything from its first to its last piece, or its longest one where they are not near
        each other in that order. A place from ``after`` on is preferred, so that equal words in several places are
        found one by one. A word that the quote cuts is whole in what is found.
        """
        found = self.place(quote, after)
        return (found.start, found.end) if found else None

    def place(self, quote: str, after: int = 0) -> Aligned | None:
        """The same, and whether the whole quote stands there."""
        plain = html.unescape(quote).replace("\\n", "\n")
        found = self._place(quote, plain, after) or self._without_asides(plain, after)
        return Aligned(*self._to_word_ends(*found[:2]), found.whole) if found and len(quote.split()) > 1 else found

    def _place(self, quote: str, plain: str, after: int) -> Aligned | None:
        found = self._whole(quote, after)
        return Aligned(*found) if found else self._in_pieces(plain, after)

    def times(self, word: str) -> int:
        """In how many places the folded word stands by itself."""
        return len(regex.findall(rf"(?<!\w){regex.escape(word)}(?!\w)", self.text)) if word else 0

    def _without_asides(self, quote: str, after: int) -> Aligned | None:
        """Without what a model adds to its quotes; at last the longest run of words that the text has as well."""
        bare_quote = _EMOJI_SAID.sub(_ANY, _ASIDE.sub(" ", _TAGS.sub("", quote))).strip()
        introduced = _INTRODUCED.match(bare_quote)
        words = introduced[1] if introduced else bare_quote.strip(_MARKS)
        if words and words != quote and (found := self._place(words, words, after)):
            return found
        return self._longest_run(bare_quote, after)

    def _longest_run(self, quote: str, after: int) -> Aligned | None:
        """The longest run of words of the quote that stands in the text, if it is most of the quote.

        A few words that a made-up quote shares with the text are no place for it.
        """
        quoted = quote.split()
        words = [bare(word) for word in quoted[:_MOST_WORDS]]
        words = [word for word in words if any(map(str.isalnum, word))]
        for size in range(len(words), max(_LEAST_RUN, -(-len(words) * 3 // 5)) - 1, -1):
            for first in range(len(words) - size + 1):
                run = " ".join(words[first : first + size]).strip(_ENDS)
                at = _next(self._bare.text, run, bisect_left(self._bare.starts, after))
                if at and len(run) >= _LEAST_LETTERS and not _splits(self._bare.text, at[0]):
                    return Aligned(*self._bare.back(*at), size == len(words) and len(quoted) <= _MOST_WORDS)
        return None

    @cached_property
    def _bare(self) -> _Spelling:
        return _Spelling(_bare(self.original), _GLUED)

    def _whole(self, quote: str, after: int) -> tuple[int, int] | None:
        for wanted in (quote.strip(), quote.strip(_MARKS)):
            if not wanted:
                return None
            if found := _next(self.original, wanted, after):
                return found
            if found := self._folded.find(fold(wanted), after):
                return found
        words = _unlabelled(html.unescape(quote))
        spelt = [bare(one) for one in (quote, quote.strip(_ENDS), words, words.strip(_ENDS))]
        tries = (self._bare.find(one, after) for one in dict.fromkeys(spelt) if self._may_be(one, quote))
        return next(filter(None, tries), None) or self._nearly(bare(words))

    def _may_be(self, wanted: str, quote: str) -> bool:
        """False for an emoji that may be another one: alone, it has to be the only one, and a name on either side."""
        if any(c.isalnum() for c in wanted):
            return True
        named = any(emoji[0][0] == ":" for text in (quote, self.original) for emoji in _EMOJI.finditer(text))
        return named and wanted == _ANY and self._bare.text.count(_ANY) == 1

    def _nearly(self, quote: str) -> tuple[int, int] | None:
        """Where nearly the same stands; of a long quote its beginning and its end are searched for, and compared all.

        The time for a search grows with the square of what is searched for.
        """
        from rapidfuzz import fuzz  # noqa: PLC0415 - not at a start

        if not quote.strip(_ANY) or len(quote) > min(_LONGEST, _LONGER * len(self._bare.text)):
            return None
        if len(quote) <= _SEARCHED:
            found = self._alike(quote)
        else:
            first, last = self._alike(quote[: _SEARCHED // 2]), self._alike(quote[-_SEARCHED // 2 :])
            found = (first[0], last[1]) if first and last and 0 < last[1] - first[0] < _LONGER * len(quote) else None
            found = found if found and fuzz.ratio(quote, self._bare.text[slice(*found)]) >= _ALIKE else None
        return self._bare.back(*found) if found else None

    def _alike(self, quote: str) -> tuple[int, int] | None:
        from rapidfuzz import fuzz  # noqa: PLC0415 - not at a start

        text = self._bare.text
        near = fuzz.partial_ratio_alignment(quote, text, score_cutoff=_ALIKE)
        if near is None or near.dest_start >= near.dest_end:
            return None
        start, end = near.dest_start, near.dest_end
        wide = start - _run_before(text, start), end + _run_after(text, end)
        for span in (wide, (start, end)):
            part = text[slice(*span)].strip()
            if part and fuzz.ratio(quote, part) >= _ALIKE:
                first = text.index(part, span[0])
                return first, first + len(part)
        return None

    def _in_pieces(self, quote: str, after: int) -> Aligned | None:
        pieces = _pieces(quote)
        if pieces == [quote.strip()]:
            return None
        spans: list[tuple[int, int]] = []
        for piece in pieces[:_MOST_PIECES]:
            if span := self._whole(piece, spans[-1][1] if spans else after):
                spans.append(span)
        if spans and len(spans) == len(pieces) and all(0 <= b[0] - a[1] <= _NEAR for a, b in pairwise(spans)):
            between = (self.original[a[1] : b[0]] for a, b in pairwise(spans))
            return Aligned(spans[0][0], spans[-1][1], not any(map(str.isalnum, "".join(between))))
        longest = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
        return Aligned(*longest, whole=False) if longest[1] - longest[0] >= _LEAST_PIECE else None

    def _to_word_ends(self, start: int, end: int) -> tuple[int, int]:
        before, after = _run_before(self.original, start), _run_after(self.original, end)
        return start - before * (before <= _CUT), end + after * (after <= _CUT)


class _Spelling:
    """One spelling of a text, and the way back to its characters. Spaces and ``glued`` ones do not repeat."""

    def __init__(self, pieces: Iterable[Piece], glued: frozenset[str] = frozenset()) -> None:
        spelt: list[str] = []
        self.starts: list[int] = []
        self._ends: list[int] = []
        for start, end, characters in pieces:
            last = spelt[-1] if spelt else ""
            if characters == " " and last in glued:
                continue
            if characters in glued and last == " ":
                for one in (spelt, self.starts, self._ends):
                    one.pop()
                last = spelt[-1] if spelt else ""
            if characters and characters == last and (characters == " " or characters in glued):
                self._ends[-1] = end
                continue
            spelt += characters
            self.starts += [start] * len(characters)
            self._ends += [end] * len(characters)
        self.text = "".join(spelt)

    def find(self, wanted: str, after: int) -> tuple[int, int] | None:
        """Where the words stand, in offsets of the original; rather from ``after`` on."""
        found = _next(self.text, wanted, bisect_left(self.starts, after))
        return self.back(*found) if found else None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original."""
        return self.starts[start], self._ends[end - 1]


def fold(text: str) -> str:
    """The text in lower case with plain quotes, dashes and single spaces."""
    if any(map(_is_no_character_alone, set("".join(FOREIGN.findall(text))))):
        return _Spelling(_folded(text)).text.strip()
    return " ".join(_ALONE.of(text).split())


def bare(text: str) -> str:
    """The same without marks of emphasis, and with one sign for whatever emoji."""
    return _Spelling(_bare(text), _GLUED).text.strip(" -")


def _folded(text: str) -> Iterator[Piece]:
    """The characters with their marks, each with its start, end and folded form."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield start, end, _ALONE[text[start]] if end == start + 1 else _plain(text[start:end])
        start = end


def _plain(characters: str) -> str:
    """What a character with its marks is folded to."""
    characters = "".join(_PLAIN.get(c, c) for c in characters)
    characters = unicodedata.normalize("NFKC", characters).casefold()
    visible = "".join(c for c in characters if unicodedata.category(c) != "Cf")
    return " " if visible and visible.isspace() else visible


_ALONE = Characters(_plain)
"""What each character is folded to where none is a mark on another."""


@lru_cache(8192)
def _is_no_character_alone(character: str) -> bool:
    """True for marks on other characters, and for what is folded to several with a space."""
    folded = _ALONE[character]
    return unicodedata.combining(character) > 0 or (" " in folded and folded != " ")


def _bare(text: str) -> Iterator[Piece]:
    at = 0
    for emoji in _EMOJI.finditer(text):
        yield from _without_marks(text, at, emoji.start())
        yield *emoji.span(), _ANY
        at = emoji.end()
    yield from _without_marks(text, at, len(text))


def _without_marks(text: str, first: int, last: int) -> Iterator[Piece]:
    for from_here, to, characters in _folded(text[first:last]):
        start, end = first + from_here, first + to
        inside = text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()
        opens_line = characters == "-" and not text[text.rfind("\n", 0, start) + 1 : start].strip()
        is_mark = characters in _EMPHASIS or (characters in _EDGES and not inside) or opens_line
        yield start, end, "" if is_mark else characters


def _pieces(quote: str) -> list[str]:
    """The parts of a quote around its gaps; what holds no word is none."""
    for gap in _GAPS:
        quote = quote.replace(gap, _GAP)
    return [piece.strip() for piece in quote.split(_GAP) if any(c.isalnum() for c in piece)]


def _unlabelled(quote: str) -> str:
    """The quote without what stands before its words, such as "Line 3:", "1." or "Draft:"."""
    text = quote.strip(_MARKS + _ENDS)
    head, colon, rest = text.partition(":")
    if colon and rest.strip(_ENDS) and 0 < len(head) <= _LABEL and len(head.split()) <= _LABEL_WORDS:
        text = rest.lstrip(_MARKS + _ENDS)
    number, space, rest = text.partition(" ")
    digits = number.lstrip("([#").rstrip(".):]|")
    return rest.strip() if space and digits.isdecimal() and digits != number else text


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


def _run_before(text: str, at: int) -> int:
    """How many characters of a word stand before an offset inside of it."""
    start = at
    while _splits(text, start) and _is_spaced(text[start - 1]):
        start -= 1
    return at - start


def _run_after(text: str, at: int) -> int:
    end = at
    while _splits(text, end) and _is_spaced(text[end]):
        end += 1
    return end - at


def _is_spaced(character: str) -> bool:
    """True for digits and for letters of the scripts that have spaces between words, as far as these have capitals."""
    return character.isdecimal() or character.lower() != character.upper()
