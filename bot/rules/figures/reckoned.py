"""Two figures of one kind: how far they are apart, and whether one comes of the other or leaves room for it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.rules.figures.tokens import HALF_DAY
from bot.rules.figures.words import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.rules.figures.tokens import Figure

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


def tells(other: Figure, recorded: Figure) -> bool:
    """True where another figure of the draft is the fact's, if only its number ("the brochure's 310")."""
    if other.kind in ("count", "number") and not other.counted and not isinstance(other.value, tuple):
        return any(other.value * unit == recorded.value for unit in UNITS.get(recorded.kind, (1.0,)))
    return other.kind == recorded.kind and other.bound not in ("under", "over") and other.agrees(recorded)


_NO_LIMIT = ("time", "age")


def leaves_room(mine: Figure, recorded: Figure) -> bool:
    """True where the fact only says "at least" or "up to", and the draft's figure is on the right side of it."""
    numbers = _numbers((mine, recorded))
    if mine.bound or mine.kind in _NO_LIMIT or len(numbers) < 2:  # noqa: PLR2004 - a date is no number
        return False
    if numbers[0] > numbers[1]:
        return recorded.bound in ("from", "over")
    return recorded.bound in ("to", "under") and mine.kind != "duration"


_NOT_ROUNDED = ("time", "duration")
_LEAST_ROUNDED, _ROUNDED = 100, 0.05


def is_rounded(mine: Figure, recorded: Figure) -> bool:
    """True for "sixty thousand titles" where there are 62,000."""
    numbers = _numbers((mine, recorded))
    if mine.kind in _NOT_ROUNDED or len(numbers) < 2 or numbers[0] < _LEAST_ROUNDED:  # noqa: PLR2004 - as above
        return False
    near = abs(numbers[0] - numbers[1]) <= _ROUNDED * numbers[1]
    return near and _digits(numbers[0]) < _digits(numbers[1])


def _digits(value: float) -> int:
    """How many of its digits count."""
    return len(f"{value:.2f}".replace(".", "").rstrip("0"))


_MOST_TIMES, _CENT = 12, 0.006
_NOT_RECKONED = ("time", "age", "percent", "count")


def is_reckoned(
    mine: Figure, recorded: Figure, beside: Sequence[Figure], *, near: Iterable[Figure], spoken: Sequence[Figure]
) -> bool:
    """True where an amount is what comes of the fact's and another one: less 10 %, twice, or what is left of it.

    ``beside`` are all of the fact's figures, ``near`` those of the sheet that may be meant too, and ``spoken`` the
    other figures of the draft.
    """
    value, whole = mine.value, recorded.value
    if isinstance(value, tuple) or isinstance(whole, tuple) or mine.kind in _NOT_RECKONED:
        return False
    if not mine.kind.startswith("money"):
        several = [n for n in _numbers(one for one in beside if one.kind == "count") if n > 1]
        return any(_is_same(value, whole * n) or _is_same(value * n, whole) for n in several)
    near = tuple(near)
    said = _numbers(one for one in spoken if one.kind == mine.kind)
    amounts = [*_numbers(one for one in near if one.kind == mine.kind), *said]
    counts = _numbers(one for one in spoken if one.kind == "count")
    shares = _numbers(one for one in (*near, *spoken) if one.kind == "percent")
    times = [(part, n) for part in (whole, *said) for n in range(2, _MOST_TIMES + 1)]
    times += [(part, n) for part in amounts for n in counts]
    return (
        any(_is_same(value, part * n) or _is_same(value * n, part) for part, n in times)
        or any(_is_same(value, whole * (1 - share / 100)) for share in shares)
        or any(_is_same(value, abs(whole - part)) for part in amounts)
        or any(_is_same(value, whole + part) for part in said)
    )


def _numbers(figures: Iterable[Figure]) -> list[float]:
    return [one.value for one in figures if not isinstance(one.value, tuple)]


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) < _CENT
