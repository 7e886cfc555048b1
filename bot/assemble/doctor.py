"""Every check of the doctor's, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assemble.judging import try_review
from bot.assemble.manifest import scopes
from bot.assemble.memory import database
from bot.assemble.rules import whole_library
from bot.core.errors import BrokenFiles, Locked, PersonCanFix
from bot.core.installing import OPENAI, Fitness
from bot.core.judging import ModelFailed
from bot.core.ports import SystemClock
from bot.core.words import doctor as doctor_words
from bot.core.words import installing as installing_words
from bot.engine.status import JobTables
from bot.model.brief import load_prompts
from bot.model.language_model import ModelLimits
from bot.model.opening import look_around, models_at, open_model, try_model
from bot.rules.credentials import is_installed
from bot.rules.engine import RuleEngine
from bot.settings import check_settings, mistyped
from bot.slack.installing import CheckedWorkspace, look_at_app_token, look_at_channels, look_at_clock, look_at_token
from bot.slack.wire.clients import client_for
from bot.store.database import Vault
from bot.store.installing import (
    InstallationStore,
    look_at_connections,
    look_at_database,
    look_at_folder,
    look_at_keys,
    look_at_lock,
    look_at_modes,
    look_at_retention,
    look_at_space,
    own_channels,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.core.installing import Diagnosis
    from bot.core.ports import Clock
    from bot.settings import Settings
    from bot.store.database import Database


_PATIENCE = ModelLimits(call=30.0, total=30.0, attempts=2)


async def examine(settings: Settings) -> AsyncIterator[Diagnosis]:
    """The lines as they come."""
    for line in _settings(settings):
        yield line
    for line in _prompts(settings):
        yield line
    yield doctor_words.credentials_read(is_installed=is_installed())
    clock = SystemClock()
    workspaces: list[CheckedWorkspace] = []
    async for line in _database(settings, clock, workspaces):
        yield line
    for line in await look_at_clock(settings.api_url, clock):
        yield line
    async for line in _slack(settings, workspaces):
        yield line
    async for line in _model(settings):
        yield line


def _settings(settings: Settings) -> list[Diagnosis]:
    try:
        check_settings(settings)
    except PersonCanFix as error:
        faults = [doctor_words.setting_fault(sentence) for sentence in str(error).splitlines()]
    else:
        faults = []
    faults += [doctor_words.setting_mistyped(name, meant) for name, meant in mistyped()]
    return faults or [doctor_words.settings_hold()]


def _prompts(settings: Settings) -> list[Diagnosis]:
    try:
        library = whole_library(settings)
        RuleEngine(library)
        load_prompts(settings.prompts, orders=True)
    except BrokenFiles as error:
        return [doctor_words.prompts_fault(str(fault)) for fault in error.faults]
    except PersonCanFix as error:
        return [doctor_words.prompts_fault(str(error))]
    return [doctor_words.prompts_hold(len(library.guidelines))]


async def _database(settings: Settings, clock: Clock, workspaces: list[CheckedWorkspace]) -> AsyncIterator[Diagnosis]:
    """Fills ``workspaces`` with the workspaces to look at."""
    workspaces += [
        CheckedWorkspace(f"bot token {number}", client_for(token, settings.api_url))
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
        if line == doctor_words.database_works():
            for one in await look_at_retention(db):
                yield one
            if settings.database_url:
                running = await JobTables(settings.database_url).workers() or 1
                yield await look_at_connections(db, running, each=settings.database_connections)
        if settings.install.is_on and line == doctor_words.database_works():
            async for one in _installations(settings, db, clock, workspaces=workspaces):
                yield one
    finally:
        await db.close()


async def _installations(
    settings: Settings, db: Database, clock: Clock, workspaces: list[CheckedWorkspace]
) -> AsyncIterator[Diagnosis]:
    store = InstallationStore(db, Vault(settings.install.keys), clock)
    for line in await look_at_keys(store):
        yield line
    there = await store.installed()
    if not there.stamps:
        yield doctor_words.nobody_installed(settings.install.public_url)
    for home in there.stamps:
        try:
            found = await store.find(home)
        except Locked:
            continue  # told above
        teams = [team for team, enterprise in there.covered.items() if enterprise == home.enterprise]
        for team in [home.team] if found and not home.is_organisation else teams:
            client = client_for(found.token if found else "", settings.api_url, team if home.is_organisation else "")
            workspaces.append(CheckedWorkspace(f"installation in {team}", client, team))


async def _slack(settings: Settings, workspaces: list[CheckedWorkspace]) -> AsyncIterator[Diagnosis]:
    asked = scopes()
    for workspace in workspaces:
        team, lines = await look_at_token(workspace, asked)
        for line in lines:
            yield line
        if team:
            for line in await look_at_channels(workspace.client, team, await _channels(settings, team)):
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
    chosen = settings.model
    if not chosen.is_configured:
        yield doctor_words.no_model()
        for server in await look_around():
            yield doctor_words.model_found(installing_words.offered(server))
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
    if tried.fitness is Fitness.ANSWERS:
        yield await _review(settings)
    else:
        yield doctor_words.model_fails(chosen.name, address, tried.fitness, said=tried.said)


async def _review(settings: Settings) -> Diagnosis:
    chosen, prices = settings.model, settings.model.prices
    try:
        judgement, seconds = await try_review(settings)
    except ModelFailed as failed:
        return doctor_words.review_fails(chosen.name, failed.failure, chosen.deadline)
    usage = judgement.usage
    cost = prices.of(usage) if prices else None
    return doctor_words.model_works(judgement.model or chosen.name, seconds, usage, dollars=cost)
