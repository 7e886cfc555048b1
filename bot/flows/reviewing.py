"""A draft is reviewed: fixed rules, the model, one reply."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from math import inf
from typing import TYPE_CHECKING, TypeVar

from bot.core.deciding import Decision, with_used
from bot.core.drafts import FIRST_REVISION
from bot.core.errors import MayNotPost
from bot.core.findings import Kept, is_recorded, merge, one_per_sentence, without_overlaps, without_own
from bot.core.guidelines import Checks, Severity
from bot.core.judging import (
    Asked,
    Case,
    Critique,
    Failure,
    Judgement,
    ModelFailed,
    ModelPart,
    Outcome,
    PictureReview,
    ReviewState,
)
from bot.core.labels import with_labels
from bot.core.reading.draft_or_talk import is_left, may_be_talk
from bot.core.reading.variants import split_variants
from bot.core.reviewing import Review, ReviewJob, same_words, sign_off_of, standing_in
from bot.core.words.people import speaking
from bot.core.words.reviewing import TROUBLE
from bot.flows.asking import IN_LINE, Turnstile

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence
    from contextlib import AbstractAsyncContextManager

    from bot.core.brand.own_guidelines import LibraryOf
    from bot.core.brand.posts import EarlierPost
    from bot.core.deciding import Verdict
    from bot.core.drafts import Draft
    from bot.core.findings import Finding
    from bot.core.guidelines import Guideline
    from bot.core.operating import Journal
    from bot.core.ports import Answers, Critic, Drafts, Jobs, Judges, JudgesOf, Rules, Step, Thread, Verdicts
    from bot.core.reading.variants import Variant
    from bot.core.reviewing import DraftRecord, DraftState
    from bot.core.settings import WorkspaceSettingsOf
    from bot.flows.asking import AskModel
    from bot.flows.isolating import Isolate
    from bot.flows.pictures import TellPictures
    from bot.flows.replying import KeepReply, Settled
    from bot.flows.same_points import FindSamePoints
    from bot.flows.watching import TellLeads


# What code adds to a critique before it is kept.
#
# What pictures show, the labels that answers call for, rewordings that were accepted, and dismissals that still hold.


@dataclass(frozen=True, slots=True)
class FinishCritique:
    """Comes before the review is kept, so that a crash in between costs nothing."""

    drafts: Drafts
    verdicts: Verdicts
    libraries: LibraryOf
    settings: WorkspaceSettingsOf
    pictures: TellPictures | None = None
    same: FindSamePoints | None = None

    async def __call__(self, job: ReviewJob, critique: Critique) -> Critique:
        """The critique as it is to be kept."""
        state = await self.drafts.state(job.draft_id)
        if state is None:
            return critique
        if critique.model_part is ModelPart.OFF and state.earlier and state.earlier.review.critique.follows_a_recording:
            critique = replace(critique, model_part=ModelPart.OUTGROWN)
        befores = await self._befores(job, state)
        used = {verdict.finding for verdict in state.verdicts if verdict.decision is Decision.USED}
        for before, text in befores if used and critique.state is not ReviewState.PUT_ASIDE else ():
            critique = with_used(critique, before, used, kept=Kept(text, state.record.draft.text))
        pictures = self.pictures if state.record.draft.pictures else None
        in_force = await self._in_force(job.team) if pictures or state.answers else {}
        severities = {name: guideline.severity for name, guideline in in_force.items()}
        if pictures:
            critique = await pictures(job, critique, state, severities)
        settings = await self.settings.of(job.team)
        if state.answers:
            told = (state.record.draft, state.answers)
            places, replies = settings.markets, settings.reply_language
            critique = with_labels(critique, *told, severities=severities, markets=places, replies=replies)
        for verdict in await self._carried(critique, befores, state):
            await self.verdicts.record(job.draft_id, verdict)
        strictness = settings.strictness.of(state.record.place.channel)
        return critique if critique.strictness is strictness else replace(critique, strictness=strictness)

    async def _in_force(self, team: str) -> dict[str, Guideline]:
        in_force = (await self.settings.of(team)).policy.apply(await self.libraries.of(team))
        return {guideline.id: guideline for guideline in in_force.guidelines}

    async def _carried(
        self, critique: Critique, befores: list[tuple[Critique, str]], state: DraftState
    ) -> list[Verdict]:
        """The dismissals that hold for points of this review as well, as code tells, and then as a model does."""
        carried = _carried(critique, befores, state)
        if self.same is None or not critique.findings:
            return carried
        dismissed = {v.finding: v for v in state.verdicts if v.decision is Decision.DISMISSED}
        parts = {part.ref: part for before, _ in befores for finding in before.findings for part in finding.each}
        known = [(parts[ref], verdict) for ref, verdict in dismissed.items() if ref in parts]
        every = await self.same.exceptions.of(state.record.place.team)
        reaching = tuple(one for one in every if one.reaches(state.record.author_id))
        if not (reaching or known):
            return carried
        state = replace(state, verdicts=(*state.verdicts, *carried), exceptions=reaching)
        told = await self.same(state, critique, known, in_force=partial(self._in_force, state.record.place.team))
        return carried + [replace(dismissed[old], finding=new) for old, new in told if old in dismissed]

    async def _befores(self, job: ReviewJob, state: DraftState) -> list[tuple[Critique, str]]:
        """The reviews that people decided about: of the round before, and of the words before the edits, with these."""
        if not state.verdicts:
            return []
        before, earlier = await self.drafts.previous_review(job), state.earlier
        known = [(before.critique, state.record.draft.text)] if before else []
        return known + ([(earlier.review.critique, earlier.text)] if earlier else [])


def _carried(critique: Critique, befores: list[tuple[Critique, str]], state: DraftState) -> list[Verdict]:
    """Dismissals of points that are quoted a little differently this time. None of them hides what is graver now."""
    dismissed = {v.finding: v for v in state.verdicts if v.decision is Decision.DISMISSED}
    decided, now = {verdict.finding for verdict in state.verdicts}, state.record.draft.text
    return [
        replace(dismissed[old.ref], finding=new.ref)
        for before, text in (befores if dismissed else ())
        for old, new in same_words(before, critique, text, new=now, covers=state.covers)
        if old.ref in dismissed and new.ref not in decided and new.dismissable
        if new.severity.rank >= old.severity.rank
    ]


# Review a text that stands alone, outside Slack.

Result = TypeVar("Result")

_LONG = 3_000
"""Characters; the rules read so many in about 5 ms."""
_BESIDE = ThreadPoolExecutor(1, "beside the loop")
_OWN = ThreadPoolExecutor(1, "beside the loop, with a workspace's own patterns")
_CALLED = {
    Failure.KEY: ModelPart.KEY,
    Failure.MODEL: ModelPart.NO_MODEL,
    Failure.QUOTA: ModelPart.NO_CREDIT,
    Failure.NO_ROOM: ModelPart.NO_ROOM,
    Failure.UNREADABLE: ModelPart.UNREADABLE,
    Failure.SETTINGS: ModelPart.SETTINGS,
}
"""What is told by its name, although the model is asked again."""
_WITHOUT = {
    Failure.TOO_LONG: ModelPart.TOO_LONG,
    Failure.ABSENT: ModelPart.OFF,
    Failure.MONTH_SPENT: ModelPart.MONTH_SPENT,
    Failure.DAY_SPENT: ModelPart.DAY_SPENT,
}


def review_text(draft: Draft, rules: Rules) -> Critique:
    """The critique that the fixed rules give; it says that only they were applied."""
    return critique_of(draft, rule_findings(draft, rules), None, rules=rules)


async def review_text_with_model(draft: Draft, rules: Rules, critic: Critic) -> Critique:
    """The full critique; where the model fails, the rules' own, which says so."""
    return await review_case(Case("", "", draft, found=rule_findings(draft, rules)), rules, critic)


