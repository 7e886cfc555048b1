"""Which fact of the sheet a figure of a draft is about, if any, and whether it says otherwise: it was learned.

The figures of the sheet compete for it, those that agree as well, and so does none of them. All that is looked at
carries over to a brand that nobody saw: what both name, what only one of them names, and how far they are apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.reading.side_notes import Learned
from bot.rules.figures.doubts import PASSING, UNSURE
from bot.rules.figures.reading import figures_in
from bot.rules.figures.reckoned import apart, is_reckoned, is_rounded, leaves_room, tells
from bot.rules.figures.sheet import said_in
from bot.rules.figures.weights import SAME_THING
from bot.rules.figures.words import WEEKDAYS
from bot.rules.names import is_of_another

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from bot.core.brand.facts import Fact
    from bot.rules.figures.sheet import FigureSheet, RecordedFigure, SaidFigure
    from bot.rules.figures.tokens import Figure

ALIKE = Learned.read(SAME_THING)
SURE = 0.65
"""How probable it has to be that one fact is meant, and says otherwise: benchmarks/figures.py shows what that costs."""
_FEWEST = 10
"""Facts of a sheet, from which on one can tell how rare a word is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of the draft, one of the sheet that may be meant, and what speaks for and against it."""

    said: SaidFigure
    recorded: RecordedFigure
    features: Mapping[str, float]
    agrees: bool
    barred: bool
    """True where the draft may well say what the fact says, whatever the words."""


def differing_figures(text: str, sheet: FigureSheet, comparable: Collection[Fact]) -> Iterator[Candidate]:
    """The figures of a draft that surely differ from a fact; only those that are ``comparable`` are held against it."""
    for said in said_in(text, figures_in(text)) if sheet.size >= _FEWEST else ():
        best = likeliest(candidates(said, sheet, text), ALIKE)
        if best and best[0] >= SURE and best[1].recorded.fact in comparable:
            yield best[1]


_GREATEST = 50.0


def likeliest(found: Sequence[Candidate], weights: Learned) -> tuple[float, Candidate] | None:
    """The one that says otherwise and is most likely meant, with how likely that is: another may be, or none."""
    odds = [math.exp(min(weights.odds(one.features), _GREATEST)) for one in found]
    every = 1.0 + sum(odds)
    differing = [(mine / every, one) for mine, one in zip(odds, found, strict=True) if not (one.agrees or one.barred)]
    return max(differing, key=lambda pair: pair[0], default=None)


# Which figures of the sheet may be meant.

_LOOKED_AT = 10
"""Figures of the sheet that may be meant, for each of a draft."""
_AROUND, _ANYWHERE = 0.5, 0.25
"""What a word in the sentence before and elsewhere in the draft weighs, to one in the sentence itself."""


def candidates(said: SaidFigure, sheet: FigureSheet, text: str = "") -> list[Candidate]:
    """The nearest figures of the sheet. What is on the sheet of another brand than the ``text`` names is none."""
    if is_of_others(said):
        return []
    around = said.before - said.sentence
    telling = ((1.0, said.sentence), (_AROUND, around), (_ANYWHERE, said.every - around - said.sentence))
    ranked = [pair for pair in sheet.near(said.figure.kind, telling) if pair[0] > 0 and _may_be_one(said, pair[1])]
    near = ranked[:_LOOKED_AT]
    shared, figures = _of_the_draft(said, sheet), _near_figures(said, near, sheet)
    made: list[Candidate] = []
    for n, one in near:
        agrees = said.figure.agrees(one.figure)
        if agrees and _is_of_another(one.fact, said, text, sheet=sheet):
            continue
        features = {"of-best": n / near[0][0]} | shared | _of_words(said, one, sheet) | _of_doubts(said, one)
        features |= _of_figures(said, one, agrees=agrees)
        barred = not agrees and _is_doubtful(said, one, figures)
        made.append(Candidate(said, one, features, agrees=agrees, barred=barred))
    return made


def _near_figures(
    said: SaidFigure, near: Sequence[tuple[float, RecordedFigure]], sheet: FigureSheet
) -> tuple[Figure, ...]:
    """What an amount may be reckoned with: those of the sheet that are near, and shares."""
    if not said.figure.kind.startswith("money"):
        return ()
    shares = sheet.near("percent", [(1.0, said.every)])
    return tuple(one.figure for _, one in (*near, *shares))


def _may_be_one(said: SaidFigure, one: RecordedFigure) -> bool:
    """False for the beginning of something and its end, and for an amount by the month and one by the year."""
    mine, other = said.figure, one.figure
    ends = mine.kind == "time" and {mine.bound, other.bound} == {"from", "until"}
    return not ends and not (mine.per and other.per and mine.per != other.per)


def _is_of_another(fact: Fact, said: SaidFigure, text: str, sheet: FigureSheet) -> bool:
    named = fact.about[:1].isupper() and is_of_another(fact, text[slice(*said.span)], text, names=sheet.names)
    return bool(text) and named


def _is_doubtful(said: SaidFigure, one: RecordedFigure, near: Sequence[Figure]) -> bool:
    """True where no words would make it sure, as the figure may come of the fact's, or is told beside it."""
    mine, other = said.figure, one.figure
    spoken = [figure for figure in said.figures if figure is not mine]
    return (
        any(tells(figure, other) for figure in spoken)
        or bool(_WITHOUT & said.words) != bool(_WITHOUT & one.words)
        or bool(said.meant - one.terms)
        or leaves_room(mine, other)
        or is_rounded(mine, other)
        or is_reckoned(mine, other, one.figures, near=near, spoken=spoken)
    )


