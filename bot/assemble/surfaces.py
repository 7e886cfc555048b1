"""What people touch in Slack, wired to the flows: buttons, windows, Home, commands, shortcuts."""

from __future__ import annotations

from functools import cached_property

from bot.assemble.wiring import Work
from bot.core.words.conversing import PROMPTS, PROMPTS_WITHOUT_MODEL
from bot.flows.brand.audit import BeginAudit, CallFine, FineByIds, FineExample
from bot.flows.brand.books import BeginBook
from bot.flows.brand.facts import ChangeFacts, FactOfPoint
from bot.flows.brand.own_guidelines import WriteGuidelines
from bot.flows.brand.trying import BeginTrial, JudgeTrial
from bot.flows.deciding import (
    AnswerProposal,
    AnswerQuestion,
    ChangeAnswer,
    DismissFinding,
    ExplainFeedback,
    GiveFeedback,
    LiftException,
    ListExceptions,
    OwnContacts,
    RecordVerdict,
    ShowDismissed,
)
from bot.flows.digesting import SendDigestNow
from bot.flows.home import ComposeDraft, EditComposed, ListDrafts, RemoveComposed, ShowHome
from bot.flows.installing import DisableWorkspace
from bot.flows.muting import MutePerson, MuteThread, UnmutePerson, UnmuteThread
from bot.flows.privacy import ShowPrivacy
from bot.flows.private_reviews import ReviewInWorkflow, ReviewOnRequest, ReviewTyped
from bot.flows.proof import CountFlagged, ShowProof
from bot.flows.replying import ShowMore, ShowWhy
from bot.flows.settings import ChooseGuidelines, SwitchChannel
from bot.flows.sign_off import AskForSignOff, DecideSignOff, LookAtSignOff
from bot.flows.spending import ShowUsage
from bot.rules.posts import proposed_from
from bot.rules.wording import covers
from bot.slack.brand.audit import AuditClicks, TableHints
from bot.slack.brand.books import BookClicks
from bot.slack.brand.facts import FactWindows
from bot.slack.brand.own_guidelines import GuidelineWindows
from bot.slack.clicks import Afterwards, Clicks, FeedbackClicks
from bot.slack.commands import CommandFlows, Commands
from bot.slack.composing import Composing, SlackDraftBoard
from bot.slack.conversing import Talking, UnreadFileHints
from bot.slack.deciding import Deciding
from bot.slack.home import HomeTabs
from bot.slack.installing import Arrivals, Departures
from bot.slack.listeners import Messages, Takers
from bot.slack.muting import MenuClicks
from bot.slack.privacy import Deletions
from bot.slack.private_reviews import Shortcuts, WorkflowSteps
from bot.slack.proof import ProofWindows
from bot.slack.sign_off import SignOffClicks
from bot.store.deciding import FeedbackStore, RepeatStore, ThreadMuteStore
from bot.store.drafts import OwnDraftStore
from bot.store.proof import ProofStore
from bot.store.spending import SpendingLedger