async def review_case(case: Case, rules: Rules, critic: Critic) -> Critique:
    """The same for a case that carries what the rules found."""
    asked = await ask_critic(case, critic)
    return await critique_beside(
        case.draft, case.found, asked, rules=rules, part=part_after(asked, ModelPart.UNREACHED)
    )


async def ask_critic(case: Case, critic: Critic) -> Asked:
    """What the critic makes of a case, or why it makes nothing of it."""
    try:
        return without_own_contacts(await critic.judge(case), case.draft)
    except ModelFailed as error:
        return error.failure


def part_after(asked: Asked | None, otherwise: ModelPart) -> ModelPart | None:
    """The model's part where it may answer another time: what somebody can mend has a name. None where it may not."""
    if isinstance(asked, Judgement) or (asked and not ModelFailed(asked).passing):
        return None
    return _CALLED.get(asked, otherwise) if asked else otherwise


def without_own_contacts(asked: Asked, draft: Draft) -> Asked:
    """The model's answer without points about contact data that the brand publishes as its own."""
    if isinstance(asked, Failure):
        return asked
    return replace(asked, findings=without_own(asked.findings, draft.own_contacts))


def critique_of(
    draft: Draft, found: tuple[Finding, ...], asked: Asked | None, rules: Rules, *, part: ModelPart | None = None
) -> Critique:
    """What is certain, with the model's findings where it answered and with the leads where it did not.

    ``found`` is what the rules found in the draft; ``part`` says what became of the model where it gave no judgement.
    """
    certain = one_per_sentence((finding for finding in found if not finding.lead), draft.text)
    checks = _checks(draft, rules)
    if isinstance(asked, Judgement):
        made = _full(draft, certain, asked, guidelines=rules.guidelines, checks=checks)
        return replace(made, own_set=rules.own_set, let_go=tuple(_let_go(found, made)))
    part = part or (_WITHOUT.get(asked, ModelPart.DECLINED) if asked else ModelPart.OFF)
    outcome = Outcome.FINDINGS if certain else Outcome.NOTHING_TO_FLAG
    leads = tuple(finding for finding in found if finding.lead)
    made = Critique(outcome, certain, guidelines=rules.guidelines, model_part=part, leads=leads, checks=checks)
    return replace(made, own_set=rules.own_set)


