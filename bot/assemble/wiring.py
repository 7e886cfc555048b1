"""Every flow with its ports: which concrete class stands behind which port."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from bot.assemble.installing import where_installed, workspaces
from bot.assemble.journal import Metrics, ReviewJournal
from bot.assemble.judging import reader
from bot.assemble.memory import SystemClock
from bot.assemble.operating import engine_url
from bot.core.words import facts as fact_words
from bot.core.words.conversing import NO_MODEL_YET, PROMPTS, PROMPTS_WITHOUT_MODEL, UNRECORDED
from bot.engine.jobs import Engine, Flows
from bot.engine.status import JobTables
from bot.flows.asking import AskModel
from bot.flows.conversing import Converse, Recall, Speak, SweepTurns, TakeTurn
from bot.flows.deciding import (
    AnswerQuestion,
    ChangeAnswer,
    DismissFinding,
    ExplainFeedback,
    GiveFeedback,
    LiftException,
    ListExceptions,
    OwnContacts,
    ProposeRelief,
    RecordVerdict,
)
from bot.flows.digesting import ComposeDigest, PreviewDigest, SendDigest, SendDigestNow, SweepDigests
from bot.flows.facts import ChangeFacts, ExportFacts, FactOfPoint
from bot.flows.home import ComposeDraft, EditComposed, ListDrafts, RemoveComposed, ShowHome
from bot.flows.installing import DisableWorkspace, Introduce, LeaveWorkspace
from bot.flows.isolating import Isolate
from bot.flows.muting import Hush, IsMuted, MutePerson, MuteThread, UnmutePerson, UnmuteThread
from bot.flows.pictures import LookAtPictures, TellPictures
from bot.flows.privacy import ExportPerson, ForgetPerson, ShowPrivacy
from bot.flows.private_reviews import (
    ReviewInPrivate,
    ReviewInWorkflow,
    ReviewOnRequest,
    ReviewTyped,
    SweepPrivate,
)
from bot.flows.receiving import AdmitOutsiders, ReceiveMessage
from bot.flows.replying import KeepCleanText, KeepReply, Refresh, RemoveReply, ShowMore, ShowWhy
from bot.flows.retention import ExpireDraft, SweepRetention
from bot.flows.reviewing import FinishCritique, ReviewDraft
from bot.flows.settings import ChooseGuidelines, SwitchChannel
from bot.flows.sign_off import AskForSignOff, CountedSignOffs, DecideSignOff, KeepSignOff, LookAtSignOff, TellSignOff
from bot.flows.watching import CatchUp, CheckChannels, CheckDelivery, KeepWatch, Sweep, TellLeads
from bot.rules.wording import covers
from bot.slack.channels import SlackChannels, SlackLinks, SlackNames
from bot.slack.clicks import Clicks, FeedbackClicks
from bot.slack.commands import CommandFlows, Commands
from bot.slack.composing import Composing, SlackDraftBoard
from bot.slack.conversing import SlackSpeech, Talking
from bot.slack.deciding import Deciding
from bot.slack.digesting import SlackBoard
from bot.slack.facts import FactWindows
from bot.slack.home import HomeTabs
from bot.slack.installing import Arrivals, Departures, SlackIntroductions
from bot.slack.listeners import Messages, Takers
from bot.slack.muting import MenuClicks
from bot.slack.points import SlackPictures
from bot.slack.privacy import Deletions, SlackFarewells, SlackMailbox
from bot.slack.private_reviews import AnswersByAddress, PrivateReplies, Shortcuts, StepTokens, WorkflowSteps
from bot.slack.sign_off import SignOffClicks, SlackSignOffs
from bot.slack.threads import SlackCleanTexts, SlackDirectMessages, SlackThread
from bot.store.conversing import TurnStore
from bot.store.database import Vault
from bot.store.deciding import AnswerStore, ExceptionTable, FeedbackStore, RepeatStore, VerdictStore
from bot.store.digesting import DigestFigureStore, EditionStore
from bot.store.drafts import DraftStore, OwnDraftStore, ReplyStore
from bot.store.installing import InstallationStore
from bot.store.muting import OptOutStore, ThreadMuteStore
from bot.store.privacy import PersonalStore
from bot.store.retention import RetentionStore
from bot.store.reviewing import (
    AttemptStore,
    CleanTextStore,
    JudgementStore,
    LookStore,
    ModelPrices,
    PrivateReviewStore,
)
from bot.store.settings import WorkspaceStore
from bot.store.sign_off import SignOffStore
from bot.store.tables import CLEAN_MESSAGES, SIGN_OFF_MESSAGES
from bot.store.watching import NoticeStore, PresenceStore, SeenRequestStore, WatermarkStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.assemble.installing import Chore, WorkspaceParts
    from bot.assemble.judging import JudgingParts
    from bot.assemble.memory import Rehearsal
    from bot.core.privacy import Reader
    from bot.settings import Settings
    from bot.slack.clients import Clients
    from bot.store.database import Database

_MINUTE, _HOUR = 60.0, 3600.0
_CHECK = _MINUTE
"""Seconds between two looks for channels that Candor is not in."""


class Parts:
    """What runs, each part made when it is first asked for. The flows ask the engine for jobs, and it runs them."""

    def __init__(
        self,
        settings: Settings,
        *,
        judging: JudgingParts,
        db: Database,
        clients: Clients,
        works: bool = True,
        rehearsal: Rehearsal | None = None,
    ) -> None:
        self._settings, self._judging, self._db, self._clients = settings, judging, db, clients
        self._works, self._is_rehearsal = works, rehearsal is not None
        self.clock = rehearsal.clock if rehearsal else SystemClock()

    # What everything stands on.

    @cached_property
    def engine(self) -> Engine:
        """Runs the jobs; to be started first, with `flows`, and stopped last."""
        return Engine(engine_url(self._settings), works=self._works)

    @cached_property
    def own(self) -> WorkspaceParts:
        """What every workspace has of its own."""
        return workspaces(self._settings, self._judging, db=self._db, clients=self._clients, clock=self.clock)

    @cached_property
    def drafts(self) -> DraftStore:
        """The drafts."""
        return DraftStore(self._db, self.clock, covers)

    @cached_property
    def seen_requests(self) -> SeenRequestStore | None:
        """The requests that any receiver has taken; of a SQLite file there is one receiver alone."""
        return None if self._db.is_sqlite else SeenRequestStore(self._db, SystemClock())

    @cached_property
    def names(self) -> SlackNames:
        """The names of people and channels."""
        return SlackNames(self._clients, self.clock)

    @cached_property
    def _channels(self) -> SlackChannels:
        named = self._settings.draft_channels
        return SlackChannels(self._clients, self.own.settings, named, self.clock, self.names)

    @cached_property
    def _problems(self) -> Mapping[str, str]:
        return self._judging.library.problems

    @cached_property
    def _notices(self) -> NoticeStore:
        return NoticeStore(self._db, self.clock)

    @cached_property
    def _messages(self) -> SlackDirectMessages:
        return SlackDirectMessages(self._clients)

    @cached_property
    def _links(self) -> SlackLinks:
        return SlackLinks(self._clients)

    @cached_property
    def _tell_leads(self) -> TellLeads:
        return TellLeads(self.own.leads, self._notices, self._messages, self.own.sees)

    @cached_property
    def _answers(self) -> AnswerStore:
        return AnswerStore(self._db)

    @cached_property
    def _verdicts(self) -> VerdictStore:
        return VerdictStore(self._db)

    @cached_property
    def _exceptions(self) -> ExceptionTable:
        return ExceptionTable(self._db, self.clock)

    @cached_property
    def _opt_outs(self) -> OptOutStore:
        return OptOutStore(self._db)

    @cached_property
    def _is_muted(self) -> IsMuted:
        return IsMuted(self._opt_outs)

    @cached_property
    def _admit(self) -> AdmitOutsiders:
        return AdmitOutsiders(self.own.settings)

    # Messages come in.

    @cached_property
    def receive(self) -> ReceiveMessage:
        """Takes what Slack says about messages."""
        return ReceiveMessage(
            self.drafts,
            self.engine,
            self._channels,
            WatermarkStore(self._db),
            is_muted=self._is_muted,
            talk=self._take_turn,
            admit=self._admit,
        )

    @cached_property
    def watch(self) -> KeepWatch:
        """Notes when Candor is there, and reads back what it missed."""
        receive, clock = self.receive, SystemClock()  # when a rehearsal jumps, nobody was away
        catch_up = CatchUp(
            channels=receive.channels,
            drafts=receive.drafts,
            watermarks=receive.watermarks,
            receive=receive,
            clock=clock,
            late=self._clients.since,
        )
        return KeepWatch(catch_up, receive.channels, PresenceStore(self._db), self._notices, self._tell_leads, clock)

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

    # A draft is reviewed and answered.

    @cached_property
    def ask(self) -> AskModel | None:
        """The calls to the model that are under way; None without a model."""
        if not self._judging.critic_for:
            return None
        prices, viewer = self._settings.model.prices, self._judging.viewer
        judgements = JudgementStore(self._db, self.clock, ModelPrices(*prices) if prices else None)
        look = LookAtPictures(SlackPictures(self._clients), LookStore(self._db), viewer) if viewer else None
        return AskModel(self.drafts, judgements, self.clock, look, journal=self._journal)

    @cached_property
    def _review(self) -> ReviewDraft:
        return ReviewDraft(
            self.drafts,
            self.own.judges,
            self._keep_reply,
            ask=self.ask,
            answers=self._answers,
            thread=self._thread,
            jobs=self.engine,
            patience=self._settings.model.patience,
            finish=self._finish,
            isolate=Isolate(AttemptStore(self._db), self._tell_leads),
            tell=self._tell_leads,
            journal=self._journal,
        )

    @cached_property
    def figures(self) -> Metrics | None:
        """Counters, where the settings name a port for them."""
        if self._settings.operating.metrics_port is None:
            return None
        return Metrics(JobTables(engine_url(self._settings)), self.clock)

    @cached_property
    def _journal(self) -> ReviewJournal:
        return ReviewJournal(self.clock, self.figures)

    @cached_property
    def _finish(self) -> FinishCritique:
        own, viewer = self.own, self._judging.viewer
        pictures = TellPictures(LookStore(self._db), own.judges, viewer.sight) if viewer else None
        return FinishCritique(self.drafts, self._verdicts, self._judging.library, own.settings, pictures)

    @cached_property
    def _thread(self) -> SlackThread:
        return SlackThread(self._clients, self._problems)

    @cached_property
    def _keep_reply(self) -> KeepReply:
        db, drafts, clock = self._db, self.drafts, self.clock
        made, shown = CleanTextStore(db), SlackCleanTexts(self._clients)
        clean_text = KeepCleanText(drafts, ReplyStore(db, clock, CLEAN_MESSAGES), shown, clock, texts=made)
        signed = SlackSignOffs(self._clients, self._problems)
        messages = ReplyStore(db, clock, SIGN_OFF_MESSAGES)
        sign_off = KeepSignOff(drafts, messages, signed, clock, leads=self.own.leads)
        return KeepReply(drafts, ReplyStore(db, clock), self._thread, clock, clean_text, sign_off)

    @cached_property
    def _tell_sign_off(self) -> TellSignOff:
        own = self.own
        return TellSignOff(self.drafts, own.leads, self._notices, self._messages, self._links, own.sees)

    @cached_property
    def _propose(self) -> ProposeRelief:
        tell, links, repeats = self._tell_leads, self._links, RepeatStore(self._db)
        return ProposeRelief(self.drafts, repeats, tell, links, self._problems, self.clock)

    @cached_property
    def _private(self) -> PrivateReviewStore:
        return PrivateReviewStore(self._db)

    @cached_property
    def _step_tokens(self) -> StepTokens:
        return StepTokens()

    @cached_property
    def _review_in_private(self) -> ReviewInPrivate:
        people = PrivateReplies(self._problems)
        answers = AnswersByAddress(people, self._clients, titles=self._problems, tokens=self._step_tokens)
        return ReviewInPrivate(self._private, answers, self.own.judges, self.clock, self.ask)

    @cached_property
    def _shortcuts(self) -> Shortcuts:
        asked = ReviewOnRequest(
            self.drafts,
            self._private,
            self.engine,
            self._channels,
            self.clock,
            opt_outs=self._opt_outs,
            admit=self._admit,
        )
        return Shortcuts(asked, self._clients, self.names)

    # People decide.

    @cached_property
    def _clicks(self) -> Clicks:
        drafts, jobs, own = self.drafts, self.engine, self.own
        contacts = OwnContacts(drafts, self._verdicts, jobs, own.settings, own.change)
        return Clicks(
            RecordVerdict(drafts, self._verdicts, jobs, self._exceptions, contacts),
            AnswerQuestion(drafts, self._answers, jobs),
            ShowWhy(drafts, self._judging.library),
            ShowMore(drafts),
            contacts,
            titles=self._problems,
            clients=self._clients,
        )

    @cached_property
    def _deciding(self) -> Deciding:
        drafts, own, jobs = self.drafts, self.own, self.engine
        return Deciding(
            DismissFinding(drafts, self._verdicts, self._exceptions, own.leads, jobs, self.clock),
            ChangeAnswer(drafts, self._answers, jobs),
            ListExceptions(self._exceptions, drafts, own.sees),
            LiftException(self._exceptions, own.leads, jobs),
            clicks=self._clicks,
            clock=self.clock,
        )

    @cached_property
    def _sign_off(self) -> SignOffClicks:
        drafts, leads, sign_offs = self.drafts, self.own.leads, SignOffStore(self._db)
        ask = AskForSignOff(drafts, sign_offs, leads, self.engine, self.clock, self.own.sees)
        decide = DecideSignOff(LookAtSignOff(drafts, leads), sign_offs, self.engine, self.clock)
        return SignOffClicks(ask, decide, self._problems, self._clients)

    @cached_property
    def _menu(self) -> MenuClicks:
        drafts, mutes, jobs = self.drafts, ThreadMuteStore(self._db), self.engine
        mute, unmute = MuteThread(drafts, mutes, jobs, self.clock), UnmuteThread(drafts, mutes, jobs)
        return MenuClicks(self._sign_off, mute, unmute, self._clients)

    @cached_property
    def _feedback(self) -> FeedbackClicks:
        feedbacks = FeedbackStore(self._db, self.clock)
        return FeedbackClicks(GiveFeedback(feedbacks), ExplainFeedback(feedbacks), self._clients)

    # Conversations.

    @cached_property
    def _turns(self) -> TurnStore:
        return TurnStore(self._db, self.clock)

    @cached_property
    def _take_turn(self) -> TakeTurn:
        return TakeTurn(self._turns, self.drafts, self.engine)

    @cached_property
    def _converse(self) -> Converse:
        turns, talker = self._turns, self._judging.talker
        speak = Speak(talker, turns, SystemClock()) if talker else None
        recall = Recall(turns, self.drafts, self.own.settings)
        # In a local workspace the page connects a model.
        instead = (UNRECORDED if talker else NO_MODEL_YET) if self._is_rehearsal else ""
        return Converse(turns, SlackSpeech(self._clients), recall, speak, instead)

    # The weekly digest.

    @cached_property
    def _editions(self) -> EditionStore:
        return EditionStore(self._db, self.clock)

    @cached_property
    def _compose_digest(self) -> ComposeDigest:
        waiting = CountedSignOffs(SignOffStore(self._db))
        figures = DigestFigureStore(self._db, covers)
        return ComposeDigest(self.own.settings, figures, waiting, self._exceptions, self.clock)

    @cached_property
    def _send_digest(self) -> SendDigest:
        return SendDigest(
            self._editions,
            self._compose_digest,
            SlackBoard(self._clients, self._problems),
            tell=self._tell_leads,
            clock=self.clock,
            audience=self.own.sees.audience,
        )

    @cached_property
    def _preview_digest(self) -> PreviewDigest:
        return PreviewDigest(self._compose_digest, self._editions, self.clock)

    # The Home tab, composed drafts, commands.

    @cached_property
    def _home(self) -> HomeTabs:
        own = self.own
        listed = ListDrafts(
            OwnDraftStore(self._db),
            self.drafts,
            self._links,
            clock=self.clock,
            sign_offs=SignOffStore(self._db),
            sees=own.sees,
        )
        show = ShowHome(
            own.settings,
            own.values,
            own.leads,
            drafts=listed,
            joined=own.joined,
            library=self._judging.library,
            week=self._preview_digest,
        )
        return HomeTabs(show, ChooseGuidelines(own.change), own.joined, self._clients, self._deciding.open_exceptions)

    @cached_property
    def _composing(self) -> Composing:
        board, drafts, jobs = SlackDraftBoard(self._clients), self.drafts, self.engine
        return Composing(
            ComposeDraft(board, drafts, self._answers, jobs, self._notices, self.clock),
            EditComposed(board, drafts, self._answers, jobs, self.clock),
            RemoveComposed(board, drafts, jobs),
            settings=self.own.settings,
            joined=self.own.joined,
            clients=self._clients,
            sees=self.own.sees,
        )

    @cached_property
    def _facts(self) -> FactWindows:
        change = ChangeFacts(self.own.sheets, self.own.leads, self.clock)
        return FactWindows(FactOfPoint(self.drafts, self.engine, change), self.engine, self._clicks)

    @cached_property
    def commands(self) -> Commands:
        """The slash command; to be closed at the end."""
        own, privacy = self.own, ShowPrivacy(self._personal, self.own.settings, self._reader)
        return Commands(
            CommandFlows(
                review=ReviewTyped(self._private, self.engine, self.clock),
                home=self._home.show,
                change=own.change,
                preview=self._preview_digest,
                send_now=SendDigestNow(self._editions, own.settings, self.engine, self.clock),
                mute=MutePerson(self._opt_outs, self.clock),
                unmute=UnmutePerson(self._opt_outs),
                privacy=privacy,
                people=self.engine,
                open_settings=self._home.settings,
                exception_list=self._deciding.exception_list,
                facts=self._facts,
            )
        )

    # What is somebody's own, what is kept no longer, and where Candor comes and goes.

    @cached_property
    def _personal(self) -> PersonalStore:
        return PersonalStore(self._db)

    @cached_property
    def _retention(self) -> RetentionStore:
        return RetentionStore(self._db)

    @cached_property
    def _reader(self) -> Reader:
        return reader(self._settings)

    @cached_property
    def _introduce(self) -> Introduce:
        introductions = SlackIntroductions(self._clients)
        return Introduce(self._notices, introductions, self.own.settings, self._channels, self._reader)

    @cached_property
    def _installations(self) -> InstallationStore:
        return InstallationStore(self._db, Vault(()), self.clock)

    # What is heard, what the engine runs, and what is done every so many seconds.

    @cached_property
    def takers(self) -> Takers:
        """Whoever takes what Slack delivers."""
        clients, own, jobs = self._clients, self.own, self.engine
        prompts = PROMPTS if self._judging.talker else PROMPTS_WITHOUT_MODEL
        switch = SwitchChannel(own.change, own.joined, own.leads)
        return Takers(
            messages=Messages(self.receive, self.names, clients, self._channels.files),
            clicks=self._clicks,
            deciding=self._deciding,
            menu=self._menu,
            sign_off=self._sign_off,
            feedback=self._feedback,
            shortcuts=self._shortcuts,
            steps=WorkflowSteps(ReviewInWorkflow(self._private, jobs, self.clock), clients, self._step_tokens),
            talking=Talking(self._take_turn, clients, prompts),
            home=self._home,
            facts=self._facts,
            composing=self._composing,
            commands=self.commands,
            deletions=Deletions(jobs),
            arrivals=Arrivals(jobs, switch, self._introduce, clients),
            departures=Departures(jobs, DisableWorkspace(self._installations, clients, jobs), self.clock),
        )

    @cached_property
    def flows(self) -> Flows:
        """What the jobs do, each only in workspaces that Candor is in."""
        clients, jobs = self._clients, self.engine
        here = partial(where_installed, clients)
        export = ExportPerson(self._personal, SlackMailbox(clients), self.clock, self.own.sees)
        sheet = SlackMailbox(clients, fact_words.FILE_TITLE, fact_words.FILE_SAYS)
        export_facts = ExportFacts(self.own.sheets.facts, sheet)
        expire = ExpireDraft(self.drafts, self._retention, SlackFarewells(clients), self.own.settings, self.clock)
        forget = ForgetPerson(self._personal, self.drafts, jobs, jobs, self._messages)
        return Flows(
            review=here(self._review),
            remove_reply=here(RemoveReply(self._keep_reply, self._thread)),
            refresh=here(Refresh(self._keep_reply, self._tell_sign_off, self._propose)),
            private=here(self._review_in_private),
            digest=here(self._send_digest),
            converse=here(self._converse),
            hush=here(Hush(self._converse)),
            export=here(export),
            forget=here(forget),
            expire=here(expire),
            introduce=here(self._introduce),
            facts=here(export_facts),
            leave=LeaveWorkspace(self._installations, clients, WorkspaceStore(self._db), jobs).job,
        )

    @cached_property
    def chores(self) -> tuple[Chore, ...]:
        """What is to be done again and again, with the seconds between: each takes up what something left behind."""
        settings, clock, jobs = self.own.settings, self.clock, self.engine
        return (
            (_MINUTE, Sweep(self.drafts, jobs, clock, self._is_muted)),
            (_MINUTE, SweepPrivate(self._private, jobs, clock)),
            (_MINUTE, SweepTurns(self._turns, jobs, clock)),
            (_MINUTE, SweepDigests(self._channels, settings, self._editions, jobs, clock)),
            (_HOUR, SweepRetention(self._channels, settings, self._retention, jobs, clock)),
            (_CHECK, CheckChannels(self._channels, self._tell_leads, clock)),
            (_HOUR, self._tidy),
        )

    async def _tidy(self) -> None:
        """Delete the traces of old jobs and of messages that were never drafts, and what deletions left in files."""
        while await self.engine.forget_finished(self.clock.now()):
            pass
        await self.drafts.forget_unknown()
        await self._turns.forget_unknown()
        await self._notices.forget_old()
        await self._db.wipe()
