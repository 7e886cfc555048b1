"""What an edit did to the points that people were shown: fixed, still open, brought by the edit, missed before."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import accumulate, groupby, takewhile
from typing import TYPE_CHECKING

from bot.core.finding import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.critique import Critique
    from bot.core.finding import Finding

_SAME = 0.5
"""The share of the shorter quote that two findings must have in common to be one point."""
_MOST = 3000
"""Words and gaps between the first and the last change; where there are more, all of that counts as rewritten."""


class News(Enum):
    """What an edit has to do with a point."""

    NONE = "none"
    """Nothing can be said: there was no edit, or the review before was by fixed rules only."""
    STILL = "still"
    BROUGHT = "brought"
    BARED = "bared"
    """Its words were there before, and the edit took away what made them fine."""
    MISSED = "missed"
    """Its words were there before, and the review before did not name them."""


@dataclass(frozen=True, slots=True)
class Delta:
    """The findings of two reviews, told apart. The first two are of the review before, the others of the new one."""

    fixed: tuple[Finding, ...] = ()
    settled: tuple[Finding, ...] = ()
    """Their words stayed, and nobody minds them any more: that is not called fixed."""
    still: tuple[Finding, ...] = ()
    brought: tuple[Finding, ...] = ()
    bared: tuple[Finding, ...] = ()
    missed: tuple[Finding, ...] = ()

    def news(self, finding: Finding) -> News:
        """Where a finding of the new review belongs."""
        known = (
            (News.STILL, self.still),
            (News.BROUGHT, self.brought),
            (News.BARED, self.bared),
            (News.MISSED, self.missed),
        )
        return next((news for news, findings in known if finding in findings), News.NONE)


class Kept:
    """Which words of a text stayed when it became another one, a capital more or less. Offsets are code points."""

    def __init__(self, old: str, new: str) -> None:
        olds, news = _words(old), _words(new)
        self._old, self._new = _marked(olds), _marked(news)
        runs = [run for run in _runs(olds, news) if run[2]]
        end = (len(old), len(new), 0)
        self._runs = [(0, 0, 0), *runs, end]
        self._starts = [start for start, _, _ in self._runs]

    def moved(self, start: int, end: int) -> tuple[int, int] | None:
        """Where words stand now that the edit did not touch; None for others."""
        run = self._runs[self._at(start)]
        by = run[1] - run[0]
        return (start + by, end + by) if end <= run[0] + run[2] else None

    def hull(self, start: int, end: int) -> tuple[int, int]:
        """What stands now where the words stood, whatever became of them."""
        first, at = self._runs[self._at(start)], self._at(max(start, end - 1))
        last = self._runs[at]
        begins = first[1] + min(start - first[0], first[2])
        return begins, last[1] + end - last[0] if end <= last[0] + last[2] else self._runs[at + 1][1]

    def as_often(self, quote: str) -> bool:
        """True where the words stand in the new text as often as in the old one, wherever that is."""
        words = _marked(_words(quote))
        return self._new.count(words) >= self._old.count(words)

    def _at(self, offset: int) -> int:
        """The last run that begins at the offset or before, but never the mark at the end."""
        return min(bisect_right(self._starts, offset), len(self._runs) - 1) - 1


def delta_of(before: Critique, after: Critique, old: str, new: str) -> Delta:
    """The delta between the review that people saw of ``old`` and that of ``new``."""
    there, back = Kept(old, new), Kept(new, old)
    pairs = [(f, g) for f in before.findings for g in after.findings if _is_same(f, g, there)]
    gone = [f for f in before.findings if all(f != pair[0] for pair in pairs)]
    come = [g for g in after.findings if all(g != pair[1] for pair in pairs)]
    judged = [f for f in gone if f.origin is Origin.RULE or not after.fixed_rules_only]
    as_thorough = after.fixed_rules_only or not before.fixed_rules_only
    settled = [f for f in judged if _stands(f, there)]
    older = [g for g in come if _stands(g, back)]
    return Delta(
        fixed=tuple(f for f in judged if f not in settled),
        settled=tuple(settled),
        still=tuple(g for g in after.findings if g not in come),
        brought=tuple(g for g in come if g not in older),
        bared=tuple(g for g in older if g.origin is Origin.RULE),
        missed=tuple(g for g in older if g.origin is Origin.MODEL) if as_thorough else (),
    )


def same_words(before: Critique, after: Critique, old: str, new: str) -> Iterator[tuple[Finding, Finding]]:
    """The pairs of findings that are one point although their quotes differ: on words that the edit did not touch.

    Of a finding that stands for several, the parts are paired: each by itself is what was decided before, or new.
    """
    there = Kept(old, new)
    pairs = [(finding, there.moved(part.start, part.end)) for finding in before.findings for part in finding.each]
    for finding, place in pairs:
        for other in after.findings:
            if place and finding.guideline == other.guideline and finding.ref != other.ref:
                yield from ((finding, same) for same in other.each if same.ref != finding.ref and _meet(place, same))


def _stands(finding: Finding, kept: Kept) -> bool:
    """True where its words are in the other text as well, and they are what is wrong: no label or other words lack."""
    edit = finding.edit
    if edit and (edit.start == edit.end or finding.quote in edit.text):
        return False
    return kept.moved(finding.start, finding.end) is not None or kept.as_often(finding.quote)


def _is_same(before: Finding, after: Finding, kept: Kept) -> bool:
    if before.guideline != after.guideline:
        return False
    if before.key == after.key:
        return True
    if place := kept.moved(before.start, before.end):
        return _meet(place, after)
    start, end = kept.hull(before.start, before.end)
    return start < after.end and after.start < end


def _meet(place: tuple[int, int], finding: Finding) -> bool:
    common = min(place[1], finding.end) - max(place[0], finding.start)
    return common > 0 and common >= _SAME * min(place[1] - place[0], finding.end - finding.start)


def _runs(olds: list[str], news: list[str]) -> Iterator[tuple[int, int, int]]:
    """(start in the old text, start in the new one, length) of every run of words that stayed."""
    old_at, new_at = [0, *accumulate(map(len, olds))], [0, *accumulate(map(len, news))]
    olds, news = [_folded(word) for word in olds], [_folded(word) for word in news]
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False)))
    rest = zip(reversed(olds[head:]), reversed(news[head:]), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    yield 0, 0, old_at[head]
    middle, other = olds[head : len(olds) - tail], news[head : len(news) - tail]
    if max(len(middle), len(other)) <= _MOST:
        for i, j, size in SequenceMatcher(None, middle, other).get_matching_blocks():
            start, end = i + head, i + head + size
            yield old_at[start], new_at[j + head], old_at[end] - old_at[start]
    first = len(olds) - tail
    yield old_at[first], new_at[len(news) - tail], old_at[-1] - old_at[first]


def _words(text: str) -> list[str]:
    """Words, gaps, and every other sign by itself."""
    pieces: list[str] = []
    for kind, signs in groupby(text, _kind):
        run = "".join(signs)
        pieces += [run] if kind else list(run)
    return pieces


def _kind(sign: str) -> int:
    return 1 if sign.isalnum() else 2 if sign.isspace() else 0


def _folded(word: str) -> str:
    """The word without a capital at its start, as long as before. Other capitals count: they can be what is minded."""
    first = word[:1].lower()
    return first + word[1:] if len(first) == 1 else word


def _marked(words: list[str]) -> str:
    """The words in one line in which a word is never found inside another one."""
    return "\0".join(["", *(" " if word.isspace() else _folded(word) for word in words), ""])
