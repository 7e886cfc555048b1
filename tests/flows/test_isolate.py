"""Which reviews begin together, which alone, and which no more."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.judging import Outcome
from bot.core.reviewing import ReviewJob
from bot.flows.isolating import GUILTY, SUSPECT, Isolate
from bot.flows.reviewing import ReviewDraft
from bot.flows.watching import TellLeads
from tests.flows.fake_judges import FakeJudges
from tests.flows.fakes import message
from tests.flows.world import Steps, World

GOOD, OTHER, BAD = (ReviewJob(f"T1:C1:{n}.0", "0") for n in range(3))


class FakeAttempts:
    """Keeps what a crash would leave behind."""

    def __init__(self, **begun: int) -> None:
        self.begun_: dict[str, int] = dict(begun)

    async def of(self, job: ReviewJob) -> int:
        return self.begun_.get(job.draft_id, 0)

    async def begun(self, job: ReviewJob) -> None:
        self.begun_[job.draft_id] = self.begun_.get(job.draft_id, 0) + 1

    async def ended(self, job: ReviewJob) -> None:
        self.begun_.pop(job.draft_id, None)


def isolate(world: World, attempts: FakeAttempts) -> Isolate:
    return Isolate(attempts, TellLeads(world.leads, world.notices, world.messages, sees=world.sees))


async def test_reviews_begin_together_and_suspects_alone() -> None:
    attempts = FakeAttempts(**{BAD.draft_id: SUSPECT})
    room = isolate(World(), attempts)
    inside: set[ReviewJob] = set()
    seen: list[set[ReviewJob]] = []

    async def work(job: ReviewJob) -> None:
        async with room.begin(job) as begun:
            assert begun
            inside.add(job)
            for _ in range(5):
                seen.append(set(inside))
                await asyncio.sleep(0)
            inside.remove(job)

    await asyncio.gather(work(GOOD), work(OTHER), work(BAD), work(GOOD))
    assert {GOOD, OTHER} in seen
    assert all(there == {BAD} for there in seen if BAD in there)
    assert attempts.begun_ == {}


async def test_what_is_begun_counts_until_it_ends_however_it_ends() -> None:
    attempts = FakeAttempts()
    room = isolate(World(), attempts)
    async with room.begin(GOOD):
        assert attempts.begun_ == {GOOD.draft_id: 1}
    with pytest.raises(ZeroDivisionError):
        async with room.begin(GOOD):
            _ = 1 / 0
    assert attempts.begun_ == {}


async def test_a_draft_that_ends_the_process_alone_is_put_aside_and_the_leads_are_told_once() -> None:
    world = World()
    record = await world.drafts.add(message())
    assert record
    attempts = FakeAttempts(**{record.id: GUILTY})
    review = ReviewDraft(world.drafts, FakeJudges(world.rules), world.keep, isolate=isolate(world, attempts))
    for _ in range(2):
        await review(Steps(), record.id, "0", 0)
    assert world.rules.read == []
    assert world.drafts.reviews[record.job].critique.outcome is Outcome.COULD_NOT_REVIEW
    assert [user for user, _ in world.messages.sent] == ["U1", "U2"]
    assert "I've put aside a draft in <#C1>" in next(iter(world.messages.says.values()))
    assert world.shown == ["0"]


async def test_so_is_one_that_ends_it_while_it_waits_for_the_model() -> None:
    world = World()
    record = await world.drafts.add(message())
    assert record
    attempts = FakeAttempts(**{record.id: GUILTY})
    review = ReviewDraft(world.drafts, FakeJudges(world.rules), world.keep, isolate=isolate(world, attempts))
    assert await review.stay(record.job) == "posted"
    assert world.rules.read == []
    assert world.drafts.reviews[record.job].critique.outcome is Outcome.COULD_NOT_REVIEW


async def test_a_draft_that_was_beside_it_is_reviewed() -> None:
    world = World()
    record = await world.drafts.add(message())
    assert record
    attempts = FakeAttempts(**{record.id: SUSPECT + 1})
    review = ReviewDraft(world.drafts, FakeJudges(world.rules), world.keep, isolate=isolate(world, attempts))
    await review(Steps(), record.id, "0", 0)
    assert world.drafts.reviews[record.job].critique.outcome is Outcome.NOTHING_TO_FLAG
    assert (attempts.begun_, world.messages.sent) == ({}, [])
