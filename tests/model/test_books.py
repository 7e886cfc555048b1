"""A model reads a part of a brand book: what it is sent, and what of its answer stands in the book."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.brand.books import BookPage, FactProposal, GuidelineProposal
from bot.core.brand.facts import Fact, FactKind
from bot.core.guidelines import Severity
from bot.core.judging import Failure, ModelFailed, Usage
from bot.model.books import ModelProposer
from bot.model.brief import load_prompt
from bot.model.language_model import ModelLimits
from tests.model.cases import QUICK
from tests.model.conftest import sensitive
from tests.model.server import HANG, ScriptedModel
from tests.model.stand_in import StandIn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.model.language_model import LanguageModel

    Open = Callable[..., LanguageModel]

PAGES = (
    BookPage("page 4", "How we speak\nWe say guests, not\ncustomers. Write to ana.perez@example.org."),
    BookPage("page 5", "Never call a price cheap."),
)


FOUNDED, WRITE = "Kestrel Air was founded in Leeds in 2016.", "Write to ana.perez@example.org."
GUESTS = "We say guests, not customers."
ABOUT_US = BookPage("page 9", f"{FOUNDED} {WRITE} {GUESTS} 飛行機は毎日十二時に出発します。")


def answer(**fields: Any) -> dict[str, Any]:
    usual = {
        "page": 1,
        "quote": "We say guests, not customers.",
        "title": "Guests, not customers",
        "problem": "Calls guests customers",
        "question": "Do we say guests?",
        "why": "Guests feel\nat home.",
        "fix": "Say guests.",
        "not_when": ["It's a law's word.", " "],
        "bad": ["Our ==customers== love it.", "b", "c"],
        "good": ["Our guests love it."],
        "words": ["customers"],
        "severity": "Must Fix",
    }
    return usual | fields


def fact(**fields: Any) -> dict[str, Any]:
    usual = {"page": 1, "quote": FOUNDED, "kind": "origin", "value": "Founded in 2016 in Leeds", "about": ""}
    return usual | fields


def proposer(model: LanguageModel, limits: ModelLimits = QUICK, prompt: str = "Read.") -> ModelProposer:
    def told(usage: Usage) -> str:
        return f"{usage.calls} calls, {usage.output_tokens} out"

    return ModelProposer(model, prompt, b"secret", sensitive=sensitive, limits=limits, told=told)


async def test_pages_go_in_one_request_fenced_and_masked(server: ScriptedModel, opened: Open, root: Path) -> None:
    server.will({"proposals": [answer()]})
    prompt = load_prompt(root / "prompts" / "brand-book.md").substitute()
    found = await proposer(opened(), prompt=prompt).propose("T1", "U1", PAGES, ["No slang"])
    (asked,) = server.requests
    assert asked.instructions.startswith(prompt.strip())
    assert asked.case["proposed_before"] == ["No slang"]
    assert [page["page"] for page in asked.case["pages"]] == [1, 2]
    assert "[EMAIL_1]" in asked.case["pages"][0]["text"]
    begin, _, end = asked.turns[0].splitlines()
    assert (begin[:6], end) == ("<book ", f"</{begin[1:]}")
    assert "ana.perez" not in json.dumps(asked.body)
    (one,) = found.proposals
    assert isinstance(one, GuidelineProposal)
    assert (one.quote, one.where, found.unfounded) == ("We say guests, not customers.", "page 4", 0)
    assert (one.form.title, one.form.why, one.form.severity) == (
        "Guests, not customers",
        "Guests feel at home.",
        Severity.MUST_FIX,
    )
    assert (one.form.not_when, len(one.form.bad), one.form.phrases) == (("It's a law's word.",), 2, ("customers",))


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "We never use exclamation marks in any post."},
        {"page": 2},
        {"page": 3},
        {"page": 0},
        {"quote": "We say"},
        {"quote": ""},
    ],
    ids=["not in the book", "another page", "no page", "page 0", "too short", "nothing"],
)
async def test_what_rests_on_no_words_of_its_page_is_dropped_and_counted(wrong: dict[str, Any]) -> None:
    found = await proposer(StandIn(lambda _: {"proposals": [answer(**wrong)]})).propose("T1", "U1", PAGES, ())
    assert (found.proposals, found.unfounded) == ((), 1)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, Fact("Founded in 2016 in Leeds", FactKind.ORIGIN)),
        ({"about": "kestrel air"}, Fact("Founded in 2016 in Leeds", FactKind.ORIGIN, about="kestrel air")),
        ({"about": "Falcon"}, Fact("Founded in 2016 in Leeds", FactKind.ORIGIN)),
        ({"kind": "a date"}, Fact("Founded in 2016 in Leeds", FactKind.OTHER)),
        ({"kind": "Contact", "value": "[EMAIL_1]", "quote": WRITE}, Fact("ana.perez@example.org", FactKind.CONTACT)),
        ({"kind": "avoid", "value": "Customers", "quote": GUESTS}, Fact("Customers", FactKind.AVOID)),
        ({"kind": "prefer", "value": "guest", "quote": GUESTS}, Fact("guest", FactKind.PREFER)),
        ({"value": "飛行機", "quote": "飛行機は毎日十二時に出発します。"}, Fact("飛行機", FactKind.ORIGIN)),
    ],
    ids=["a fact", "about", "about nobody", "kind", "masked", "a term", "another term", "another script"],
)
async def test_facts_and_terms_come_with_the_books_own_words(said: dict[str, Any], found: Fact) -> None:
    model = StandIn(lambda _: {"proposals": [], "facts": [fact(**said)]})
    (one,) = (await proposer(model).propose("T1", "U1", (ABOUT_US,), ())).proposals
    assert isinstance(one, FactProposal)
    assert (one.fact, one.where) == (found, "page 9")


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "Kestrel Air flies to forty cities."},
        {"value": "Founded in 2015 in Leeds"},
        {"value": "Founded in 2016 in Leeds for £5"},
        {"value": "Founded in 2016 in Bradford"},
        {"value": "Nothing here was ever said by anybody"},
        {"value": " "},
        {"value": f"Founded in 2016 in Leeds{' in Leeds' * 50}"},
        {"kind": "avoid", "value": "clients", "quote": GUESTS},
        {"kind": "prefer", "value": "We prefer guests", "quote": GUESTS},
        {"page": 2},
    ],
    ids=["quote", "number", "price", "name", "other words", "empty", "long", "no such term", "no term", "page"],
)
async def test_a_fact_that_says_what_the_book_does_not_is_dropped_and_counted(wrong: dict[str, Any]) -> None:
    model = StandIn(lambda _: {"proposals": [], "facts": [fact(**wrong)]})
    found = await proposer(model).propose("T1", "U1", (ABOUT_US, PAGES[1]), ())
    assert (found.proposals, found.unfounded) == ((), 1)


async def test_a_model_that_names_no_facts_at_all_is_understood() -> None:
    found = await proposer(StandIn(lambda _: {"proposals": [answer()]})).propose("T1", "U1", PAGES, ())
    assert len(found.proposals) == 1


async def test_a_quote_is_the_books_own_words_and_a_strange_severity_is_the_usual_one() -> None:
    said = answer(page=2, quote="never call a PRICE “cheap”", severity="very high")
    found = await proposer(StandIn(lambda _: {"proposals": [said]})).propose("T1", "U1", PAGES, ())
    (one,) = found.proposals
    assert isinstance(one, GuidelineProposal)
    assert one.quote.startswith("Never call a price cheap")
    assert (one.where, one.form.severity) == ("page 5", Severity.SHOULD_FIX)


async def test_no_answer_in_time_and_no_answer_at_all_are_failures(server: ScriptedModel, opened: Open) -> None:
    server.will(HANG)
    slow = ModelLimits(call=0.05, total=0.05, attempts=1)
    for one in (proposer(opened(), slow), proposer(StandIn(lambda _: "Nothing!"))):
        with pytest.raises(ModelFailed) as failed:
            await one.propose("T1", "U1", PAGES, ())
        assert failed.value.failure in (Failure.UNREACHABLE, Failure.UNREADABLE)


def test_what_it_takes_is_told_without_a_call() -> None:
    assert proposer(StandIn(lambda _: {})).takes([PAGES, PAGES]) == "2 calls, 1800 out"
