"""How far several runs over the same posts agree with each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for names: 1 is full agreement, 0 is chance. A unit holds what each run said of it.

    None where nothing varies, or nothing was said twice.
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for said in units:
        pairs = Counter((a, b) for i, a in enumerate(said) for j, b in enumerate(said) if i != j)
        for pair, times in pairs.items():
            weights[pair] = weights.get(pair, 0.0) + times / (len(said) - 1)
    totals: dict[Hashable, float] = {}
    for (one, _), weight in weights.items():
        totals[one] = totals.get(one, 0.0) + weight
    whole = sum(totals.values())
    apart = sum(weight for (a, b), weight in weights.items() if a != b)
    by_chance = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    return 1 - apart * (whole - 1) / by_chance if by_chance else None


def same_share(units: Iterable[Sequence[Hashable]]) -> float | None:
    """The share of posts of which every run said the same; None where there are none."""
    same = [len(set(said)) == 1 for said in units]
    return sum(same) / len(same) if same else None
