"""How far two figures are apart, how well they go together, and whether one comes of the other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.rules.figures.tokens import HALF_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rules.figures.sheet import FigureSheet, RecordedFigure, SaidFigure
    from bot.rules.figures.tokens import Figure


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
