"""A review for one person alone: nothing of it is kept."""

from __future__ import annotations

import pytest

from bot.core.drafts import Draft
from bot.core.judging import Critique, Failure, Judgement, ModelPart
from bot.core.private_reviews import LIFETIME, PrivateReview
from bot.flows.asking import AskModel
from bot.flows.private_reviews import ReviewInPrivate, SweepPrivate
from tests.flows.fake_judges import FakeJudges
from tests.flows.fake_private import FakePrivateAnswers, FakePrivateReviews
from tests.flows.fakes import NOW, PLACE, POST, Crash
from tests.flows.model_fakes import FakeCritic, FakeJudgements
from tests.flows.world import Steps, World

REVIEW = PrivateReview(
    PLACE, "U9", "1.5", asked_at=NOW, author_id="U1", draft=Draft(POST), answer_to="https://slack.example/answer"
)
ID = REVIEW.id


class Alone:
    """A world in which one private review was asked for."""

    def __init__(self, *answers: Judgement | Failure) -> None:
        self.world, self.private, self.answers = World(), FakePrivateReviews(), FakePrivateAnswers()
        self.private.rows[ID] = REVIEW
        self.critic, self.judgements = FakeCritic(*answers), FakeJudgements()
        ask = AskModel(self.world.drafts, self.judgements, self.world.clock) if answers else None
        judges = FakeJudges(self.world.rules, self.critic if answers else None)
        self.flow = ReviewInPrivate(self.private, self.answers, judges, clock=self.world.clock, ask=ask)
        self.sweep = SweepPrivate(self.private, self.answers, self.world.jobs, clock=self.world.clock)

    async def run(self, steps: Steps | None = None) -> str:
        return await self.flow(steps or Steps(), ID)

    @property
    def shown(self) -> Critique:
        critique = self.answers.said[-1]
        assert isinstance(critique, Critique)
        return critique


async def test_the_fixed_rules_answer_at_once_and_everything_is_deleted() -> None:
    alone = Alone()
    assert await alone.run() == "answered"
    assert len(alone.answers.said) == 1
    assert alone.shown.model_part is ModelPart.OFF
    assert (alone.private.rows, list(alone.private.ended)) == ({}, [ID])


async def test_a_model_reads_for_a_while_and_so_that_is_said_first() -> None:
    alone = Alone(Judgement(model="m-1"))
    assert await alone.run() == "answered"
    assert alone.answers.said[0] == "reading"
    assert alone.shown.model == "m-1"
    (case,) = alone.critic.cases
    assert (case.team, case.author_id, case.draft.text, case.may_be_talk) == ("T1", "U1", POST, False)
    assert alone.judgements.rows == {}


async def test_a_judgement_on_the_same_words_is_used_again() -> None:
    alone = Alone(Judgement(model="m-1"))
    await alone.run()
    (case,) = alone.critic.cases
    alone.judgements.rows["T1", case.digest("f1")] = Judgement(model="m-0")
    alone.private.rows[ID] = REVIEW
    await alone.run()
    assert alone.shown.model == "m-0"
    assert len(alone.critic.cases) == 1


@pytest.mark.parametrize(
    ("failure", "part"), [(Failure.UNREACHABLE, ModelPart.UNREACHED), (Failure.REFUSED, ModelPart.DECLINED)]
)
async def test_a_model_that_fails_leaves_the_rules_answer_which_says_so(failure: Failure, part: ModelPart) -> None:
    alone = Alone(failure)
    await alone.run()
    assert (alone.shown.model_part, alone.shown.fixed_rules_only) == (part, True)


async def test_a_crash_before_the_answer_asks_no_model_twice() -> None:
    alone, steps = Alone(Judgement(model="m-1")), Steps()
    show = alone.answers.show

    async def crash(review: PrivateReview, critique: Critique) -> bool:
        del review, critique
        raise Crash

    alone.answers.show = crash
    with pytest.raises(Crash):
        await alone.run(steps)
    alone.answers.show = show
    steps.done.pop("read")  # the step had ended, but the engine had not noted it yet
    assert await alone.run(steps) == "answered"
    assert alone.answers.said[0] == "reading"
    assert (len(alone.critic.cases), len(alone.answers.said)) == (1, 2)


@pytest.mark.parametrize("takes", [0, 1])
async def test_where_slack_takes_no_answer_the_text_goes_all_the_same(takes: int) -> None:
    alone = Alone(Judgement())
    alone.answers.takes = takes
    assert await alone.run() == "expired"
    assert alone.private.rows == {}


@pytest.mark.parametrize("alone", [Alone(), Alone(Judgement())], ids=["rules", "model"])
async def test_what_is_too_old_is_not_read_any_more(alone: Alone) -> None:
    alone.world.clock.time = NOW + LIFETIME
    assert await alone.run() == "expired"
    assert (alone.private.rows, alone.answers.said, alone.critic.cases) == ({}, [], [])
    assert alone.answers.given_up == [ID]


async def test_what_was_swept_meanwhile_is_not_answered() -> None:
    alone, steps = Alone(), Steps()
    await steps("read", alone.flow.read, ID)
    await alone.private.end(ID)
    assert await alone.run(steps) == "expired"
    assert alone.answers.said == []


async def test_the_sweep_asks_again_for_a_lost_job_and_deletes_what_is_too_old() -> None:
    alone = Alone()
    assert await alone.sweep() == 0
    assert alone.world.jobs.private == []
    alone.world.clock.time = NOW + 60
    assert await alone.sweep() == 0
    assert alone.world.jobs.private == [ID]
    alone.world.clock.time = NOW + LIFETIME + 1
    assert await alone.sweep() == 1
    assert (alone.private.rows, alone.answers.given_up) == ({}, [ID])


async def test_what_ends_while_the_sweep_looks_is_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Alone()
    alone.world.clock.time = NOW + LIFETIME + 1
    waiting = alone.private.waiting

    async def ending(before: float) -> list[str]:
        found = await waiting(before)
        await alone.private.end(ID)
        return found

    monkeypatch.setattr(alone.private, "waiting", ending)
    assert await alone.sweep() == 1
    assert alone.answers.given_up == []


async def test_words_go_in_time_though_slack_cannot_be_told() -> None:
    alone = Alone()
    alone.answers.is_away = True
    alone.world.clock.time = NOW + LIFETIME + 1
    assert await alone.sweep() == 1
    assert (alone.private.rows, alone.answers.given_up) == ({}, [ID])


async def test_what_ended_is_forgotten_in_the_end() -> None:
    alone = Alone()
    await alone.run()
    alone.world.clock.time = NOW + LIFETIME + 1
    assert await alone.sweep() == 1
    assert alone.private.ended == {}
