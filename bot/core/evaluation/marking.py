"""A post cut into pieces, so that marked and quoted words can be shown in their place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.evaluation.answered import Answered


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a post: whether the gold marks them, and whether a finding quotes them."""

    text: str
    marked: bool = False
    quoted: bool = False


def pieces(one: Answered) -> tuple[Piece, ...]:
    """The whole post, piece by piece."""
    text = one.case.draft.text
    quoted = [(finding.start, finding.end) for finding in one.findings]
    marked = [(at, at + len(gold.quote)) for gold in one.case.expected if gold.quote for at in (text.find(gold.quote),)]
    return tuple(_cut(text, [span for span in marked if span[0] >= 0], quoted))


def _cut(text: str, marked: list[tuple[int, int]], quoted: list[tuple[int, int]]) -> Iterator[Piece]:
    ends = sorted({0, len(text), *(end for span in (*marked, *quoted) for end in span)})
    for start, end in pairwise(ends):
        yield Piece(text[start:end], _within(start, marked), _within(start, quoted))


def _within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
