"""Whether a figure of a draft and one of the fact sheet are figures of the same thing: a small learned decision.

All that is looked at carries over to a brand that nobody saw: how rare the words are that both share, whether another
fact of the sheet would fit as well or has just the draft's figure, and how far the two are apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.reading.side_notes import Learned
from bot.rules.doubts import PASSING, UNSURE
from bot.rules.figures.apart import apart, fit_of, is_reckoned
from bot.rules.figures.doubtful import (
    is_another_event,
    is_another_name,
    is_another_size,
    is_limited,
    is_of_other_days,
    is_of_others,
)
from bot.rules.figures.reading import figures_in
from bot.rules.figures.sheet import said_in
from bot.rules.figures.weights import SAME_THING
from bot.rules.names import is_of_another

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.core.brand.facts import Fact
    from bot.rules.figures.sheet import FigureSheet, RecordedFigure, SaidFigure
    from bot.rules.figures.tokens import Figure

ALIKE = Learned.read(SAME_THING)
SURE = 1.8
"""The logarithm of the odds from which Candor speaks: benchmarks/figures.py shows what that costs and finds."""
_FEWEST = 10
"""Facts of a sheet, from which on one can tell how rare a word is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of the draft, one of the sheet that says otherwise, and what speaks for and against one thing."""

    said: SaidFigure
    recorded: RecordedFigure
    features: Mapping[str, float]


def differing_figures(text: str, sheet: FigureSheet, comparable: Collection[Fact]) -> Iterator[Candidate]:
    """The figures of a draft that surely differ from a fact; only those that are ``comparable`` are held against it."""
    for said in said_in(text, figures_in(text)) if sheet.size >= _FEWEST else ():
        found = [one for one in candidates(said, sheet, text) if one.recorded.fact in comparable]
        best = max(found, key=lambda one: ALIKE.odds(one.features), default=None)
        if best and ALIKE.odds(best.features) >= SURE:
            yield best


# Which figures of the sheet may be meant.

_LOOKED_AT, _NEAREST = 12, 3
"""Figures of the sheet, for each of a draft: that compete, and that are looked at closely."""
_MEANT = 0.6
"""A fact that has the draft's figure is the one that is meant, if it is nearly as near."""
_AROUND, _ANYWHERE = 0.5, 0.25
"""What a word in the sentence before and elsewhere in the draft weighs, to one in the sentence itself."""
_FARTHEST, _MOST_WORDS = 1.5, 5.0


def candidates(said: SaidFigure, sheet: FigureSheet, text: str = "") -> list[Candidate]:
    """The nearest figures of the sheet that say otherwise, none where the draft may well say what the sheet says.

    What is on the sheet of another brand than the ``text`` names bears nothing out.
    """
    if is_of_others(said):
        return []
    around = said.before - said.sentence
    telling = ((1.0, said.sentence), (_AROUND, around), (_ANYWHERE, said.every - around - said.sentence))
    near = [(n, one) for n, one in sheet.near(said.figure.kind, telling) if _may_be_one(said.figure, one.figure)]
    ranked = [pair for pair in near if pair[0] > 0][:_LOOKED_AT]
    same = [(n, one.fact) for n, one in ranked if said.figure.agrees(one.figure)]
    agreeing = max((n for n, fact in same if not _is_of_another(fact, said, text, sheet=sheet)), default=0.0)
    differing = [(n, one) for n, one in ranked if not said.figure.agrees(one.figure)]
    fits = sorted(((n + fit_of(said.figure, one.figure), n, one) for n, one in differing), key=lambda one: -one[0])
    best, every = fits[:_NEAREST], [one for _, one in near]
    meant = (one for one in best if agreeing <= _MEANT * one[1] and not _is_doubtful(said, one[2], every, sheet=sheet))
    return [
        Candidate(
            said,
            one,
            {"agreeing": min(agreeing, _FARTHEST), "fits-ahead": _ahead(fit, one, fits)} | _features(said, one, sheet),
        )
        for fit, _, one in meant
    ]


def _is_of_another(fact: Fact, said: SaidFigure, text: str, sheet: FigureSheet) -> bool:
    named = fact.about[:1].isupper() and is_of_another(fact, text[slice(*said.span)], text, names=sheet.names)
    return bool(text) and named


def _is_doubtful(said: SaidFigure, one: RecordedFigure, near: Sequence[RecordedFigure], *, sheet: FigureSheet) -> bool:
    told = any(other.agrees(one.figure) for other in said.others)
    return told or is_limited(said, one, one.words) or is_reckoned(said, one, near, sheet=sheet)


def _ahead(fit: float, one: RecordedFigure, fits: Sequence[tuple[float, float, RecordedFigure]]) -> float:
    """How much better it fits than the best figure of another fact."""
    rival = max((other for other, _, recorded in fits if recorded.fact is not one.fact), default=0.0)
    return max(-1.0, min(fit - rival, _FARTHEST))


def _may_be_one(mine: Figure, other: Figure) -> bool:
    """False for the beginning of something and its end, and for an amount by the month and one by the year."""
    ends = mine.kind == "time" and {mine.bound, other.bound} == {"from", "until"}
    return not ends and not (mine.per and other.per and mine.per != other.per)


# What speaks for and against.


def _features(said: SaidFigure, one: RecordedFigure, sheet: FigureSheet) -> dict[str, float]:
    mine, other = said.figure, one.figure
    about = sheet.weight(one.about & said.every) / (sheet.weight(one.about) or 1.0)
    anywhere, strange = one.terms & said.every, said.names - one.terms
    return {
        f"kind-{mine.kind.partition(' ')[0]}": 1.0,
        "about": about,
        "in-clause": min(sheet.weight(one.terms & said.clause), 2.0),
        "one-word": float(len(anywhere) < 2 or sheet.weight(anywhere) < 0.5),  # noqa: PLR2004
        "missing": min(sheet.weight(one.terms - said.every), _MOST_WORDS),
        "shared-names": min(len(said.names & one.terms), 2) / 2,
        "others": min(len(said.others), 3) / 3,
        "apart": apart(mine, other),
        "asks": float(said.asks),
        "other-name-beside": float(is_another_name(said, one, strange)),
        "strange-name": float(bool(strange)),
        "unsure-clause": float(bool(UNSURE & (said.nearer - one.words))),
        "other-days": float(is_of_other_days(said, one.words)),
        "other-event": float(is_another_event(said, one)),
        "passing": float(bool(PASSING & (said.words - one.words))),
        "somewhere": float(bool(said.places - one.terms)),
        "other-size": float(any(is_another_size(size, one) for size in said.beside)),
        "bound-same": float(mine.bound == other.bound),
        "per-same": float(bool(mine.per) and mine.per == other.per),
        "counted-other": float(bool(mine.counted) and mine.counted not in one.terms),
    }
