"""Later words that may say what people left alone, though code cannot tell: a model is asked about each pair, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.core.findings import folded, sentence_around

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bot.core.deciding import GuidelineException, Verdict
    from bot.core.findings import Finding

PAIRS = 8
"""How many a model is asked about in one review, the most alike first."""
_LOOKED_AT = 40
"""How many code looks at."""
_LONGEST_PAIR = 400
"""Characters of either side: longer words are hardly ever one point."""
_LETTERS = 3
"""What is counted to tell which words are most alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointPair:
    """Words that were left alone and later ones, of one guideline. ``refs`` are those of their points."""

    refs: tuple[str, str]
    guideline: str
    known: str = field(repr=False)
    words: str = field(repr=False)
    sentence: str = field(default="", repr=False)
    reason: str = ""
    title: str = ""
    question: str = ""

    @property
    def can_be_compared(self) -> bool:
        """True where somebody can still tell what was left alone."""
        return bool(self.known.strip()) and max(len(self.known), len(self.words)) <= _LONGEST_PAIR

    @property
    def likeness(self) -> float:
        """How many of their letters they have in common, from 0 to 1."""
        one, other = (_runs_of(folded(words)) for words in (self.known, self.words))
        return len(one & other) / len(one | other)


def _runs_of(words: str) -> set[str]:
    return {words[at : at + _LETTERS] for at in range(max(1, len(words) - _LETTERS + 1))}


def pairs_of(
    points: Iterable[Finding],
    text: str,
    exceptions: Sequence[GuidelineException],
    *,
    dismissed: Sequence[tuple[Finding, Verdict]] = (),
) -> list[PointPair]:
    """The points beside what was left alone of the same guideline, the most alike first.

    ``dismissed`` are the points that were dismissed in the draft before. None of them hides what is graver now.
    """
    pairs = [
        PointPair(
            refs=(ref, point.ref),
            guideline=point.guideline,
            known=quote,
            words=point.quote,
            sentence=text[slice(*sentence_around(text, point.start, point.end))].strip(),
            reason=reason,
        )
        for point in points
        for ref, quote, reason in _left_alone(point, text, exceptions, dismissed=dismissed)
    ]
    found = {pair.refs: pair for pair in pairs if pair.can_be_compared}
    return sorted(found.values(), key=lambda pair: -pair.likeness)[:_LOOKED_AT]


def _left_alone(
    point: Finding, text: str, exceptions: Sequence[GuidelineException], dismissed: Sequence[tuple[Finding, Verdict]]
) -> Iterator[tuple[str, str, str]]:
    """Ref, words and reason of each that may speak of the point."""
    yield from ((one.ref, one.quote, one.reason) for one in exceptions if one.may_silence(point, text))
    for old, verdict in dismissed:
        if old.guideline == point.guideline and point.dismissable and point.severity.rank >= old.severity.rank:
            yield old.ref, old.quote, verdict.reason or ""


class Comparer(Protocol):
    """A language model that says whether later words are the point that was left alone."""

    async def same(self, team: str, author_id: str, pairs: Sequence[PointPair]) -> tuple[bool, ...]:
        """For each pair True where it is sure of it. Raises `ModelFailed`."""
        ...


class SamePoints(Protocol):
    """What was told of pairs of points, by their refs. It goes with the draft of the later one."""

    async def told(self, team: str, refs: Collection[tuple[str, str]]) -> dict[tuple[str, str], bool]:
        """What is known of these pairs, whichever draft they were told of."""
        ...

    async def keep(self, draft_id: str, told: Mapping[tuple[str, str], bool]) -> None:
        """Keep it, unless the draft was erased meanwhile."""
        ...
