"""What people decided and answered, in memory, beside the drafts that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.deciding import Answer, Verdict
    from bot.core.findings import CleanText
    from tests.flows.fakes import FakeDrafts


class FakeVerdicts:
    def __init__(self, drafts: FakeDrafts) -> None:
        self.drafts = drafts

    async def record(self, draft_id: str, verdict: Verdict) -> None:
        await self.drafts.pause()
        known = self.drafts.verdicts.get(draft_id, {})
        earlier = known.get(verdict.finding)
        if not self.drafts.rows[draft_id].erased and (earlier is None or earlier.at < verdict.at):
            self.drafts.verdicts[draft_id] = known | {verdict.finding: verdict}


class FakeAnswers:
    def __init__(self, drafts: FakeDrafts) -> None:
        self.drafts = drafts

    async def of(self, draft_id: str) -> tuple[Answer, ...]:
        return tuple(self.drafts.answers.get(draft_id, {}).values())

    async def record(self, draft_id: str, answer: Answer) -> None:
        known = self.drafts.answers.get(draft_id, {})
        earlier = known.get(answer.guideline)
        if not self.drafts.rows[draft_id].erased and (earlier is None or earlier.at < answer.at):
            self.drafts.answers[draft_id] = known | {answer.guideline: answer}


class FakeCleanTexts:
    def __init__(self, drafts: FakeDrafts) -> None:
        self.drafts = drafts

    async def save(self, draft_id: str, made: CleanText) -> None:
        await self.drafts.pause()
        if not self.drafts.rows[draft_id].erased:
            self.drafts.made[draft_id] = made
