"""Reviews that somebody asks for: by shortcut, mention, command, window or workflow."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.core.drafts import Author, Draft, Message, Place, platform_named, reference
from bot.core.errors import CandorError
from bot.core.judging import Case, ReviewState
from bot.core.private_reviews import LIFETIME, PrivateReview
from bot.core.reading.draft_or_talk import refusal_of
from bot.core.reading.side_notes import without_notes
from bot.core.reviewing import RequestOutcome
from bot.core.words.people import in_english, speaking
from bot.core.words.people import platform as platform_name
from bot.flows.reviewing import critique_beside, found_by_rules, review_case

if TYPE_CHECKING:
    from bot.core.deciding import OptOuts
    from bot.core.judging import Critique
    from bot.core.ports import Clock, Drafts, JudgesOf, LanguageOf, Step
    from bot.core.private_reviews import Homes, PrivateAnswers, PrivateJobs, PrivateReviews
    from bot.core.reviewing import ReviewRequest
    from bot.flows.asking import AskModel
    from bot.flows.receiving import AdmitOutsiders


# Somebody typed a text behind the slash command: review it for that person alone. Safe to repeat.


@dataclass(frozen=True, slots=True)
class Typed:
    """``key`` is Slack's own for this use of the command, the same when it comes again. ``place.ts`` is ""."""

    place: Place
    user: str
    key: str
    text: str = field(repr=False)
    answer_to: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReviewTyped:
    """It is kept only until it is answered."""

    private: PrivateReviews
    jobs: PrivateJobs
    clock: Clock

    async def __call__(self, typed: Typed) -> bool:
        """Take it; it is durable when this returns. False where there are no words to review."""
        if not any(sign.isalnum() for sign in typed.text):
            return False
        said = without_notes(Message(typed.place, Author.PERSON, typed.user, text=typed.text))
        review = PrivateReview(
            typed.place,
            typed.user,
            reference(typed.key),
            asked_at=self.clock.now(),
            author_id=typed.user,
            draft=Draft(said.text, said.platform or ""),
            answer_to=typed.answer_to,
        )
        await self.private.add(review)
        await self.jobs.review_in_private(review.id)
        return True


# Review a text for one person alone, and keep nothing of it.


@dataclass(frozen=True, slots=True)
class ReviewAlone:
    """Under a workspace's guidelines, facts and budget. Without ``ask`` no model reads it."""

    judges: JudgesOf
    ask: AskModel | None = None

    async def __call__(self, team: str, draft: Draft, author_id: str = "") -> Critique:
        """The critique."""
        judges = await self.judges.of(team, draft.text)
        draft = judges.told(draft)
        found = await found_by_rules(draft, judges.rules)
        if self.ask is None or judges.critic is None:
            return await critique_beside(draft, found, None, rules=judges.rules)
        case = Case(team, author_id, draft, found=found, said_before=judges.said_before)
        if known := await self.ask.known(case, judges.critic):
            return await critique_beside(draft, found, known, rules=judges.rules)
        critique = await review_case(case, judges.rules, judges.critic)
        if critique.state is ReviewState.DONE:
            await self.ask.reviewed(team)
        return critique


_ANSWERED, _EXPIRED = "answered", "expired"


@dataclass(frozen=True, slots=True)
class ReviewInPrivate:
    """The job behind it. A crash costs nothing: the critique is kept until it was shown. Without ``ask`` no model."""

    private: PrivateReviews
    answers: PrivateAnswers
    judges: JudgesOf
    clock: Clock
    ask: AskModel | None = None
    speaks: LanguageOf = in_english

    async def __call__(self, step: Step, review_id: str) -> str:
        """Run the steps; the result says in a word how it ended."""
        if self.ask and await step("say so", self.say_so, review_id) == _EXPIRED:
            return _EXPIRED
        if await step("read", self.read, review_id) == _EXPIRED:
            return _EXPIRED
        return await step("answer", self.answer, review_id)

    async def say_so(self, review_id: str) -> str:
        """A model takes a while: say at once that it reads. The fixed rules alone are faster than the words."""
        if review := await self._current(review_id):
            with speaking(await self.speaks(review.place.team, review.draft.text)):
                said = await self.answers.reading(review)
            if said:
                return "said"
        return await self._end(review_id, _EXPIRED)

    async def read(self, review_id: str) -> str:
        """Review the text and keep the critique until it is shown."""
        review = await self._current(review_id)
        if review is None:
            return await self._end(review_id, _EXPIRED)
        if review.critique is None:
            await self.private.save_critique(review_id, await self._critique(review))
        return "read"

    async def answer(self, review_id: str) -> str:
        """Show the critique, then delete all that was kept."""
        review = await self._current(review_id)
        if review is None or review.critique is None:
            return await self._end(review_id, _EXPIRED)
        with speaking(await self.speaks(review.place.team, review.draft.text)):
            shown = await self.answers.show(review, review.critique)
        return await self._end(review_id, _ANSWERED if shown else _EXPIRED)

    async def _current(self, review_id: str) -> PrivateReview | None:
        review = await self.private.find(review_id)
        return review if review and self.clock.now() - review.asked_at < LIFETIME else None

    async def _critique(self, review: PrivateReview) -> Critique:
        return await ReviewAlone(self.judges, self.ask)(review.place.team, review.draft, review.author_id)

    async def _end(self, review_id: str, how: str) -> str:
        if how == _EXPIRED and (late := await self.private.find(review_id)):
            await self.answers.give_up(late)
        await self.private.end(review_id)
        return how


