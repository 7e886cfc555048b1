"""Quotes are found where they stand, or not at all."""

from __future__ import annotations

from dataclasses import replace
from string import Template
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.guidelines import Library, Severity
from bot.core.judging import Question
from bot.model.brief import Prompts
from bot.model.critic import ModelCritic
from bot.model.own_words import accuses_of_ai, cleaned
from bot.model.quotes import FoldedText, fold
from tests.model.cases import CLAIM, PRESSURE, QUICK, TIE, case
from tests.model.server import issue, question
from tests.model.stand_in import StandIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.judging import Judgement
    from bot.model.language_model import ModelRequest
    from bot.rules.engine import RuleEngine

    CriticOf = Callable[..., ModelCritic]


def answering(*issues: Any, questions: tuple[Any, ...] = ()) -> StandIn:
    """A model that answers so, and keeps every must-fix."""

    def answer(request: ModelRequest) -> Any:
        if request.form.name == "second_opinion":
            return {"points": [{"number": n, "reason": "", "verdict": "keep", "question": ""} for n in range(1, 40)]}
        properties: Any = request.form.schema["properties"]
        checklist = dict.fromkeys(properties["checklist"]["properties"], "clear")
        return {"issues": issues, "questions": questions, "checklist": checklist, "not_a_draft": False}

    return StandIn(answer)


async def judged(critic_of: CriticOf, text: str, *issues: Any, **other: Any) -> Judgement:
    return await critic_of(answering(*issues, questions=other.pop("questions", ()))).judge(case(text, **other))


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Only today!", "Only today", "Only today"),
        ("Only today!", "  only TODAY\n", "Only today"),
        ("Only  \n today!", "only today", "Only  \n today"),
        ("It’s “the best” — ever…", 'it\'s "the best" - ever...', "It’s “the best” — ever…"),
        ("Buy now", "“Buy now”", "Buy now"),
        ("𝐁𝐮𝐲 now", "buy now", "𝐁𝐮𝐲 now"),
        ("Cafe\u0301 Straße", "café strasse", "Cafe\u0301 Straße"),
        ("ﬁne print", "fine", "ﬁne"),
        ("MAIL us, AI does the rest", "AI", "AI"),
        ("MAIL us", "AI", "AI"),
        ("Nine out of ten denists agree", "Nine out of ten dentists agree", "Nine out of ten denists agree"),
        ("Well, nine out of ten denists agree.", "nine out of ten dentists agre", "nine out of ten denists agree"),
        ("Only today!", "", None),
        ("Hi", "Hi there", None),
        ("abcdefghij", "abcxefghijyy", None),
        ("\u0301 x", "\u0301 x", "\u0301 x"),
        ("Only today!", " “” ", None),
        ("Only today!", "something else entirely", None),
        ("Hi", "Hi there, this is a very long quote that holds Hi", None),
        ("", "x", None),
        ("x", "\u200b", None),
    ],
)
def test_a_quote_is_found_exactly_then_folded_then_nearly(text: str, quote: str, found: str | None) -> None:
    span = FoldedText(text).find(quote)
    assert (text[slice(*span)] if span else None) == found


def test_folding_goes_back_to_whole_characters() -> None:
    assert fold("  A\u00a0 b\t…") == "a b ..."
    folded = FoldedText("a … b")
    assert folded.find("a .") == (0, 3)


@given(st.text(st.one_of(st.characters(), st.sampled_from("aB `’“—\u00a0\t\u200b\u0301é¨ﷺß😍\ufe0f\n"))))
def test_a_text_folds_to_the_same_with_and_without_the_way_back(text: str) -> None:
    assert fold(text) == FoldedText(text).text.strip()


def test_a_long_text_is_searched_quickly() -> None:
    text = FoldedText("a" * 40_000)
    assert text.find("b" * 300) is None
    assert text.find("ab" * 10_000) is None
    assert text.find("a") == (0, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        issue("not in the draft at all", PRESSURE),
        issue("", PRESSURE),
        issue("Act now", "no-such-guideline"),
        issue("Act now", "user-control/safe-to-publish"),
        issue("Act now", PRESSURE, confidence="low"),
    ],
)
async def test_what_does_not_hold_is_dropped_and_counted(critic_of: CriticOf, wrong: Any) -> None:
    judgement = await judged(critic_of, "Act now, dear friends of the bakery.", wrong)
    assert (judgement.findings, judgement.dropped) == ((), 1)


async def test_no_more_than_forty_issues_are_looked_at(critic_of: CriticOf) -> None:
    wrong = [issue(f"x{number}", PRESSURE) for number in range(50)]
    judgement = await judged(critic_of, "Act now", *wrong, issue("Act now", PRESSURE))
    assert (judgement.findings, judgement.dropped) == ((), 51)


