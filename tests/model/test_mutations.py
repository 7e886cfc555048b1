"""Whatever a model answers, nothing breaks and nobody reads a quote that is not in the draft."""

from __future__ import annotations

import asyncio
import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.guidelines import Severity
from bot.core.judging import Judgement, ModelFailed
from bot.model.brief import OPINIONS
from bot.model.critic import ModelCritic
from tests.model.cases import QUICK, case
from tests.model.stand_in import StandIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.core.findings import Finding
    from bot.core.guidelines import Library
    from bot.core.judging import Case, Question
    from bot.model.brief import Prompts
    from bot.model.language_model import ModelRequest
    from bot.rules.engine import RuleEngine

    Judging = Callable[[Case, list[str]], Judgement | None]

NAMES = ("no-false-pressure", "transparency/commercial-disclosure", "way-out", "safe-to-publish", "nothing", "")
IN_FORCE = ("user-control/no-false-pressure", "transparency/commercial-disclosure", "user-control/way-out")
ALPHABET = "aAbB 1.,!?“”\"'’-—\n\u200b\u202eéßﬁ𝐁[EMAIL_1]@#$\ud83d\u0301"
DRAFT = st.text(alphabet=ALPHABET, max_size=60)
CHARACTERS = st.text(max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CHARACTERS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(CHARACTERS, below, max_size=4),
    max_leaves=12,
)


@st.composite
def quotes(draw: st.DrawFn, text: str) -> str:
    """Words of the draft, some of them spoilt, or something else."""
    start = draw(st.integers(0, len(text)))
    quote = text[start : start + draw(st.integers(0, 30))]
    spoil = draw(st.sampled_from(["", "", "upper", "spaces", "letter", "other"]))
    match spoil:
        case "upper":
            return quote.upper()
        case "spaces":
            return quote.replace(" ", "  \n")
        case "letter":
            return quote[:3] + "x" + quote[4:]
        case "other":
            return draw(CHARACTERS)
        case _:
            return quote


@st.composite
def answers(draw: st.DrawFn, text: str) -> str:
    """A whole answer, an opinion, random JSON, or a good answer with a piece torn out."""
    issue = st.fixed_dictionaries(
        {
            "quote": quotes(text),
            "why": CHARACTERS | st.just("It hurries people."),
            "guideline": st.sampled_from(NAMES),
            "severity": st.sampled_from(list(Severity)),
            "replacement": st.none() | CHARACTERS | quotes(text),
            "confidence": st.sampled_from(["low", "medium", "high"]),
        }
    )
    question = st.fixed_dictionaries(
        {"guideline": st.sampled_from(NAMES), "question": CHARACTERS, "answers": st.lists(CHARACTERS, max_size=6)}
    )
    point = st.fixed_dictionaries(
        {
            "number": st.integers(-1, 4),
            "reason": CHARACTERS,
            "verdict": st.sampled_from(["keep", "keep", "drop", "unsure"]),
            "question": CHARACTERS,
        }
    )
    answer: Any = {
        "issues": draw(st.lists(issue, min_size=1, max_size=5)),
        "questions": draw(st.lists(question, max_size=4)),
        "checklist": {},
        "not_a_draft": draw(st.booleans()),
        "points": draw(st.lists(point, max_size=4)),
    }
    torn = draw(st.sampled_from(["", "", "", "", "key", "end", "random"]))
    if torn == "key":
        answer[draw(st.sampled_from(sorted(answer)))] = draw(JSON)
    said = json.dumps(draw(JSON) if torn == "random" else answer)
    return said[: draw(st.integers(0, len(said)))] if torn == "end" else said


