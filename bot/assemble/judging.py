"""What drafts are judged with: rules and the model of the settings; and a model chosen by hand."""

from __future__ import annotations

import asyncio
import hashlib
import math
import os
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.assemble.rules import library_in_force, whole_library
from bot.core.drafts import Draft
from bot.core.errors import PersonCanFix
from bot.core.installing import OPENAI, Fitness, ModelChoice, serving
from bot.core.judging import Case, Failure, ModelFailed, Usage
from bot.core.ports import Judges
from bot.core.privacy import Reader
from bot.core.settings import reasons_in
from bot.core.spending import HALF, Purpose
from bot.core.words import installing as words
from bot.core.words.brand import audit as audit_words
from bot.core.words.brand import books as book_words
from bot.flows.reviewing import review_text, review_text_with_model
from bot.model.books import ModelProposer
from bot.model.brief import OWN_GUIDELINES, load_prompt, load_prompts
from bot.model.context_window import estimated
from bot.model.conversing import ConversationSetup, ModelTalker
from bot.model.critic import CriticMaker, ModelCritic
from bot.model.language_model import ModelLimits
from bot.model.opening import LOOK, PORTS, LateModel, LateSpeaker, Tried, look_around, models_at, open_model, try_model
from bot.model.overnight import ModelBatches
from bot.model.pictures import ModelViewer
from bot.model.recorded import SECRET, RecordedModel, RecordedSpeaker
from bot.model.same_points import ModelComparer
from bot.model.spending import Meter, MeteredModel, MeteredSpeaker
from bot.rules.credentials import is_installed
from bot.rules.engine import RuleEngine
from bot.rules.judging import BrandRecord, by_id, judges_beside, rules_beside
from bot.rules.private_data import sensitive
from bot.settings import in_environment
from bot.settings.env_file import write_settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from bot.core.brand.books import Proposer
    from bot.core.brand.facts import Fact
    from bot.core.brand.overnight import Batches
    from bot.core.conversing import Talker
    from bot.core.guidelines import Library
    from bot.core.judging import Critique, Judgement
    from bot.core.ports import Viewer
    from bot.core.same_points import Comparer
    from bot.model.language_model import LanguageModel, Speaker, Wire
    from bot.model.opening import ModelAddress
    from bot.model.recorded import Recordings
    from bot.settings import ModelSettings, Settings


# The language model, where one is configured.


@asynccontextmanager
async def critic_maker(
    settings: Settings, recordings: Recordings | None = None, meter: Meter | None = None
) -> AsyncGenerator[CriticMaker | None]:
    """Makes critics on the recorded answers or on the configured model; None where there is neither.

    ``meter`` counts the calls; recorded answers cost nothing.

    Raises `BrokenFiles` for a broken prompt.
    """
    async with _opened(settings, recordings) as model:
        yield _critics(settings, model, recordings, meter=meter) if model else None


@asynccontextmanager
async def _opened(settings: Settings, recordings: Recordings | None) -> AsyncGenerator[LanguageModel | None]:
    """The recorded answers, or the configured model, whose library is loaded when somebody first asks it."""
    if not (recordings or settings.model.is_configured):
        yield None
        return
    model = RecordedModel(recordings) if recordings else LateModel(_address(settings))
    try:
        yield model
    finally:
        await model.aclose()


def _critics(
    settings: Settings, model: LanguageModel, recordings: Recordings | None, *, meter: Meter | None
) -> CriticMaker:
    prompts = load_prompts(
        settings.prompts,
        pictures=bool(recordings) or settings.model.looks,
        orders=not recordings and settings.model.is_guarded,
    )
    paid = MeteredModel(model, meter, Purpose.REVIEW) if meter and not recordings else model
    limits = ModelLimits() if recordings else _limits(settings)
    return CriticMaker(
        paid,
        prompts,
        secret_for(settings, recordings),
        limits=limits,
        sensitive=sensitive,
        load=model.opened if isinstance(model, LateModel) else None,
    )


def open_chosen(settings: Settings) -> tuple[Wire, ModelLimits]:
    """The model that the settings name, and how long it may take; close it after use."""
    return open_model(**_address(settings)), _limits(settings)


def _address(settings: Settings) -> ModelAddress:
    chosen = settings.model
    return {
        "api_key": chosen.key,
        "base_url": chosen.url,
        "model": chosen.name,
        "effort": chosen.effort,
        "limits": _limits(settings),
        "api": chosen.api,
    }


_SLOW = 20.0
"""Seconds of a critique that only servers need which read the guidelines anew each time."""


def _limits(settings: Settings) -> ModelLimits:
    deadline, slow = settings.model.deadline, _SLOW if settings.model.may_keep_one_prompt else math.inf
    return ModelLimits(call=deadline, total=deadline, one_by_one_from=slow)


def secret_for(settings: Settings, recordings: Recordings | None) -> bytes:
    """Records answers belong to requests that are the same in every installation."""
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


# What drafts are judged with, and who talks with people.


