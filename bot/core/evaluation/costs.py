"""What the reviews cost: tokens, money and time, for each draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.evaluation.intervals import percentile
from bot.core.evaluation.spans import mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.judgement import Usage

P95 = 95.0
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Spread:
    """A quantity over all drafts; None where it is unknown."""

    total: float = 0.0
    mean: float | None = None
    median: float | None = None
    p95: float | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens. ``share`` is what is paid of them: a half in a batch."""

    new: float
    cached: float
    output: float
    share: float = 1.0

    def of(self, usage: Usage) -> float:
        """What the tokens cost."""
        new = usage.input_tokens - usage.cached_tokens
        return (
            self.share
            * (new * self.new + usage.cached_tokens * self.cached + usage.output_tokens * self.output)
            / _MILLION
        )


@dataclass(frozen=True, slots=True)
class Costs:
    """Per draft: tokens as the server counted them, US dollars, and seconds."""

    calls: Spread
    new: Spread
    cached: Spread
    output: Spread
    dollars: Spread | None
    seconds: Spread


def spread(values: Iterable[float]) -> Spread:
    """The spread of a quantity."""
    ordered = sorted(values)
    return Spread(float(sum(ordered)), mean(ordered), percentile(ordered, 50), percentile(ordered, P95))


def costs(used: list[tuple[Usage, float | None]], prices: Prices | None) -> Costs:
    """From what each draft that was judged used, and the seconds that it took, None where nobody measured."""
    usages = [usage for usage, _ in used]
    return Costs(
        spread(usage.calls for usage in usages),
        spread(usage.input_tokens - usage.cached_tokens for usage in usages),
        spread(usage.cached_tokens for usage in usages),
        spread(usage.output_tokens for usage in usages),
        spread(map(prices.of, usages)) if prices else None,
        spread(seconds for _, seconds in used if seconds is not None),
    )
