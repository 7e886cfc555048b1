"""Every flow with its ports: which concrete class stands behind which port."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.assemble.capabilities import (
    Commanding,
    CommandNeeds,
    Conversation,
    ConversationParts,
    DigestParts,
    HomeNeeds,
    HomeParts,
    People,
    Signing,
    conversation,
    converse_flow,
    deciding,
    finishing,
    home_parts,
    looking,
    reader,
)
from bot.assemble.installing import departures, leaving, where_installed, workspaces
from bot.assemble.memory import SystemClock
from bot.engine.jobs import Engine, Flows
from bot.flows.deciding import AnswerQuestion, OwnContacts, RecordVerdict
from bot.flows.private_reviews import ReviewInPrivate, ReviewOnRequest, SweepPrivate
from bot.flows.receiving import AdmitOutsiders, ReceiveMessage
from bot.flows.replying import KeepCleanText, KeepReply, Refresh, RemoveReply, ShowMore, ShowWhy
from bot.flows.reviewing import AskModel, ReviewDraft
from bot.flows.watching import CatchUp, CheckDelivery, Isolate, KeepWatch, Sweep, TellLeads
from bot.slack.channels import SlackChannels, SlackNames
from bot.slack.clicks import Clicks
from bot.slack.private_reviews import AnswersByAddress, PrivateReplies, Shortcuts
from bot.slack.threads import SlackCleanTexts, SlackDirectMessages, SlackThread
from bot.store.deciding import AnswerStore, ExceptionTable, VerdictStore
from bot.store.drafts import DraftStore, ReplyStore
from bot.store.reviewing import AttemptStore, CleanTextStore, JudgementStore, ModelPrices, PrivateReviewStore
from bot.store.tables import CLEAN_MESSAGES
from bot.store.watching import NoticeStore, PresenceStore, WatermarkStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.assemble.capabilities import Digests
    from bot.assemble.installing import JudgingParts, WorkspaceParts
    from bot.core.ports import Clock, Step
    from bot.settings import Settings
    from bot.slack.clients import Clients
    from bot.slack.deciding import Deciding
    from bot.slack.installing import Departures
    from bot.slack.listeners import Tools
    from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Foundation:
    """Where everything runs: the settings, what judges, and the way to people, memory and time."""

    settings: Settings
    judging: JudgingParts
    db: Database
    clients: Clients
    clock: Clock
    works: bool
    is_rehearsal: bool = False
    """True in a local workspace that somebody tries Candor in."""


class Parts:
    """What runs, each part made when it is first asked for. The engine runs the flows and flows ask it for jobs."""

    def __init__(self, place: Foundation) -> None:
        self._place = place
        self.clock = place.clock

    @cached_property
    def own(self) -> WorkspaceParts:
        """What every workspace has of its own."""
        place = self._place
        return workspaces(place.settings, place.judging, place.db, place.clients, place.clock)

    @cached_property
    def drafts(self) -> DraftStore:
        """The drafts."""
        return DraftStore(self._place.db, self.clock)

    @cached_property
    def names(self) -> SlackNames:
        """The names of people and channels."""
        return SlackNames(self._place.clients, self.clock)

    @cached_property
    def engine(self) -> Engine:
        """Runs the jobs; to be started first and stopped last."""
        return Engine(_engine_url(self._place.settings), self._flows, works=self._place.works)

    def complete(self) -> Engine:
        """The engine with every kind of job: those that parts bring along cannot be added after its start."""
        _ = self.conversation, self.people
        return self.engine

    @cached_property
    def ask(self) -> AskModel | None:
        """The calls to the model that are under way; None without a model."""
        place, prices = self._place, self._place.settings.model.prices
        judgements = JudgementStore(place.db, self.clock, ModelPrices(*prices) if prices else None)
        look = looking(place.judging.viewer, place.db, place.clients)
        return AskModel(self.drafts, judgements, self.clock, look) if place.judging.critic_for else None

    @cached_property
    def receive(self) -> ReceiveMessage:
        """Takes what Slack says about messages."""
        seen, muted, talk = WatermarkStore(self._place.db), self._signing.is_muted, self.conversation.take
        return ReceiveMessage(self.drafts, self.engine, self._channels, seen, muted, talk, self._admit)

    @cached_property
    def clicks(self) -> Clicks:
        """Takes what people press in a reply."""
        db, library = self._place.db, self._place.judging.library
        verdicts, exceptions = VerdictStore(db), ExceptionTable(db, self.clock)
        contacts = OwnContacts(self.drafts, verdicts, self.engine, self.own.settings, self.own.change)
        decide = RecordVerdict(self.drafts, verdicts, self.engine, exceptions, contacts)
        answer = AnswerQuestion(self.drafts, AnswerStore(db), self.engine)
        why, more = ShowWhy(self.drafts, library), ShowMore(self.drafts)
        return Clicks(decide, answer, why, more, contacts, self._problems, self._place.clients)

    @cached_property
    def watch(self) -> KeepWatch:
        """Notes when Candor is there, and reads back what it missed."""
        place, receive = self._place, self.receive
        notices, clock = NoticeStore(place.db, self.clock), SystemClock()  # when a rehearsal jumps, nobody was away
        catch_up = CatchUp(
            channels=receive.channels,
            drafts=receive.drafts,
            watermarks=receive.watermarks,
            receive=receive,
            clock=clock,
            late=place.clients.since,
        )
        return KeepWatch(catch_up, receive.channels, PresenceStore(place.db), notices, self._tell_leads, clock)

    @cached_property
    def delivery(self) -> CheckDelivery:
        """To be run every few minutes where Slack delivers over HTTP."""
        receive = self.receive
        return CheckDelivery(
            channels=receive.channels,
            drafts=receive.drafts,
            watermarks=receive.watermarks,
            receive=receive,
            tell=self._tell_leads,
            clock=self.clock,
        )

    @cached_property
    def _tell_leads(self) -> TellLeads:
        place = self._place
        notices = NoticeStore(place.db, self.clock)
        return TellLeads(self.own.leads, notices, SlackDirectMessages(place.clients), self.own.sees)

    @cached_property
    def shortcuts(self) -> Shortcuts:
        """Takes the shortcut on a message."""
        muted, private = self._signing.opt_outs, self._alone.private
        asked = ReviewOnRequest(self.drafts, private, self.engine, self._channels, self.clock, muted, self._admit)
        return Shortcuts(asked, self._place.clients, self.names)

    @cached_property
    def tools(self) -> Tools:
        """Takes sign-offs, mutes and thumbs."""
        return self._signing.tools(self.engine)

    @cached_property
    def digests(self) -> Digests:
        """The weekly digest."""
        return self._digest_parts.with_jobs(self.engine)

    @cached_property
    def conversation(self) -> Conversation:
        """Talks with people."""
        return conversation(self._around, self.engine, self._flows, self._place.judging.talker)

    @cached_property
    def deciding(self) -> Deciding:
        """Takes dismissals with their scope, and exceptions."""
        return deciding(self.own, self._place.db, self.engine, self.clicks, self.clock)

    @cached_property
    def home(self) -> HomeParts:
        """The Home tab, the composer and the workflow step."""
        place, shown = self._place, self.deciding.open_exceptions
        ground = HomeNeeds(place.db, place.clients, self.clock, self.engine, self.digests.preview, shown)
        return home_parts(self.own, place.judging.library, ground)

    @cached_property
    def people(self) -> Commanding:
        """Commands, privacy and the introduction."""
        return self._people.with_jobs(self._flows, CommandNeeds(self.home, self.deciding, self.digests))

    @cached_property
    def sweeps(self) -> tuple[Callable[[], Awaitable[object]], ...]:
        """To be run every minute: each takes up what something left behind."""
        sweep = Sweep(self.drafts, self.engine, self.clock, self._signing.is_muted)
        return sweep, SweepPrivate(self._alone.private, self.engine, self.clock), self.conversation.sweep

    @cached_property
    def departures(self) -> Departures:
        """Hears of workspaces that go."""
        return departures(self._place.db, self._place.clients, self.clock, self.engine)

    @cached_property
    def _flows(self) -> Flows:
        around, clients = self._around, self._place.clients

        async def review(step: Step, draft_id: str, revision: str, round_: int) -> str:
            return await self._review(step, draft_id, revision, round_)

        flows = Flows(
            review,
            RemoveReply(self._keep_reply, self._thread),
            Refresh(self._keep_reply, self._signing.tell),
            self._alone,
            leaving(around.db, clients, self.clock, lambda: self.engine),
            self._digest_parts.send,
            *converse_flow(around, self._place.judging.talker, local=self._place.is_rehearsal),
        )
        return where_installed(clients, self._people.flows(flows))

    @cached_property
    def _review(self) -> ReviewDraft:
        place, thread = self._place, self._thread
        answers, patience = AnswerStore(place.db), place.settings.model.patience
        finish = finishing(self.own, place.judging, self.drafts, place.db)
        judges, keep = self.own.judges, self._keep_reply
        return ReviewDraft(
            *(self.drafts, judges, keep, self.ask, answers, thread, self.engine, patience),
            finish=finish,
            isolate=Isolate(AttemptStore(place.db), self._tell_leads),
        )

    @cached_property
    def _alone(self) -> ReviewInPrivate:
        db, clients = self._place.db, self._place.clients
        answers = AnswersByAddress(PrivateReplies(self._problems), clients)
        return ReviewInPrivate(PrivateReviewStore(db), answers, self.own.judges, self.clock, self.ask)

    @cached_property
    def _keep_reply(self) -> KeepReply:
        place, drafts, clock = self._place, self.drafts, self.clock
        messages, shown = ReplyStore(place.db, clock, CLEAN_MESSAGES), SlackCleanTexts(place.clients)
        clean_text = KeepCleanText(drafts, messages, shown, clock, texts=CleanTextStore(place.db))
        return KeepReply(drafts, ReplyStore(place.db, clock), self._thread, clock, clean_text, self._signing.keep)

    @cached_property
    def _thread(self) -> SlackThread:
        return SlackThread(self._place.clients, self._problems)

    @cached_property
    def _signing(self) -> Signing:
        place = self._place
        own = self.own
        return Signing(place.db, place.clients, self.clock, self.drafts, own.leads, self._problems, own.sees)

    @cached_property
    def _digest_parts(self) -> DigestParts:
        return DigestParts(self.own, self._problems, self._place.db, self._place.clients, self.clock)

    @cached_property
    def _people(self) -> People:
        jobs = (lambda: self.engine, lambda: self.conversation.sweep.jobs)
        return People(self._around, self.own, self._channels, reader(self._place.settings), jobs)

    @cached_property
    def _around(self) -> ConversationParts:
        return ConversationParts(self._place.db, self._place.clients, self.clock, self.drafts, self.own.settings)

    @cached_property
    def _channels(self) -> SlackChannels:
        place = self._place
        return SlackChannels(place.clients, self.own.settings, place.settings.draft_channels, self.clock, self.names)

    @cached_property
    def _admit(self) -> AdmitOutsiders:
        return AdmitOutsiders(self.own.settings)

    @cached_property
    def _problems(self) -> dict[str, str]:
        return self._place.judging.library.problems


def _engine_url(settings: Settings) -> str:
    return settings.database_url or f"sqlite:///{settings.data_dir / 'engine.db'}"
