"""What every way of measuring reviews needs. Nothing here knows of Slack, a store, an engine or a model's library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.assemble.rules import library_in_force
from bot.core.spending import HALF
from bot.evaluation.cases import Labels
from bot.rules.engine import RuleEngine
from bot.rules.wording import covers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.deciding import Covers
    from bot.core.guidelines import Library, Severity
    from bot.core.spending import ModelPrices
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Bench:
    """What every way of measuring needs."""

    library: Library
    rules: RuleEngine
    labels: Labels
    severities: Mapping[str, Severity]
    covers: Covers


def bench(settings: Settings, tags: Mapping[str, tuple[str, ...]]) -> Bench:
    """The guidelines that the settings switch on, with their rules. Raises `BrokenFiles` or `PersonCanFix`."""
    library = library_in_force(settings)
    severities = {guideline.id: guideline.severity for guideline in library.guidelines}
    return Bench(library, RuleEngine(library), Labels.under(library, tags), severities=severities, covers=covers)


def prices(settings: Settings, *, batch: bool) -> ModelPrices | None:
    """What the settings say that tokens cost."""
    chosen = settings.model.prices
    return replace(chosen, share=HALF if batch else 1.0) if chosen else None
