"""How far a figure may be from the truth, given how few posts it rests on."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Z = 1.96
SAMPLES = 2000
"""How often a bootstrap draws."""
SEED = 0
LOW, HIGH = 2.5, 97.5
_BITS = 40
_MASK = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` of ``of``, with Wilson's interval at 95 %; None where there is nothing to divide by."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its bootstrap interval at 95 %; None where it is undefined."""

    value: float | None
    low: float | None = None
    high: float | None = None


def rate(count: int, of: int) -> Rate:
    """The share with Wilson's interval."""
    if not of:
        return Rate(count, of, None, None, None)
    p, spread = count / of, 1 + Z * Z / of
    middle = (p + Z * Z / (2 * of)) / spread
    half = Z * math.sqrt(p * (1 - p) / of + Z * Z / (4 * of * of)) / spread
    return Rate(count, of, p, max(0.0, middle - half), min(1.0, middle + half))


def bootstrap(
    rows: Sequence[tuple[int, ...]], figure: Callable[[Sequence[int]], float | None], seed: int = SEED
) -> Estimate:
    """A figure of the sums of the rows' columns, with an interval from drawing rows anew.

    A row is one post with all that belongs to it, so posts are what is drawn. Counts are not negative.
    """
    if not rows:
        return Estimate(None)
    width = len(rows[0])
    # Packed into one whole number each, so that the interpreter's own loops do the adding.
    packed = [sum(count << _BITS * place for place, count in enumerate(row)) for row in rows]
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    drawn = (_unpacked(sum(draw.choices(packed, k=len(packed))), width) for _ in range(SAMPLES))
    values = sorted(value for value in map(figure, drawn) if value is not None)
    whole = figure(_unpacked(sum(packed), width))
    return Estimate(whole, percentile(values, LOW), percentile(values, HIGH))


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The percentile of sorted values, between two of them where it falls there; None where there are none."""
    if not values:
        return None
    place = (len(values) - 1) * percent / 100
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def _unpacked(total: int, width: int) -> list[int]:
    return [total >> _BITS * place & _MASK for place in range(width)]
