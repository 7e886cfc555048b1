"""Review a draft: judge it, then bring its reply up to date. Two steps, each from id to id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.record import Review, ReviewJob
from bot.flows.review_text import review_text

if TYPE_CHECKING:
    from bot.core.ports import Drafts, Rules, Step
    from bot.flows.keep_reply import KeepReply


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """The job behind a draft. A step looks in the store first, so that a crash costs no second review."""

    drafts: Drafts
    rules: Rules
    keep_reply: KeepReply

    async def __call__(self, step: Step, draft_id: str, revision: str, round_: int) -> str:
        """Run the steps; the result says in a word how it ended."""
        job = ReviewJob(draft_id, revision, round_)

        async def judge(_: str) -> str:
            return await self.judge(job)

        async def reply(_: str) -> str:
            return await self.keep_reply(draft_id, owner=job.key)

        if await step("judge", judge, job.key) != "judged":
            return "superseded"
        return await step("reply", reply, job.key)

    async def judge(self, job: ReviewJob) -> str:
        """Review the text and keep the critique, unless the draft has moved on."""
        record = await self.drafts.find(job.draft_id)
        if record is None or record.erased or record.job != job:
            return "superseded"
        if await self.drafts.find_review(job) is None:
            await self.drafts.save_review(Review(job, review_text(record.draft, self.rules)))
        return "judged"