class Parts(Work):
    """What runs, each part made when it is first asked for. The flows ask the engine for jobs, and it runs them."""

    @cached_property
    def _shortcuts(self) -> Shortcuts:
        asked = ReviewOnRequest(
            self.drafts,
            self._private,
            self.engine,
            channels=self._channels,
            clock=self.clock,
            opt_outs=self._opt_outs,
            admit=self._admit,
        )
        return Shortcuts(asked, self._clients, self.names)

    @cached_property
    def _clicks(self) -> Clicks:
        drafts, jobs, own = self.drafts, self.engine, self.own
        contacts = OwnContacts(drafts, self._verdicts, jobs, change=own.change)
        return Clicks(
            RecordVerdict(drafts, self._verdicts, jobs, exceptions=self._exceptions, own=contacts),
            AnswerQuestion(drafts, self._answers, jobs),
            ShowWhy(drafts, own.libraries),
            show_more=ShowMore(drafts),
            own_contacts=contacts,
            problems=self._problems,
            clients=self._clients,
        )

    @cached_property
    def _deciding(self) -> Deciding:
        drafts, own, jobs = self.drafts, self.own, self.engine
        return Deciding(
            DismissFinding(drafts, self._verdicts, self._exceptions, leads=own.leads, jobs=jobs, clock=self.clock),
            ChangeAnswer(drafts, self._answers, jobs),
            ListExceptions(self._exceptions, drafts, own.sees),
            lift=LiftException(self._exceptions, own.leads, jobs),
            clicks=self._clicks,
            clock=self.clock,
            answer=AnswerProposal(
                *(drafts, self._exceptions, ChooseGuidelines(own.change)),
                leads=own.leads,
                notices=self._notices,
                clock=self.clock,
            ),
            dismissed=ShowDismissed(RepeatStore(self._db), own.leads, self._links),
        )

    @cached_property
    def _sign_off(self) -> SignOffClicks:
        drafts, leads, sign_offs = self.drafts, self.own.leads, self._sign_offs
        ask = AskForSignOff(drafts, sign_offs, leads, jobs=self.engine, clock=self.clock, sees=self.own.sees)
        decide = DecideSignOff(LookAtSignOff(drafts, leads), sign_offs, self.engine, clock=self.clock)
        return SignOffClicks(ask, decide, self._problems, clients=self._clients)

    @cached_property
    def _menu(self) -> MenuClicks:
        drafts, mutes, jobs = self.drafts, ThreadMuteStore(self._db), self.engine
        mute, unmute = MuteThread(drafts, mutes, jobs, clock=self.clock), UnmuteThread(drafts, mutes, jobs)
        return MenuClicks(self._sign_off, mute, unmute, clients=self._clients)

    @cached_property
    def _feedback(self) -> FeedbackClicks:
        feedbacks = FeedbackStore(self._db, self.clock)
        return FeedbackClicks(GiveFeedback(feedbacks), ExplainFeedback(feedbacks), self._clients)

    @cached_property
    def _home(self) -> HomeTabs:
        own = self.own
        listed = ListDrafts(
            OwnDraftStore(self._db),
            self.drafts,
            self._links,
            clock=self.clock,
            sign_offs=self._sign_offs,
            sees=own.sees,
        )
        show = ShowHome(
            own.settings,
            own.values,
            own.leads,
            drafts=listed,
            joined=own.joined,
            libraries=own.libraries,
            week=self._preview_digest,
            usage=self._usage,
        )
        return HomeTabs(
            show,
            ChooseGuidelines(own.change),
            own.joined,
            clients=self._clients,
            open_exceptions=self._deciding.open_exceptions,
            count=CountFlagged(self.drafts, own.sees),
            afterwards=self.afterwards,
        )

    @cached_property
    def _usage(self) -> ShowUsage | None:
        """Recorded answers cost nothing."""
        asks = self._judging.critic_for and not self._judging.recorded
        return ShowUsage(SpendingLedger(self._db), self._accounts) if asks else None

    @cached_property
    def _proof(self) -> ProofWindows:
        show = ShowProof(ProofStore(self._db, covers), SpendingLedger(self._db), self._accounts)
        return ProofWindows(show, self.own.leads, self._problems, clients=self._clients, afterwards=self.afterwards)

    @cached_property
    def _composing(self) -> Composing:
        board, drafts, jobs = SlackDraftBoard(self._clients), self.drafts, self.engine
        return Composing(
            ComposeDraft(board, drafts, self._answers, jobs=jobs, notices=self._notices, clock=self.clock),
            EditComposed(board, drafts, self._answers, jobs=jobs, clock=self.clock),
            RemoveComposed(board, drafts, jobs),
            settings=self.own.settings,
            joined=self.own.joined,
            clients=self._clients,
            sees=self.own.sees,
        )

    @cached_property
    def _facts(self) -> FactWindows:
        change = ChangeFacts(self.own.sheets, self.own.leads, self.clock)
        of_point = FactOfPoint(self.drafts, self.engine, change, propose=proposed_from)
        return FactWindows(of_point, self.engine, self._clicks)

    @cached_property
    def _audit_clicks(self) -> AuditClicks:
        own = self.own
        begin = BeginAudit(self._audits, self.engine, own.sees, leads=own.leads, clock=self.clock)
        fine = CallFine(self._audits, self._exceptions, own.leads, clock=self.clock)
        example = FineExample(self._judge_trial)
        by_ids = FineByIds(self._audits, self._audit_sources, fine, titles=self._problems)
        return AuditClicks(begin, fine, example, by_ids=by_ids, joined=own.joined, clients=self._clients)

    @cached_property
    def _book_clicks(self) -> BookClicks:
        begin = BeginBook(self._books, self.engine, self.own.leads, clock=self.clock)
        return BookClicks(begin, self._books, self._guidelines, facts=self._facts, clients=self._clients)

    @cached_property
    def _judge_trial(self) -> JudgeTrial:
        write = WriteGuidelines(self.own.libraries, self.own.leads, self.clock, trials=self._trials)
        return JudgeTrial(self._show_trial, write)

    @cached_property
    def _guidelines(self) -> GuidelineWindows:
        kept, trials, judge = self.own.libraries.kept, self._trials, self._judge_trial
        return GuidelineWindows(
            judge.write,
            self._show_trial,
            judge,
            begin=BeginTrial(kept, trials, self.engine, clock=self.clock),
            trials=trials,
            jobs=self.engine,
            books=self._books,
            clients=self._clients,
        )

    @cached_property
    def afterwards(self) -> Afterwards:
        """What goes on behind answers; to be closed at the end."""
        return Afterwards()

    @cached_property
    def commands(self) -> Commands:
        """The slash command."""
        own, privacy = self.own, ShowPrivacy(self._personal, self.own.settings, self._reader)
        return Commands(
            CommandFlows(
                review=ReviewTyped(self._private, self.engine, self.clock),
                home=self._home.show,
                change=own.change,
                preview=self._preview_digest,
                send_now=SendDigestNow(self._editions, own.settings, self.engine, clock=self.clock),
                mute=MutePerson(self._opt_outs, self.clock),
                unmute=UnmutePerson(self._opt_outs),
                privacy=privacy,
                people=self.engine,
                open_settings=self._home.settings,
                exception_list=self._deciding.exception_list,
                facts=self._facts,
                compare=self._compare,
                audits=self._audit_clicks,
                usage=self._usage,
                proof=self._proof,
                guidelines=self._guidelines,
            ),
            self.afterwards,
        )

    def _hears_messages(self) -> Messages:
        is_on = self._channels.is_switched_on
        return Messages(
            self.receive,
            self.names,
            self._clients,
            files=self._channels.files,
            books=self._book_clicks.sent,
            tables=TableHints(self._clients, self._notices, is_on).after,
            unread=UnreadFileHints(self._clients, is_on, self._is_muted.opted_out),
        )

    @cached_property
    def takers(self) -> Takers:
        """Whoever takes what Slack delivers."""
        clients, own, jobs = self._clients, self.own, self.engine
        prompts = PROMPTS if self._judging.talker else PROMPTS_WITHOUT_MODEL
        switch = SwitchChannel(own.change, self._channels, own.leads)
        return Takers(
            messages=self._hears_messages(),
            clicks=self._clicks,
            deciding=self._deciding,
            menu=self._menu,
            sign_off=self._sign_off,
            feedback=self._feedback,
            shortcuts=self._shortcuts,
            steps=WorkflowSteps(ReviewInWorkflow(self._private, jobs, self.clock), clients, self._step_tokens),
            talking=Talking(self._take_turn, clients, prompts),
            home=self._home,
            proof=self._proof,
            facts=self._facts,
            audits=self._audit_clicks,
            books=self._book_clicks,
            guidelines=self._guidelines,
            composing=self._composing,
            commands=self.commands,
            deletions=Deletions(jobs),
            arrivals=Arrivals(jobs, switch, self._introduce, clients=clients),
            speaks=self.speaks,
            departures=Departures(jobs, DisableWorkspace(self._installations, clients, jobs), self.clock),
        )
