"""Drafts beside the AI characters on the fact sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.brand.facts import Fact, FactKind
from bot.core.drafts import Draft
from bot.core.findings import Finding, is_recorded
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
