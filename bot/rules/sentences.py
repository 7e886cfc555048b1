"""Where sentences begin and end."""

from __future__ import annotations

from bisect import bisect_right

from bot.rules.folding import EncodedText
from bot.rules.matcher import Pattern

_END = Pattern(r"[.!?…]+[\"')\]”’]*\s+|\n+")


class Sentences:
    """The sentences of a text, found once."""

    __slots__ = ("_length", "_starts")

    def __init__(self, text: str) -> None:
        raw = EncodedText(text, folded=False)
        ends = (raw.span(*span)[1] for span in _END.spans(raw.bytes))
        self._starts = [0, *(end for end in ends if end < len(text))]
        self._length = len(text)

    def around(self, position: int) -> tuple[int, int]:
        """The (start, end) of the sentence that holds the code point."""
        index = bisect_right(self._starts, position) - 1
        end = self._starts[index + 1] if index + 1 < len(self._starts) else self._length
        return self._starts[index], end

    @property
    def first_end(self) -> int:
        """Where the first sentence ends."""
        return self.around(0)[1]
