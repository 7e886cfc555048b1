"""An answer can be changed."""

from __future__ import annotations

import pytest

from bot.core.deciding import Answer
from bot.core.drafts import Click, Target, later
from bot.core.judging import Critique, Outcome, Question
from bot.core.reviewing import Review
from bot.flows.deciding import ChangeAnswer
from tests.flows.fakes import PLACE, Crash
from tests.flows.world import World

ID = PLACE.draft_id
ASKED = Question("transparency/commercial-disclosure", "Paid?", ("Paid", "A gift", "No"))


def click(user: str = "U2", at: str = "2.0", ref: str = ASKED.ref) -> Click:
    return Click(Target(ID, ref), user, at)


@pytest.fixture
async def world() -> World:
    world = World()
    await world.reviewed("We bake.", critique=Critique(Outcome.FINDINGS, (), (ASKED,)))
    assert await world.answer(click("U1", "1.0"), 2)
    return world


@pytest.fixture
def change(world: World) -> ChangeAnswer:
    return ChangeAnswer(world.drafts, world.answers, world.jobs)


async def finish_round(world: World) -> None:
    await world.drafts.save_review(Review(world.drafts.rows[ID].job, Critique(Outcome.NOTHING_TO_FLAG)))


async def answer(world: World) -> Answer:
    (only,) = await world.answers.of(ID)
    return only


async def test_the_question_is_kept_with_its_answer(world: World, change: ChangeAnswer) -> None:
    known = Answer(ASKED.guideline, "No", "U1", at="1.0", question="Paid?", options=ASKED.answers)
    assert await change.answer(click()) == known == await answer(world)
    assert await change.answer(click(ref="other")) is None
    assert await ChangeAnswer(World().drafts, world.answers, world.jobs).answer(click()) is None


async def test_a_changed_answer_begins_a_new_round(world: World, change: ChangeAnswer) -> None:
    await finish_round(world)
    assert await change(click(), 0)
    assert await answer(world) == Answer(
        ASKED.guideline, "Paid", "U2", at="2.0", question="Paid?", options=ASKED.answers
    )
    assert list(world.jobs.reviews) == [f"review:{ID}:0:1", f"review:{ID}:0:2"]
    assert world.jobs.refreshes[-1] == f"refresh:{ID}:changed:0:2.0:U2"


async def test_also_while_a_round_with_the_answer_before_is_under_way(world: World, change: ChangeAnswer) -> None:
    assert await change(click(at="0.5"), 0)
    assert (await answer(world)).at == "1.000001"
    assert world.drafts.rows[ID].round == 2


async def test_the_same_again_begins_a_round_only_where_it_was_lost(world: World, change: ChangeAnswer) -> None:
    assert await change(click(), 2)
    assert world.drafts.rows[ID].round == 1
    await finish_round(world)
    world.jobs.down = True
    with pytest.raises(Crash):
        await change(click(), 0)
    world.jobs.down = False
    assert await change(click(), 0)
    assert world.drafts.rows[ID].round == 2


async def test_an_answer_that_is_gone_or_was_never_asked_is_refused(world: World, change: ChangeAnswer) -> None:
    assert not await change(click(), 3)
    assert not await change(click(ref="other"), 0)
    world.drafts.answers[ID][ASKED.guideline] = Answer(ASKED.guideline, "No", "U1", at="1.0")
    assert not await change(click(), 0)


def test_the_moment_behind_another_one() -> None:
    assert later("2.0", "1.0") == "2.0"
    assert later("1.0", "1.999999") == "2.000000"
    assert later("1.0", "1.5") == "1.500001"
    assert later("0", "7") == "7.000001"
