"""Drafts beside the AI characters on the fact sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.brand.facts import Fact, FactKind
from bot.core.drafts import Draft
from bot.core.findings import Finding, is_recorded
from bot.rules.facts import contradictions
from bot.rules.personas import BOT_IDENTITY, RulesWithPersonas
from tests.rules.test_facts import GUIDELINE, NoRules

LABEL = Fact("“I'm Fern, an AI” is the first line", FactKind.AI_LABEL, about="Fern, the chatbot", id="p1")
ROUTE = Fact("“Person” in the chat reaches the shop", FactKind.HUMAN_ROUTE, about="Fern, the chatbot", id="p2")


def told(text: str, *facts: Fact) -> tuple[Finding, ...]:
    return RulesWithPersonas(NoRules(), replace(GUIDELINE, id=BOT_IDENTITY), facts).findings(Draft(text))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Chat with Fern, our friendliest team member!", "Chat with Fern"),
        ("Hi, I'm Fern. I grew up among tomatoes.", "I'm Fern"),
        ("Basil tips every Monday.\n– Fern", "– Fern"),
        ("Fern: water it at night.", "Fern:"),
        ("Something wilting? Ask Fern.", "Ask Fern"),
    ],
)
def test_a_character_that_nobody_calls_ai_is_shown_its_label(text: str, quote: str) -> None:
    (found,) = told(text, LABEL, ROUTE)
    assert (found.quote, text[found.start : found.end], found.guideline) == (quote, quote, BOT_IDENTITY)
    assert "“I'm Fern, an AI” is the first line" in found.why
    assert ROUTE.value in found.why
    assert ROUTE.value not in told(text, LABEL)[0].why
    assert is_recorded(found)


@pytest.mark.parametrize(
    "text",
    [
        "Chat with Fern, our AI for plants.",
        "Ask Fern, our chatbot. She hands over to Ana from nine to five.",
        "I'm Fern, your virtual gardener.",
        "The lady fern likes shade. Ask for it in our shops.",
        "Ask Fernando in the shop.",
        "We named our first van Fern.",
    ],
)
def test_who_says_so_or_does_not_speak_of_it_is_left_alone(text: str) -> None:
    assert told(text, LABEL, ROUTE) == ()


def test_without_a_label_on_the_sheet_nothing_is_said() -> None:
    assert told("Chat with Fern!", ROUTE) == told("Chat with Fern!", replace(LABEL, about="")) == ()


DOTTIE = (
    Fact("Posts open with “Dottie, AI character”", FactKind.AI_LABEL, about="Dottie", id="label"),
    *(
        Fact(value, about="Dottie", id=value)
        for value in (
            "Dottie is an AI character; in our stories she is 33 years old.",
            "In our stories Dottie lives at 14 Tanner Row in Kendal.",
            "In our stories Dottie worked as a baker for 6 years.",
            "Dottie's birthday is 12 March.",
            "Dottie was created in 2024 by our team.",
        )
    ),
)


def says(text: str, speaker: str = "Dottie, AI character: ") -> list[str]:
    return [one.fact.value for one in contradictions(f"{speaker}{text}", DOTTIE, DOTTIE)]


@pytest.mark.parametrize(
    "text",
    [
        "I'm 36 and I still love jars.",
        "I live at 41 Tanner Row.",
        "My flat in Leeds is tiny.",
        "I live in York, by the river.",
        "I worked as a baker for ten years.",
        "Eight years as a baker taught me patience.",
        "My birthday is on 14 March.",
        "I was created in 2022.",
        "Hi, I'm 36, and I still love jars. Yes, 36 years old!",
    ],
)
def test_a_character_that_tells_another_age_home_day_or_year_of_itself_is_found(text: str) -> None:
    assert len(says(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "My sister is 36 years old.",
        "I'm 36 minutes late again.",
        "I am 20% tea.",
        "I'm 33, and proud.",
        "When I was 20 I baked bread.",
        "I feel like I'm 90, honestly.",
        "If I lived in York I would cycle.",
        "I'm in York today for the market.",
        "I live for Fridays in Kendal.",
        "I live in England, where it rains.",
        "My place in the queue at Leeds Station? Last.",
        "My home team from Leeds lost again.",
        "I worked late for 6 years as a baker.",
        "Two years ago I baked my first loaf as a baker.",
        "For 20 years people asked me for bread.",
        "My neighbour has worked as a baker for 40 years.",
        "I turn 40 loaves a day.",
        "I turned 40 pages today.",
        "At no. 41 they make soup. I can see it from my house at 14.",
        "I'm 5, says the number on my door.",
        "My birthday is 12 March.",
        "A friend's birthday's on 14 March.",
        "I live on porridge. From Scotland, of course.",
        "My flat white comes from Colombia.",
        "My house plants come from Holland.",
        "I love my home. In Whitby they have the sea.",
        "We were founded by two bakers in 2019.",
        "I've been a fan of the Leeds Festival for 12 years.",
    ],
)
def test_what_it_says_of_others_and_of_other_things_is_left_alone(text: str) -> None:
    assert says(text) == []


def test_somebody_elses_words_are_not_its_own() -> None:
    assert says("I'm 36 and I love jars.", speaker="") == says("I'm 36.", speaker="Amira: ") == []
    nobody = DOTTIE[1:]
    assert contradictions("Dottie: I'm 36.", nobody, nobody) == ()


FERN = (
    Fact("I'm an AI", FactKind.AI_LABEL, about="Fern"),
    *(Fact(value, about="Fern", id=value) for value in ("Fern is 34 years old.", "Fern's birthday is 12 March.")),
)


@pytest.mark.parametrize(
    "text",
    [
        "Hi, I'm Fern, your AI gardener. I'm 29.",
        "Hi, I'm Fern, your AI gardener, aged 36.",
        "Fern here, aged 36. Ask me anything!",
        "My name is Fern, and I'm AI. I was born on 14 March.",
        "I'm Fern (AI). I turn 30 today!",
        "Hallo, ich bin Fern, die KI von Brio. Ich bin 29 Jahre alt.",
        "Ich heiße Fern und bin eine KI. Heute werde ich 30!",
        "Ich bin Fern (KI). Ich bin am 14. März geboren.",
        "Je suis Fern, une IA. J'ai 29 ans.",
        "Soy Fern, una IA. Tengo 29 años.",
        "Fern (AI): I was born on 14 March.",
    ],
)
def test_a_character_that_says_who_it_is_speaks_of_itself(text: str) -> None:
    assert len(contradictions(text, FERN, FERN)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Hi, I'm Fern, your AI gardener. I'm 34.",
        "I'm Fern (AI). I turn 35 today!",
        "I'm Fern, your AI guide for kids, aged 6.",
        "I'm Fern's biggest fan. I'm 29.",
        "I'm Jo. Ask Fern, our AI. I'm 29.",
        "I'm Fern, your AI gardener.\nJo, head gardener: I'm 29.",
        "Jo: I'm Fern's neighbour.\nI'm Fern on stage. I'm 29.",
        "I'm Fern. My best friend was born on 14 March, I love her.",
        "Ich bin Fern. Als ich 29 war, sagt Jo, war alles anders.",
        "I'm Fern. I'm 29 minutes away.",
        "I'm Fern. I was born on 12 March.",
        "My name is Fern. I love books for children, aged 6.",
    ],
)
def test_who_only_speaks_of_a_character_does_not(text: str) -> None:
    assert contradictions(text, FERN, FERN) == ()
