"""Whether a figure of a draft and one of the fact sheet are figures of the same thing: a small learned decision.

All that is looked at carries over to a brand that nobody saw: how rare the words are that both share, whether another
fact of the sheet would fit as well or has just the draft's figure, and how far the two are apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.reading.side_notes import Learned
from bot.rules.figures.doubts import PASSING, UNSURE
from bot.rules.figures.reading import figures_in, term
from bot.rules.figures.sheet import said_in
from bot.rules.figures.tokens import HALF_DAY
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


# How far two figures are apart, how well they go together, and whether one comes of the other.


def fit_of(mine: Figure, other: Figure) -> float:
    """How well two figures go together, apart from the words around them: never as much as a rare word and a half."""
    alike = 0.5 * (mine.counted == other.counted) if mine.counted else 0.0
    return alike + 0.25 * (mine.bound == other.bound) + 0.25 * (mine.per == other.per) - 0.5 * apart(mine, other)


_MOST_APART = 2.0
_MONTH, _YEAR, _HOUR, _HOURS_APART = 30, 335, 60, 3


def apart(mine: Figure, other: Figure) -> float:
    """How far the two are apart, from 0 to 2: by the factor between numbers, by days or by hours."""
    first, second = mine.value, other.value
    if isinstance(first, tuple) or isinstance(second, tuple):
        if not (isinstance(first, tuple) and isinstance(second, tuple)):
            return _MOST_APART
        return _days_apart(first, second)
    if mine.kind == "time":
        minutes = abs(first - second)
        if not (mine.sure and other.sure):
            minutes = min(minutes % HALF_DAY, HALF_DAY - minutes % HALF_DAY)
        return min(minutes / _HOUR / _HOURS_APART, _MOST_APART)
    return min(abs(math.log(first / second)), _MOST_APART) if first > 0 and second > 0 else _MOST_APART


def _days_apart(first: tuple[int, int, int], second: tuple[int, int, int]) -> float:
    """The same day of another month is a slip; of a day alone the month isn't known."""
    if not (first[1] and second[1]):
        return 0.3
    months = abs(first[1] - second[1])
    if first[0] == second[0]:
        return min(0.3 * min(months, 12 - months), _MOST_APART)
    days = abs(_MONTH * first[1] + first[0] - _MONTH * second[1] - second[0])
    return min(days % _YEAR / _MONTH, _MOST_APART)


# What comes of the sheet's figures is no contradiction.

_MOST_TIMES, _CENT = 12, 0.006


def is_reckoned(said: SaidFigure, one: RecordedFigure, near: Sequence[RecordedFigure], *, sheet: FigureSheet) -> bool:
    """True where an amount is what comes of the fact's and another one: less 10 %, twice, or what is left of it."""
    value, recorded = said.figure.value, one.figure.value
    if not said.figure.kind.startswith("money") or isinstance(value, tuple) or isinstance(recorded, tuple):
        return False
    spoken = _numbers(said.others)
    every = [*_numbers([other.figure for other in near]), *spoken]
    counts = _numbers([other for other in said.figures if other.kind == "count"])
    times = [(part, n) for part in (recorded, *spoken) for n in range(2, _MOST_TIMES + 1)]
    times += [(part, n) for part in every for n in counts]
    shares = [other.figure for _, other in sheet.near("percent", [(1.0, said.every)])]
    shares += [other for other in said.figures if other.kind == "percent"]
    return (
        any(_is_same(value, part * n) or _is_same(value * n, part) for part, n in times)
        or any(_is_same(value, recorded * (1 - share / 100)) for share in _numbers(shares))
        or any(_is_same(value, abs(recorded - part)) or _is_same(value, recorded + part) for part in every)
    )


def _numbers(figures: Sequence[Figure]) -> list[float]:
    return [one.value for one in figures if not isinstance(one.value, tuple)]


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) < _CENT


# What makes it doubtful that both are of the same thing, though the words are.

_EARLY = frozenset(
    ["get", "receive", "win", "free", "bonus", "gift", "extra", "preview", "gratis", "geschenk", "cadeau", "regalo"]
)
"""Words of what one gets until a day, which need not be the last."""
_RIVALS = frozenset(
    [
        "competitor",
        "competitors",
        "rival",
        "rivals",
        "elsewhere",
        "konkurrenz",
        "anderswo",
        "concurrent",
        "concurrents",
        "concurrence",
        "ailleurs",
        "competencia",
        "competidor",
    ]
)
_WITHOUT = frozenset(("without", "ohne", "sans", "sin", "except", "excluding"))


def is_of_others(said: SaidFigure) -> bool:
    """True where a figure only is about so much, or is another year's or somebody else's."""
    return said.figure.bound == "about" or said.passed or bool(_RIVALS & said.words)


def is_limited(said: SaidFigure, one: RecordedFigure, theirs: AbstractSet[str]) -> bool:
    """True where it holds for some only ("for teens"), without something, or is a day until which one gets something.

    ``theirs`` are the words of the fact as they stand there.
    """
    early = said.figure.kind in ("date", "time") and bool(_EARLY & (said.words - theirs))
    without = bool(_WITHOUT & said.words) != bool(_WITHOUT & theirs)
    return early or without or bool(said.meant - one.terms)


_EVENTS = tuple(
    frozenset(map(term, words.split()))
    for words in (
        "order orders deadline close closes book booked bestellen commander pedir last expire expires valid",
        "arrive arrives ship ships shipping deliver delivery post posting liefern livrer entrega envio versand",
        "launch launches open opens start starts begin begins starting land offnet ouvre abre empieza commence beginnt",
        "end ends finish finishes until endet finit termina acaba",
        "return returns returned refund refunds refunded back exchange swap zuruck retour devolver",
        "answer answers reply process respond antwort reponse respuesta",
        "cancel change changed skip kundigen annuler cancelar",
        "hire rent rental mieten louer alquiler repair mend mended used second worn",
    )
)
"""What days, hours and lengths of time are of: told by one of these words in the one, by others in the other."""


def is_another_event(said: SaidFigure, one: RecordedFigure) -> bool:
    """True where the draft tells of something else that happens to it: arriving, not ordering."""
    mine = [words for words in _EVENTS if words & said.clause]
    return bool(mine) and not any(words & one.terms for words in mine)


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