# What speaks for and against.

_MOST_FAMILIAR, _MOST_WORDS, _MOST_SHARED, _MOST_FIGURES, _MOST_OTHERS, _FAR = 6.0, 5.0, 2.0, 6, 3, 0.7


def _of_the_draft(said: SaidFigure, sheet: FigureSheet) -> dict[str, float]:
    """What says that the figure is of something on this sheet, whatever the fact."""
    kind, known = said.figure.kind, sheet.known(said.every)
    return {
        f"kind-{kind.partition(' ')[0]}": 1.0,
        "known": len(known) / (len(said.every) or 1),
        "familiar": min(sheet.weight(known), _MOST_FAMILIAR) / _MOST_FAMILIAR,
        "others": min(len(said.others), _MOST_OTHERS) / _MOST_OTHERS,
        "figures": min(len(said.figures), _MOST_FIGURES) / _MOST_FIGURES,
        "few-of-kind": 1.0 / (1 + sheet.counted[kind]),
        "asks": float(said.asks),
    }


def _of_words(said: SaidFigure, one: RecordedFigure, sheet: FigureSheet) -> dict[str, float]:
    """What both name, and what only one of them does: by weight, and by the classes of the thesaurus."""
    anywhere, beside = one.terms & said.every, said.clause - one.terms
    known = sheet.known(beside)
    told = sheet.weight(anywhere)
    found = {
        "about": sheet.weight(one.about & said.every) / (sheet.weight(one.about) or 1.0),
        "covered": told / (sheet.weight(one.terms) or 1.0),
        "in-clause": min(sheet.weight(one.terms & said.clause), _MOST_SHARED),
        "in-sentence": min(sheet.weight(one.terms & said.sentence), _MOST_SHARED),
        "one-word": float(len(anywhere) < 2 or told < 0.5),  # noqa: PLR2004
        "missing": min(sheet.weight(one.terms - said.every), _MOST_WORDS),
        "beside-known": min(sheet.weight(known), _MOST_SHARED),
        "beside-unknown": min(len(beside - known), _MOST_WORDS) / _MOST_WORDS,
    }
    for kind in said.classes.keys() | one.classes.keys():
        mine, theirs = said.classes.get(kind, _NONE), one.classes.get(kind, _NONE)
        found[f"same-{kind}"] = float(bool(mine & theirs))
        found[f"extra-{kind}"] = float(bool(mine & said.clause - theirs))
        found[f"missing-{kind}"] = float(bool(theirs) and not theirs & said.every and not mine)
    return found


