"""How well the quoted words match those that the gold marks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def overlap(quoted: Iterable[str], marked: Iterable[str]) -> float | None:
    """F1 over the words of both, from 0 to 1; None where neither has any."""
    ours, gold = _words(quoted), _words(marked)
    total = ours.total() + gold.total()
    return 2 * (ours & gold).total() / total if total else None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what is defined; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in text.lower().split())
