"""What people do with reviews: flows and their ports, capability by capability."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.assemble.judging import open_chosen, secret_for
from bot.assemble.memory import SystemClock
from bot.core.privacy import Reader
from bot.core.words.conversing import NO_MODEL_YET, PROMPTS, PROMPTS_WITHOUT_MODEL, UNRECORDED
from bot.engine.jobs import EngineConversations, EnginePeople
from bot.flows.conversing import Converse, Recall, Speak, SweepTurns, TakeTurn
from bot.flows.deciding import (
    ChangeAnswer,
    DismissFinding,
    ExplainFeedback,
    GiveFeedback,
    LiftException,
    ListExceptions,
)
from bot.flows.digesting import ComposeDigest, PreviewDigest, SendDigest, SendDigestNow, SweepDigests
from bot.flows.home import ComposeDraft, EditComposed, ListDrafts, RemoveComposed, ShowHome
from bot.flows.installing import Introduce
from bot.flows.muting import Hush, IsMuted, MutePerson, MuteThread, UnmutePerson, UnmuteThread
from bot.flows.pictures import LookAtPictures, TellPictures
from bot.flows.privacy import ExportPerson, ForgetPerson, ShowPrivacy, SweepRetention
from bot.flows.private_reviews import ReviewInWorkflow, ReviewTyped
from bot.flows.receiving import ExpireDraft
from bot.flows.reviewing import FinishCritique
from bot.flows.settings import ChooseGuidelines, SwitchChannel
from bot.flows.sign_off import AskForSignOff, CountedSignOffs, DecideSignOff, KeepSignOff, LookAtSignOff, TellSignOff
from bot.flows.watching import CheckChannels, TellLeads
from bot.model.brief import load_prompt
from bot.model.conversing import ConversationSetup, ModelTalker
from bot.model.language_model import ModelLimits
from bot.model.opening import open_speaker
from bot.model.pictures import ModelViewer
from bot.model.recorded import RecordedModel, RecordedSpeaker
from bot.rules.private_data import sensitive
from bot.slack.channels import SlackLinks
from bot.slack.clicks import FeedbackClicks
from bot.slack.commands import CommandFlows, Commands
from bot.slack.composing import Composing, SlackDraftBoard
from bot.slack.conversing import SlackSpeech, Talking
from bot.slack.deciding import Deciding
from bot.slack.digesting import SlackBoard
from bot.slack.home import HomeTabs
from bot.slack.installing import Arrivals, SlackIntroductions
from bot.slack.listeners import (
    Deletions,
    Tools,
    register_arrivals,
    register_commands,
    register_composing,
    register_home,
    register_steps,
)
from bot.slack.muting import MenuClicks
from bot.slack.points import SlackPictures
from bot.slack.privacy import SlackFarewells, SlackMailbox
from bot.slack.private_reviews import WorkflowSteps
from bot.slack.sign_off import SignOffClicks, SlackSignOffs
from bot.slack.threads import SlackDirectMessages
from bot.store.conversing import TurnStore
from bot.store.deciding import AnswerStore, ExceptionTable, FeedbackStore, VerdictStore
from bot.store.digesting import DigestFigureStore, EditionStore
from bot.store.drafts import DraftStore, OwnDraftStore, ReplyStore
from bot.store.muting import OptOutStore, ThreadMuteStore
from bot.store.privacy import PersonalStore, RetentionStore
from bot.store.reviewing import LookStore, PrivateReviewStore
from bot.store.sign_off import SignOffStore
from bot.store.tables import SIGN_OFF_MESSAGES
from bot.store.watching import NoticeStore

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from slack_bolt.async_app import AsyncApp

    from bot.assemble.installing import Chore, JudgingParts, WorkspaceParts
    from bot.core.conversing import Talker
    from bot.core.digesting import DigestJobs
    from bot.core.guidelines import Library
    from bot.core.home import WeekSoFar
    from bot.core.ports import Clock, Drafts, Jobs, Step, Viewer
    from bot.core.privacy import Hushing
    from bot.core.private_reviews import PrivateJobs
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.watching import BrandLeads
    from bot.engine.jobs import Engine, Flows
    from bot.flows.watching import WhoSees
    from bot.model.language_model import SpeakingModel
    from bot.model.recorded import Recordings
    from bot.settings import Settings
    from bot.slack.channels import SlackChannels
    from bot.slack.clicks import Clicks
    from bot.slack.clients import Clients
    from bot.store.database import Database


# Looking at pictures, where the settings ask for it and a model is configured.

_LONGEST = 30.0
"""Seconds that a look may take: people wait for the review."""


@asynccontextmanager
async def open_viewer(settings: Settings, recordings: Recordings | None = None) -> AsyncGenerator[Viewer | None]:
    """The model that looks at pictures; None where none does. Raises `BrokenFiles` for a broken prompt."""
    if not (recordings or settings.model.looks):
        yield None
        return
    prompt = load_prompt(settings.prompts / "pictures.md")
    model, limits = (RecordedModel(recordings), ModelLimits()) if recordings else open_chosen(settings)
    try:
        yield ModelViewer(model, prompt.substitute(), replace(limits, total=min(_LONGEST, limits.total)))
    finally:
        await model.aclose()


def looking(viewer: Viewer | None, db: Database, clients: Clients) -> LookAtPictures | None:
    """What looks before a draft is judged."""
    return LookAtPictures(SlackPictures(clients), LookStore(db), viewer) if viewer else None


def telling(viewer: Viewer | None, db: Database, own: WorkspaceParts) -> TellPictures | None:
    """What tells of it in the review."""
    return TellPictures(LookStore(db), own.judges, viewer.sight) if viewer else None


# What follows on a critique: dismissals, exceptions, answers that change, labels.


def deciding(own: WorkspaceParts, db: Database, jobs: Jobs, clicks: Clicks, clock: Clock) -> Deciding:
    """The windows with their flows."""
    drafts, exceptions = DraftStore(db, clock), ExceptionTable(db, clock)
    return Deciding(
        DismissFinding(drafts, VerdictStore(db), exceptions, own.leads, jobs, clock),
        ChangeAnswer(drafts, AnswerStore(db), jobs),
        ListExceptions(exceptions, drafts, own.sees),
        LiftException(exceptions, own.leads, jobs),
        clicks,
        clock,
    )


def finishing(own: WorkspaceParts, judging: JudgingParts, drafts: Drafts, db: Database) -> FinishCritique:
    """What code adds to a critique."""
    pictures = telling(judging.viewer, db, own)
    return FinishCritique(drafts, VerdictStore(db), judging.library, own.settings, pictures)


# Sign-off, mutes and thumbs: what stands around every review.


@dataclass(frozen=True, slots=True)
class Signing:
    """The stores and flows. ``titles`` say what is wrong, by the guidelines' ids."""

    db: Database
    clients: Clients
    clock: Clock
    drafts: Drafts
    leads: BrandLeads
    titles: Mapping[str, str]
    sees: WhoSees

    @property
    def opt_outs(self) -> OptOutStore:
        """Who wants no reviews."""
        return OptOutStore(self.db)

    @property
    def is_muted(self) -> IsMuted:
        """Whether Candor keeps quiet about a draft."""
        return IsMuted(self.opt_outs)

    @property
    def keep(self) -> KeepSignOff:
        """Keeps the message about a sign-off."""
        messages = ReplyStore(self.db, self.clock, SIGN_OFF_MESSAGES)
        shown = SlackSignOffs(self.clients, self.titles)
        return KeepSignOff(self.drafts, messages, shown, self.clock, leads=self.leads)

    @property
    def tell(self) -> TellSignOff:
        """Tells brand leads what waits for them."""
        notices, messages = NoticeStore(self.db, self.clock), SlackDirectMessages(self.clients)
        return TellSignOff(self.drafts, self.leads, notices, messages, SlackLinks(self.clients), self.sees)

    def tools(self, jobs: Jobs) -> Tools:
        """Takes what people do there."""
        sign_offs, look = SignOffStore(self.db), LookAtSignOff(self.drafts, self.leads)
        ask = AskForSignOff(self.drafts, sign_offs, self.leads, jobs, self.clock)
        decide = DecideSignOff(look, sign_offs, jobs, self.clock)
        clicks = SignOffClicks(ask, decide, self.titles, self.clients)
        mutes, feedbacks = ThreadMuteStore(self.db), FeedbackStore(self.db, self.clock)
        unmute = UnmuteThread(self.drafts, mutes, jobs)
        menu = MenuClicks(clicks, MuteThread(self.drafts, mutes, jobs, self.clock), unmute, self.clients)
        return Tools(menu, clicks, FeedbackClicks(GiveFeedback(feedbacks), ExplainFeedback(feedbacks), self.clients))


