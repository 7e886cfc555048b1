"""A scripted server, and critics that ask it through the unmodified client, over both interfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import pytest

from bot.model.brief import load_prompts
from bot.model.critic import ModelCritic
from bot.model.opening import open_model
from bot.rules.private_data import sensitive
from tests.model.cases import QUICK
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from bot.core.guidelines import Library
    from bot.model.brief import Prompts
    from bot.model.language_model import LanguageModel, ModelLimits
    from bot.rules.engine import RuleEngine

    Api = Literal["responses", "chat"]
    Open = Callable[..., LanguageModel]


@pytest.fixture
async def server() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as running:
        yield running


@pytest.fixture(params=["responses", "chat"])
def api(request: pytest.FixtureRequest) -> Api:
    """Every test that talks to the server does so over both interfaces."""
    return cast("Api", request.param)


@pytest.fixture
async def opened(server: ScriptedModel, api: Api) -> AsyncGenerator[Open]:
    """Opens models on the server and closes them."""
    models: list[LanguageModel] = []

    def open_one(limits: ModelLimits = QUICK, effort: str = "low") -> LanguageModel:
        model = open_model(api_key="k", base_url=server.url, model="m", effort=effort, limits=limits, api=api)
        models.append(model)
        return model

    yield open_one
    for model in models:
        await model.aclose()


@pytest.fixture(scope="session")
def in_force(library: Library) -> Library:
    return library.in_force(frozenset())


@pytest.fixture(scope="session")
def prompts(root: Path) -> Prompts:
    return load_prompts(root / "prompts")


@pytest.fixture
def critic_of(in_force: Library, rules: RuleEngine, prompts: Prompts) -> Callable[..., ModelCritic]:
    """A critic that asks the given model."""

    def make(model: LanguageModel, limits: ModelLimits = QUICK) -> ModelCritic:
        return ModelCritic(
            model, in_force, rules, prompts=prompts, secret=b"secret", limits=limits, sensitive=sensitive
        )

    return make


@pytest.fixture
def critic(opened: Open, critic_of: Callable[..., ModelCritic]) -> ModelCritic:
    return critic_of(opened())
