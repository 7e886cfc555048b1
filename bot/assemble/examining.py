"""The model's part in measuring reviews: the real critic, on a model that also answers from files."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assemble.model import open_chosen
from bot.model.critic import ModelCritic
from bot.model.prompts import load_prompts
from bot.model.recorded import Answers
from bot.model.replaying import CaseExaminer, CaseModel, Exchange
from bot.rules.private_data import sensitive

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable

    from bot.assemble.evaluating import Bench
    from bot.settings import Settings

_SECRET = b"candor eval"
"""Always the same, so that requests are the same on every machine."""


@dataclass(frozen=True, slots=True)
class Examination:
    """The critic for each case, and what passes between it and the model."""

    critic: ModelCritic
    exchange: Exchange

    def examiner_for(self, case: str, run: int) -> CaseExaminer:
        """The way to the model for one case in one run."""
        return CaseExaminer(self.critic, CaseModel(self.exchange, case, run))


@asynccontextmanager
async def examination(
    settings: Settings, bench: Bench, lines: Iterable[str], keep: Callable[[str], object] | None
) -> AsyncGenerator[Examination]:
    """An examination with the recorded answers in ``lines``; the model is asked for others where ``keep`` is given."""
    prompts = load_prompts(settings.prompts)
    model, limits = open_chosen(settings)
    critic = ModelCritic(model, bench.library, bench.rules, prompts, _SECRET, limits, sensitive=sensitive)
    try:
        yield Examination(critic, Exchange(model, Answers(model, lines), keep))
    finally:
        await model.aclose()