# The weekly digest: its flows with their ports.

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Digests:
    """What runs of the digest, and what other parts may call."""

    sweep: SweepDigests
    preview: PreviewDigest
    now: SendDigestNow

    @property
    def chores(self) -> tuple[tuple[float, Callable[[], Awaitable[object]]], ...]:
        """What is to be done again and again, with the seconds between."""
        return ((_MINUTE, self.sweep),)


class DigestParts:
    """The parts of the digest. The engine runs `send`; the others ask the engine, so they come after it."""

    def __init__(
        self, own: WorkspaceParts, titles: Mapping[str, str], db: Database, clients: Clients, clock: Clock
    ) -> None:
        """``titles`` say what is wrong, by the guidelines' ids."""
        self._settings, self._clients, self._clock = own.settings, clients, clock
        self._editions = EditionStore(db, clock)
        exceptions, waiting = ExceptionTable(db, clock), CountedSignOffs(SignOffStore(db))
        self._compose = ComposeDigest(own.settings, DigestFigureStore(db), waiting, exceptions, clock)
        tell = TellLeads(own.leads, NoticeStore(db, clock), SlackDirectMessages(clients), own.sees)
        self.send = SendDigest(
            self._editions, self._compose, SlackBoard(clients, titles), tell, clock, own.sees.audience
        )

    def with_jobs(self, jobs: DigestJobs) -> Digests:
        """What asks for jobs, and the rest."""
        return Digests(
            SweepDigests(Teams(self._clients), self._settings, self._editions, jobs, self._clock),
            PreviewDigest(self._compose, self._editions, self._clock),
            SendDigestNow(self._editions, self._settings, jobs, self._clock),
        )


