"""The thin adapter around RE2: the only file that imports it.

RE2 takes linear time on any input. Every pattern that meets people's text goes through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import re2

from bot.core.errors import BrokenPhrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ONE_PATTERN = 1 << 20
"""Bytes of memory for one compiled pattern; a huge repeat is refused by it at load."""
_ALL_PATTERNS = 64 << 20


def _options(memory: int, *, longest: bool = False) -> re2.Options:
    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    options.longest_match = longest
    return options


class Pattern:
    """One compiled pattern over bytes."""

    __slots__ = ("_compiled", "source")

    def __init__(self, source: str, *, longest: bool = False) -> None:
        """The longest match wins where asked, else the first alternative that fits, as experts expect.

        Raises `BrokenPhrase` where RE2 refuses the pattern (look-behind, back-reference, too large).
        """
        self.source = source
        try:
            self._compiled = re2.compile(source.encode(), _options(_ONE_PATTERN, longest=longest))
        except re2.error as error:
            reason = error.args[0] if error.args else b""
            text = reason.decode() if isinstance(reason, bytes) else str(reason)
            message = f"RE2 refuses “{source}”: {text or 'it is too large'}"
            raise BrokenPhrase(message) from None

    def spans(self, text: bytes) -> Iterator[tuple[int, int]]:
        """The byte offsets of all matches that are not empty."""
        for match in self._compiled.finditer(text):
            start, end = match.span()
            if start < end:
                yield start, end

    def captures(self, text: bytes) -> Iterator[tuple[int, int, int]]:
        """For all matches, their begin, and start and end of the first group that took part, or of the whole."""
        groups = range(1, self._compiled.groups + 1)
        for match in self._compiled.finditer(text):
            start, end = next((span for group in groups if (span := match.span(group))[0] < span[1]), match.span())
            if start < end:
                yield match.span()[0], start, end

    def fills(self, text: bytes) -> bool:
        """True where the pattern matches the whole text."""
        return self._compiled.fullmatch(text) is not None


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
