"""Every flow with its ports: which concrete class stands behind which port."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from bot.assemble.judging import estimate_in_words, overnight_in_words
from bot.assemble.metrics import Metrics
from bot.assemble.operating import engine_url
from bot.assemble.report_pages import audit_files
from bot.assemble.rules import compare_over_time, compare_variants
from bot.assemble.stores import Stores
from bot.core.operating import ReviewJournal
from bot.core.ports import SystemClock
from bot.core.privacy import forget_words
from bot.core.watching import MODEL_FAILS
from bot.core.words.brand import facts as fact_words
from bot.core.words.brand import own_guidelines as own_words
from bot.core.words.conversing import NO_MODEL_YET, UNRECORDED
from bot.engine.jobs import Flows, where_installed
from bot.engine.status import JobTables
from bot.flows.asking import AskModel, CallTurns
from bot.flows.brand.audit import RunAudit, WithdrawAudit
from bot.flows.brand.audit_sources import AuditSources
from bot.flows.brand.books import ReadBook, UsableForms
from bot.flows.brand.facts import ExportFacts, WatchEvidence
from bot.flows.brand.overnight import DropNights, ReadOvernight
from bot.flows.brand.own_guidelines import ExportGuidelines
from bot.flows.brand.posts import LinkPost
from bot.flows.brand.trying import RunTrial, ShowTrial
from bot.flows.brand.variants import CompareVariants, ReadThreads
from bot.flows.conversing import Converse, Recall, Speak, SweepTurns, TakeTurn
from bot.flows.deciding import ProposeRelief
from bot.flows.digesting import ComposeDigest, PreviewDigest, SendDigest, SweepDigests
from bot.flows.installing import Introduce, LeaveWorkspace
from bot.flows.isolating import Isolate
from bot.flows.muting import Hush, IsMuted
from bot.flows.pictures import LookAtPictures, ReadCredentials, TellPictures
from bot.flows.privacy import ExportPerson, ForgetPerson
from bot.flows.private_reviews import ReviewAlone, ReviewInPrivate, SweepPrivate
from bot.flows.receiving import AdmitOutsiders, ReceiveMessage
from bot.flows.replying import KeepCleanText, KeepReply, Refresh, RemoveReply
from bot.flows.retention import ExpireDraft, SweepRetention
from bot.flows.reviewing import FinishCritique, ReviewDraft
from bot.flows.same_points import FindSamePoints
from bot.flows.sign_off import CountedSignOffs, KeepSignOff, TellSignOff
from bot.flows.spending import SpendBudget
from bot.flows.watching import CatchUp, CheckChannels, CheckDelivery, KeepWatch, Sweep, TellLeads
from bot.rules.books import read_book
from bot.rules.claims import leans_on
from bot.rules.credentials import OfflineCredentials, is_installed
from bot.rules.same_points import may_be_same
from bot.rules.wording import covers
from bot.slack.brand.audit import SlackAuditBoard, SlackAuditFiles
from bot.slack.brand.books import SlackBookBoard, SlackBookFiles
from bot.slack.brand.own_guidelines import SlackTrialBoard
from bot.slack.conversing import SlackSpeech
from bot.slack.digesting import SlackBoard
from bot.slack.installing import SlackIntroductions
from bot.slack.points import SlackPictures
from bot.slack.privacy import SlackExpiryNotices, SlackFileMessages
from bot.slack.private_reviews import AnswersByAddress, PrivateReplies, StepTokens
from bot.slack.sign_off import SlackSignOffs
from bot.slack.threads import SlackCleanTexts, SlackThread
from bot.store.brand.own_guidelines import TrialStore
from bot.store.deciding import RepeatStore, SamePointTable
from bot.store.digesting import CountReviews, DigestFigureStore
from bot.store.drafts import ReplyStore
from bot.store.reviewing import AttemptStore, CleanTextStore, JudgementStore, PictureNoteStore
from bot.store.settings import WorkspaceStore
from bot.store.spending import SpendingLedger
from bot.store.tables import CLEAN_MESSAGES, SIGN_OFF_MESSAGES
from bot.store.watching import PresenceStore, WatermarkStore

if TYPE_CHECKING:
    from bot.assemble.installing import Chore


_MINUTE, _HOUR, _WEEK = 60.0, 3600.0, 7 * 24 * 3600.0
_CHECK = _MINUTE
"""Seconds between two looks for channels that Candor is not in."""


class Work(Stores):
    """What happens: the flows that take messages, run jobs and look after what was left behind."""

    @cached_property
    def _tell_leads(self) -> TellLeads:
        return TellLeads(self.own.leads, self._notices, self._messages, sees=self.own.sees)

    @cached_property
    def _is_muted(self) -> IsMuted:
        return IsMuted(self._opt_outs)

    @cached_property
    def _admit(self) -> AdmitOutsiders:
        return AdmitOutsiders(self.own.settings)

    @cached_property
    def receive(self) -> ReceiveMessage:
        """Takes what Slack says about messages."""
        return ReceiveMessage(
            self.drafts,
            self.engine,
            self._channels,
            watermarks=WatermarkStore(self._db),
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
        return KeepWatch(
            catch_up,
            receive.channels,
            PresenceStore(self._db),
            notices=self._notices,
            tell=self._tell_leads,
            clock=clock,
        )

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
    def ask(self) -> AskModel | None:
        """The calls to the model that are under way; None without a model."""
        if not self._judging.critic_for:
            return None
        viewer = self._judging.viewer
        judgements = JudgementStore(self._db, self.clock, self._settings.model.prices)
        files, credentials = SlackPictures(self._clients), self._credentials
        look = LookAtPictures(files, PictureNoteStore(self._db), viewer, credentials=credentials) if viewer else None
        return AskModel(
            self.drafts,
            judgements,
            self.clock,
            look=look,
            journal=self._journal,
            budget=self._spend,
            mended=partial(self._notices.forget, prefix=MODEL_FAILS, but=()),
        )

    @cached_property
    def _credentials(self) -> ReadCredentials | None:
        """None unless the optional library is installed."""
        files, looks = SlackPictures(self._clients), PictureNoteStore(self._db)
        return ReadCredentials(files, looks, OfflineCredentials()) if is_installed() else None

    @cached_property
    def _spend(self) -> SpendBudget:
        return SpendBudget(SpendingLedger(self._db), self._accounts, self._tell_leads)

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
        return ReviewJournal(self.clock, *(one for one in (self.figures, self.tracing) if one))

    @cached_property
    def _finish(self) -> FinishCritique:
        own, viewer = self.own, self._judging.viewer
        sight, said = viewer.sight if viewer else None, self._credentials
        tells = TellPictures(PictureNoteStore(self._db), own.judges, sight, credentials=said) if sight or said else None
        return FinishCritique(
            self.drafts, self._verdicts, own.libraries, settings=own.settings, pictures=tells, same=self._same
        )

    @cached_property
    def _same(self) -> FindSamePoints:
        turns, comparer = self.ask.turns if self.ask else CallTurns(), self._judging.comparer
        return FindSamePoints(self._exceptions, SamePointTable(self._db), may_be_same, turns=turns, comparer=comparer)

    @cached_property
    def _thread(self) -> SlackThread:
        thread = self.tracing.thread if self.tracing else SlackThread
        return thread(self._clients, self._problems)

    @cached_property
    def _keep_reply(self) -> KeepReply:
        db, drafts, clock, speaks = self._db, self.drafts, self.clock, self.speaks
        made, shown = CleanTextStore(db), SlackCleanTexts(self._clients)
        clean_text = KeepCleanText(
            drafts, ReplyStore(db, clock, CLEAN_MESSAGES), shown, clock=clock, texts=made, speaks=speaks
        )
        signed = SlackSignOffs(self._clients, self._problems)
        messages = ReplyStore(db, clock, SIGN_OFF_MESSAGES)
        sign_off = KeepSignOff(drafts, messages, signed, clock=clock, leads=self.own.leads, speaks=speaks)
        return KeepReply(
            drafts,
            ReplyStore(db, clock),
            self._thread,
            clock=clock,
            clean_text=clean_text,
            sign_off=sign_off,
            speaks=speaks,
        )

    @cached_property
    def _tell_sign_off(self) -> TellSignOff:
        own = self.own
        return TellSignOff(
            self.drafts, own.leads, self._notices, messages=self._messages, links=self._links, sees=own.sees
        )

    @cached_property
    def _propose(self) -> ProposeRelief:
        tell, links, repeats = self._tell_leads, self._links, RepeatStore(self._db)
        names = self.own.libraries.both_names
        return ProposeRelief(self.drafts, repeats, tell, links=links, names=names, clock=self.clock, covers=covers)

    @cached_property
    def _step_tokens(self) -> StepTokens:
        return StepTokens()

    @cached_property
    def _private_answers(self) -> AnswersByAddress:
        people = PrivateReplies(self._problems)
        return AnswersByAddress(people, self._clients, problems=self._problems, tokens=self._step_tokens)

    @cached_property
    def _review_in_private(self) -> ReviewInPrivate:
        return ReviewInPrivate(
            self._private, self._private_answers, self.own.judges, clock=self.clock, ask=self.ask, speaks=self.speaks
        )

    @cached_property
    def _take_turn(self) -> TakeTurn:
        return TakeTurn(self._turns, self.drafts, self.engine)

    @cached_property
    def _converse(self) -> Converse:
        turns, talker = self._turns, self._judging.talker
        speak = Speak(talker, turns, SystemClock()) if talker else None
        libraries = None if self._judging.recorded else self.own.libraries
        recall = Recall(turns, self.drafts, self.own.settings, libraries=libraries)
        # In a local workspace the page connects a model.
        rehearsed = UNRECORDED if talker else NO_MODEL_YET
        instead, compare = rehearsed if self._is_rehearsal else "", self._compare
        return Converse(turns, SlackSpeech(self._clients), recall, speak=speak, instead=instead, compare=compare)

    @cached_property
    def _compare(self) -> CompareVariants:
        threads = ReadThreads(self.drafts, self._channels, self._opt_outs, admit=self._admit)
        return CompareVariants(compare_variants, self.own.sheets, threads)

    @cached_property
    def _count_reviews(self) -> CountReviews:
        return CountReviews(self._db, covers)

    @cached_property
    def _compose_digest(self) -> ComposeDigest:
        waiting = CountedSignOffs(self._sign_offs)
        figures = DigestFigureStore(self._db, self._count_reviews)
        evidence = WatchEvidence(
            self.own.sheets, self.own.posts, self._sign_offs, drafts=self.drafts, leans_on=leans_on
        )
        exceptions = self._exceptions
        return ComposeDigest(
            self.own.settings, figures, waiting, exceptions=exceptions, evidence=evidence, clock=self.clock
        )

    @cached_property
    def _send_digest(self) -> SendDigest:
        return SendDigest(
            self._editions,
            self._compose_digest,
            SlackBoard(self._clients, self._problems, self.own.libraries.both_names),
            tell=self._tell_leads,
            clock=self.clock,
            audience=self.own.sees.audience,
        )

    @cached_property
    def _preview_digest(self) -> PreviewDigest:
        return PreviewDigest(self._compose_digest, self._editions, self.clock)

    @cached_property
    def _introduce(self) -> Introduce:
        introductions = SlackIntroductions(self._clients)
        return Introduce(self._notices, introductions, self.own.settings, channels=self._channels, reader=self._reader)

    @cached_property
    def _link_post(self) -> LinkPost:
        return LinkPost(self.own.posts, self._links)

    @cached_property
    def _trials(self) -> TrialStore:
        return TrialStore(self._db)

    @cached_property
    def _show_trial(self) -> ShowTrial:
        own = self.own
        return ShowTrial(own.libraries, self._trials, self.drafts, links=self._links, sees=own.sees)

    @cached_property
    def _run_trial(self) -> RunTrial:
        own = self.own
        return RunTrial(
            own.libraries,
            self._trials,
            own.judges,
            drafts=self.drafts,
            sees=own.sees,
            board=SlackTrialBoard(self._clients, self._show_trial),
            clock=self.clock,
            settings=own.settings,
            same=self._same,
            covers=covers,
            answers=self._answers,
            ask=None if self._judging.recorded else self.ask,
        )

    @cached_property
    def _audit_sources(self) -> AuditSources:
        return AuditSources(self.drafts, self.own.posts, SlackAuditFiles(self._clients), sees=self.own.sees)

    @cached_property
    def _audit(self) -> RunAudit:
        own, asks = self.own, self._judging.critic_for and not self._judging.recorded
        return RunAudit(
            self._audits,
            self._audit_sources,
            SlackAuditBoard(self._clients),
            judges=own.judges,
            titles=self._problems,
            compare=compare_over_time,
            variants=compare_variants,
            files=audit_files,
            clock=self.clock,
            exceptions=self._exceptions,
            covers=covers,
            alone=ReviewAlone(own.judges, self.ask) if asks else None,
            estimate=partial(estimate_in_words, settings=self._settings) if asks else None,
            overnight=self._overnight,
            overnight_takes=partial(overnight_in_words, settings=self._settings) if self._overnight else None,
        )

    @cached_property
    def _overnight(self) -> ReadOvernight | None:
        """None where the model's server takes no batches."""
        batches, alone = self._judging.batches, ReviewAlone(self.own.judges, self.ask)
        board, clock = SlackAuditBoard(self._clients), SystemClock()  # the server's day passes by its own clock
        if batches is None:
            return None
        return ReadOvernight(self._audits, board, batches, alone=alone, clock=clock, budget=self._spend)

    @cached_property
    def _nights(self) -> DropNights:
        return DropNights(self._audits, self._judging.batches)

    @cached_property
    def _read_book(self) -> ReadBook:
        own, turns = self.own, self.ask.turns if self.ask else CallTurns()
        return ReadBook(
            self._books,
            SlackBookFiles(self._clients, read_book),
            SlackBookBoard(self._clients),
            usable=UsableForms(own.libraries.blank(), own.libraries.files),
            turns=turns,
            proposer=self._judging.proposer,
        )

    @cached_property
    def _forget(self) -> ForgetPerson:
        jobs, withdraw = self.engine, WithdrawAudit(self._audits, self._audit.board, self._nights)
        drafts, messages = self.drafts, self._messages
        return ForgetPerson(self._personal, drafts, jobs, hushing=jobs, messages=messages, withdraw=withdraw)

    @cached_property
    def flows(self) -> Flows:
        """What the jobs do, each only in workspaces that Candor is in. From now on their calls to models are paid."""
        self._judging.meter.budget = self.tracing.paid(self._spend) if self.tracing else self._spend
        return self.tracing.jobs(self._flows) if self.tracing else self._flows

    @cached_property
    def _flows(self) -> Flows:
        clients, jobs = self._clients, self.engine
        here = partial(where_installed, clients.settled)
        export = ExportPerson(self._personal, SlackFileMessages(clients), self.clock, sees=self.own.sees)
        sheet = SlackFileMessages(clients, fact_words.FILE_TITLE, fact_words.FILE_SAYS)
        own_files = SlackFileMessages(clients, own_words.FILE_TITLE, own_words.FILE_SAYS)
        export_facts = ExportFacts(self.own.sheets.facts, sheet)
        expire = ExpireDraft(
            self.drafts, self._retention, SlackExpiryNotices(clients), settings=self.own.settings, clock=self.clock
        )
        leave = LeaveWorkspace(self._installations, clients, WorkspaceStore(self._db), jobs=jobs, nights=self._nights)
        return Flows(
            review=here(self._review),
            remove_reply=here(RemoveReply(self._keep_reply, self._thread, self.own.posts, jobs=jobs)),
            refresh=here(Refresh(self._keep_reply, self._tell_sign_off, self._propose, link=self._link_post)),
            private=here(self._review_in_private),
            digest=here(self._send_digest),
            converse=here(self._converse),
            hush=here(Hush(self._converse)),
            export=here(export),
            forget=here(self._forget),
            expire=here(expire),
            introduce=here(self._introduce),
            facts=here(export_facts),
            trial=here(self._run_trial),
            audit=here(self._audit),
            book=here(self._read_book),
            guidelines=here(ExportGuidelines(self.own.libraries.kept, own_files)),
            leave=leave.job,
        )

    @cached_property
    def chores(self) -> tuple[Chore, ...]:
        """What is to be done again and again, with the seconds between: each takes up what something left behind."""
        settings, clock, jobs = self.own.settings, self.clock, self.engine
        return (
            (_MINUTE, Sweep(self.drafts, jobs, clock, is_muted=self._is_muted)),
            (_MINUTE, SweepPrivate(self._private, self._private_answers, jobs, clock=clock)),
            (_MINUTE, SweepTurns(self._turns, jobs, clock)),
            (_MINUTE, SweepDigests(self._channels, settings, self._editions, jobs=jobs, clock=clock)),
            (_HOUR, SweepRetention(self._channels, settings, self._retention, jobs=jobs, clock=clock)),
            (_CHECK, CheckChannels(self._channels, self._tell_leads, clock)),
            (_HOUR, self._count_reviews),
            (_HOUR, self._tidy),
        )

    async def _tidy(self) -> None:
        """Delete the traces of old jobs and of messages that were never drafts, and what deletions left in files."""
        while await self.engine.forget_finished(self.clock.now()):
            pass
        await self.drafts.forget_unknown()
        await self._turns.forget_unknown()
        await self._notices.forget_old()
        await self._audits.forget_stale(self.clock.now() - _WEEK)
        await self._spend.forget_old()
        forget_words()
        await self._db.wipe()
