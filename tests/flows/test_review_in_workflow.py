from __future__ import annotations

from dataclasses import replace

import pytest

from bot.flows.private_reviews import ReviewInWorkflow, WorkflowStep
from tests.flows.fake_private import FakePrivateReviews
from tests.flows.fakes import POST, FakeClock, FakeJobs, straight_on

STEP = WorkflowStep("T1", "Fx1", "17.5", text=POST, platform="", answer_to="workflow:Fx1:xwfp-1")


@pytest.fixture
def flow() -> ReviewInWorkflow:
    return ReviewInWorkflow(FakePrivateReviews(), FakeJobs(), FakeClock(straight_on))


async def test_a_step_is_kept_and_asked_for_once(flow: ReviewInWorkflow) -> None:
    for _ in range(2):
        assert await flow(STEP)
    (review_id,) = flow.jobs.private  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
    review = await flow.private.find(str(review_id))  # pyright: ignore[reportUnknownArgumentType]
    assert review
    assert (review.draft.text, review.answer_to, review.id) == (POST, STEP.answer_to, "T1:Fx1:17.5:step:")


@pytest.mark.parametrize(("platform", "text"), [("IG", f"Instagram:\n{POST}"), ("the moon", POST)])
async def test_the_platform_is_a_heading(flow: ReviewInWorkflow, platform: str, text: str) -> None:
    assert await flow(replace(STEP, platform=platform))
    review = await flow.private.find("T1:Fx1:17.5:step:")
    assert review
    assert review.draft.text == text


async def test_without_words_there_is_nothing_to_keep(flow: ReviewInWorkflow) -> None:
    assert not await flow(replace(STEP, text=" 🎉 "))
    assert await flow.private.waiting(float("inf")) == []
