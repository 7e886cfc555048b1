"""The brand's fact sheet: what makes a fact, and the table that goes out and comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.brand.fact_tables import merged, pasted, table_of
from bot.core.brand.facts import (
    FIELDS,
    WHOLE,
    EvidenceLapse,
    Fact,
    FactKind,
    fact_of,
    in_order,
    incomplete_personas,
    lapsing,
    public_contacts,
    sheet_text,
    source_of,
    statement,
    told_facts,
)
from bot.core.drafts import Draft
from bot.core.ports import Judges
from bot.core.reading.places import nearest_place
from bot.core.settings import Known, WorkspaceSettings, changed
from bot.core.words.brand import facts as words
from bot.core.words.brand import posts as table_words
from bot.core.words.settings import no_market

BAG = Fact(
    "Cabin bag included in every fare",
    FactKind.PROMISE,
    "kestrelair.example/bags",
    owner="U0DANA",
    since="2026-03-01",
    until="2026-09-30",
    markets=("UK", "Ireland"),
    about="Kestrel Air",
)
FOUNDED = Fact("Founded in 2016 in Leeds", FactKind.ORIGIN)


def test_a_fact_says_all_of_it_on_one_line() -> None:
    said = "Cabin bag included in every fare (Kestrel Air; UK, Ireland; from 2026-03-01 until 2026-09-30; "
    assert statement(BAG) == f"{said}kestrelair.example/bags)"
    assert statement(FOUNDED) == "Founded in 2016 in Leeds"
    assert statement(None) == ""


@pytest.mark.parametrize(
    ("day", "holds"), [("2026-02-28", False), ("2026-03-01", True), ("2026-09-30", True), ("2026-10-01", False)]
)
def test_both_the_first_and_the_last_day_count(day: str, *, holds: bool) -> None:
    assert BAG.holds_on(day) is holds
    assert FOUNDED.holds_on(day)


def test_the_order_does_not_depend_on_how_facts_were_entered() -> None:
    facts = [BAG, FOUNDED, Fact("Fares from £29", FactKind.PRICE, id="b"), Fact("Fares from £29", id="a")]
    assert in_order(facts) == in_order(reversed(facts))
    assert [fact.value for fact in in_order(facts)][:2] == ["Fares from £29", "Founded in 2016 in Leeds"]


def test_what_somebody_typed_becomes_a_fact() -> None:
    typed = {"value": "  Founded in 2016\nin Leeds ", "kind": "Origin"}
    assert fact_of(typed) == FOUNDED
    typed = {"value": "x", "kind": "term to avoid", "owner": "<@U0DANA|dana>", "markets": "UK, , EU,UK"}
    assert fact_of(typed) == Fact("x", FactKind.AVOID, owner="U0DANA", markets=("UK", "EU"))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"value": " "}, {"value": words.NO_VALUE}),
        ({"value": "x" * 301}, {"value": words.too_long(300)}),
        ({"value": "x", "kind": "rumour"}, {"kind": words.no_kind("rumour")}),
        ({"value": "x", "since": "30 Sept"}, {"since": words.no_date("30 Sept")}),
        ({"value": "x", "until": "20260930"}, {"until": words.no_date("20260930")}),
        ({"value": "x", "since": "2026-10-01", "until": "2026-09-30"}, {"until": words.ENDS_BEFORE}),
        ({"value": "x", "owner": "Dana"}, {"owner": words.no_owner("Dana")}),
        ({"value": "x", "kind": "Claim"}, {"source": words.NO_EVIDENCE}),
        ({"value": "x", "markets": "UK, Atlantis"}, {"markets": no_market("Atlantis", nearest_place("Atlantis"))}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(typed: dict[str, str], wrong: dict[str, str]) -> None:
    assert fact_of(typed) == wrong


def test_a_fact_and_the_settings_refuse_the_same_markets_in_the_same_words() -> None:
    fact = fact_of({"value": "x", "markets": "Germnay"})
    _, settings = changed(WorkspaceSettings(), {"markets": "Germnay"}, Known(frozenset(), frozenset()))
    assert isinstance(fact, dict)
    assert settings["markets"] == f"Markets: {fact['markets'].removesuffix('.')}"
    assert "did you mean Germany?" in fact["markets"]


def test_a_market_that_stood_on_the_sheet_before_keeps_nobody_from_changing_the_rest() -> None:
    old = Fact("x", markets=("Atlantis", "UK"))
    assert fact_of({"value": "y", "markets": "Atlantis, UK"}, old) == Fact("y", markets=("Atlantis", "UK"))
    assert isinstance(fact_of({"value": "y", "markets": "Atlantis, Lemuria"}, old), dict)


def test_csv_is_read_with_any_usual_separator_and_any_known_columns() -> None:
    for between in ",;\t":
        text = f"kind{between}FACT{between}from\nprice{between}Fares cost £29{between}2026-03-01\n\n"
        read = pasted(text)
        assert read.faults == ()
        assert read.facts == ((2, Fact("Fares cost £29", FactKind.PRICE, since="2026-03-01")),)
    assert pasted('Fact,Markets\n"Fares, with bag","UK, Ireland"').facts[0][1].markets == ("UK", "Ireland")


def test_each_fault_is_named_with_its_line_and_the_rest_is_read() -> None:
    read = pasted(
        "| Fact | Until | Mood |\n|---|:--|---|\n"
        "| One \\| two | 2026-09-30 |\n"
        "| Two | soon |\n"
        "\n"
        "| One \\| two |\n"
        "| a | | b | c |\n"
    )
    assert read.facts == ((3, Fact("One | two", until="2026-09-30")),)
    assert read.faults == (
        (4, words.no_date("soon")),
        (6, words.twice(3)),
        (7, words.as_sentence(table_words.too_many(3))),
    )
    assert read.unused == ("Mood",)


def test_a_list_of_claims_is_read_by_its_own_headings() -> None:
    read = pasted("Claim,Evidence,Expires,Product\n94% would order again,survey.pdf,2026-12-01,Herb box\nThe best,,,\n")
    made = Fact("94% would order again", FactKind.CLAIM, "survey.pdf", until="2026-12-01", about="Herb box")
    assert (read.facts, read.faults) == (((2, made),), ((3, words.NO_EVIDENCE),))
    assert pasted(table_of([made])).facts == ((3, made),)


def test_a_table_without_a_heading_for_facts_is_not_guessed_at() -> None:
    assert pasted("Founded in 2016, Leeds").faults == ((1, words.as_sentence(table_words.no_heading(["Fact"]))),)
    assert pasted(" \n").facts == pasted("").faults == ()


def test_only_what_differs_would_be_saved() -> None:
    known = [replace(BAG, id="a", recorded_at=5.0), replace(FOUNDED, id="b")]
    longer = replace(BAG, until="2026-12-31")
    new = Fact("Fares cost £29")
    assert merged(known, [FOUNDED, longer, new]) == ((known[0], longer), (None, new))


def test_every_field_has_its_heading_and_every_kind_its_name() -> None:
    assert set(words.COLUMNS) == set(FIELDS)
    assert set(words.KINDS) == {kind.value for kind in FactKind}


def test_words_about_the_sheet() -> None:
    assert words.number_of(0) == words.NONE_YET
    assert words.number_of(2) == "2 facts"
    assert words.shown("price", words.OVER) == "Price · ended"
    assert words.shown("ai-label", "") == "AI label"
    assert words.will_save(1, 2, 1).startswith("1 new fact, 2 changed facts, 1 fact already on the sheet.")
    assert words.will_save(0, 1, 0).startswith("1 changed fact.")
    assert words.faults(2).startswith("2 lines need a second look")
    assert words.fault(3, "Oh.") == "Line 3: Oh."
    assert words.more(3) == "…and 3 more."
    assert words.change("added", "", "new") == "added new"
    assert words.change("changed", "old", "new") == "changed old → new"
    assert words.change("removed", "old", "") == "removed old"
    assert words.file_name("1") == "facts-1.md"
    assert words.ask_a_lead([]).endswith("Ask one of them.")
    assert words.ask_a_lead(["<@U1>", "<@U2>"]).endswith("Ask one of them: <@U1>, <@U2>.")


def test_the_model_reads_the_same_bytes_whatever_the_draft_as_long_as_the_whole_sheet_has_room() -> None:
    facts = (BAG, FOUNDED)
    assert told_facts(facts, "Fares from £29") == told_facts(facts[::-1], "") == (FOUNDED, BAG)
    assert sheet_text((FOUNDED, BAG)).splitlines() == [
        words.FOR_THE_MODEL,
        "- F1 Origin: Founded in 2016 in Leeds",
        f"- F2 Promise: {statement(BAG)}",
    ]
    assert sheet_text(()) == ""


def test_of_a_long_sheet_it_reads_what_is_nearest_to_the_draft_in_the_usual_order() -> None:
    facts = [Fact(f"statement {number:03}", id=f"n{number}", recorded_at=1.0 + number) for number in range(WHOLE + 1)]
    assert facts[0] not in told_facts(facts, "x")
    assert told_facts(facts, "x") == tuple(facts[1:])
    assert told_facts(facts, "x", lambda every, _: every) == tuple(facts[:-1])


def test_the_sheet_stands_between_the_settings_and_what_the_author_says() -> None:
    class Nothing:
        guidelines = 0
        own_set = 0

    told = Judges(Nothing(), brand="Markets: UK.", facts=(FOUNDED,)).told(Draft("x", context="Market: UK"))  # pyright: ignore[reportArgumentType]
    lapsed = Judges(Nothing(), lapsed=(BAG,)).told(Draft("x"))  # pyright: ignore[reportArgumentType]
    assert lapsed.context == sheet_text((), (BAG,))
    assert told.context == f"Markets: UK.\n\n{sheet_text((FOUNDED,))}\n\nMarket: UK"


def test_where_a_fact_stands_and_since_when() -> None:
    assert source_of(FOUNDED) == ""
    assert source_of(replace(FOUNDED, source="register", recorded_at=86400.0)) == "register; noted on 2 January 1970"
    assert source_of(replace(FOUNDED, until="2026-09-30", recorded_at=86400.0)) == "until 30 September 2026"
    assert words.contradiction("x", "").startswith("The fact sheet says: “x”. ")


def claim(until: str) -> Fact:
    return Fact(f"94% would order again, {until}", FactKind.CLAIM, "survey.pdf", until=until)


def test_evidence_is_told_of_two_weeks_before_it_lapses_and_a_week_after() -> None:
    sheet = [claim(day) for day in ("2026-12-16", "2026-12-15", "", "2026-12-01", "2026-11-24", "2026-11-23")]
    known = lapsing([*sheet, Fact("Free delivery", until="2026-12-01")], "2026-12-01")
    assert [one.until for one in known] == ["2026-12-01", "2026-12-15", "2026-11-24"]


@pytest.mark.parametrize(
    ("until", "counts", "said"),
    [
        (
            "2026-12-15",
            (4, 0, 2),
            "The evidence for “x” lapses on 15 December. 4 approved posts and 2 waiting drafts use it.",
        ),
        ("2026-12-01", (1, 2, 1), "lapses today. 1 approved post, 2 published posts and 1 waiting draft use it."),
        ("2026-11-30", (0, 1, 0), "The evidence for “x” lapsed on 30 November. 1 published post uses it."),
        ("2026-12-02", (0, 0, 0), "lapses on 2 December. No post or waiting draft uses it."),
    ],
)
def test_what_leans_on_evidence_is_counted(until: str, counts: tuple[int, int, int], said: str) -> None:
    approved, published, waiting = counts
    sheet = replace(claim(until), value="x")
    lapse = EvidenceLapse(sheet, "2026-12-01", approved, published=published, waiting=waiting)
    assert lapse.said.endswith(said)


def test_a_model_reads_lapsed_claims_apart_from_what_is_valid() -> None:
    said = sheet_text((FOUNDED,), (claim("2026-11-30"),))
    assert said.startswith(sheet_text((FOUNDED,)))
    assert said.endswith("- F2 Claim: 94% would order again, 2026-11-30 (until 2026-11-30; survey.pdf)")
    assert sheet_text((), (claim("2026-11-30"),)).startswith(words.LAPSED_FOR_THE_MODEL)


def test_an_ai_character_needs_a_label_and_a_way_to_a_person() -> None:
    label, route = FactKind.AI_LABEL, FactKind.HUMAN_ROUTE
    sheet = (Fact("a", label, about="Fern"), Fact("b", route, about="Fern"), Fact("c", route, about="Sam"))
    assert incomplete_personas((*sheet, FOUNDED, Fact("d", label), BAG)) == (("Sam", label),)
    assert "“AI label”" in words.incomplete("Sam", label)


def test_a_new_source_is_asked_for_beside_the_one_so_far() -> None:
    assert words.so_far("survey.pdf").endswith("So far: survey.pdf")


def test_how_the_brand_speaks_is_always_told_however_many_facts_there_are() -> None:
    always = [Fact(kind.value, kind) for kind in (FactKind.VALUE, FactKind.PREFER, FactKind.AVOID, FactKind.CONTACT)]
    always += [Fact(kind.value, kind, about="Fern") for kind in (FactKind.AI_LABEL, FactKind.HUMAN_ROUTE)]
    many = [Fact(f"Tea {number} costs £{number}", recorded_at=1.0) for number in range(2 * WHOLE)]
    told = told_facts([*many, *always], "Tea 7 costs £7")
    assert set(always) <= set(told)
    assert len(told) == WHOLE
    values = [Fact(f"We value {number}", FactKind.VALUE) for number in range(WHOLE + 20)]
    assert set(values) <= set(told_facts([*values, *many], "Tea"))
    assert len(told_facts([*values, *many], "Tea")) == len(values) + WHOLE // 2
    assert told_facts(values, "Tea") == in_order(values)


def test_the_sheet_says_which_contacts_everybody_may_read() -> None:
    sheet = (
        Fact("Write to hello@brio.example or call (+44 113 496 0000), weekdays", FactKind.CONTACT),
        Fact("Instagram: @brio", FactKind.CONTACT),
        Fact("Reply HELP, or help@brio.example", FactKind.HUMAN_ROUTE, about="Fern"),
        Fact("Our founder is jo@brio.example, since 2016"),
    )
    assert public_contacts(sheet) == ("hello@brio.example", "+44 113 496 0000", "@brio", "help@brio.example")
