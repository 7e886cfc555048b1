"""Review a draft: judge it, bring its reply up to date, and stay with a model that is slow."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.critique import Critique, ModelPart, Outcome
from bot.core.judgement import Case, Judgement
from bot.core.reading import may_be_talk
from bot.core.record import Review, ReviewJob
from bot.core.severity import Severity
from bot.core.standing import standing_in
from bot.core.verdict import Decision
from bot.flows.review_text import critique_beside, found_by_rules, part_after, without_own_contacts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.core.finding import Finding
    from bot.core.judging_ports import Judges, JudgesOf
    from bot.core.ports import Answers, Drafts, Jobs, Step, Thread
    from bot.core.record import DraftRecord
    from bot.flows.ask_model import Asked, AskModel
    from bot.flows.finish_critique import FinishCritique
    from bot.flows.isolate import Isolate
    from bot.flows.keep_reply import KeepReply

PATIENCE = 20.0
"""Seconds after which the fixed rules speak alone."""
_TO_THE_END = 120.0
"""Seconds; longer than the model's own deadline."""
_FIRST_PAUSE, _LONGEST_PAUSE = 60.0, 3600.0
_AGAIN = "again"
_UNANNOUNCED = (ModelPart.OFF, ModelPart.OUTGROWN, ModelPart.ANSWERED)
"""A model's part in the review before, after which people ask for the next one themselves and look at it."""
_LAST_ROUND = 29
"""The pauses up to this round add up to a day."""


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
            if begun:
                return await self._judged(job, record)
        await self._keep(job, Critique(Outcome.COULD_NOT_REVIEW))
        return "judged"

    async def _judged(self, job: ReviewJob, record: DraftRecord) -> str:
        judges = await self.judges.of(job.team)
        found = await found_by_rules(judges.told(record.draft), judges.rules)
        asked = await self._ask(job, record, judges, found, self.patience)
        if asked is None and await self._current(job) is None:
            return await self._superseded(job)
        part = part_after(asked, ModelPart.AWAITED) if self.ask and judges.critic else None
        if not part or job.round == 0:
            kept = await critique_beside(record.draft, found, asked, judges.rules, part=part)
            await self._keep(job, _unless_talk(kept, record))
        waits = "failed" if asked else "late"
        return waits if part else "judged"

    async def first_reply(self, job: ReviewJob) -> str:
        """Show what the rules found while the model is still at work."""
        return await self.keep_reply(job.draft_id, owner=job.key)

    async def reply(self, job: ReviewJob) -> str:
        """Bring the reply up to date; the work is done."""
        done = await self.keep_reply(job.draft_id, owner=job.key)
        if done == "gone" and await self._is_asked_for(job):
            await self.keep_reply.replies.removed(job.draft_id)
            done = await self.keep_reply(job.draft_id, owner=job.key)
        await self._show_working(job, working=False)
        await self._announce(job)
        return done

    async def stay(self, job: ReviewJob) -> str:
        """Wait for the model to the end; then a new round shows its answer, or asks again later."""
        record = await self._current(job)
        if record is None:
            return "superseded"
        judges = await self.judges.of(job.team)
        async with self._begun(job) as begun:
            if not begun:
                return await self._give_up(job, Critique(Outcome.COULD_NOT_REVIEW))
            found = await found_by_rules(judges.told(record.draft), judges.rules)
            asked = await self._ask(job, record, judges, found, _TO_THE_END)
        if await self._current(job) is None:
            return await self._superseded(job)
        return await self._again(job, 0.0) if isinstance(asked, Judgement) else await self.rest(job)

    async def rest(self, job: ReviewJob) -> str:
        """After a call that failed: a new round asks again, each after a longer pause, until it is given up."""
        record = await self._current(job)
        if record is None:
            return await self._superseded(job)
        await self._show_working(job, working=False)
        if job.round < _LAST_ROUND:
            return await self._again(job, min(_FIRST_PAUSE * 2**job.round, _LONGEST_PAUSE))
        judges = await self.judges.of(job.team)
        found = await found_by_rules(judges.told(record.draft), judges.rules)
        given_up = await critique_beside(record.draft, found, None, judges.rules, part=ModelPart.GIVEN_UP)
        return await self._give_up(job, _unless_talk(given_up, record))

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

    async def _give_up(self, job: ReviewJob, critique: Critique) -> str:
        await self._keep(job, critique)
        return await self.reply(job)

    async def _keep(self, job: ReviewJob, critique: Critique) -> None:
        finished = await self.finish(job, critique) if self.finish else critique
        await self.drafts.save_review(Review(job, finished))

    async def _current(self, job: ReviewJob) -> DraftRecord | None:
        """The draft, where the job still speaks of what it says and nobody has muted its thread."""
        record = await self.drafts.find(job.draft_id)
        return record if record and not (record.erased or record.mute) and record.job == job else None

    async def _superseded(self, job: ReviewJob) -> str:
        """Newer words have a job of their own, which shows the work; of a muted thread it is over."""
        record = await self.drafts.find(job.draft_id)
        if record and record.mute:
            await self._show_working(job, working=False)
        return "superseded"

    async def _is_asked_for(self, job: ReviewJob) -> bool:
        """True where people wait for the reply, although somebody deleted the one before."""
        record = await self._current(job)
        return bool(record and record.asked and job.round)

    async def _ask(
        self, job: ReviewJob, record: DraftRecord, judges: Judges, found: tuple[Finding, ...], patience: float
    ) -> Asked | None:
        if self.ask is None or judges.critic is None:
            return None
        case = Case(
            team=job.team,
            author_id=record.author_id,
            draft=judges.told(record.draft),
            found=found,
            answers=await self._answers(job),
            may_be_talk=all(finding.lead for finding in found) and may_be_talk(record),
        )
        if known := await self.ask.known(case, judges.critic, job):
            return without_own_contacts(known, case.draft)
        if self.ask.is_new(job):
            await self._show_working(job, working=True)
        asked = await self.ask(job, case, judges.critic, patience)
        return without_own_contacts(asked, case.draft) if asked else None

    async def _answers(self, job: ReviewJob) -> tuple[tuple[str, str], ...]:
        given = await self.answers.of(job.draft_id) if self.answers else ()
        return tuple((answer.guideline, answer.answer) for answer in given)

    async def _announce(self, job: ReviewJob) -> None:
        """An edited message rings nobody's bell: say it where a late review brought a must-fix.

        Whoever answered a question, or connected a model and asked again, looks at the reply anyway.
        """
        state, earlier = await self.drafts.state(job.draft_id), await self.drafts.previous_review(job)
        standing = standing_in(state) if state and state.record.job == job and not state.record.mute else None
        if not (self.thread and state and standing and earlier) or earlier.critique.model_part in _UNANNOUNCED:
            return
        # What an exception or a dismissal hides is not in the reply, so nobody is sent there for it.
        shown = {finding.key for finding in earlier.critique.findings}
        left = [point.finding for point in standing.points if point.decision is Decision.OPEN]
        severe = [finding for finding in left if finding.severity is Severity.MUST_FIX and finding.key not in shown]
        if severe:
            await self.thread.announce(state.record, f"news:{job.key}", len(severe))

    async def _show_working(self, job: ReviewJob, *, working: bool) -> None:
        record = await self.drafts.find(job.draft_id)
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
