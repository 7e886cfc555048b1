"""Every flow with its ports: which concrete class stands behind which port."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.engine import Engine, Flows
from bot.flows.answer_question import AnswerQuestion
from bot.flows.ask_model import AskModel
from bot.flows.catch_up import CatchUp
from bot.flows.keep_clean_text import KeepCleanText
from bot.flows.keep_reply import KeepReply
from bot.flows.receive_message import ReceiveMessage
from bot.flows.record_verdict import RecordVerdict
from bot.flows.refresh import Refresh
from bot.flows.remove_reply import RemoveReply
from bot.flows.review_draft import ReviewDraft
from bot.flows.show_more import ShowMore
from bot.flows.show_why import ShowWhy
from bot.flows.sweep import Sweep
from bot.slack.channels import SlackChannels
from bot.slack.clean_text import SlackCleanTexts
from bot.slack.clicks import Clicks
from bot.slack.thread import SlackThread
from bot.store.clean_texts import CleanTextStore
from bot.store.drafts import DraftStore
from bot.store.judgements import JudgementStore, Prices
from bot.store.replies import ReplyStore
from bot.store.tables import CLEAN_MESSAGES
from bot.store.verdicts import AnswerStore, VerdictStore
from bot.store.watermarks import WatermarkStore

if TYPE_CHECKING:
    from bot.core.guideline import Library
    from bot.core.ports import Critic, Rules, Step
    from bot.settings import Settings
    from bot.slack.clients import Clients
    from bot.store.database import Database


class SystemClock:
    """The `Clock` port."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Judges:
    """Who judges drafts: the fixed rules, and the language model where there is one."""

    rules: Rules
    critic: Critic | None


@dataclass(frozen=True, slots=True)
class Parts:
    """What runs, ready to be started."""

    clock: SystemClock
    engine: Engine
    receive: ReceiveMessage
    clicks: Clicks
    catch_up: CatchUp
    sweep: Sweep
    ask: AskModel | None


def build(
    settings: Settings, library: Library, db: Database, clients: Clients, judges: Judges, *, works: bool
) -> Parts:
    """Put the parts together; nothing runs yet."""
    clock = SystemClock()
    drafts, replies = DraftStore(db, clock), ReplyStore(db, clock)
    thread, answers = SlackThread(clients, _titles(library)), AnswerStore(db)
    keep_reply = KeepReply(drafts, replies, thread, clock, _keep_clean_text(db, clients, drafts, clock))
    ask = _ask(settings, db, drafts, judges.critic, clock)

    # The engine runs the flows, and the flows ask the engine for further jobs.
    async def review_draft(step: Step, draft_id: str, revision: str, round_: int) -> str:
        return await review(step, draft_id, revision, round_)

    flows = Flows(review_draft, RemoveReply(keep_reply, thread), Refresh(keep_reply))
    engine = Engine(_engine_url(settings), flows, works=works)
    review = ReviewDraft(
        drafts, judges.rules, keep_reply, ask, answers, thread, jobs=engine, patience=settings.model.patience
    )
    channels = SlackChannels(clients, settings.draft_channels, clock)
    watermarks = WatermarkStore(db)
    receive = ReceiveMessage(drafts, engine, channels, watermarks)
    catch_up = CatchUp(channels, drafts, watermarks, receive, clock)
    decide, answer = RecordVerdict(drafts, VerdictStore(db), engine), AnswerQuestion(drafts, answers, engine)
    clicks = Clicks(decide, answer, ShowWhy(drafts, library), ShowMore(drafts), _titles(library), clients)
    return Parts(clock, engine, receive, clicks, catch_up, Sweep(drafts, engine, clock), ask)


def _titles(library: Library) -> dict[str, str]:
    return {guideline.id: guideline.title for guideline in library.guidelines}


def _ask(
    settings: Settings, db: Database, drafts: DraftStore, critic: Critic | None, clock: SystemClock
) -> AskModel | None:
    prices = Prices(*settings.model.prices) if settings.model.prices else None
    return AskModel(critic, drafts, JudgementStore(db, clock, prices), clock) if critic else None


def _keep_clean_text(db: Database, clients: Clients, drafts: DraftStore, clock: SystemClock) -> KeepCleanText:
    messages = ReplyStore(db, clock, CLEAN_MESSAGES)
    return KeepCleanText(drafts, messages, SlackCleanTexts(clients), clock, texts=CleanTextStore(db))


def _engine_url(settings: Settings) -> str:
    return settings.database_url or f"sqlite:///{settings.data_dir / 'engine.db'}"
