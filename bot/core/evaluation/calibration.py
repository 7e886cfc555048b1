"""Whether a model is right as often as it says that it is sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.evaluation.intervals import rate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.evaluation.intervals import Rate

NOMINAL: Mapping[str, float] = {"low": 0.5, "medium": 0.7, "high": 0.9}
"""What the three levels are taken to mean."""
_BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """``levels``: for each level, how often it was right. Both scores are 0 where every level means what it says."""

    levels: Mapping[str, Rate]
    brier: float | None
    error: float | None
    """The expected calibration error over ten bins."""


def calibration(said: Sequence[tuple[str, bool]]) -> Calibration:
    """From the level of each judged finding of the model, and whether it was right."""
    levels = {
        level: rate(sum(right for one, right in said if one == level), sum(one == level for one, _ in said))
        for level in NOMINAL
    }
    pairs = [(NOMINAL[level], right) for level, right in said]
    return Calibration(levels, brier(pairs), calibration_error(pairs))


def brier(said: Sequence[tuple[float, bool]]) -> float | None:
    """The mean squared distance of a stated probability from what was so."""
    return sum((p - right) ** 2 for p, right in said) / len(said) if said else None


def calibration_error(said: Sequence[tuple[float, bool]]) -> float | None:
    """The distance of stated from observed shares, bin by bin, weighted with how much is in a bin."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for p, right in said:
        bins.setdefault(min(int(p * _BINS), _BINS - 1), []).append((p, right))
    apart = sum(abs(sum(p for p, _ in inside) - sum(right for _, right in inside)) for inside in bins.values())
    return apart / len(said) if said else None
