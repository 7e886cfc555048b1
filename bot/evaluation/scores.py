"""Precision, recall and what belongs to them, for one label or for several together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.evaluation.cases import in_order
from bot.core.evaluation.counts import Counts, Mark, f1, marks_of
from bot.core.evaluation.intervals import Estimate, Rate, bootstrap, rate
from bot.core.evaluation.spans import mean, overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.evaluation.answered import Answered
    from bot.core.evaluation.cases import Labels
    from bot.core.evaluation.counts import Marks

ALL = "all"


class Fate(StrEnum):
    """What became of something that is wrong with a post."""

    SHOWN = "shown"
    FOLDED = "folded"
    """Found, behind "Show more"."""
    ASKED = "asked"
    """Not found, but the author is asked a question under that guideline."""
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Score:
    """``name`` is a label, a family or "all". ``fates`` counts what is wrong with the posts by what became of it."""

    name: str
    counts: Counts
    precision: Rate
    recall: Rate
    f1: Estimate
    overlap: float | None
    """How well the quoted words match the marked ones, over the hits with marked words."""
    questions: int
    fates: dict[str, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """``macro`` is the mean F1 of the labels with something to find."""

    labels: tuple[Score, ...]
    families: tuple[Score, ...]
    whole: Score
    macro: float | None


def scores(answered: Sequence[Answered], labels: Labels, seed: int) -> Scores:
    """The scores of one run."""
    marked = [(one, marks_of(one.case, one.findings, labels)) for one in answered]
    known = in_order({label for _, marks in marked for label in marks}, labels)
    each = tuple(_score(label, marked, {label}, labels, seed) for label in known)
    families = dict.fromkeys(labels.family(label) for label in known)
    together = tuple(
        _score(family, marked, {label for label in known if labels.family(label) == family}, labels, seed)
        for family in families
    )
    whole = _score(ALL, marked, set(known), labels, seed)
    return Scores(each, together, whole, mean(s.f1.value for s in each if s.counts.hits + s.counts.misses))


def fate(one: Answered, label: str, labels: Labels) -> Fate:
    """What became of what is wrong with a post under a label."""
    if label in labels.found(one.shown):
        return Fate.SHOWN
    if label in labels.found(one.findings):
        return Fate.FOLDED
    asked = any(label in labels.of(question.guideline) for question in one.questions)
    return Fate.ASKED if asked else Fate.MISSED


def _score(name: str, marked: Sequence[tuple[Answered, Marks]], of: set[str], labels: Labels, seed: int) -> Score:
    rows = [(one, Counts.of(mark for label, mark in marks.items() if label in of)) for one, marks in marked]
    rows = [(one, counts) for one, counts in rows if counts != Counts()]
    whole = Counts.of(mark for _, marks in marked for label, mark in marks.items() if label in of)
    return Score(
        name,
        whole,
        rate(whole.hits, whole.hits + whole.false_alarms),
        rate(whole.hits, whole.hits + whole.misses),
        bootstrap([counts.row for _, counts in rows], f1, seed) if any(whole.row) else Estimate(None),
        mean(_overlap(one, label, labels) for one, marks in marked for label in of if marks.get(label) is Mark.HIT),
        sum(bool(labels.of(question.guideline) & of) for one, _ in rows for question in one.questions),
        dict(sorted(Counter(_fates(marked, of, labels)).items())),
    )


def _fates(marked: Sequence[tuple[Answered, Marks]], of: set[str], labels: Labels) -> Iterable[str]:
    for one, marks in marked:
        for label in of:
            if marks.get(label) in (Mark.HIT, Mark.MISS):
                yield fate(one, label, labels).value


def _overlap(one: Answered, label: str, labels: Labels) -> float | None:
    """None where the gold marks no words."""
    marked = one.case.quotes(label)
    quoted = (finding.quote for finding in one.findings if label in labels.of(finding.guideline))
    return overlap(quoted, marked) if marked else None
