"""The language model, where one is configured."""

from __future__ import annotations

import hashlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.model.critic import ModelCritic
from bot.model.language_model import Limits
from bot.model.opening import open_model
from bot.model.prompts import load_prompts
from bot.model.recordings import SECRET, RecordedModel
from bot.rules.private_data import sensitive

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from bot.core.guideline import Library
    from bot.core.ports import Critic, Rules
    from bot.model.language_model import Wire
    from bot.model.recordings import Recordings
    from bot.settings import Settings


@asynccontextmanager
async def critic_maker(
    settings: Settings, recordings: Recordings | None = None
) -> AsyncGenerator[Callable[[Library, Rules], Critic] | None]:
    """Makes critics on the recorded answers or on the configured model; None where there is neither.

    Raises `BrokenFiles` for a broken prompt.
    """
    if not (recordings or settings.model.is_configured):
        yield None
        return
    prompts = load_prompts(settings.prompts, pictures=bool(recordings) or settings.model.looks)
    model, limits = (RecordedModel(recordings), Limits()) if recordings else open_chosen(settings)
    secret = secret_for(settings, recordings)

    def critic_for(library: Library, rules: Rules) -> Critic:
        return ModelCritic(model, library, rules, prompts, secret, limits, sensitive=sensitive)

    try:
        yield critic_for
    finally:
        await model.aclose()


def open_chosen(settings: Settings) -> tuple[Wire, Limits]:
    """The model that the settings name, and how long it may take; close it after use."""
    chosen = settings.model
    limits = Limits(call=min(60.0, chosen.deadline), total=chosen.deadline)
    model = open_model(
        api_key=chosen.key,
        base_url=chosen.url,
        model=chosen.name,
        effort=chosen.effort,
        limits=limits,
        api=chosen.api,
    )
    return model, limits


def secret_for(settings: Settings, recordings: Recordings | None) -> bytes:
    """Recorded answers belong to requests that are the same in every installation."""
    return SECRET if recordings else installation_secret(settings)


def installation_secret(settings: Settings) -> bytes:
    """Equal in every process of an installation, without anything to share but the settings."""
    given = (
        settings.model.secret
        or "".join(settings.bot_tokens)
        or settings.install.client_secret
        or "a text at a terminal"
    )
    return hashlib.sha256(given.encode()).digest()