@dataclass(frozen=True, slots=True)
class JudgingParts:
    """Every guideline, its rules, and the model where there is one: as critic, in conversations, and for pictures."""

    library: Library
    rules: RuleEngine
    critic_for: CriticMaker | None
    talker: Talker | None = None
    viewer: Viewer | None = None
    comparer: Comparer | None = None
    proposer: Proposer | None = None
    batches: Batches | None = None
    recorded: bool = False
    """True where recorded answers take the place of a model."""
    meter: Meter = field(default_factory=Meter)
    """Where the model's calls are counted. Whoever knows the budget gives it to it."""

    async def prepare(self) -> None:
        """Load what the first review would have to wait for."""
        if self.critic_for:
            await self.critic_for.prepare()


@asynccontextmanager
async def open_judging(settings: Settings, recordings: Recordings | None = None) -> AsyncGenerator[JudgingParts]:
    """All of it. Raises `BrokenFiles` or `PersonCanFix`."""
    library, meter = whole_library(settings), Meter()
    async with (
        _opened(settings, recordings) as model,
        open_talker(settings, library, recordings, meter=meter) as talker,
    ):
        asks, looks = model and not recordings, recordings or settings.model.looks
        yield JudgingParts(
            library,
            RuleEngine(library),
            _critics(settings, model, recordings, meter=meter) if model else None,
            talker=talker,
            viewer=_viewer(settings, model, recordings, meter=meter) if model and looks else None,
            comparer=_comparer(settings, model, meter) if model and asks else None,
            proposer=_proposer(settings, model, meter) if model and asks else None,
            batches=_batches(settings, model, meter),
            recorded=bool(recordings),
            meter=meter,
        )


_LONGEST = 30.0
"""Seconds that a look may take: people wait for the review."""


def _viewer(settings: Settings, model: LanguageModel, recordings: Recordings | None, *, meter: Meter) -> Viewer:
    """The model that looks at pictures. Raises `BrokenFiles` for a broken prompt."""
    prompt = load_prompt(settings.prompts / "pictures.md")
    limits = ModelLimits() if recordings else _limits(settings)
    paid = model if recordings else MeteredModel(model, meter, Purpose.PICTURES)
    return ModelViewer(paid, prompt.substitute(), replace(limits, total=min(_LONGEST, limits.total)))


_COMPARES = 15.0
"""Seconds that it may take to tell whether a point is one that was left alone: after that it is shown."""


def _comparer(settings: Settings, model: LanguageModel, meter: Meter) -> ModelComparer:
    """The model that compares points with what was left alone. Raises `BrokenFiles` for a broken prompt."""
    prompt = load_prompt(settings.prompts / "same-point.md").substitute()
    limits = _limits(settings)
    limits, paid = replace(limits, total=min(_COMPARES, limits.total)), MeteredModel(model, meter, Purpose.REVIEW)
    return ModelComparer(paid, prompt, secret_for(settings, None), sensitive=sensitive, limits=limits)


@asynccontextmanager
async def open_proposer(settings: Settings) -> AsyncGenerator[ModelProposer | None]:
    """The model that reads brand books; None where none does. Raises `BrokenFiles` for a broken prompt."""
    async with _opened(settings, None) as model:
        yield _proposer(settings, model, None) if model else None


def _proposer(settings: Settings, model: LanguageModel, meter: Meter | None) -> ModelProposer:
    """The model that reads brand books."""
    chosen = settings.model

    def told(usage: Usage) -> str:
        tokens, dollars = usage.input_tokens + usage.output_tokens, chosen.prices.of(usage) if chosen.prices else None
        return book_words.takes(usage.calls, tokens, dollars, model=chosen.name)

    prompt = load_prompt(settings.prompts / "brand-book.md").substitute()
    paid = MeteredModel(model, meter, Purpose.BOOKS) if meter else model
    return ModelProposer(
        paid, prompt, secret_for(settings, None), sensitive=sensitive, limits=_limits(settings), told=told
    )


def _batches(settings: Settings, model: LanguageModel | None, meter: Meter) -> Batches | None:
    """The model's server as it takes batches; None where it does not."""
    if not (settings.model.offers_batches and isinstance(model, LateModel)):
        return None
    return ModelBatches(model.opened, MeteredModel(model, meter, Purpose.REVIEW), model.window)


@asynccontextmanager
async def open_talker(
    settings: Settings, library: Library, recordings: Recordings | None = None, *, meter: Meter | None = None
) -> AsyncGenerator[Talker | None]:
    """The model in conversations; None where there is none. Raises `BrokenFiles` for a broken prompt."""
    if not (recordings or settings.model.is_configured):
        yield None
        return
    prompt = load_prompt(settings.prompts / "converse.md", "guidelines")
    model: Speaker = RecordedSpeaker(recordings) if recordings else LateSpeaker(_address(settings))
    model = MeteredSpeaker(model, meter) if meter and not recordings else model
    own = load_prompt(settings.prompts / OWN_GUIDELINES).substitute()
    talker = ModelTalker(
        model, library, prompt, installation=ConversationSetup(secret_for(settings, recordings), sensitive, own)
    )
    try:
        yield talker
    finally:
        await talker.aclose()


