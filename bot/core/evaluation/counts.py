"""Right, wrong and missed: what findings are worth against the gold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.core.evaluation.cases import GoldCase, Labels
    from bot.core.finding import Finding


class Mark(StrEnum):
    """What a post's findings are worth under one label."""

    HIT = "hit"
    FALSE_ALARM = "false_alarm"
    MISS = "miss"
    QUIET = "quiet"
    """Nothing expected, nothing found."""


Marks = dict[str, Mark]
"""The mark of a post under each label that its gold speaks about."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Posts by mark."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0
    quiet: int = 0

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Counts:
        """How often each mark occurs."""
        found = Counter(marks)
        return cls(found[Mark.HIT], found[Mark.FALSE_ALARM], found[Mark.MISS], found[Mark.QUIET])

    @property
    def row(self) -> tuple[int, int, int]:
        """What precision, recall and F1 are made of."""
        return self.hits, self.false_alarms, self.misses


def marks_of(case: GoldCase, findings: Iterable[Finding], labels: Labels) -> Marks:
    """The marks of a post."""
    found, wrong = labels.found(findings), case.labels
    return {label: _mark(found=label in found, wrong=label in wrong) for label in sorted(labels.judged(case))}


def is_right(marks: Mapping[str, Mark]) -> bool:
    """True where a post has neither a miss nor a false alarm."""
    return not {Mark.MISS, Mark.FALSE_ALARM} & set(marks.values())


def f1(row: Sequence[int]) -> float | None:
    """F1 of hits, false alarms and misses; None where there are none of them."""
    hits, false_alarms, misses = row
    total = 2 * hits + false_alarms + misses
    return 2 * hits / total if total else None


def _mark(*, found: bool, wrong: bool) -> Mark:
    if wrong:
        return Mark.HIT if found else Mark.MISS
    return Mark.FALSE_ALARM if found else Mark.QUIET