def _let_go(found: tuple[Finding, ...], made: Critique) -> Iterator[Finding]:
    """Leads on whose words the model says nothing. What quotes an earlier post is none: that may be deleted."""
    for lead in found:
        said = any(lead.start < one.end and one.start < lead.end for one in made.findings)
        if lead.lead and not said and not is_recorded(lead):
            yield lead


async def critique_beside(
    draft: Draft, found: tuple[Finding, ...], asked: Asked | None, rules: Rules, *, part: ModelPart | None = None
) -> Critique:
    """The same, without keeping others waiting where the draft is long."""
    return await aside(len(draft.text), lambda: critique_of(draft, found, asked, rules=rules, part=part))


def _full(
    draft: Draft, certain: tuple[Finding, ...], judgement: Judgement, guidelines: int, checks: Checks
) -> Critique:
    judged = one_per_sentence(judgement.findings, draft.text)
    findings = one_per_sentence(merge(certain, judged), draft.text)
    said = findings or judgement.questions or judgement.in_pictures or judgement.unplaced
    outcome = Outcome.FINDINGS if said else Outcome.NOTHING_TO_FLAG
    part = ModelPart.TALKED_ROUND if judgement.talked_round else ModelPart.ANSWERED
    if judgement.not_a_draft and part is ModelPart.ANSWERED and outcome is Outcome.NOTHING_TO_FLAG:
        outcome = Outcome.NOT_A_DRAFT
    return Critique(
        outcome,
        findings,
        judgement.questions,
        fixed_rules_only=False,
        guidelines=guidelines,
        model_part=part,
        model=judgement.model,
        pictures=PictureReview(points=judgement.in_pictures) if judgement.in_pictures else None,
        checks=checks,
        unplaced=judgement.unplaced,
        left_out=judgement.left_out,
        beyond=judgement.beyond,
        doubts=judgement.doubts,
    )


def _checks(draft: Draft, rules: Rules) -> Checks:
    """Those of the post in the draft that most of them can read."""
    posts = split_variants(draft.text, draft.zones, draft.platform)
    return max((rules.checks(_alone(draft, post)) for post in posts), key=lambda checks: checks.ran, default=Checks())


def is_slow(characters: int, *, own: bool) -> bool:
    """True where reading so many may take long: with a workspace's ``own`` patterns, however few they are."""
    return characters > _LONG or own


async def aside(characters: int, work: Callable[[], Result], *, own: bool = False) -> Result:
    """The result of work that grows with so many characters to read; where they are many it is done in a thread.

    Python code in the event loop keeps every click, health check and draft of all workspaces waiting. Threads share the
    interpreter with the loop, so there is one, and long drafts take turns. A workspace's ``own`` patterns may take long
    in few words, so they keep nobody waiting but each other.
    """
    if not is_slow(characters, own=own):
        return work()
    return await asyncio.get_running_loop().run_in_executor(_OWN if own else _BESIDE, work)


async def found_by_rules(draft: Draft, rules: Rules) -> tuple[Finding, ...]:
    """What the rules find in a draft, without keeping others waiting where it is long."""
    return await aside(len(draft.text), lambda: rule_findings(draft, rules), own=bool(rules.own_set))


def rule_findings(draft: Draft, rules: Rules) -> tuple[Finding, ...]:
    """What the rules find in a draft with all its variants."""
    return without_overlaps(without_own(_findings(draft, rules), draft.own_contacts))