def reader(settings: Settings) -> Reader:
    """Who reads texts with these settings."""
    chosen = settings.model
    credentials = is_installed()
    if not chosen.is_configured:
        return Reader(reads_credentials=credentials)
    host = urlsplit(chosen.url or "").netloc or "api.openai.com"
    return Reader(chosen.name, host, sees_pictures=chosen.looks, reads_credentials=credentials)


# A text and a model, without Slack.


async def try_review(settings: Settings) -> tuple[Judgement, float]:
    """The model's judgement on a sample, an example of a guideline, and the seconds it took. Raises `ModelFailed`."""
    library = library_in_force(settings)
    sample = next(example.text for guideline in library.guidelines for example in guideline.bad)
    async with critic_maker(settings) as critic_for:
        if critic_for is None:
            raise ModelFailed(Failure.ABSENT)
        critic = critic_for(library, RuleEngine(library))
        began = time.monotonic()
        judgement = await critic.judge(Case("", "", Draft(sample)))
        return judgement, time.monotonic() - began


async def review_with_model(draft: Draft, settings: Settings) -> Critique:
    """The full critique of one text."""
    library = library_in_force(settings)
    rules = rules_beside(library, ())
    async with critic_maker(settings) as critic_for:
        if critic_for is None:
            return review_text(draft, rules)
        return await review_text_with_model(_in_one_language(draft), rules, critic_for(library, rules))


def _in_one_language(draft: Draft) -> Draft:
    """The draft, with what the model is told where the rest of the reply isn't in its language."""
    said = reasons_in(draft.text)
    return replace(draft, context="\n\n".join(filter(None, (said, draft.context)))) if said else draft


_AT_ONCE = 4


async def review_all(drafts: Sequence[Draft], settings: Settings) -> list[Critique]:
    """The full critiques of many texts, a few of them at a time."""
    found = {number: critique async for number, critique in review_each(drafts, settings)}
    return [found[number] for number in range(len(drafts))]


async def review_each(
    drafts: Sequence[Draft], settings: Settings, facts: Sequence[Fact] = ()
) -> AsyncGenerator[tuple[int, Critique]]:
    """The same as they are done, each with the number of its text; whoever closes it early stops the others."""
    library = library_in_force(settings)
    rules, turns = RuleEngine(library), asyncio.Semaphore(_AT_ONCE)
    async with critic_maker(settings) as critic_for:
        bare = Judges(rules, critic_for(library, rules) if critic_for else None)
        judges = judges_beside(bare, by_id(library), BrandRecord(tuple(facts)))

        async def review(number: int, draft: Draft) -> tuple[int, Critique]:
            if judges.critic is None:
                return number, review_text(draft, judges.rules)
            async with turns:
                told = judges.told(_in_one_language(draft))
                return number, await review_text_with_model(told, judges.rules, judges.critic)

        tasks = [asyncio.ensure_future(review(*one)) for one in enumerate(drafts)]
        try:
            for done in asyncio.as_completed(tasks):
                yield await done
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


_ANSWER = 200
"""Tokens of a usual answer."""


async def estimate(drafts: Sequence[Draft], settings: Settings, facts: Sequence[Fact] = ()) -> Usage:
    """What their reviews take at least, without a second opinion. Nothing is sent."""
    library = library_in_force(settings)
    told = judges_beside(Judges(RuleEngine(library)), by_id(library), BrandRecord(tuple(facts))).told
    async with critic_maker(settings) as critic_for:
        critic = critic_for(library, RuleEngine(library)) if critic_for else None
        standing = critic.standing_tokens if isinstance(critic, ModelCritic) else 0
    said = sum(estimated(one.text, one.context) for one in map(told, drafts))
    calls = len(drafts)
    return Usage(calls, standing * calls + said, standing * max(0, calls - 1), output_tokens=_ANSWER * calls)


async def overnight_in_words(drafts: Sequence[Draft], facts: Sequence[Fact], settings: Settings) -> str:
    """The same for a night."""
    chosen = settings.model
    prices = replace(chosen.prices, share=HALF) if chosen.prices else None
    half = replace(settings, model=replace(chosen, prices=prices))
    return audit_words.overnight(await estimate_in_words(drafts, facts, half))


async def estimate_in_words(drafts: Sequence[Draft], facts: Sequence[Fact], settings: Settings) -> str:
    """The same for people who are to decide."""
    usage, model = await estimate(drafts, settings, facts), settings.model
    return audit_words.estimate(usage, model.prices.of(usage) if model.prices else None, model.name)


# Choosing a language model by hand: found by name on this machine, or named with its address, tried and kept.

_TRY = ModelLimits(call=90.0, total=90.0, attempts=1)
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


async def tried_now(model: ModelSettings) -> Tried:
    """What one tiny call to the model shows."""
    listed = await models_at(model.url or OPENAI, model.key)
    if isinstance(listed, Fitness) and listed in (Fitness.AWAY, Fitness.UNTRUSTED, Fitness.PROXY):
        return Tried(listed)
    opened = open_model(
        api_key=model.key, base_url=model.url, model=model.name, effort=model.effort, limits=_TRY, api=model.api
    )
    try:
        return await try_model(opened, listed, model.name)
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
