from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.drafts import Draft
from bot.core.findings import Finding, Origin
from bot.core.guidelines import Severity
from bot.core.judging import Failure, Judgement, ModelPart, Outcome, Question, ReviewState
from bot.core.reviewing import standing_of
from bot.core.words import reviewing as reviewing_words
from bot.core.words import terminal
from bot.core.words.reviewing import headline, reply_footer
from bot.flows.reviewing import review_text_with_model
from tests.flows.fakes import FakeRules
from tests.flows.model_fakes import FakeCritic


async def test_a_text_alone_gets_the_models_judgement() -> None:
    critique = await review_text_with_model(Draft("Bread is back."), FakeRules(), FakeCritic(Judgement(model="m-1")))
    assert (critique.outcome, critique.model, critique.fixed_rules_only) == (Outcome.NOTHING_TO_FLAG, "m-1", False)


@pytest.mark.parametrize(
    ("failure", "part"),
    [
        (Failure.REFUSED, ModelPart.DECLINED),
        (Failure.TOO_LONG, ModelPart.TOO_LONG),
        (Failure.UNREACHABLE, ModelPart.UNREACHED),
        (Failure.KEY, ModelPart.KEY),
        (Failure.MODEL, ModelPart.NO_MODEL),
        (Failure.QUOTA, ModelPart.NO_CREDIT),
        (Failure.NO_ROOM, ModelPart.NO_ROOM),
        (Failure.UNREADABLE, ModelPart.UNREADABLE),
        (Failure.SETTINGS, ModelPart.SETTINGS),
        (Failure.ABSENT, ModelPart.OFF),
    ],
)
async def test_where_the_model_fails_the_rules_speak_and_say_so(failure: Failure, part: ModelPart) -> None:
    critique = await review_text_with_model(Draft("Bread is back."), FakeRules(), FakeCritic(failure))
    assert (critique.model_part, critique.fixed_rules_only) == (part, True)


@pytest.mark.parametrize(("drops", "lost"), [({"ungrounded": 2, "unknown": 1, "unsure": 4}, 3), ({"unsure": 1}, 0)])
async def test_points_that_have_no_place_are_never_taken_for_nothing_to_flag(drops: dict[str, int], lost: int) -> None:
    critic = FakeCritic(Judgement(model="m-1", drops=drops | {"too_many": 2}))
    critique = await review_text_with_model(Draft("Bread is back."), FakeRules(), critic)
    assert (critique.unplaced, critique.left_out) == (lost, 2)
    assert critique.outcome is (Outcome.FINDINGS if lost else Outcome.NOTHING_TO_FLAG)
    assert critique.doubts == drops["unsure"]
    assert reviewing_words.NOTHING not in headline(standing_of(critique))


@pytest.mark.parametrize("why", ["unsure", "refuted", "guard"])
async def test_a_review_whose_points_were_all_dropped_never_says_nothing_to_flag(why: str) -> None:
    critique = await review_text_with_model(Draft("Bread."), FakeRules(), FakeCritic(Judgement(drops={why: 2})))
    for said in (headline(standing_of(critique)), terminal.headline(critique)):
        assert said == "Nothing certain to flag. 2 doubts not shown."
    assert "doubt" not in reply_footer(critique, Draft("Bread."), ()) + terminal.footer(critique)
    among = replace(critique, outcome=Outcome.FINDINGS, questions=(Question("a/b", "So?", ("Yes", "No")),), doubts=1)
    for said in (reply_footer(among, Draft("Bread."), ()), terminal.footer(among)):
        assert "1 doubt not shown. " in said


@pytest.mark.parametrize(("found", "said"), [(0, "ran and found nothing."), (1, "1 point came up anyway.")])
async def test_a_model_that_obeys_the_draft_has_not_reviewed_it(found: int, said: str) -> None:
    point = Finding("a/b", Severity.SHOULD_FIX, 0, end=5, quote="Bread", why="Why.", origin=Origin.MODEL)
    critic = FakeCritic(Judgement((point,) * found, model="m-1", not_a_draft=True, talked_round=True))
    critique = await review_text_with_model(Draft("Bread is back."), FakeRules(), critic)
    assert (critique.model_part, critique.state) == (ModelPart.TALKED_ROUND, ReviewState.REFUSED)
    assert critique.outcome is (Outcome.FINDINGS if found else Outcome.NOTHING_TO_FLAG)
    assert headline(standing_of(critique)).startswith("Not reviewed: something in this draft")
    assert headline(standing_of(critique)).endswith(said)
