"""Drafts beside a fact sheet, by code alone: 20 that contradict a price, a date or a quantity, 20 that only look so.

Code and cases are by the same author: the cases were written before the first run, and none was taken out after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from bot.core.brand.facts import Fact, FactKind
from bot.core.drafts import Draft
from bot.core.findings import ONE_STORY, Finding, fact_behind, joined, merge, one_per_sentence
from bot.core.guidelines import Checks, Guideline, Severity
from bot.core.words import workspace
from bot.rules.facts import RulesWithFacts, contradictions, nearest
from bot.rules.values import MOST_VALUES, stated_in
from tests.rules.compared import ALSO_FOUND, ALSO_LEFT_ALONE, BRAND, CONTRADICTING, ONLY_ALIKE, SHEET


def found_in(draft: str) -> list[str]:
    return [one.fact.value for one in contradictions(draft, SHEET, SHEET)]


@pytest.mark.parametrize("draft", CONTRADICTING)
def test_another_value_of_the_same_thing_is_found(draft: str) -> None:
    assert len(found_in(draft)) == 1


@pytest.mark.parametrize("draft", ONLY_ALIKE)
def test_what_only_looks_so_is_left_alone(draft: str) -> None:
    assert found_in(draft) == []


@pytest.mark.parametrize(
    ("draft", "fact"),
    [
        ("Founded in 1975, the Leeds Marathon is our hero.", "Founded in 2016 in Leeds"),
        ("Founded in 1975 the Leeds Marathon is our hero.", "Founded in 2016 in Leeds"),
        ("Delivery costs £2 today.", "Delivery costs £4"),
        ("Delivery costs £2 or £4.", "Delivery costs £4"),
        ("Delivery costs £2. Delivery costs £4.", "Delivery costs £4"),
        ("Delivery costs £2-4.", "Delivery costs £5"),
        ("Delivery costs about £2.", "Delivery costs about £4"),
        ("Delivery costs 2.", "Delivery costs £4"),
        ("Delivery costs £2 a month.", "Delivery costs £4 a week"),
        ("Delivery costs £4.00.", "Delivery costs £4"),
        ("Prices from £3.", "Prices from £4"),
        ("It ends on 30 September.", "It ends on 30 September 2026"),
        ("Delivery takes 2024 steps.", "Delivery takes 3 steps"),
        ("x " + "1 day 2 hours " * 200, "A day has 5 hours"),
        ("Delivery costs £3.", "Delivery costs £4 or £5"),
    ],
)
def test_it_is_silent_where_both_may_speak_of_something_else(draft: str, fact: str) -> None:
    facts = (Fact(fact),)
    assert contradictions(draft, facts, facts) == ()


@pytest.mark.parametrize(
    ("draft", "fact", "said", "recorded"),
    [
        ("The sale ends on 2026-10-31.", "The sale ends on September 30, 2026", "2026-10-31", "September 30, 2026"),
        ("Tickets cost 25 EUR.", "Tickets cost €20", "25 EUR", "€20"),
        ("Join 3m+ learners.", "Join over 2,000,000 learners", "3m", "2,000,000"),
        ("Every box holds twelve bottles.", "Each box holds 10 bottles", "twelve", "10"),
        ("Kestrel was founded in 2014", "Founded in 2016", "2014", "2016"),
        ("Founded 2014, we still roast by hand.", "Established in 2016", "2014", "2016"),
        ("Membership costs £9/month.", "Membership costs £12 per month", "£9", "£12"),
        ("The club is open. The club pass costs £9. If it rains, stay in.", "The club pass costs £4", "£9", "£4"),
        ("Members, hello!\n\nIt's spring.\n\nTickets cost £9. Off to Leeds!", "Tickets cost £4", "£9", "£4"),
    ],
)
def test_one_unit_has_many_spellings(draft: str, fact: str, said: str, recorded: str) -> None:
    facts = (Fact(fact, about="Kestrel"),)
    (found,) = contradictions(draft, facts, facts)
    assert draft[found.said.start : found.said.end] == said
    assert fact[found.recorded.start : found.recorded.end] == recorded


@pytest.mark.parametrize(
    ("draft", "fact", "about", "said"),
    [
        ("The Fen Jacket, £260, in the shop.", "Fen Jacket: £240", "Fen Jacket", "£260"),
        ("You kept asking, so: the Fen Jacket is £260.", "Fen Jacket: £240", "Fen Jacket", "£260"),
        ("The choir course starts on 1 May.", "The choir course starts on 1 June", "choir course", "1 May"),
        (
            "Joint accounts come on Monday 2 March.",
            "Joint accounts launch on 2 April",
            "joint account",
            "Monday 2 March",
        ),
        ("A bit of history: Tavi was created in 2022 by us.", "Tavi was created in 2024", "Tavi", "2022"),
    ],
)
def test_a_thing_that_the_sheet_names_is_known_by_its_name_alone(draft: str, fact: str, about: str, said: str) -> None:
    facts = (Fact(fact, about=about),)
    (found,) = contradictions(draft, facts, facts)
    assert draft[found.said.start : found.said.end] == said


@pytest.mark.parametrize(
    ("draft", "fact", "about"),
    [
        ("It costs £260.", "Fen Jacket: £240", "Fen Jacket"),
        ("The Fen Jacket Junior is £160.", "Fen Jacket: £240", "Fen Jacket"),
        ("Fen Jackets, large ones: the Fen Jacket is £260.", "Fen Jacket: £240", "Fen Jacket"),
        ("In all our shops: the Fen Jacket is £260.", "Fen Jacket: £240", "Fen Jacket"),
        ("This is for Black Friday: the Fen Jacket is £160.", "Fen Jacket: £240", "Fen Jacket"),
        ("We have a shop in Germany: the Fen Jacket is £260.", "Fen Jacket: £240", "Fen Jacket"),
        ("You asked for 2 of them: the Fen Jacket is £260.", "Fen Jacket: £240", "Fen Jacket"),
        ("The league was created in 2022.", "Tavi was created in 2024", "Tavi"),
        ("It opens on 2 March.", "Joint accounts launch on 2 April", "joint account"),
    ],
)
def test_another_thing_and_another_part_of_it_are_left_alone(draft: str, fact: str, about: str) -> None:
    facts = (Fact(fact, about=about),)
    assert contradictions(draft, facts, facts) == ()


def test_facts_that_differ_among_themselves_say_nothing_and_one_that_agrees_is_enough() -> None:
    both = (Fact("Delivery costs £4"), Fact("Delivery costs £5", id="2"))
    assert contradictions("Delivery costs £3.", both, both) == ()
    assert contradictions("Delivery costs £5.", both, both) == ()


def test_the_local_workspaces_sheet_is_contradicted_by_one_sample_alone() -> None:
    label, sheet = workspace.CONTRADICTING[0], workspace.sheet_on(0)
    drafts = (*workspace.SAMPLES, workspace.CONTRADICTING, workspace.DIFFERING, workspace.LAPSED, workspace.VARIANTS)
    found = [(name, one.fact.id) for name, text in drafts for one in contradictions(text, sheet, sheet)]
    assert found == [(label, "demo-founded"), (label, "demo-box")]


@pytest.mark.parametrize(
    ("draft", "value"),
    [
        ("The order of the day: only five of the lamps go out, £19 each.", "Lamps from £19"),
        ("Our hats come from Tromsø.", "All hats are sewn in Tromsø"),
        ("Delivery is £3 now!", "Delivery costs £4"),
        ("We open on 3 May.", "The shop opens on 14 May"),
    ],
)
def test_of_many_facts_the_nearest_come_first_and_then_the_newest(draft: str, value: str) -> None:
    others = [Fact(f"The shop has lamp {number} for {number + 100} rooms", id=f"n{number:03}") for number in range(300)]
    newer = Fact("Nothing of that", recorded_at=1.0)
    first = Fact(value, id="z")
    ranked = nearest([*others, first, newer], draft)
    assert ranked[0] == first
    assert sorted(ranked, key=repr) == sorted([*others, first, newer], key=repr)
    assert nearest([*others, newer], "?")[0] == newer


@dataclass(frozen=True)
class NoRules:
    found: tuple[Finding, ...] = ()
    guidelines: int = 24
    own_set: int = 0

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        assert draft
        return self.found

    def across(self, draft: Draft) -> tuple[()]:
        return ()

    def checks(self, draft: Draft) -> Checks:
        assert draft
        return Checks(1, 2)


GUIDELINE = Guideline(
    ONE_STORY, "One story", Severity.SHOULD_FIX, question="?", why="", fix="", escalates_to=Severity.MUST_FIX
)


def beside(*facts: Fact, markets: tuple[str, ...] = ()) -> RulesWithFacts:
    return RulesWithFacts(NoRules(), GUIDELINE, facts, markets=markets)


def test_the_point_shows_both_statements_and_offers_the_facts_value() -> None:
    fact = Fact(
        "Delivery costs £4", FactKind.PRICE, "price list", since="2026-03-01", id="f1", recorded_at=1_790_000_000.0
    )
    rules, draft = beside(fact), Draft("Hello.\n Delivery costs just £3. Bye.")
    (found,) = rules.findings(draft)
    assert (found.quote, found.severity) == ("Delivery costs just £3", Severity.MUST_FIX)
    assert draft.text[found.start : found.end] == found.quote
    assert found.replacement == "Delivery costs just £4"
    assert "says: “Delivery costs £4” (price list; from 1 March 2026)." in found.why
    assert fact_behind(found) == "f1"
    assert (rules.guidelines, rules.checks(draft)) == (24, Checks(1, 2))


def test_a_very_long_sentence_is_not_quoted_whole() -> None:
    words = "and delivery every delivery " * 10
    (found,) = beside(Fact("Delivery costs £4")).findings(Draft(f"Delivery {words} costs £3"))
    assert (found.quote, found.severity) == ("£3", Severity.SHOULD_FIX)


def test_a_fact_for_some_markets_counts_only_where_the_draft_is_surely_seen_there() -> None:
    fact = Fact("Delivery costs £4", markets=("UK", "Ireland"))
    text = "Delivery costs £3."
    assert beside(fact).findings(Draft(text)) == ()
    assert beside(fact, markets=("uk", "france")).findings(Draft(text)) == ()
    assert len(beside(fact, markets=("uk",)).findings(Draft(text))) == 1
    assert len(beside(fact).findings(Draft(text, context="Market: Ireland"))) == 1
    assert beside(fact, markets=("uk",)).findings(Draft(text, context="Market: France, UK")) == ()


def test_each_fact_stays_a_point_of_its_own_with_its_own_words() -> None:
    text = "Delivery costs £3, returns within 60 days."
    found = beside(Fact("Delivery costs £4", id="a"), Fact("Returns within 30 days", id="b")).findings(Draft(text))
    assert {fact_behind(one) for one in one_per_sentence(found, text)} <= {"a", "b"}
    (one,) = beside(Fact("Delivery costs £4", id="a")).findings(Draft("Delivery costs £3."))
    (kept,) = merge([one], [replace(one, why="Something else.", rule="", edit=None)])
    assert kept == one
    assert fact_behind(joined([one], text)) == "a"


def test_a_text_full_of_values_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(figure: str) -> Decimal:
        read.append(figure)
        return Decimal(figure)

    monkeypatch.setattr("bot.rules.values.Decimal", counted)
    assert stated_in("5% " * 13_000) == ()
    assert len(read) == 2 * MOST_VALUES + 1


@pytest.mark.parametrize("draft", ALSO_FOUND)
def test_hours_ages_deadlines_durations_and_what_the_sentence_before_names(draft: str) -> None:
    assert len(contradictions(draft, BRAND, BRAND)) == 1


@pytest.mark.parametrize("draft", ALSO_LEFT_ALONE)
def test_other_sizes_kinds_people_and_days_are_no_contradiction(draft: str) -> None:
    assert contradictions(draft, BRAND, BRAND) == ()


@pytest.mark.parametrize(
    ("draft", "fact", "after"),
    [
        (
            "You can return it within two weeks.",
            "You can return it within 30 days",
            "You can return it within 30 days.",
        ),
        ("The trial lasts 10 days.", "The trial lasts 2 weeks", "The trial lasts 2 weeks."),
        ("The trial lasts 10 days.", "The trial lasts 14 days", "The trial lasts 14 days."),
    ],
)
def test_another_duration_is_put_in_with_its_unit(draft: str, fact: str, after: str) -> None:
    (found,) = RulesWithFacts(NoRules(), GUIDELINE, (Fact(fact),)).findings(Draft(draft))
    assert found.edit is not None
    assert draft[: found.edit.start] + found.edit.text + draft[found.edit.end :] == after


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("It opens on 28/01/2027.", "date", ("28", "jan", "2027")),
        ("It opens on 1/28/2027.", "date", ("28", "jan", "2027")),
        ("Am 3. März 2027 ist es so weit.", "date", ("3", "mar", "2027")),
        ("El 19 de diciembre de 2026.", "date", ("19", "dec", "2026")),
        ("Das Set: 8.900 €.", "money €", ("8900",)),
        ("Das Set: 4,50 €.", "money €", ("4.5",)),
        ("Doors at 7pm.", "time", ("19:00",)),
        ("Doors at 12 am.", "time", ("0:00",)),
        ("Room for three hundred and twenty-one passengers.", "quantity passenger", ("321",)),
        ("Room for a hundred passengers.", "quantity passenger", ("100",)),
        ("It's twenty per cent off.", "percent", ("20",)),
        ("Half an hour before.", "quantity minut", ("30",)),
        ("In 2 hours.", "quantity minut", ("120",)),
        ("In 48 hours.", "quantity day", ("2",)),
        ("Under-12s go free.", "age under", ("12",)),
        ("In business here since 1998.", "year found", ("1998",)),
    ],
)
def test_values_are_read_in_the_ways_that_people_write_them(text: str, unit: str, value: tuple[str, ...]) -> None:
    assert [(one.unit, one.value) for one in stated_in(text)] == [(unit, value)]


@pytest.mark.parametrize("text", ["It opens on 03/04/2027.", "It opens on 42/13/2027."])
def test_a_day_that_is_another_one_elsewhere_is_not_read(text: str) -> None:
    assert stated_in(text) == ()


@pytest.mark.parametrize("separator", "./")
def test_slips_in_dates_are_no_dates_and_stop_nothing(separator: str) -> None:
    days = [f"{day:02}{separator}{month:02}{separator}2026" for day in range(100) for month in range(100)]
    read = {text: one.value for text in days for one in stated_in(f"It ends on {text}.")}
    assert all(1 <= int(day) <= 31 for day, _, _ in read.values())
    assert read[f"24{separator}12{separator}2026"] == ("24", "dec", "2026")
    assert [day for day in ("2026-00-10", "2026-13-10", "2026-12-32") if stated_in(f"It ends on {day}.")] == []


@pytest.mark.parametrize("fact", ["The winter sale ends on 13.13.2026", "The winter sale ends on 99/99/9999"])
def test_a_fact_with_a_slip_in_its_date_stops_no_review(fact: str) -> None:
    facts = (Fact(fact), Fact("The lamp costs £30"))
    (found,) = RulesWithFacts(NoRules(), GUIDELINE, facts).findings(Draft("The lamp costs £20."))
    assert "£20" in found.quote


BRIO, FENNEL = Fact("Delivery costs £4", about="Brio"), Fact("Delivery costs £6", about="Fennel")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fennel: delivery costs £4.", 1),
        ("We're Fennel. Delivery costs £4.", 0),
        ("Brio: delivery costs £4.", 0),
        ("Delivery costs £4.", 0),
        ("Delivery costs £5.", 0),
        ("Brio and Fennel: delivery costs £4.", 0),
    ],
)
def test_another_brands_fact_backs_nothing_where_the_draft_names_its_own(text: str, found: int) -> None:
    assert len(beside(BRIO, FENNEL).findings(Draft(text))) == found


@pytest.mark.parametrize(
    ("fact", "text", "found"),
    [
        (Fact("Model 3 lasts 10 hours"), "Model 5 lasts 12 hours.", 0),
        (Fact("Model 3 lasts 10 hours"), "Model 3 lasts 12 hours.", 1),
        (Fact("Lumo lasts 10 hours", about="Lumo"), "Lumo 3 lasts 12 hours.", 0),
        (Fact("Lumo lasts 10 hours", about="Lumo"), "Lumo Pro lasts 12 hours.", 0),
        (Fact("Lumo lasts 10 hours", about="Lumo"), "Lumo lasts 12 hours.", 1),
        (Fact("The Fen fair is on May 5", about="Fen fair"), "The Fen fair is on May 6.", 1),
    ],
)
def test_another_model_is_another_thing(fact: Fact, text: str, found: int) -> None:
    assert len(beside(fact).findings(Draft(text))) == found


def test_a_fact_for_a_market_holds_in_every_part_of_it_by_any_name() -> None:
    local = Fact("Delivery costs £4", markets=("UK",))
    for market, found in (("United Kingdom", 1), ("Scotland", 1), ("France", 0), ("", 0)):
        assert len(beside(local).findings(Draft("Delivery costs £3.", context=f"Market: {market}"))) == found
    assert len(beside(local, markets=("Great Britain",)).findings(Draft("Delivery costs £3."))) == 1


def test_contacts_that_the_sheet_calls_public_are_not_flagged() -> None:
    quote = "+44 113 496 0000"
    found = Finding("user-control/safe-to-publish", Severity.MUST_FIX, 8, 8 + len(quote), quote, "Whose is it?")
    known = Fact("Call us on 0113 496 0000", FactKind.CONTACT)
    rules = RulesWithFacts(NoRules((found,)), GUIDELINE, (known,))
    assert rules.findings(Draft(f"Call us {quote}")) == ()
    assert replace(rules, facts=(Fact("Call us"),)).findings(Draft(f"Call us {quote}")) == (found,)