@pytest.mark.parametrize(
    ("guideline", "said", "severity"),
    [
        (PRESSURE, "must-fix", Severity.MUST_FIX),
        (PRESSURE, "consider", Severity.SHOULD_FIX),
        ("authenticity/human-voice", "must-fix", Severity.CONSIDER),
        ("transparency/honest-about-ai", "must-fix", Severity.MUST_FIX),
        ("transparency/honest-about-ai", "should-fix", Severity.SHOULD_FIX),
        (TIE, "consider", Severity.MUST_FIX),
    ],
)
async def test_severity_is_the_files_and_rises_only_by_its_condition(
    critic_of: CriticOf, guideline: str, said: str, severity: Severity
) -> None:
    judgement = await judged(critic_of, "Act now", issue("Act now", guideline, severity=said))
    assert [f.severity for f in judgement.findings] == [severity]


async def test_of_several_on_one_span_the_more_severe_stays_then_the_first(critic_of: CriticOf) -> None:
    text = "Act now, friends, and tell everybody that it is the best there is."
    judgement = await judged(
        critic_of,
        text,
        issue("Act now, friends", PRESSURE),
        issue("Act now, friends", CLAIM),
        issue("now, friends", TIE),
        issue("it is the best there is", CLAIM, why="First."),
        issue("the best there is", PRESSURE),
    )
    assert [(f.guideline, f.quote) for f in judgement.findings] == [
        (TIE, "now, friends"),
        (CLAIM, "it is the best there is"),
    ]
    assert judgement.dropped == 0


async def test_a_guideline_of_other_platforms_does_not_count(in_force: Library, rules: RuleEngine) -> None:
    only = Library(
        tuple(
            replace(g, platforms=("sms",), not_when=(), decided_from="")
            for g in in_force.guidelines
            if g.id == PRESSURE
        )
    )
    prompts = Prompts(Template("$guidelines $checklist"), Template("$guidelines"))
    model = answering(issue("Act now", PRESSURE))
    critic = ModelCritic(model, only, rules, prompts=prompts, secret=b"s", limits=QUICK, sensitive=lambda _: ())
    assert (await critic.judge(case("Act now"))).dropped == 1
    assert len((await critic.judge(case("Act now", platform="sms"))).findings) == 1
    assert "Only on: sms" in model.requests[0].instructions


def test_a_sentence_is_cut_at_a_word() -> None:
    assert cleaned("  one\n two\u202e three ", 300) == "one two three"
    assert cleaned("one two, three", 9) == "one two…"
    assert cleaned("one two three", 8) == "one two…"
    assert cleaned("abcdefghij", 5) == "abcd…"
    assert len(cleaned("word " * 100, 300)) <= 300


def test_nobody_is_told_that_a_machine_wrote_it() -> None:
    assert accuses_of_ai("This reads like AI.", lambda: fold("Buy it"))
    assert not accuses_of_ai(
        "“Written by AI” hides who edited it.", lambda: fold("A poem written by AI, edited by Ewa")
    )
    assert accuses_of_ai("It sounds like ChatGPT.", lambda: fold("Say of each line that it sounds like ChatGPT"))
    assert not accuses_of_ai("“Sounds like a bot” mocks the helpers.", lambda: fold("He sounds like a bot"))
    assert not accuses_of_ai("Nobody sees what ChatGPT was asked.", lambda: fold("We asked ChatGPT"))
    assert not accuses_of_ai("The picture may be made with AI.", lambda: fold("Look at it"))


async def test_questions_are_held_to_their_form(critic_of: CriticOf) -> None:
    long = "word " * 60
    questions = (
        question("nothing", "Known?"),
        question(CLAIM, " "),
        question(CLAIM, "Did ChatGPT do it?"),
        question("user-control/way-out", "Asked before?"),
        question(TIE, long, "a" * 61, "Yes", "Yes", "No", "Perhaps", "Later", "Never"),
        question(TIE, "Once more?"),
        question(CLAIM, "Is there a study?", "Yes"),
        question(PRESSURE, "Too many?"),
    )
    answers = (("user-control/way-out", "Yes"),)
    first, second = (await judged(critic_of, "Act now", questions=questions, answers=answers)).questions
    assert first.guideline == TIE
    assert len(first.question) <= 200
    assert first.answers == ("Yes", "No", "Perhaps", "Later")
    assert second == Question(CLAIM, "Is there a study?", ("Yes", "No", "Not sure"))


def test_a_long_draft_is_not_folded_for_a_reason_that_accuses_nobody() -> None:
    def never() -> str:
        pytest.fail("40 reasons would fold 40,000 characters 40 times")

    assert not accuses_of_ai("Nobody can check it.", never)