def _findings(draft: Draft, rules: Rules) -> Iterator[Finding]:
    """Every variant judged for its own platform; offsets are those of the whole draft."""
    for variant in split_variants(draft.text, draft.zones, draft.platform):
        for finding in rules.findings(_alone(draft, variant)):
            yield finding.moved(variant.start)
    yield from rules.across(draft)


def _alone(draft: Draft, variant: Variant) -> Draft:
    return replace(draft, text=variant.text, platform=variant.platform, zones=(), parts=variant.parts)


# A draft of a channel: what the model is asked about it, and the critique that is kept.


def case_of(
    record: DraftRecord, judges: Judges, found: tuple[Finding, ...], answers: tuple[tuple[str, str], ...]
) -> Case:
    """The case that a draft makes. Equal ones have one answer."""
    return Case(
        team=record.place.team,
        author_id=record.author_id,
        draft=judges.told(record.draft),
        found=found,
        answers=answers,
        may_be_talk=all(finding.lead for finding in found) and may_be_talk(record),
        said_before=judges.said_before,
    )


async def reviewed(
    record: DraftRecord,
    judges: Judges,
    found: tuple[Finding, ...],
    *,
    asked: Asked | None = None,
    part: ModelPart | None = None,
) -> Critique:
    """The critique of a draft; nothing is said of what may be talk, unless somebody is sure."""
    critique = await critique_beside(record.draft, found, asked, rules=judges.rules, part=part)
    return _unless_talk(critique, record)


# Review a draft: judge it, bring its reply up to date, and stay with a model that is slow.

