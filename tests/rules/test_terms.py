"""Drafts beside the terms that a brand avoids or prefers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.brand.facts import Fact, FactKind
from bot.core.drafts import Draft
from bot.core.findings import fact_behind
from bot.core.guidelines import Severity
from bot.rules.terms import RulesWithTerms, Term, terms_of
from bot.rules.variants import FactDrifts
from tests.rules.test_facts import GUIDELINE, NoRules

AVOID, PREFER = FactKind.AVOID, FactKind.PREFER


@pytest.mark.parametrize(
    ("kind", "value", "terms"),
    [
        (AVOID, "cheap", [("cheap", "")]),
        (AVOID, "cheap, budget or bargain", [("cheap", ""), ("budget", ""), ("bargain", "")]),
        (AVOID, "Never say “cheap” or “low cost”", [("cheap", ""), ("low cost", "")]),
        (AVOID, "cheap → affordable", [("cheap", "affordable")]),
        (AVOID, "cheap (say affordable)", [("cheap", "affordable")]),
        (AVOID, "Don't say cheap; say affordable or fair", [("cheap", "")]),
        (AVOID, "best in class", [("best in class", "")]),
        (AVOID, "No jokes about our competitors and their many customers, ever", []),
        (AVOID, "x", []),
        (PREFER, "guests, not customers", [("customers", "guests")]),
        (PREFER, "Say “herb box” instead of “veg box”", [("veg box", "herb box")]),
        (PREFER, "Brio rather than BRIO", [("BRIO", "Brio")]),
        (PREFER, "herb box", []),
        (PREFER, "Gäste statt Kunden", [("Kunden", "Gäste")]),
    ],
)
def test_what_a_line_of_the_sheet_tells_to_leave_out(kind: FactKind, value: str, terms: list[tuple[str, str]]) -> None:
    assert list(terms_of(kind, value)) == [Term(*one) for one in terms]


def said(text: str, *facts: Fact, markets: tuple[str, ...] = ()) -> list[tuple[str, str | None]]:
    rules = RulesWithTerms(NoRules(), GUIDELINE, facts, markets=markets)
    return [(one.quote, one.edit.text if one.edit else None) for one in rules.findings(Draft(text))]


@pytest.mark.parametrize(
    ("value", "text", "quotes"),
    [
        ("cheap", "Cheap cheap lamp", ["Cheap", "cheap"]),
        ("cheap", "Cheaper than ever, our cheapest and cheaply made.", ["Cheaper", "cheapest", "cheaply"]),
        ("customer", "Our customers love it, says a customer’s mum.", ["customers", "customer’s"]),
        ("customers", "Ask any customer.", ["customer"]),
        ("plan", "We planned and are planning.", ["planned", "planning"]),
        ("use", "We used it and are using it.", ["used", "using"]),
        ("baby", "Two babies.", ["babies"]),
        ("box", "Boxes.", ["Boxes"]),
        ("best in class", "It's best-in-class, best in class.", ["best-in-class", "best in class"]),
        ("24/7", "Open 24-7, and 24/7 at that.", ["24-7"]),
        ("#cheap", "Get it. #cheap", ["cheap"]),
        (
            "billig",
            "Die Lampe ist nicht nur billig, es gibt billige und die billigsten.",
            ["billig", "billige", "billigsten"],
        ),
    ],
)
def test_a_term_to_avoid_is_found_as_a_word_with_its_endings(value: str, text: str, quotes: list[str]) -> None:
    assert [quote for quote, _ in said(text, Fact(value, AVOID))] == quotes


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("cheap", "A cheapskate's lamp."),
        ("cheap", "See https://brio.example/cheap or cheap.example/lamps, @cheap or cheap@brio.example."),
        ("cheap", '“Cheap and cheerful,” she wrote. She called it "cheap", «cheap» and „cheap“.\n> cheap'),
        ("car", "We cared. She cares, caring."),
        ("port", "Our porter carries port-side bags."),
        ("paint", "Ask a painter."),
        ("news", "The new lamp."),
        ("BRIO", "Brio is here."),
        ("!", "Now!"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(value: str, text: str) -> None:
    assert said(text, Fact(value, AVOID)) == []


def test_the_point_names_the_fact_and_its_source_and_offers_the_other_term() -> None:
    fact = Fact("cheap → affordable", AVOID, "style guide", id="t1")
    draft = Draft("Cheap lamps. A cheap lamp.")
    first, second = RulesWithTerms(NoRules(), GUIDELINE, (fact,)).findings(draft)
    assert first.why.startswith("The fact sheet lists “cheap → affordable” as a term to avoid (style guide). A brand")
    assert (fact_behind(first), first.severity, first.guideline) == ("t1", Severity.SHOULD_FIX, GUIDELINE.id)
    assert [one.edit.text for one in (first, second) if one.edit] == ["Affordable", "affordable"]
    preferred = Fact("guests, not customers", PREFER)
    assert said("Our customers. A customer.", preferred) == [("customers", "guests"), ("customer", None)]
    (found,) = RulesWithTerms(NoRules(), GUIDELINE, (preferred,)).findings(Draft("Dear customers"))
    assert found.why.startswith("The fact sheet lists “guests, not customers” as a term to prefer. ")


def test_a_term_inside_a_preferred_one_or_a_name_is_no_slip() -> None:
    box = Fact("box", AVOID)
    assert said("The herb box is here.", box, Fact("herb box", PREFER)) == []
    assert said("The Herb Box is here.", box, Fact("£5", about="Herb Box")) == []
    assert len(said("The box is here.", box, Fact("herb box", PREFER))) == 1


def test_of_several_brands_only_the_terms_of_the_one_that_a_draft_names_count() -> None:
    brio, fennel = Fact("cheap", AVOID, about="Brio"), Fact("fancy", AVOID, about="Fennel")
    assert said("Brio: cheap and fancy.", brio, fennel) == [("cheap", None)]
    assert said("Cheap and fancy.", brio, fennel) == []
    assert said("Cheap and fancy.", brio) == [("Cheap", None)]


def test_a_term_for_a_market_counts_where_the_draft_is_seen_there() -> None:
    local = Fact("cheap", AVOID, markets=("UK",))
    assert said("Cheap.", local, markets=("Scotland",)) == [("Cheap", None)]
    assert said("Cheap.", local) == said("Cheap.", local, markets=("France",)) == []


def test_variants_that_say_it_drift_from_the_sheet() -> None:
    drifts = FactDrifts((replace(Fact("cheap", AVOID), source="style guide"),))
    assert drifts("A cheap, cheap lamp.") == [("cheap", "Term to avoid: cheap (style guide)")]
    assert drifts("A lamp.") == []
