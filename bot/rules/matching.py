"""RE2 on folded text, with the way back to the author's code points. The only file that imports RE2."""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, cast

import re2
import regex

from bot.core.errors import BrokenPhrase
from bot.core.reading.languages import FOREIGN, Characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# The thin adapter around RE2: the only file that imports it.
#
# RE2 takes linear time on any input. Every pattern that meets people's text goes through here.

_ONE_PATTERN = 1 << 20
"""Bytes of memory for one compiled pattern; a huge repeat is refused by it at load."""
_LARGE_PATTERN = 8 * _ONE_PATTERN
_LARGE = 2_000
"""Steps of a pattern from which on RE2 has no room for its states in the memory of one: it takes 100 times as long."""
_ALL_PATTERNS = 64 << 20
_SAID = 200
"""Characters of a pattern that a message repeats."""


def _options(memory: int, *, longest: bool = False) -> re2.Options:
    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    options.longest_match = longest
    return options


class Pattern:
    """One pattern over bytes, compiled when it is first used: a start needs few of them."""

    __slots__ = ("_compiled", "_is_to_grow", "_longest", "_needs", "_roomy", "source")

    def __init__(self, source: str, *, longest: bool = False, needs: str = "", roomy: bool = False) -> None:
        """The longest match wins where asked, else the first alternative that fits, as experts expect.

        It is looked for in texts with one of the characters that it ``needs``, if any are named. One that is large
        may be ``roomy``, where nobody can bring as many of them as they like: from its first use on.
        """
        self.source, self._needs = source, [character.encode() for character in needs]
        self._longest, self._roomy = longest, roomy

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the library's types are not known
        """Only asked for what is not there yet."""
        if name not in ("_compiled", "_is_to_grow"):
            raise AttributeError(name)
        self._compiled = self._made()
        self._is_to_grow = self._roomy and self.size > _LARGE
        return getattr(self, name)

    def check(self) -> None:
        """Compile it. Raises `BrokenPhrase` where RE2 refuses it (look-behind, back-reference, too large)."""
        _ = self._compiled

    def _made(self) -> Any:  # noqa: ANN401
        try:
            return re2.compile(self.source.encode(), _options(_ONE_PATTERN, longest=self._longest))
        except re2.error as error:
            reason = error.args[0] if error.args else b""
            text = reason.decode() if isinstance(reason, bytes) else str(reason)
            said = self.source if len(self.source) <= _SAID else f"{self.source[:_SAID]}…"
            message = f"RE2 refuses “{said}”: {text or 'it is too large'}"
            raise BrokenPhrase(message) from None

    @property
    def _ready(self) -> Any:  # noqa: ANN401 - the library has no types
        if self._is_to_grow:
            self._compiled = re2.compile(self.source.encode(), _options(_LARGE_PATTERN, longest=self._longest))
            self._is_to_grow = False
        return self._compiled

    @property
    def size(self) -> int:
        """The steps that it was compiled to: what it takes to compile it grows with them."""
        return _size_of(self._compiled)

    @property
    def places(self) -> int:
        """About how many places of the pattern a search may be at at once, on which its time for each byte depends."""
        try:
            options: Any = _options(_ONE_PATTERN)
            options.encoding = options.Encoding.LATIN1  # there a class of letters is one step and not hundreds
            return _size_of(re2.compile(self.source.encode(), options))
        except re2.error:
            return self.size

    def spans(self, text: bytes) -> Iterator[tuple[int, int]]:
        """The byte offsets of all matches that are not empty."""
        if self._needs and not any(character in text for character in self._needs):
            return
        for match in self._ready.finditer(text):
            start, end = match.span()
            if start < end:
                yield start, end

    def captures(self, text: bytes) -> Iterator[tuple[int, int, int]]:
        """For all matches, their begin, and start and end of the first group that took part, or of the whole."""
        groups = range(1, self._compiled.groups + 1)
        for match in self._ready.finditer(text):
            start, end = next((span for group in groups if (span := match.span(group))[0] < span[1]), match.span())
            if start < end:
                yield match.span()[0], start, end

    def fills(self, text: bytes) -> bool:
        """True where the pattern matches the whole text."""
        return self._ready.fullmatch(text) is not None

    def occurs(self, text: bytes) -> bool:
        """True where the pattern matches somewhere, more than nothing."""
        return next(self.spans(text), None) is not None


def _size_of(compiled: Any) -> int:  # noqa: ANN401 - the library's types know nothing of it
    return int(compiled.programsize)


