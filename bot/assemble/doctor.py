"""Every check of the doctor's, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assemble.checking import check_settings
from bot.assemble.clock import SystemClock
from bot.assemble.critic import whole_library
from bot.assemble.installing import scopes
from bot.assemble.memory import database
from bot.core.connecting import OPENAI, Fitness
from bot.core.errors import BrokenFiles, Locked, PersonCanFix
from bot.core.words import connecting as model_words
from bot.core.words import doctor as words
from bot.model.checkup import try_model
from bot.model.connecting import look_around, models_at
from bot.model.language_model import Limits
from bot.model.opening import open_model
from bot.model.prompts import load_prompts
from bot.rules.engine import RuleEngine
from bot.slack.checkup import Patient, look_at_app_token, look_at_channels, look_at_clock, look_at_token
from bot.slack.clients import client_for
from bot.store.checkup import (
    look_at_database,
    look_at_folder,
    look_at_keys,
    look_at_lock,
    look_at_modes,
    look_at_retention,
    look_at_space,
    own_channels,
)
from bot.store.encryption import Vault
from bot.store.installations import InstallationStore
from bot.store.judgements import Prices

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.core.diagnosis import Diagnosis
    from bot.core.ports import Clock
    from bot.settings import Settings
    from bot.store.database import Database

_PATIENCE = Limits(call=30.0, total=30.0, attempts=2)


async def examine(settings: Settings) -> AsyncIterator[Diagnosis]:
    """The lines as they come."""
    for line in _settings(settings):
        yield line
    for line in _prompts(settings):
        yield line
    clock = SystemClock()
    patients: list[Patient] = []
    async for line in _database(settings, clock, patients):
        yield line
    for line in await look_at_clock(settings.api_url, clock):
        yield line
    async for line in _slack(settings, patients):
        yield line
    async for line in _model(settings):
        yield line


def _settings(settings: Settings) -> list[Diagnosis]:
    try:
        check_settings(settings)
    except PersonCanFix as error:
        return [words.setting_fault(sentence) for sentence in str(error).splitlines()]
    return [words.settings_hold()]


def _prompts(settings: Settings) -> list[Diagnosis]:
    try:
        library = whole_library(settings)
        RuleEngine(library)
        load_prompts(settings.prompts)
    except BrokenFiles as error:
        return [words.prompts_fault(str(fault)) for fault in error.faults]
    except PersonCanFix as error:
        return [words.prompts_fault(str(error))]
    return [words.prompts_hold(len(library.guidelines))]


async def _database(settings: Settings, clock: Clock, patients: list[Patient]) -> AsyncIterator[Diagnosis]:
    """Fills ``patients`` with the workspaces to look at."""
    patients += [
        Patient(f"bot token {number}", client_for(token, settings.api_url))
        for number, token in enumerate(settings.bot_tokens, 1)
    ]
    if not settings.database_url:
        line = look_at_folder(settings.data_dir)
        if line is None:
            yield look_at_modes(settings.data_dir)
        yield line or look_at_lock(settings.data_dir)
        yield look_at_space(settings.data_dir)
        if line:
            return
    db = database(settings, only_looks=True)
    try:
        yield (line := await look_at_database(db))
        if line == words.database_works():
            for one in await look_at_retention(db):
                yield one
        if settings.install.is_on and line == words.database_works():
            async for one in _installations(settings, db, clock, patients):
                yield one
    finally:
        await db.close()


async def _installations(
    settings: Settings, db: Database, clock: Clock, patients: list[Patient]
) -> AsyncIterator[Diagnosis]:
    store = InstallationStore(db, Vault(settings.install.keys), clock)
    for line in await look_at_keys(store):
        yield line
    there = await store.installed()
    if not there.stamps:
        yield words.nobody_installed(settings.install.public_url)
    for home in there.stamps:
        try:
            found = await store.find(home)
        except Locked:
            continue  # told above
        teams = [team for team, enterprise in there.covered.items() if enterprise == home.enterprise]
        for team in [home.team] if found and not home.is_organisation else teams:
            client = client_for(found.token if found else "", settings.api_url, team if home.is_organisation else "")
            patients.append(Patient(f"installation in {team}", client, team))


async def _slack(settings: Settings, patients: list[Patient]) -> AsyncIterator[Diagnosis]:
    asked = scopes()
    for patient in patients:
        team, lines = await look_at_token(patient, asked)
        for line in lines:
            yield line
        if team:
            for line in await look_at_channels(patient.client, team, await _channels(settings, team)):
                yield line
    if settings.app_token:
        yield await look_at_app_token(settings.app_token, settings.api_url)


async def _channels(settings: Settings, team: str) -> frozenset[str]:
    """The channels that the workspace switched on, else those of the installation."""
    usual = frozenset(name.removeprefix("#") for name in settings.draft_channels)
    if not settings.database_url and not (settings.data_dir / "candor.db").exists():
        return usual
    db = database(settings, only_looks=True)
    try:
        own = await own_channels(db, team)
    finally:
        await db.close()
    if own is None:
        return usual
    return frozenset(name.strip().removeprefix("#") for name in own.split(",") if name.strip())


async def _model(settings: Settings) -> AsyncIterator[Diagnosis]:
    chosen, prices = settings.model, settings.model.prices
    if not chosen.is_configured:
        yield words.no_model()
        for server in await look_around():
            yield words.model_found(model_words.offered(server))
        return
    address = chosen.url or OPENAI
    listed = await models_at(address, chosen.key)
    model = open_model(
        api_key=chosen.key,
        base_url=chosen.url,
        model=chosen.name,
        effort=chosen.effort,
        limits=_PATIENCE,
        api=chosen.api,
    )
    try:
        tried = await try_model(model, listed, chosen.name)
    finally:
        await model.aclose()
    if tried.fitness is Fitness.ANSWERS and tried.reply:
        usage = tried.reply.usage
        yield words.model_works(tried.reply.model or chosen.name, usage, Prices(*prices).of(usage) if prices else None)
    else:
        yield words.model_fails(chosen.name, address, tried.fitness)
