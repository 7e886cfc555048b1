"""Two reports on the same posts, post by post."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.evaluation.counts import Counts, Mark, f1, is_right
from bot.core.evaluation.intervals import bootstrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.core.evaluation.counts import Marks
    from bot.core.evaluation.intervals import Estimate

_ROW = 3


@dataclass(frozen=True, slots=True)
class Turned:
    """How many posts went from right to wrong and back, with McNemar's exact p, corrected after Holm for labels."""

    name: str
    newly_wrong: int
    newly_right: int
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """``f1`` is this report's F1 over all labels less the other's. ``posts`` are those that both reports have."""

    posts: int
    f1: Estimate
    whole: Turned
    labels: tuple[Turned, ...]


def compare(ours: Mapping[str, Marks], theirs: Mapping[str, Marks], seed: int = 0) -> Comparison:
    """From the marks of both reports by the posts' ids; only labels that both judged count."""
    pairs: list[tuple[Marks, Marks]] = []
    for post in ours.keys() & theirs.keys():
        both = ours[post].keys() & theirs[post].keys()
        pairs.append(({name: ours[post][name] for name in both}, {name: theirs[post][name] for name in both}))
    rows = [(*Counts.of(mine.values()).row, *Counts.of(other.values()).row) for mine, other in sorted(pairs, key=str)]
    names = sorted({name for mine, _ in pairs for name in mine})
    return Comparison(
        len(pairs),
        bootstrap(rows, _difference, seed),
        _turned("all", ((is_right(mine), is_right(other)) for mine, other in pairs)),
        _holm([_of_label(name, pairs) for name in names]),
    )


def mcnemar(newly_wrong: int, newly_right: int) -> float:
    """The exact two-sided p that a difference like this, or a greater one, is chance."""
    turned = newly_wrong + newly_right
    tail = sum(math.comb(turned, k) for k in range(min(newly_wrong, newly_right) + 1))
    return min(1.0, 2 * tail / 2**turned)


def _difference(sums: Sequence[int]) -> float | None:
    mine, other = f1(sums[:_ROW]), f1(sums[_ROW:])
    return None if mine is None or other is None else mine - other


def _of_label(name: str, pairs: Iterable[tuple[Marks, Marks]]) -> Turned:
    wrong = (Mark.MISS, Mark.FALSE_ALARM)
    return _turned(name, ((a[name] not in wrong, b[name] not in wrong) for a, b in pairs if name in a))


def _turned(name: str, right: Iterable[tuple[bool, bool]]) -> Turned:
    both = list(right)
    newly_wrong = sum(other and not mine for mine, other in both)
    newly_right = sum(mine and not other for mine, other in both)
    return Turned(name, newly_wrong, newly_right, mcnemar(newly_wrong, newly_right))


def _holm(turned: Sequence[Turned]) -> tuple[Turned, ...]:
    """The smaller a p, the more often it is multiplied; sorted by it, and no p below the one before."""
    corrected: list[Turned] = []
    least = 0.0
    for place, one in enumerate(sorted(turned, key=lambda t: (t.p, t.name))):
        least = max(least, min(1.0, one.p * (len(turned) - place)))
        corrected.append(Turned(one.name, one.newly_wrong, one.newly_right, least))
    return tuple(corrected)