# Somebody asked for the review of one message: in its thread where Candor is at home, else in private.


@dataclass(frozen=True, slots=True)
class ReviewOnRequest:
    """Talk becomes a draft, a known draft gets a new round. Safe to repeat."""

    drafts: Drafts
    private: PrivateReviews
    jobs: PrivateJobs
    channels: Homes
    clock: Clock
    opt_outs: OptOuts | None = None
    admit: AdmitOutsiders | None = None

    async def __call__(self, request: ReviewRequest) -> RequestOutcome:
        """Take the request; it is durable when this returns."""
        if self.admit:
            request = replace(request, message=await self.admit(request.message))
        if refusal := refusal_of(request.message):
            return refusal
        if await self._is_unwanted(request):
            return RequestOutcome.OPTED_OUT
        if await self._is_at_home(request.message) and await self._in_thread(request):
            return RequestOutcome.IN_THREAD
        return await self._in_private(request)

    async def _is_at_home(self, message: Message) -> bool:
        """A reply inside a thread is never a draft of its own: people answer it there. A muted thread stays quiet."""
        place = message.place
        known = await self.drafts.find(place.draft_id)
        if message.thread or (known and (known.erased or known.mute)):
            return False
        here = known is not None or await self.channels.is_switched_on(place.team, place.channel)
        return here and (message.direct or await self.channels.is_member(place.team, place.channel))

    async def _is_unwanted(self, request: ReviewRequest) -> bool:
        """True where somebody asks about the words of a person who wants reviews only on their own request."""
        author, team = request.message.author_id, request.message.place.team
        return bool(self.opt_outs and request.user != author and await self.opt_outs.is_out(team, author))

    async def _in_thread(self, request: ReviewRequest) -> bool:
        message = without_notes(request.message)
        # What the person sees may be newer than what the events have told so far.
        if await self.drafts.add(message, asked=request.at) is None:
            await self.drafts.revise(message)
        record = await self.drafts.ask(message.place.draft_id, request.at)
        if record:
            await self.jobs.review(record.job)
        return record is not None

    async def _in_private(self, request: ReviewRequest) -> RequestOutcome:
        message = without_notes(request.message)
        review = PrivateReview(
            message.place,
            request.user,
            request.at,
            asked_at=self.clock.now(),
            author_id=message.author_id,
            draft=Draft(
                message.text,
                message.platform or "",
                pictures=message.pictures,
                zones=message.zones,
                unread=message.unread,
            ),
            answer_to=request.answer_to,
            thread=message.thread,
        )
        await self.private.add(review)
        await self.jobs.review_in_private(review.id)
        return RequestOutcome.IN_PRIVATE


# A workflow asked for the critique of a text: keep it until the step is answered, and not longer.


@dataclass(frozen=True, slots=True)
class WorkflowStep:
    """``execution`` is Slack's id of this run of the step, ``at`` its time; both are the same when it comes again."""

    team: str
    execution: str
    at: str
    text: str
    platform: str
    answer_to: str


@dataclass(frozen=True, slots=True)
class ReviewInWorkflow:
    """It is a review for one alone: kept with the address of its answer, and deleted with it. Safe to repeat."""

    private: PrivateReviews
    jobs: PrivateJobs
    clock: Clock

    async def __call__(self, step: WorkflowStep) -> bool:
        """Take the step; it is durable when this returns. False where there are no words to review."""
        if not any(c.isalnum() for c in step.text):
            return False
        place = Place(step.team, step.execution, step.at)
        now, draft = self.clock.now(), Draft(_headed(step))
        review = PrivateReview(place, "", "step", asked_at=now, author_id="", draft=draft, answer_to=step.answer_to)
        await self.private.add(review)
        await self.jobs.review_in_private(review.id)
        return True


def _headed(step: WorkflowStep) -> str:
    """The platform as a heading above the words: so authors write it, and so it is kept."""
    platform = platform_named(step.platform)
    return f"{platform_name(platform)}:\n{step.text}" if platform else step.text


# Delete private reviews whose time is over, and ask again for those whose job got lost.

_SETTLED = 30.0
"""Seconds that the way from request to job may take."""


@dataclass(frozen=True, slots=True)
class SweepPrivate:
    """Runs at start and every minute. Asking twice for a job that runs or waits changes nothing."""

    private: PrivateReviews
    answers: PrivateAnswers
    jobs: PrivateJobs
    clock: Clock

    async def __call__(self) -> int:
        """Delete, then ask again; how many were deleted."""
        now = self.clock.now()
        for review_id in await self.private.waiting(now - LIFETIME):
            if late := await self.private.find(review_id):
                with suppress(CandorError, OSError):  # the words go in any case
                    await self.answers.give_up(late)
        deleted = await self.private.forget(now - LIFETIME)
        for review_id in await self.private.waiting(now - _SETTLED):
            await self.jobs.review_in_private(review_id)
        return deleted
