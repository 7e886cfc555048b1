"""Review a text for one person alone, and keep nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.judgement import Case
from bot.core.private_review import LIFETIME
from bot.flows.review_text import critique_beside, found_by_rules, review_case

if TYPE_CHECKING:
    from bot.core.critique import Critique
    from bot.core.judging_ports import JudgesOf
    from bot.core.ports import Clock, Step
    from bot.core.private_ports import PrivateAnswers, PrivateReviews
    from bot.core.private_review import PrivateReview
    from bot.flows.ask_model import AskModel

_ANSWERED, _EXPIRED = "answered", "expired"


@dataclass(frozen=True, slots=True)
class ReviewInPrivate:
    """The job behind it. A crash costs nothing: the critique is kept until it was shown. Without ``ask`` no model."""

    private: PrivateReviews
    answers: PrivateAnswers
    judges: JudgesOf
    clock: Clock
    ask: AskModel | None = None

    async def __call__(self, step: Step, review_id: str) -> str:
        """Run the steps; the result says in a word how it ended."""
        if self.ask and await step("say so", self.say_so, review_id) == _EXPIRED:
            return _EXPIRED
        if await step("read", self.read, review_id) == _EXPIRED:
            return _EXPIRED
        return await step("answer", self.answer, review_id)

    async def say_so(self, review_id: str) -> str:
        """A model takes a while: say at once that it reads. The fixed rules alone are faster than the words."""
        review = await self._current(review_id)
        if review is None or not await self.answers.reading(review):
            return await self._end(review_id, _EXPIRED)
        return "said"

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
        shown = review and review.critique and await self.answers.show(review, review.critique)
        return await self._end(review_id, _ANSWERED if shown else _EXPIRED)

    async def _current(self, review_id: str) -> PrivateReview | None:
        review = await self.private.find(review_id)
        return review if review and self.clock.now() - review.asked_at < LIFETIME else None

    async def _critique(self, review: PrivateReview) -> Critique:
        judges = await self.judges.of(review.place.team)
        draft = judges.told(review.draft)
        found = await found_by_rules(draft, judges.rules)
        if self.ask is None or judges.critic is None:
            return await critique_beside(draft, found, None, judges.rules)
        case = Case(review.place.team, review.author_id, draft, found)
        if known := await self.ask.known(case, judges.critic):
            return await critique_beside(draft, found, known, judges.rules)
        return await review_case(case, judges.rules, judges.critic)

    async def _end(self, review_id: str, how: str) -> str:
        await self.private.end(review_id)
        return how
