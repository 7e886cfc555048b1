"""Somebody changes an answer: keep the new one, then review the draft again with it. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.click import later
from bot.core.critique import Question

if TYPE_CHECKING:
    from bot.core.answer import Answer
    from bot.core.click import Click
    from bot.core.ports import Answers, Drafts, Jobs
    from bot.core.record import DraftState


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """Only what was asked can be answered anew."""

    drafts: Drafts
    answers: Answers
    jobs: Jobs

    async def answer(self, click: Click) -> Answer | None:
        """The answer that a button belongs to, None where it is gone."""
        return _answer(await self.drafts.state(click.target.draft_id), click)

    async def __call__(self, click: Click, number: int) -> bool:
        """Keep the option with that number; False where it is gone. ``click`` is the one that opened the window."""
        state = await self.drafts.state(click.target.draft_id)
        known = _answer(state, click)
        if state is None or known is None or number >= len(known.options):
            return False
        chosen = known.options[number]
        if chosen != known.answer:
            at = later(click.at, known.at)
            await self.answers.record(state.record.id, replace(known, answer=chosen, user=click.user, at=at))
        # Where it stands already, the attempt before may have died in between: then the round begins, unless it was
        # begun. A round under way may have read the answer before.
        if job := await self.drafts.next_round(state.shows if chosen == known.answer else state.record.job):
            await self.jobs.review(job)
        await self.jobs.refresh(state.record.id, f"changed:{number}:{click.cause}")
        return True


def _answer(state: DraftState | None, click: Click) -> Answer | None:
    answers = state.answers if state else ()
    found = (answer for answer in answers if Question(answer.guideline, "", ()).ref == click.target.ref)
    return next((answer for answer in found if answer.options), None)
