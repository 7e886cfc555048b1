"""What a model alone calls must-fix is asked again before an author hears of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.findings import Finding
from bot.core.guidelines import Severity
from bot.core.judging import Question
from bot.model.language_model import ModelLimits
from tests.model.cases import CLAIM, PRESSURE, TIE, case
from tests.model.server import HANG, REFUSAL, Asked, ScriptedModel, critique, issue, opinions, question, too_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.guidelines import Library
    from bot.model.critic import ModelCritic
    from bot.model.language_model import LanguageModel

    Open = Callable[..., LanguageModel]
    CriticOf = Callable[..., ModelCritic]

PAID = "My friends at Tarn sent me boots. Go get yours!"
FACTS = "authenticity/fact-check-first"
BOOTS = issue("My friends at Tarn sent me boots", TIE, why="Nobody can see the tie.", severity="must-fix")
YOURS = issue("Go get yours!", FACTS, severity="must-fix")
USUAL = ("Yes", "No", "Not sure")


async def test_a_confirmed_must_fix_stays(server: ScriptedModel, critic: ModelCritic) -> None:
    server.will(critique(BOOTS), opinions("keep"))
    judgement = await critic.judge(case(PAID))
    assert [(f.severity, f.guideline) for f in judgement.findings] == [(Severity.MUST_FIX, TIE)]
    assert judgement.confirmed
    assert judgement.usage.calls == 2


async def test_the_second_question_is_another_one_about_the_same_draft(
    server: ScriptedModel, critic: ModelCritic
) -> None:
    server.will(critique(BOOTS))
    await critic.judge(case(PAID, context="Facts", answers=((CLAIM, "Yes"),)))
    first, second = server.requests
    assert second.instructions != first.instructions
    assert "commercial-disclosure" in second.instructions
    assert "### human-voice" not in second.instructions
    assert second.turns[0].partition("<case ")[0] == first.turns[0].partition("<case ")[0]
    assert second.case["points"] == [
        {
            "number": 1,
            "guideline": "commercial-disclosure",
            "quote": "My friends at Tarn sent me boots",
            "objection": "Nobody can see the tie.",
        }
    ]
    assert second.draft == PAID
    assert second.case["answers"] == [{"guideline": "claim-evidence", "answer": "Yes"}]


async def test_a_refuted_must_fix_is_dropped_and_counted(server: ScriptedModel, critic: ModelCritic) -> None:
    server.will(critique(BOOTS, issue("Go get yours!", PRESSURE)), opinions("drop"))
    judgement = await critic.judge(case(PAID))
    assert [f.guideline for f in judgement.findings] == [PRESSURE]
    assert (judgement.dropped, judgement.questions, judgement.confirmed) == (1, (), True)


async def test_doubt_becomes_a_question(server: ScriptedModel, critic: ModelCritic) -> None:
    server.will(critique(BOOTS), opinions("unsure", question="Were the boots a gift?"))
    judgement = await critic.judge(case(PAID))
    assert judgement.findings == ()
    assert judgement.questions == (Question(TIE, "Were the boots a gift?", USUAL),)
    assert (judgement.dropped, judgement.confirmed) == (0, True)


@pytest.mark.parametrize("said", ["", "Was this written by AI?"])
async def test_without_a_fit_question_it_is_the_guidelines_own(
    server: ScriptedModel, critic: ModelCritic, in_force: Library, said: str
) -> None:
    server.will(critique(BOOTS), opinions("unsure", question=said))
    guideline = in_force.find(TIE)
    assert guideline
    assert (await critic.judge(case(PAID))).questions == (Question(TIE, guideline.question, USUAL),)


@pytest.mark.parametrize(
    "points",
    [
        [],
        [{"number": 7, "reason": "", "verdict": "keep", "question": ""}],
        [{"number": 1, "reason": "", "verdict": v, "question": ""} for v in ("keep", "drop")],
    ],
)
async def test_a_missing_or_contradicting_opinion_is_doubt(
    server: ScriptedModel, critic: ModelCritic, points: list[Any]
) -> None:
    server.will(critique(BOOTS), {"points": points})
    judgement = await critic.judge(case(PAID))
    assert [q.guideline for q in judgement.questions] == [TIE]
    assert judgement.confirmed


@pytest.mark.parametrize("failing", [(REFUSAL,), (too_many(code="insufficient_quota"),), ("no", "no")], ids=str)
async def test_where_the_second_opinion_fails_it_is_a_question_and_unconfirmed(
    server: ScriptedModel, critic: ModelCritic, failing: tuple[Any, ...]
) -> None:
    server.will(critique(BOOTS, issue("Go get yours!", PRESSURE)), *failing)
    judgement = await critic.judge(case(PAID))
    assert [f.guideline for f in judgement.findings] == [PRESSURE]
    assert [q.guideline for q in judgement.questions] == [TIE]
    assert (judgement.confirmed, judgement.dropped) == (False, 0)


async def test_both_questions_share_one_deadline(server: ScriptedModel, opened: Open, critic_of: CriticOf) -> None:
    limits = ModelLimits(total=3, attempts=1)
    server.will(critique(BOOTS), HANG)
    judgement = await critic_of(opened(limits), limits).judge(case(PAID))
    assert not judgement.confirmed
    assert [q.guideline for q in judgement.questions] == [TIE]


async def test_an_answered_doubt_is_dropped(server: ScriptedModel, critic: ModelCritic) -> None:
    server.will(critique(BOOTS), opinions("unsure"))
    judgement = await critic.judge(case(PAID, answers=((TIE, "No tie"),)))
    assert (judgement.findings, judgement.questions, judgement.dropped) == ((), (), 1)


async def test_what_a_rule_found_as_well_needs_no_second_opinion(server: ScriptedModel, critic: ModelCritic) -> None:
    server.will(critique(BOOTS))
    found = Finding(TIE, Severity.MUST_FIX, 0, end=32, quote=PAID[:32], why="why", rule="gift")
    judgement = await critic.judge(case(PAID, found=(found,)))
    assert len(judgement.findings) == len(server.requests) == 1
    server.will(critique(BOOTS))
    await critic.judge(case(PAID, found=(replace(found, guideline=CLAIM),)))
    assert len(server.requests) == 3


async def test_doubts_come_first_and_two_questions_are_the_most(server: ScriptedModel, critic: ModelCritic) -> None:
    three = (BOOTS, YOURS, issue("boots", "authenticity/genuine-voices", severity="must-fix"))
    server.will(critique(*three, questions=(question(CLAIM),)), opinions("unsure"))
    judgement = await critic.judge(case(PAID))
    assert [q.guideline for q in judgement.questions] == [TIE, FACTS]
    assert judgement.dropped == judgement.left_out == 2


async def test_one_call_for_all_of_them(server: ScriptedModel, critic: ModelCritic) -> None:
    server.will(critique(BOOTS, YOURS), opinions("drop", "keep"))
    judgement = await critic.judge(case(PAID))
    assert [f.guideline for f in judgement.findings] == [FACTS]
    assert judgement.dropped == 1
    assert len(server.requests) == 2


async def test_a_low_confidence_must_fix_is_asked_again_too(server: ScriptedModel, critic: ModelCritic) -> None:
    server.will(critique(BOOTS | {"confidence": "low"}))
    assert len((await critic.judge(case(PAID))).findings) == 1
    assert server.requests[1].is_second_opinion


async def test_the_second_opinion_sees_no_hidden_value_either(server: ScriptedModel, critic: ModelCritic) -> None:
    def answer(asked: Asked) -> Any:
        return critique(issue(asked.draft, TIE, why=f"See {asked.draft}.", severity="must-fix"))(asked)

    server.will(answer)
    judgement = await critic.judge(case("Gifted by dana@brio.example"))
    assert "dana@brio.example" not in str([asked.body for asked in server.requests])
    assert "dana@brio.example" in judgement.findings[0].why
    assert server.requests[1].case["points"][0]["objection"] == "See Gifted by [EMAIL_1]."