class Teams:
    """The `Workspaces` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces' ids."""
        return tuple(one.team for one in self._clients)


# The Home tab, the windows behind it, composed drafts and the workflow step: their flows with their ports.


@dataclass(frozen=True, slots=True)
class HomeParts:
    """What listens around the Home tab."""

    tabs: HomeTabs
    composing: Composing
    steps: WorkflowSteps

    def register(self, app: AsyncApp) -> None:
        """Listen. Of Slack's "somebody opened the app" this takes the Home tab alone, so it comes before others."""
        register_home(app, self.tabs)
        register_composing(app, self.composing)
        register_steps(app, self.steps)


@dataclass(frozen=True, slots=True)
class HomeNeeds:
    """What the parts stand on."""

    db: Database
    clients: Clients
    clock: Clock
    jobs: PrivateJobs
    week: WeekSoFar
    open_exceptions: Callable[[str, str, str], Awaitable[None]]


def home_parts(own: WorkspaceParts, library: Library, ground: HomeNeeds) -> HomeParts:
    """The parts; nothing listens yet. ``library`` holds the guidelines of every pack."""
    db, clients, clock, jobs = ground.db, ground.clients, ground.clock, ground.jobs
    drafts, answers, joined = DraftStore(db, clock), AnswerStore(db), own.joined
    listed = ListDrafts(OwnDraftStore(db), drafts, SlackLinks(clients), clock, SignOffStore(db), own.sees)
    show = ShowHome(own.settings, own.values, own.leads, listed, joined, library, ground.week)
    board = SlackDraftBoard(clients)
    composing = Composing(
        ComposeDraft(board, drafts, answers, jobs, NoticeStore(db, clock), clock),
        EditComposed(board, drafts, answers, jobs, clock),
        RemoveComposed(board, drafts, jobs),
        own.settings,
        joined,
        clients,
        own.sees,
    )
    steps = WorkflowSteps(ReviewInWorkflow(PrivateReviewStore(db), jobs, clock), clients)
    return HomeParts(
        HomeTabs(show, ChooseGuidelines(own.change), joined, clients, ground.open_exceptions), composing, steps
    )


# The slash command, privacy, retention and introductions: their flows with their ports.

_RETENTION, _CHECK = 3600.0, 60.0
"""Seconds between two looks for what is kept no longer, and for channels that Candor is not in."""


@dataclass(frozen=True, slots=True)
class CommandNeeds:
    """The parts that the commands lead to."""

    home: HomeParts
    deciding: Deciding
    digests: Digests


@dataclass(frozen=True, slots=True)
class Commanding:
    """What listens and what is done every so many seconds."""

    commands: Commands
    deletions: Deletions
    arrivals: Arrivals
    chores: tuple[Chore, ...]

    def register(self, app: AsyncApp) -> None:
        """Listen."""
        register_commands(app, self.commands, self.deletions)
        register_arrivals(app, self.arrivals)


