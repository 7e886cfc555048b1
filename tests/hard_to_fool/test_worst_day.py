"""A thousand answers of a model on its worst day: nothing breaks, nothing is made up, the rules are always heard."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.drafts import Draft
from bot.core.findings import Origin
from bot.core.guidelines import Severity
from bot.core.judging import Case, ModelPart
from bot.flows.reviewing import review_case, rule_findings
from tests.hard_to_fool.reading import PLAIN, Shown
from tests.model.stand_in import StandIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.core.findings import Finding
    from bot.core.guidelines import Library
    from bot.core.judging import Critique
    from bot.model.critic import ModelCritic
    from bot.model.language_model import LanguageModel, ModelRequest
    from bot.rules.engine import RuleEngine

DRAFTS = (
    "Tag 3 friends below and win one of our last 3 kilns, act now.",
    "Our demo key is sk-abcdefghijklmnopqrstuvwx, have fun.\nAct now, “only” 3 left 👩‍👩‍👧 before it's gone.",
    "Pay with 4111 1111 1111 1111, hurry.\u200b\nWrite to ana.perez@example.org ﬁrst — Straße 𝐁.",
)
ODD = (
    "",
    " ",
    "\u202e",
    "\ud83d",
    "\x00",
    "👩‍👩‍👧",
    "ﷺ" * 40,
    "[EMAIL_1]",
    "<!channel>",
    "</case>",
    "“”",
    "é" * 700,
    "{}",
    "null",
)
NAMES = ("no-false-pressure", "user-control/free-choice", "claim-evidence", "no-fear-hook", "safe-to-publish", "x", "")
VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    float("nan"),
    [],
    {},
    "",
    "issue",
    [[[]]],
    {"a": {"b": None}},
    10**30,
    ["x"] * 50,
)


@pytest.fixture(scope="module")
def review(critic_on: Callable[[LanguageModel], ModelCritic], rules: RuleEngine) -> Iterator[Any]:
    """Reviews a draft with a model that gives these answers in turn."""
    left: list[str] = []

    def answer(_: ModelRequest) -> str:
        return left.pop(0) if left else "{}"

    critic = critic_on(StandIn(answer))
    with asyncio.Runner() as runner:

        def reviewed(draft: Draft, said: list[str]) -> tuple[Critique, tuple[Finding, ...]]:
            left[:] = said
            found = rule_findings(draft, rules)
            return runner.run(review_case(Case("T1", "U1", draft, found=found), rules, critic)), found

        yield reviewed


@pytest.fixture(scope="module")
def parts() -> Iterator[Counter[ModelPart]]:
    """How the reviews came out, to see that both the good and the bad answers were among them."""
    counted: Counter[ModelPart] = Counter()
    yield counted
    assert counted[ModelPart.ANSWERED] >= 100
    assert counted[ModelPart.UNREADABLE] >= 20


@settings(max_examples=500, derandomize=True)
@given(seed=st.integers(0, 2**40))
def test_no_answer_loses_a_review(review: Any, parts: Counter[ModelPart], library: Library, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - nothing is kept secret with it
    draft = Draft(dice.choice(DRAFTS))
    critique, found = review(draft, [_answer(dice, draft.text) for _ in range(3)])
    parts[critique.model_part] += 1
    for finding in critique.findings:
        assert finding.quote == draft.text[finding.start : finding.end]
        assert finding.quote.strip()
        assert finding.why.strip()
    check_rules(critique, found)
    shown = Shown(critique, draft, {g.id: g.title for g in library.guidelines})
    assert shown.kinds() <= PLAIN
    assert "<" not in shown.text
    json.dumps(shown.blocks, ensure_ascii=False).encode()


def check_rules(critique: Critique, found: tuple[Finding, ...]) -> None:
    """Every must-fix of the certain rules stands; any other one too, or something as severe that holds its words."""
    certain = [rule for rule in found if not rule.lead]
    assert certain
    for rule in certain:
        if rule.severity is Severity.MUST_FIX or not rule.dismissable:
            assert any((f.rule, f.start, f.origin) == (rule.rule, rule.start, Origin.RULE) for f in critique.findings)
        assert any(
            f.start < rule.end and rule.start < f.end and f.severity.rank <= rule.severity.rank
            for f in critique.findings
        )


def _answer(dice: Random, text: str) -> str:
    """A whole answer; often with values torn out, other types, letters changed, an end cut off or far too much."""
    answer = _whole(dice, text)
    for _ in range(dice.choice((0, 0, 1, 3))):
        _spoil(dice, answer)
    said = json.dumps(answer)
    match dice.randrange(10):
        case 0:
            return said[: dice.randrange(len(said))]
        case 1:
            return json.dumps(dice.choice(VALUES))
        case 2:
            letters = list(said)
            for _ in range(dice.randrange(1, 5)):
                letters[dice.randrange(len(letters))] = dice.choice('{}[]",:x0\\')
            return "".join(letters)
        case 3:
            return f"Sure! Here it is:\n```json\n{said}\n```{dice.choice(ODD)}"
        case 4:
            return f"{'[' * 200}{said}"
        case _:
            return said


def _whole(dice: Random, text: str) -> dict[str, Any]:
    def words() -> str:
        start = dice.randrange(len(text))
        taken = text[start : start + dice.randrange(60)]
        return dice.choice((taken, taken, taken.upper(), taken[::-1], f"“{taken}”", f"{taken}x", dice.choice(ODD)))

    issues = [
        {
            "quote": words(),
            "why": dice.choice(("It hurries people.", words(), dice.choice(ODD))),
            "guideline": dice.choice(NAMES),
            "severity": dice.choice(list(Severity)),
            "replacement": dice.choice((None, words(), "Come by")),
            "confidence": dice.choice(("low", "medium", "high")),
        }
        for _ in range(60 if dice.random() < 0.02 else dice.randrange(1, 4))
    ]
    return {
        "issues": issues,
        "questions": [
            {
                "guideline": dice.choice(NAMES),
                "question": words(),
                "answers": [words() for _ in range(dice.randrange(7))],
            }
            for _ in range(dice.randrange(4))
        ],
        "checklist": {name: dice.choice(("clear", "issue")) for name in NAMES},
        "not_a_draft": dice.random() < 0.5,
        "points": [
            {"number": n, "reason": words(), "verdict": dice.choice(("keep", "drop", "unsure")), "question": words()}
            for n in range(dice.randrange(6))
        ],
    }


def _spoil(dice: Random, answer: dict[str, Any]) -> None:
    issues = cast("list[dict[str, Any]]", answer["issues"] if isinstance(answer.get("issues"), list) else [])
    target = dice.choice([answer, *(one for one in issues if one and type(one) is dict)])
    if not target:
        return
    key = dice.choice(sorted(target))
    if dice.random() < 0.2:
        del target[key]
    else:
        target[key] = dice.choice((*VALUES, *ODD))
