"""A workflow asked for the critique of a text: keep it until the step is answered, and not longer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.draft import Draft, platform_named
from bot.core.message import Place
from bot.core.private_review import PrivateReview
from bot.core.words.reply import platform as platform_name

if TYPE_CHECKING:
    from bot.core.ports import Clock
    from bot.core.private_ports import PrivateJobs, PrivateReviews


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
        review = PrivateReview(place, "", "step", now, "", draft, step.answer_to)
        await self.private.add(review)
        await self.jobs.review_in_private(review.id)
        return True


def _headed(step: WorkflowStep) -> str:
    """The platform as a heading above the words: so authors write it, and so it is kept."""
    platform = platform_named(step.platform)
    return f"{platform_name(platform)}:\n{step.text}" if platform else step.text
