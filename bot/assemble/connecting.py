"""Choosing a language model by hand: found by name on this machine, or named with its address, tried and kept."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.connecting import OPENAI, Fitness, ModelChoice, serving
from bot.core.errors import PersonCanFix
from bot.core.words import connecting as words
from bot.model.checkup import try_model
from bot.model.connecting import LOOK, PORTS, look_around, models_at
from bot.model.language_model import Limits
from bot.model.opening import open_model
from bot.settings import in_environment, write_settings

if TYPE_CHECKING:
    from bot.settings import ModelSettings, Settings

_TRY = Limits(call=90.0, total=90.0, attempts=1)
"""A model on somebody's own machine may first have to be loaded."""
_KEY, _URL, _NAME = "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"


async def with_model(settings: Settings, name: str) -> Settings:
    """The settings with that model, of a server on this machine or of the configured one.

    Raises `PersonCanFix` where nobody has it.
    """
    servers = await look_around(patience=LOOK / 4)
    if choice := serving(servers, name):
        return replace(settings, model=chosen(settings.model, choice))
    if settings.model.is_configured:
        return replace(settings, model=replace(settings.model, name=name))
    raise PersonCanFix(words.nobody_has(name, servers, PORTS))


def chosen(before: ModelSettings, choice: ModelChoice) -> ModelSettings:
    """The settings for a choice. A key goes to the address that it was given for, and nowhere else."""
    url = "" if choice.address == OPENAI and choice.key else choice.address
    return replace(before, key=choice.key, url=url, name=choice.model, api=None, prices=None)


async def fitness_of(model: ModelSettings) -> Fitness:
    """What one tiny call to the model shows."""
    listed = await models_at(model.url or OPENAI, model.key)
    if listed is Fitness.AWAY:
        return listed
    opened = open_model(
        api_key=model.key, base_url=model.url, model=model.name, effort=model.effort, limits=_TRY, api=model.api
    )
    try:
        return (await try_model(opened, listed, model.name)).fitness
    finally:
        await opened.aclose()


def write_down(model: ModelSettings) -> str:
    """Write the model to `.env`; what is wrong, or ""."""
    values = {_KEY: model.key, _URL: model.url, _NAME: model.name}
    if others := in_environment(values):
        return words.in_environment(others)
    try:
        write_settings(values)
    except OSError as error:
        return words.not_written(os.strerror(error.errno or 5))
    except ValueError as error:
        return words.not_written(str(error))
    return ""
