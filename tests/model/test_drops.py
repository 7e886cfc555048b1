"""What of a model's answer does not reach people is counted by its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words import reviewing as words
from bot.flows.reviewing import review_case
from bot.model.forms import CritiqueAnswer
from bot.model.own_words import OwnWords, reason
from bot.model.quotes import fold
from tests.model.cases import CLAIM, PRESSURE, case
from tests.model.server import ScriptedModel, critique, issue, opinions, question
from tests.model.test_grounding import answering

if TYPE_CHECKING:
    from bot.core.guidelines import Library
    from bot.model.critic import ModelCritic
    from bot.rules.engine import RuleEngine
    from tests.model.conftest import Open
    from tests.model.test_grounding import CriticOf

TEXT = "Act now, dear friends of the bakery."
AGE = "user-control/no-intrusive-targeting"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (issue("nowhere at all", PRESSURE), "ungrounded"),
        (issue("Act now", "no-such-guideline"), "unknown"),
        (issue("nowhere at all", PRESSURE, confidence="low"), "unsure"),
        (issue("Act now", PRESSURE, confidence="low"), "unsure"),
    ],
)
async def test_an_issue_that_does_not_hold_has_its_reason(
    server: ScriptedModel, critic: ModelCritic, wrong: Any, reason: str
) -> None:
    server.will(critique(issue("friends", CLAIM, confidence="medium"), wrong))
    judgement = await critic.judge(case(TEXT))
    assert (judgement.drops, judgement.dropped) == ({reason: 1}, 1)
    assert [judgement.confidences[finding.ref] for finding in judgement.findings] == ["medium"]


async def test_same_words_and_refused_rewordings_are_counted_beside_what_is_dropped(
    server: ScriptedModel, critic: ModelCritic
) -> None:
    server.will(critique(issue("Act now", PRESSURE, replacement="Act before 5 May"), issue("Act now", CLAIM)))
    judgement = await critic.judge(case(TEXT))
    assert (judgement.drops, judgement.dropped) == ({"rewording": 1, "same_words": 1}, 0)


async def test_what_is_said_again_of_the_same_words_is_one_point(critic_of: CriticOf, rules: RuleEngine) -> None:
    judge = critic_of(answering(*[issue("Act now", PRESSURE)] * 47))
    assert (await judge.judge(case(TEXT))).drops == {"same_words": 46}
    critique = await review_case(case(TEXT), rules, judge)
    assert words.beside(critique) == ""
    assert (len(critique.findings), critique.left_out, critique.is_all_shown) == (1, 0, True)


async def test_points_beyond_those_that_are_looked_at_are_told_and_are_the_milder_ones(
    critic_of: CriticOf, rules: RuleEngine
) -> None:
    numbers = [f"Saying number {number} of ours." for number in range(47)]
    text = "\n".join(numbers)
    issues = [issue(one, CLAIM) for one in numbers[:46]]
    said = case(text)
    severe = issue(numbers[46], "user-control/care-for-vulnerable", severity="must-fix")
    critique = await review_case(said, rules, critic_of(answering(*issues, severe)))
    assert words.beside(critique) == "7 more points not looked at: there were too many."
    assert words.reply_footer(critique, said.draft, ()).startswith(
        "7 more points not looked at: there were too many. AI"
    )
    assert numbers[46] in {finding.quote for finding in critique.findings}
    assert (len(critique.findings), critique.left_out, critique.is_all_shown) == (40, 0, False)


async def test_a_refuted_point_is_counted_and_the_critic_can_go_on_with_another_model(
    server: ScriptedModel, critic: ModelCritic, opened: Open
) -> None:
    said = issue("Act now", "user-control/care-for-vulnerable", severity="must-fix")
    server.will(critique(said, questions=(question(AGE),)), opinions("drop"))
    judgement = await critic.on(opened()).judge(case(TEXT))
    assert judgement.drops == {"refuted": 1}


@pytest.mark.parametrize(
    "why",
    [
        " \u200b ",
        "It sounds like AI and not like you.",
        "Looks good, approved by Candor.",
        "Approved.",
        "This draft is safe to publish.",
        "See https://evil.example/win for why.",
        "[Read more](evil.example)",
        "<!channel> it hurries people.",
        "Ask @here what they think.",
        "Most drafts are fine, and saying so is a good answer.",
    ],
)
async def test_a_reason_that_nobody_shall_read_gives_way_to_the_guidelines_own(
    server: ScriptedModel, critic: ModelCritic, in_force: Library, why: str
) -> None:
    server.will(critique(issue("Act now", PRESSURE, why=why)))
    judgement = await critic.judge(case(TEXT))
    guideline = in_force.find(PRESSURE)
    assert guideline
    assert [guideline.why.startswith(finding.why) for finding in judgement.findings] == [True]
    assert (judgement.drops, judgement.dropped, judgement.unplaced) == ({"reason": 1}, 0, 0)


NO_REASONS = [
    "This was written by a language model.",
    "AI slop.",
    "Feels auto-generated.",
    "The text feels machine-made.",
    "A bot probably wrote it.",
    "It was clearly written by an LLM.",
    "Reads as if a machine had written it.",
    "Liest sich wie von einer KI.",
    "Von einem Sprachmodell geschrieben.",
    "On dirait une IA.",
    "Rédigé par une machine.",
    "Suena a un robot.",
    "Escrito con inteligencia artificial.",
    "Perfectly acceptable wording.",
    "10/10, flawless.",
    "Great copy, well done!",
    "Love this! Keep it.",
    "This line is fine as it stands.",
    "Nothing wrong with this one.",
    "It hurries people. Great copy, though, love it!",
    "Passt so, bitte posten.",
    "Gut gemacht!",
    "Rien à signaler, publiez.",
    "Très bien.",
    "Todo bien, adelante.",
    "Muy bien, buen trabajo.",
    "You idiot, this is a lie.",
    "Stupid copy.",
    "So ein Schwachsinn.",
    "Eres idiota.",
    "Reported to HR.",
    "Your boss will be told.",
    "My instructions say that every quote must stand in the draft.",
]
REASONS = [
    "It hurries people, and nothing backs that up.",
    "Readers can't tell that the picture was made with AI.",
    "A chatbot that sounds like a person isn't named as one.",
    "It promises that nothing can go wrong, which nobody can keep.",
    "It says the tea is perfectly fine for babies, and nobody has shown that.",
    "Not everybody is fine with that, and the post calls them cowards.",
    "Readers think the offer ends today; no date says so.",
    "Good reasons to buy are missing, so only the pressure is left.",
    "A reader with a screen reader hears nothing here.",
    "Wer das liest, glaubt an eine Frist, die es nicht gibt.",
    "Die Aussage ist nicht belegt, und alle glauben sie.",
    "Rien ne montre que c'est vrai.",
    "Nada demuestra que sea verdad.",
]


@pytest.mark.parametrize("why", NO_REASONS)
def test_a_reason_that_explains_nothing_loses_its_words_and_the_finding_stays(why: str, in_force: Library) -> None:
    said = _said(why)
    guideline = in_force.find(PRESSURE)
    assert guideline
    shown = reason(said, guideline, lambda: fold(TEXT))
    assert guideline.why.startswith(shown)


@pytest.mark.parametrize("why", REASONS)
def test_a_reason_that_speaks_of_a_fault_stays(why: str, in_force: Library) -> None:
    guideline = in_force.find(PRESSURE)
    assert guideline
    assert reason(_said(why), guideline, lambda: fold(TEXT)) == why


def test_harsh_words_of_the_draft_may_be_named() -> None:
    assert _said("“Idiots” insults those who don't buy.", "Only idiots wait") != ""


def _said(why: str, quote: str = "Act now") -> str:
    """What is left of a reason."""
    answer = CritiqueAnswer.model_validate({"issues": [issue(quote, PRESSURE, why=why)]})
    return OwnWords(()).cleared(answer, TEXT).issues[0].why


@pytest.mark.parametrize(
    "words", ["Looks good to me", "Safe to publish", "Come, @channel", "Come to evil.example/win", "<!here> come"]
)
async def test_a_rewording_that_nobody_shall_read_is_left_out_alone(
    server: ScriptedModel, critic: ModelCritic, words: str
) -> None:
    server.will(critique(issue("Act now", PRESSURE, replacement=words)))
    judgement = await critic.judge(case(TEXT))
    assert [(finding.quote, finding.edit) for finding in judgement.findings] == [("Act now", None)]
    assert judgement.dropped == 0


async def test_a_question_that_nobody_shall_read_is_asked_in_the_guidelines_words(
    server: ScriptedModel, critic: ModelCritic, in_force: Library
) -> None:
    server.will(critique(questions=(question(AGE, "All clear, approved by Candor?"), question(CLAIM, "Is it so?"))))
    first, second = (await critic.judge(case(TEXT))).questions
    own = in_force.find(AGE)
    assert own
    assert (first.guideline, second.question) == (CLAIM, own.question[:200])


@pytest.mark.parametrize("name", ["no-false-pressure", PRESSURE, "No False Pressure", "no_false_pressure"])
async def test_a_guideline_is_known_however_its_name_is_spelt(
    server: ScriptedModel, critic: ModelCritic, in_force: Library, name: str
) -> None:
    title = next(g.title for g in in_force.guidelines if g.id == PRESSURE)
    server.will(critique(issue("Act now", name), issue("friends of the bakery", title)))
    assert [finding.guideline for finding in (await critic.judge(case(TEXT))).findings] == [PRESSURE, PRESSURE]
