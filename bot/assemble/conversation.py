"""The parts of a conversation."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assemble.clock import SystemClock
from bot.assemble.model import secret_for
from bot.core.words.talk import NO_MODEL_YET, PROMPTS, PROMPTS_WITHOUT_MODEL, UNRECORDED
from bot.engine.conversations import EngineConversations
from bot.flows.converse import Converse
from bot.flows.hush import Hush
from bot.flows.recall import Recall
from bot.flows.speak import Speak
from bot.flows.sweep_turns import SweepTurns
from bot.flows.take_turn import TakeTurn
from bot.model.language_model import Limits
from bot.model.opening import open_speaker
from bot.model.prompts import load_prompt
from bot.model.recordings import RecordedSpeaker
from bot.model.talker import Installation, ModelTalker
from bot.rules.private_data import sensitive
from bot.slack.speech import SlackSpeech
from bot.slack.talking import Talking
from bot.store.turns import TurnStore

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.conversation_ports import Talker
    from bot.core.guideline import Library
    from bot.core.ports import Clock, Drafts
    from bot.core.settings_ports import WorkspaceSettingsOf
    from bot.engine import Engine, Flows
    from bot.model.recordings import Recordings
    from bot.model.speaking import SpeakingModel
    from bot.settings import Settings
    from bot.slack.clients import Clients
    from bot.store.database import Database

_SILENCE = 60.0
"""Seconds between two words after which a model counts as gone."""


@asynccontextmanager
async def open_talker(
    settings: Settings, library: Library, recordings: Recordings | None = None
) -> AsyncGenerator[Talker | None]:
    """The model in conversations; None where there is none. Raises `BrokenFiles` for a broken prompt."""
    if not (recordings or settings.model.is_configured):
        yield None
        return
    prompt = load_prompt(settings.prompts / "converse.md", "guidelines")
    model = RecordedSpeaker(recordings) if recordings else _open_speaker(settings)
    talker = ModelTalker(model, library, prompt, Installation(secret_for(settings, recordings), sensitive))
    try:
        yield talker
    finally:
        await talker.aclose()


def _open_speaker(settings: Settings) -> SpeakingModel:
    chosen = settings.model
    return open_speaker(
        api_key=chosen.key,
        base_url=chosen.url,
        model=chosen.name,
        effort=chosen.effort,
        limits=Limits(call=min(_SILENCE, chosen.deadline), total=chosen.deadline),
        api=chosen.api,
    )


@dataclass(frozen=True, slots=True)
class Conversation:
    """``take`` is what listeners hand messages to, ``talking`` the buttons, ``sweep`` runs every minute."""

    take: TakeTurn
    talking: Talking
    sweep: SweepTurns


@dataclass(frozen=True, slots=True)
class Around:
    """What conversations share with the rest."""

    db: Database
    clients: Clients
    clock: Clock
    drafts: Drafts
    settings: WorkspaceSettingsOf


def converse_flow(around: Around, talker: Talker | None, *, local: bool) -> tuple[Converse, Hush]:
    """The flows behind the jobs. ``local`` is True in a local workspace, whose page connects a model."""
    turns = TurnStore(around.db, around.clock)
    speak = Speak(talker, turns, SystemClock()) if talker else None
    recall = Recall(turns, around.drafts, around.settings)
    instead = (UNRECORDED if talker else NO_MODEL_YET) if local else ""
    converse = Converse(turns, SlackSpeech(around.clients), recall, speak, instead)
    return converse, Hush(converse)


def conversation(around: Around, engine: Engine, flows: Flows, talker: Talker | None) -> Conversation:
    """The rest, on an engine that has not started yet."""
    turns = TurnStore(around.db, around.clock)
    jobs = EngineConversations(engine, flows)
    take = TakeTurn(turns, around.drafts, jobs)
    talking = Talking(take, around.clients, PROMPTS if talker else PROMPTS_WITHOUT_MODEL)
    return Conversation(take, talking, SweepTurns(turns, jobs, around.clock))
