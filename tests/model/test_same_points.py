"""A model compares points with what was left alone: what it is sent, and what its answer is taken for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.judging import Failure, ModelFailed
from bot.core.same_points import PointPair
from bot.model.brief import load_prompt
from bot.model.language_model import ModelLimits
from bot.model.same_points import ModelComparer
from tests.model.cases import QUICK
from tests.model.conftest import sensitive
from tests.model.server import HANG, ScriptedModel
from tests.model.stand_in import StandIn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.model.language_model import LanguageModel

    Open = Callable[..., LanguageModel]

PAIR = PointPair(
    refs=("one", "two"),
    guideline="a/claim",
    known="cheaper than your daily latte",
    words="costs less than your daily latte",
    sentence="It costs less than your daily latte, says ana.perez@example.org.",
    reason="proof",
    title="Claims",
    question="Is it shown?",
)


def entry(number: int, verdict: str) -> dict[str, Any]:
    return {"number": number, "difference": "", "verdict": verdict}


def compared(model: LanguageModel, limits: ModelLimits = QUICK, prompt: str = "Compare.") -> ModelComparer:
    return ModelComparer(model, prompt, b"secret", sensitive=sensitive, limits=limits)


async def test_pairs_go_in_one_request_fenced_and_masked(server: ScriptedModel, opened: Open, root: Path) -> None:
    server.will({"pairs": [entry(1, "same"), entry(2, "another")]})
    alone = replace(PAIR, sentence=PAIR.words, title="", question="", reason="")
    prompt = load_prompt(root / "prompts" / "same-point.md").substitute()
    assert await compared(opened(), prompt=prompt).same("T1", "U1", [PAIR, alone]) == (True, False)
    (asked,) = server.requests
    assert asked.instructions.startswith(prompt.strip())
    first, second = asked.case["pairs"]
    assert first == {
        "number": 1,
        "guideline": "Claims",
        "question": "Is it shown?",
        "reason": "proof",
        "left_alone": PAIR.known,
        "later": PAIR.words,
        "sentence": "It costs less than your daily latte, says [EMAIL_1].",
    }
    assert second == {"number": 2, "left_alone": PAIR.known, "later": PAIR.words}
    begin, _, end = asked.turns[0].splitlines()
    assert (begin[:7], end) == ("<pairs ", f"</{begin[1:]}")
    assert "ana.perez" not in json.dumps(asked.body)


@pytest.mark.parametrize(
    ("entries", "same"),
    [
        ([entry(1, "unsure")], False),
        ([], False),
        ([entry(2, "same")], False),
        ([entry(1, "same"), entry(1, "another")], False),
        ([entry(1, "same"), entry(1, "same")], True),
    ],
    ids=["unsure", "nothing", "another number", "both", "twice"],
)
async def test_only_a_clear_yes_counts(entries: list[dict[str, Any]], *, same: bool) -> None:
    assert await compared(StandIn(lambda _: {"pairs": entries})).same("T1", "U1", [PAIR]) == (same,)


async def test_no_answer_in_time_and_no_answer_at_all_are_failures(server: ScriptedModel, opened: Open) -> None:
    server.will(HANG)
    slow = ModelLimits(call=0.05, total=0.05, attempts=1)
    for comparer in (compared(opened(), slow), compared(StandIn(lambda _: "Same!"))):
        with pytest.raises(ModelFailed) as failed:
            await comparer.same("T1", "U1", [PAIR])
        assert failed.value.failure in (Failure.UNREACHABLE, Failure.UNREADABLE)
