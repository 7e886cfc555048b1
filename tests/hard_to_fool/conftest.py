"""Critics over real HTTP that ask a scripted model, one for each interface, shared by all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.model.brief import load_prompts
from bot.model.critic import ModelCritic
from tests.journeys.conftest import database, stage
from tests.model.cases import QUICK
from tests.model.conftest import sensitive
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from bot.core.guidelines import Library
    from bot.model.language_model import LanguageModel
    from bot.rules.engine import RuleEngine

__all__ = ["database", "stage"]


@pytest.fixture
async def server() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as running:
        yield running


@pytest.fixture(scope="session")
def critic_on(root: Path, library: Library, rules: RuleEngine) -> Callable[[LanguageModel], ModelCritic]:
    """A critic that asks the given model, with the project's own prompts and guidelines."""
    prompts, in_force = load_prompts(root / "prompts"), library.in_force(frozenset())

    def make(model: LanguageModel) -> ModelCritic:
        return ModelCritic(model, in_force, rules, prompts=prompts, secret=b"secret", limits=QUICK, sensitive=sensitive)

    return make