class PatternSet:
    """Tells in one pass which of many patterns occur at all."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._set = re2.Set.SearchSet(_options(_ALL_PATTERNS))
        self._size = sum(self._set.Add(source) >= 0 for source in sources)
        # RE2 answers None both for "nothing" and for "out of memory"; a pattern that always
        # matches leaves only the second meaning.
        self._set.Add("")
        self._set.Compile()

    def occurring(self, text: bytes) -> frozenset[int]:
        """The indexes of the patterns that may occur; all of them where RE2 could not tell."""
        found = self._set.Match(text)
        return frozenset(range(self._size)) if found is None else frozenset(found) - {self._size}


# Regular expressions of the other library, with which only short parts of a text are read.


class _LateExpression:
    """Stands for a compiled expression; each of its methods is looked up once."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the expression has
        found = getattr(self.compiled, name) if name != "compiled" else regex.compile(*self._source)
        setattr(self, name, found)
        return found


def expression(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """As `regex.compile`, but when it is first used: a start uses none."""
    return cast("regex.Pattern[str]", _LateExpression(pattern, flags))


# Text as the rules see it: folded UTF-8 bytes, with the way back to the author's code points.

_KEPT = "\u200d\ufe0f"
"""The joiner and the emoji selector: invisible too, but part of what an emoji is."""

_FOLDED = {
    **dict.fromkeys("‘’‚‛′`´ʼʻʹʽˈ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "\N{NO-BREAK SPACE}": " ",
}


_PLAIN = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    "\t": " ",
    "⁄": "/",
    "∕": "/",
    "·": ".",
    "•": ".",
    "․": ".",
    "。": ".",
}


def _plain_character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isascii() else character


_PLAIN_CHARACTERS = Characters(_plain_character)


class PlainText:
    """A text with wide and styled letters, all kinds of digits, spaces and dashes as ASCII: as long as before."""

    __slots__ = ("bytes", "signs", "text")

    def __init__(self, text: str) -> None:
        self.text = _PLAIN_CHARACTERS.of(text)
        self.signs = frozenset("".join(FOREIGN.findall(text)))
        """Its different characters that were not ASCII."""
        self.bytes = self.text.encode("ascii", "replace")
        """One "?" takes the place of what is not ASCII, so that offsets stay."""


def _fold_character(character: str) -> str:
    if character in _FOLDED:
        return _FOLDED[character]
    if character in _KEPT:
        return character
    if unicodedata.category(character) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", character).lower()


_FOLDED_CHARACTERS = Characters(_fold_character)


def fold(text: str) -> str:
    """Lower case, plain quotes and dashes, styled letters as plain ones, invisible ones gone; offsets are lost."""
    return _FOLDED_CHARACTERS.of(text)


class EncodedText:
    """A text as UTF-8 bytes; byte offsets turn back into code points of the original."""

    __slots__ = ("_foreign", "_of", "bytes", "text")

    def __init__(self, text: str, *, folded: bool) -> None:
        self.text = text
        self.bytes = (fold(text) if folded else text).encode("utf-8", "replace")
        self._of = _folded_width if folded else _width
        self._foreign: tuple[list[int], list[int]] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points that the bytes ``start`` to ``end`` came from."""
        if self.text.isascii():
            return start, end
        first = self._ended(start)
        return (first, first) if end <= start else (first, self._ended(end - 1) + 1)

    def _ended(self, offset: int) -> int:
        """How many code points have no byte at the offset or behind it."""
        self._foreign = self._foreign or self._found_foreign()
        places, ends = self._foreign
        at = bisect_right(ends, offset) - 1
        return places[at] + 1 + min(offset - ends[at], places[at + 1] - places[at] - 1)

    def _found_foreign(self) -> tuple[list[int], list[int]]:
        """Where the code points that are not ASCII stand, and where the bytes of each end.

        As if one stood before the text, and one behind it, whose end is not told.
        """
        runs = [*FOREIGN.finditer(self.text)]
        places = [at for run in runs for at in range(*run.span())]
        widths = accumulate(map(self._of, "".join(run[0] for run in runs)))
        ends = [place - before + width for before, (place, width) in enumerate(zip(places, widths, strict=True))]
        return [-1, *places, len(self.text)], [0, *ends]


@functools.lru_cache(8192)
def _width(character: str) -> int:
    return len(character.encode("utf-8", "replace"))


@functools.lru_cache(8192)
def _folded_width(character: str) -> int:
    return _width(fold(character))
