"""A model and its answers, in memory."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.core.judging import Failure, Judgement, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.brand.posts import EarlierPost
    from bot.core.judging import Case
    from bot.core.reviewing import ReviewJob


class FakeCritic:
    """Answers each call with the next of ``answers``; a None waits for `go`."""

    fingerprint = "f1"

    def __init__(self, *answers: Judgement | Failure | None) -> None:
        self.answers = list(answers)
        self.cases: list[Case] = []
        self.stopped = 0
        self.go = asyncio.Event()

    async def judge(self, case: Case) -> Judgement:
        self.cases.append(case)
        answer = self.answers.pop(0)
        if answer is None:
            try:
                await self.go.wait()
            except asyncio.CancelledError:
                self.stopped += 1
                raise
            answer = self.answers.pop(0)
        if isinstance(answer, Failure):
            raise ModelFailed(answer)
        return answer or Judgement()


class FakeJudgements:
    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Judgement] = {}

    async def find(self, team: str, digest: str) -> Judgement | None:
        return self.rows.get((team, digest))

    async def save(self, job: ReviewJob, digest: str, judgement: Judgement, beside: Sequence[EarlierPost] = ()) -> None:
        del beside
        if judgement.reusable:
            self.rows[job.team, digest] = judgement