PATIENCE = 20.0
"""Seconds after which the fixed rules speak alone."""
_TO_THE_END = 660.0
"""Seconds; longer than the longest deadline that a model can have."""
_FIRST_PAUSE, _LONGEST_PAUSE = 60.0, 3600.0
_AGAIN = "again"
_UNANNOUNCED = (ModelPart.OFF, ModelPart.OUTGROWN, ModelPart.ANSWERED)
"""A model's part in the review before, after which people ask for the next one themselves and look at it."""
_LAST_ROUND = 29
"""The pauses up to this round add up to a day."""
_FEW, _ON_ITS_WAY = 8, 0.05
"""Reviews that get ready for the model at once: all that a burst brings would go from step to step together, and the
model, which takes longest, had nothing to do before the last is ready. Seconds after which a call is on its way."""


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """The job behind a draft. A step looks in the store first, so that a crash costs no second review.

    Without ``ask`` no model is configured. ``jobs`` takes the later rounds.
    """

    drafts: Drafts
    judges: JudgesOf
    keep_reply: KeepReply
    ask: AskModel | None = None
    answers: Answers | None = None
    thread: Thread | None = None
    jobs: Jobs | None = None
    patience: float = PATIENCE
    finish: FinishCritique | None = None
    isolate: Isolate | None = None
    tell: TellLeads | None = None
    journal: Journal | None = None
    few: Turnstile = field(default_factory=lambda: Turnstile(_FEW, _ON_ITS_WAY))

    async def __call__(self, step: Step, draft_id: str, revision: str, round_: int) -> str:
        """Run the steps; the result says in a word how it ended."""
        job = ReviewJob(draft_id, revision, round_)
        judged = await step("judge", _for(job, self.judge), job.key)
        if judged == "judged":
            return await step("reply", _for(job, self.reply), job.key)
        if judged in ("late", "failed"):
            if round_ == 0:
                await step("first reply", _for(job, self.first_reply), job.key)
            stayed = await step("stay", _for(job, self.stay if judged == "late" else self.rest), job.key)
            return await self._go_on(job, stayed)
        return judged

    async def judge(self, job: ReviewJob) -> str:
        """Review the text and keep the critique: "judged", "late", "failed" or "superseded"."""
        record = await self._current(job)
        if record is None:
            return "superseded"
        if kept := await self.drafts.find_review(job):
            return "late" if kept.critique.awaits_model else "judged"
        async with self._begun(job) as begun:
            if begun and is_left(record):
                return await self._judged(job, record)
        await self._keep(job, Critique(Outcome.COULD_NOT_REVIEW if is_left(record) else Outcome.NOT_A_DRAFT))
        return "judged"

    async def _judged(self, job: ReviewJob, record: DraftRecord) -> str:
        judges, found, asked = await self._asked(job, record, self.patience, in_line=IN_LINE if job.round == 0 else inf)
        if asked is None and await self._current(job) is None:
            return await self._superseded(job)
        part = part_after(asked, ModelPart.AWAITED) if self.ask and judges.critic else None
        if not part or job.round == 0:
            await self._keep(job, await reviewed(record, judges, found, asked=asked, part=part), judges.beside)
        if self.tell and part and part in TROUBLE:
            await self.tell.model_fails(job.team, part)
        waits = "failed" if asked else "late"
        return waits if part else "judged"

    async def first_reply(self, job: ReviewJob) -> str:
        """Show what the rules found while the model is still at work."""
        return (await self._settled(job)).whole()

    async def reply(self, job: ReviewJob) -> str:
        """Bring the reply up to date; the work is done."""
        settled = await self._settled(job)
        is_gone = settled.done == "gone" and await self._is_asked_for(job)
        again = await self.drafts.state(job.draft_id) if is_gone else None
        if again and again.reply and await self.keep_reply.replies.removed(again.reply):
            settled = await self.keep_reply.settled(job.draft_id, job.key)
        state = settled.state
        await self._show_working(state.record if state else None, working=False)
        await self._announce(job, state)
        await self._tell_sign_off(job, state)
        if self.journal and state and state.review and state.record.job == job:
            self.journal.replied(job, state.review.critique)
        return settled.whole()

    async def _settled(self, job: ReviewJob) -> Settled:
        """Bring the reply up to date. Where Slack takes none, people hear of it elsewhere; a sweep asks again."""
        try:
            return await self.keep_reply.settled(job.draft_id, job.key)
        except MayNotPost as refused:
            record = await self._current(job)
            await self._show_working(record, working=False)
            if self.tell and record:
                await self.tell.may_not_post(record, refused.code)
            raise

    async def _tell_sign_off(self, job: ReviewJob, state: DraftState | None) -> None:
        """Whoever approved an earlier text is told, in a job of its own: a review must not wait for a message."""
        known = sign_off_of(state) if state else None
        if self.jobs and known and known.stale:
            await self.jobs.refresh(job.draft_id, f"changed:{known.last.key}")

    async def stay(self, job: ReviewJob) -> str:
        """Wait for the model to the end; then a new round shows its answer, or asks again later."""
        record = await self._current(job)
        if record is None:
            return "superseded"
        async with self._begun(job) as begun:
            if not begun:
                return await self._give_up(job, Critique(Outcome.COULD_NOT_REVIEW))
            *_, asked = await self._asked(job, record, _TO_THE_END)
        if await self._current(job) is None:
            return await self._superseded(job)
        return await self._again(job, 0.0) if isinstance(asked, Judgement) else await self.rest(job)

    async def rest(self, job: ReviewJob) -> str:
        """After a call that failed: a new round asks again, each after a longer pause, until it is given up."""
        record = await self._current(job)
        if record is None:
            return await self._superseded(job)
        await self._show_working(record, working=False)
        if self.journal and job.round == 0 and (kept := await self.drafts.find_review(job)):
            self.journal.replied(job, kept.critique)  # the round after it may be long in coming
        if job.round < _LAST_ROUND:
            return await self._again(job, min(_FIRST_PAUSE * 2**job.round, _LONGEST_PAUSE))
        judges = await self._judges(record)
        found = await found_by_rules(judges.told(record.draft), judges.rules)
        return await self._give_up(job, await reviewed(record, judges, found, part=ModelPart.GIVEN_UP), judges.beside)

    async def _judges(self, record: DraftRecord) -> Judges:
        return await self.judges.of(record.place.team, record.draft.text, record.id)

    async def _again(self, job: ReviewJob, pause: float) -> str:
        return f"{_AGAIN} {pause}" if await self.drafts.next_round(job) else "superseded"

    def _begun(self, job: ReviewJob) -> AbstractAsyncContextManager[bool]:
        return self.isolate.begin(job) if self.isolate else nullcontext(enter_result=True)

    async def _go_on(self, job: ReviewJob, stayed: str) -> str:
        """Ask for the next round. The engine takes no job from inside a step, so this is none."""
        again, _, pause = stayed.partition(" ")
        if again == _AGAIN and self.jobs:
            await self.jobs.review(replace(job, round=job.round + 1), delay=float(pause))
        return again

    async def _give_up(self, job: ReviewJob, critique: Critique, beside: Sequence[EarlierPost] = ()) -> str:
        await self._keep(job, critique, beside)
        return await self.reply(job)

    async def _keep(self, job: ReviewJob, critique: Critique, beside: Sequence[EarlierPost] = ()) -> None:
        finished = await self.finish(job, critique) if self.finish else critique
        await self.drafts.save_review(Review(job, finished), beside)

    async def _current(self, job: ReviewJob) -> DraftRecord | None:
        """The draft, where the job still speaks of what it says and nobody has muted its thread."""
        record = await self.drafts.find(job.draft_id)
        return record if record and not (record.erased or record.mute) and record.job == job else None

    async def _superseded(self, job: ReviewJob) -> str:
        """Newer words have a job of their own, which shows the work; of a muted thread it is over."""
        record = await self.drafts.find(job.draft_id)
        if record and record.mute:
            await self._show_working(record, working=False)
        return "superseded"

    async def _is_asked_for(self, job: ReviewJob) -> bool:
        """True where people wait for the reply, although somebody deleted the one before."""
        record = await self._current(job)
        return bool(record and record.asked and job.round)

    async def _asked(
        self, job: ReviewJob, record: DraftRecord, patience: float, *, in_line: float = inf
    ) -> tuple[Judges, tuple[Finding, ...], Asked | None]:
        """Who judges, what the rules found, and what the model says within those seconds (`AskModel.wait`)."""
        urgent = job.round > 0 or job.revision != FIRST_REVISION
        async with AsyncExitStack() as turn:
            await turn.enter_async_context(self.few.one(urgent=urgent))
            judges = await self._judges(record)
            if is_slow(len(record.draft.text), own=bool(judges.rules.own_set)):
                await turn.aclose()  # it keeps nobody else waiting
            found = await found_by_rules(judges.told(record.draft), judges.rules)
            asked, call = await self._called(job, record, judges, found=found)
        if call and self.ask:
            going, is_new = call
            if is_new:
                await self._show_working(record, working=True)
            asked = await self.ask.wait(job, going, patience, in_line=in_line)
        return judges, found, without_own_contacts(asked, judges.told(record.draft)) if asked else None

    async def _called(
        self, job: ReviewJob, record: DraftRecord, judges: Judges, found: tuple[Finding, ...]
    ) -> tuple[Judgement | None, tuple[asyncio.Task[Asked], bool] | None]:
        """What the model said of an equal case, or else a call."""
        if self.ask is None or judges.critic is None:
            return None, None
        case = case_of(record, judges, found, answers=await self._answers(job))
        known = await self.ask.known(case, judges.critic, job)
        return known, None if known else self.ask.begin(job, case, judges.critic)

    async def _answers(self, job: ReviewJob) -> tuple[tuple[str, str], ...]:
        given = await self.answers.of(job.draft_id) if self.answers else ()
        return tuple((answer.guideline, answer.answer) for answer in given)

    async def _announce(self, job: ReviewJob, state: DraftState | None) -> None:
        """An edited message rings nobody's bell: say it where a late review brought a must-fix.

        Whoever answered a question, or connected a model and asked again, looks at the reply anyway.
        """
        earlier = await self.drafts.previous_review(job)
        standing = standing_in(state) if state and state.record.job == job and not state.record.mute else None
        if not (self.thread and state and standing and earlier) or earlier.critique.model_part in _UNANNOUNCED:
            return
        # What an exception or a dismissal hides is not in the reply, so nobody is sent there for it.
        shown = {finding.key for finding in earlier.critique.findings}
        left = [point.finding for point in standing.points if point.decision is Decision.OPEN]
        severe = [finding for finding in left if finding.severity is Severity.MUST_FIX and finding.key not in shown]
        if severe:
            with speaking(await self.keep_reply.speaks(state.record.place.team, state.record.draft.text)):
                await self.thread.announce(state.record, f"news:{job.key}", len(severe))

    async def _show_working(self, record: DraftRecord | None, *, working: bool) -> None:
        if self.thread and self.ask and record and not record.erased:
            await self.thread.show_working(record, working=working)


def _unless_talk(critique: Critique, record: DraftRecord) -> Critique:
    """Nobody is answered where a message may be talk, no model could tell, and nothing certain was found in it."""
    silent = critique.fixed_rules_only and not critique.findings and may_be_talk(record)
    return replace(critique, outcome=Outcome.NOT_A_DRAFT, leads=()) if silent else critique


def _for(job: ReviewJob, work: Callable[[ReviewJob], Awaitable[str]]) -> Callable[[str], Awaitable[str]]:
    """The work on a job as a step, which is given a key only."""

    async def step(_: str) -> str:
        return await work(job)

    return step