@pytest.fixture(scope="module")
def judging(in_force: Library, rules: RuleEngine, prompts: Prompts) -> Iterator[Judging]:
    """Judges a case with a model that gives these answers in turn; None where it failed in order."""
    left: list[str] = []

    def answer(_: ModelRequest) -> str:
        return left.pop(0) if left else "{}"

    critic = ModelCritic(
        StandIn(answer), in_force, rules, prompts=prompts, secret=b"s", limits=QUICK, sensitive=lambda _: ()
    )
    with asyncio.Runner() as runner:

        def judge(about: Case, said: list[str]) -> Judgement | None:
            left[:] = said
            try:
                return runner.run(critic.judge(about))
            except ModelFailed:
                return None

        yield judge


@settings(max_examples=60)
@given(data=st.data())
def test_no_answer_breaks_anything_or_gives_an_ungrounded_quote(judging: Judging, data: st.DataObject) -> None:
    text = data.draw(DRAFT)
    check(judging, text, data.draw(st.lists(answers(text), min_size=1, max_size=4)))


@settings(max_examples=600)
@given(seed=st.integers(0, 2**32))
def test_no_spoilt_answer_gives_an_ungrounded_quote(judging: Judging, seed: int) -> None:
    """The same with a cheaper source of chance, and so with many more answers."""
    dice = Random(seed)  # noqa: S311 - nothing is kept secret with it
    text = "".join(dice.choices(ALPHABET, k=dice.randrange(60)))
    check(judging, text, [spoilt(dice, text) for _ in range(3)])


def spoilt(dice: Random, text: str) -> str:
    """An answer about the text with some letters of its quotes and of its JSON changed."""

    def words() -> str:
        start = dice.randrange(len(text) + 1)
        taken = list(text[start : start + dice.randrange(40)])
        if taken and dice.random() < 0.3:
            taken[dice.randrange(len(taken))] = dice.choice(ALPHABET)
        said = "".join(taken)
        return dice.choice((said, said, said.upper(), said.replace(" ", "\u00a0 "), f"“{said}”"))

    issues = [
        {
            "quote": words(),
            "why": dice.choice(("It hurries people.", words())),
            "guideline": dice.choice(NAMES),
            "severity": dice.choice(list(Severity)),
            "replacement": dice.choice((None, words(), "come and see")),
            "confidence": dice.choice(("low", "medium", "high")),
        }
        for _ in range(dice.randrange(1, 6))
    ]
    questions = [{"guideline": dice.choice(NAMES), "question": words(), "answers": [words(), words()]}]
    points = [{"number": n, "reason": "", "verdict": dice.choice(OPINIONS), "question": words()} for n in range(4)]
    answer: dict[str, Any] = {
        "issues": issues,
        "questions": questions,
        "checklist": {},
        "not_a_draft": True,
        "points": points,
    }
    letters = list(json.dumps(answer))
    for _ in range(dice.choice((0, 0, 0, 1, 3))):
        letters[dice.randrange(len(letters))] = dice.choice('{}[]",:x0')
    return "".join(letters)


def check(judging: Judging, text: str, said: list[str]) -> None:
    judgement = judging(case(text, answers=(("user-control/way-out", "Yes"),)), said)
    if judgement is None:
        return
    for finding in judgement.findings:
        check_finding(finding, text)
    for question in judgement.questions:
        check_question(question)
    assert len({question.guideline for question in judgement.questions}) == len(judgement.questions) <= 2
    assert not judgement.not_a_draft


def check_finding(finding: Finding, text: str) -> None:
    assert finding.quote == text[finding.start : finding.end]
    assert finding.quote.strip()
    assert finding.guideline in (
        "user-control/no-false-pressure",
        "transparency/commercial-disclosure",
        "user-control/way-out",
    )
    assert 0 < len(finding.why) <= 300
    if finding.edit:
        assert finding.start <= finding.edit.start < finding.edit.end <= finding.end
        assert finding.replacement != finding.quote


def check_question(question: Question) -> None:
    assert 0 < len(question.question) <= 200
    assert 2 <= len(question.answers) <= 4
    assert all(0 < len(answer) <= 60 for answer in question.answers)
    assert question.guideline != "user-control/way-out"
