"""Somebody answered a question about a draft: keep the answer, then review the draft again with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.answer import Answer

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.critique import Question
    from bot.core.ports import Answers, Drafts, Jobs
    from bot.core.record import DraftState


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """The reply shows at once that it was answered; the new round follows. Safe to repeat."""

    drafts: Drafts
    answers: Answers
    jobs: Jobs

    async def __call__(self, click: Click, number: int) -> bool:
        """Keep the answer with that number; False where the question is gone or somebody else answered it."""
        state = await self.drafts.state(click.target.draft_id)
        asked = _asked(state, click)
        if state is None or asked is None or number >= len(asked.answers):
            return False
        again = any(answer.at == click.at for answer in state.answers)
        chosen = asked.answers[number]
        answer = Answer(asked.guideline, chosen, click.user, click.at, asked.question, asked.answers)
        await self.answers.record(state.record.id, answer)
        # The same click may come again after a crash: then the round begins unless it was begun already.
        if job := await self.drafts.next_round(state.shows if again else state.record.job):
            await self.jobs.review(job)
        await self.jobs.refresh(state.record.id, click.cause)
        return True


def _asked(state: DraftState | None, click: Click) -> Question | None:
    """The question, where nobody answered it by another click."""
    if state is None or state.review is None:
        return None
    taken = {answer.guideline for answer in state.answers if answer.at != click.at}
    asked = (q for q in state.review.critique.questions if q.ref == click.target.ref)
    return next((q for q in asked if q.guideline not in taken), None)