class People:
    """The engine runs some of it, and some of it asks the engine: ``engine`` and ``hushing`` are asked when it runs."""

    def __init__(
        self,
        around: ConversationParts,
        own: WorkspaceParts,
        channels: SlackChannels,
        reader: Reader,
        late: tuple[Callable[[], Engine], Callable[[], Hushing]],
    ) -> None:
        """``late`` are the engine and what removes answers in conversations."""
        self._around, self._own, self._channels, self._reader = around, own, channels, reader
        self._engine, self._hushing = late
        self._data = PersonalStore(around.db)
        notices, introductions = NoticeStore(around.db, around.clock), SlackIntroductions(around.clients)
        self._introduce = Introduce(notices, introductions, own.settings, channels, reader)
        self._messages = SlackDirectMessages(around.clients)
        self._tell = TellLeads(own.leads, notices, self._messages, own.sees)

    def flows(self, flows: Flows) -> Flows:
        """The jobs, together with these."""
        around = self._around
        export = ExportPerson(self._data, SlackMailbox(around.clients), around.clock, self._own.sees.audience)
        retention, farewells = RetentionStore(around.db), SlackFarewells(around.clients)
        expire = ExpireDraft(around.drafts, retention, farewells, around.settings, around.clock)
        return replace(flows, export=export, forget=self._forget, expire=expire, introduce=self._introduce)

    def with_jobs(self, flows: Flows, beside: CommandNeeds) -> Commanding:
        """What listens, and the chores; before the engine starts."""
        around, own, engine = self._around, self._own, self._engine()
        jobs = EnginePeople(engine, flows)
        joined, opt_outs = beside.home.tabs.joined, OptOutStore(around.db)
        doors = CommandFlows(
            ReviewTyped(PrivateReviewStore(around.db), engine, around.clock),
            beside.home.tabs.show,
            own.change,
            beside.digests.preview,
            beside.digests.now,
            MutePerson(opt_outs, around.clock),
            UnmutePerson(opt_outs),
            ShowPrivacy(self._data, own.settings, self._reader),
            jobs,
            beside.home.tabs.settings,
            beside.deciding.exception_list,
        )
        switch = SwitchChannel(own.change, joined, own.leads)
        sweep = SweepRetention(self._channels, own.settings, RetentionStore(around.db), jobs, around.clock)
        check = CheckChannels(self._channels, self._tell)
        arrivals = Arrivals(jobs, switch, self._introduce, around.clients)
        return Commanding(Commands(doors), Deletions(jobs), arrivals, ((_RETENTION, sweep), (_CHECK, check)))

    async def _forget(self, step: Step, team: str, user: str, wish: str) -> str:
        flow = ForgetPerson(self._data, self._around.drafts, self._engine(), self._hushing(), self._messages)
        return await flow(step, team, user, wish)


def reader(settings: Settings) -> Reader:
    """Who reads texts with these settings."""
    chosen = settings.model
    if not chosen.is_configured:
        return Reader()
    return Reader(chosen.name, urlsplit(chosen.url or "").netloc or "api.openai.com", sees_pictures=chosen.looks)


# The parts of a conversation.

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
    talker = ModelTalker(model, library, prompt, ConversationSetup(secret_for(settings, recordings), sensitive))
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
        limits=ModelLimits(call=min(_SILENCE, chosen.deadline), total=chosen.deadline),
        api=chosen.api,
    )


@dataclass(frozen=True, slots=True)
class Conversation:
    """``take`` is what listeners hand messages to, ``talking`` the buttons, ``sweep`` runs every minute."""

    take: TakeTurn
    talking: Talking
    sweep: SweepTurns


@dataclass(frozen=True, slots=True)
class ConversationParts:
    """What conversations share with the rest."""

    db: Database
    clients: Clients
    clock: Clock
    drafts: Drafts
    settings: WorkspaceSettingsOf


def converse_flow(around: ConversationParts, talker: Talker | None, *, local: bool) -> tuple[Converse, Hush]:
    """The flows behind the jobs. ``local`` is True in a local workspace, whose page connects a model."""
    turns = TurnStore(around.db, around.clock)
    speak = Speak(talker, turns, SystemClock()) if talker else None
    recall = Recall(turns, around.drafts, around.settings)
    instead = (UNRECORDED if talker else NO_MODEL_YET) if local else ""
    converse = Converse(turns, SlackSpeech(around.clients), recall, speak, instead)
    return converse, Hush(converse)


def conversation(around: ConversationParts, engine: Engine, flows: Flows, talker: Talker | None) -> Conversation:
    """The rest, on an engine that has not started yet."""
    turns = TurnStore(around.db, around.clock)
    jobs = EngineConversations(engine, flows)
    take = TakeTurn(turns, around.drafts, jobs)
    talking = Talking(take, around.clients, PROMPTS if talker else PROMPTS_WITHOUT_MODEL)
    return Conversation(take, talking, SweepTurns(turns, jobs, around.clock))