_NONE = frozenset[str]()


def _of_figures(said: SaidFigure, one: RecordedFigure, *, agrees: bool) -> dict[str, float]:
    """How well the two figures go together, with what stands beside them."""
    mine, other = said.figure, one.figure
    far = 0.0 if agrees else apart(mine, other)
    return {
        "agrees": float(agrees),
        f"agrees-{mine.kind.partition(' ')[0]}": float(agrees),
        "apart": min(far, _FAR),
        "far": max(0.0, far - _FAR),
        "bound-same": float(mine.bound == other.bound),
        "per-other": float(bool(mine.per) != bool(other.per)),
        "counted-same": float(bool(mine.counted) and mine.counted in one.terms),
        "counted-other": float(bool(mine.counted and other.counted) and mine.counted != other.counted),
        "other-size": float(any(is_another_size(size, one) for size in said.beside)),
        "dated": float(mine.kind != "date" and any(is_another_day(day, one) for day in said.beside)),
    }


def _of_doubts(said: SaidFigure, one: RecordedFigure) -> dict[str, float]:
    """What makes it doubtful that both are of the same thing, though the words are."""
    strange = said.names - one.terms
    return {
        "strange-name": float(bool(strange)),
        "other-name-beside": float(is_another_name(said, one, strange)),
        "somewhere": float(bool(said.places - one.terms)),
        "unsure": float(bool(UNSURE & (said.nearer - one.words))),
        "other-days": float(is_of_other_days(said, one.words)),
        "other-years": float(bool(said.years - one.years)),
        "passing": float(bool(PASSING & (said.words - one.words))),
        "early": float(said.figure.kind in ("date", "time") and bool(_EARLY & (said.words - one.words))),
    }


_EARLY_LISTED = "get receive win free bonus gift extra preview gratis geschenk cadeau regalo"
_EARLY = frozenset(_EARLY_LISTED.split())
"""Words of what one gets until a day, which need not be the last."""
_RIVALS_LISTED = """
    competitor competitors rival rivals elsewhere konkurrenz anderswo concurrent concurrents concurrence ailleurs
    competencia competidor
"""
_RIVALS = frozenset(_RIVALS_LISTED.split())
_WITHOUT = frozenset(("without", "ohne", "sans", "sin", "except", "excluding"))


def is_of_others(said: SaidFigure) -> bool:
    """True where a figure only is about so much, or is another year's or somebody else's."""
    return said.figure.bound == "about" or said.passed or bool(_RIVALS & said.words)


def is_another_name(said: SaidFigure, one: RecordedFigure, strange: frozenset[str]) -> bool:
    """True for a name right beside a word that the fact has: Fern Schools for Fern Plus."""
    beside = zip(said.row, said.row[1:], strict=False)
    return any((w in one.terms and then in strange) or (w in strange and then in one.terms) for w, then in beside)


_OTHER_DAYS = ("time", "money", "percent", "duration", "count")


def is_of_other_days(said: SaidFigure, theirs: AbstractSet[str]) -> bool:
    """True where the draft names days of the week that the fact doesn't."""
    days, known = (frozenset(d for w in words if w in WEEKDAYS for d in WEEKDAYS[w]) for words in (said.words, theirs))
    return said.figure.kind in _OTHER_DAYS and bool(days) and not known & days


_SIZES = ("count", "weight", "volume", "length", "age")


def is_another_size(size: Figure, one: RecordedFigure) -> bool:
    """True for a size or number beside the figure that the fact doesn't have: 50 ml, two for £60."""
    return size.kind in _SIZES and size.kind != one.figure.kind and not any(size.agrees(other) for other in one.figures)


def is_another_day(day: Figure, one: RecordedFigure) -> bool:
    """True for a date beside the figure that the fact doesn't have: what holds from then on, or on that day."""
    return day.kind == "date" and not any(other.kind == "date" and day.agrees(other) for other in one.figures)
