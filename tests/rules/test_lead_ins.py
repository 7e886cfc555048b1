"""What leads in to a statement hides no contradiction, and what limits it still does."""

from __future__ import annotations

import pytest

from bot.core.brand.facts import Fact
from bot.core.brand.posts import EarlierPost
from bot.core.words import workspace
from bot.rules.facts import contradictions, edit_of
from bot.rules.posts import differing

TODAY = "2026-11-29"
PRICES = (Fact("The herb box costs €18 a month"), Fact("Delivery costs €4"), Fact("Founded in 2016 in Whitby"))


def found_in(draft: str) -> list[str]:
    return [one.fact.value for one in contradictions(draft, PRICES, PRICES)]


@pytest.mark.parametrize(
    "lead",
    [
        "",
        "Good news: ",
        "Psst: ",
        "Psst … ",
        "Join us: ",
        "By the way, ",
        "Hi there, ",
        "Finally – ",
        "Today ",
        "Today, ",
        "From today, ",
        "From now on ",
        "As of today, ",
        "Fresh and lovely, ",
        "Green, fresh and lovely, ",
        "Packed by hand, ",
        "Loved by hundreds of cooks, ",
        "Founded in 2016, ",
        "Founded in 2016 by two friends, ",
        "Founded in Whitby in 2016, ",
        "Opened in 2016 in Robin Hood's Bay, ",
        "Big shop news: ",
        "Good news for everyone: ",
        "Harbor & Pine news: ",
        "We love this: ",
        "Good news: from today, ",
        "Psst! Good news, and finally, ",
    ],
)
def test_a_lead_in_hides_nothing(lead: str) -> None:
    draft = f"{lead}the herb box costs €15 a month." if lead else "The herb box costs €15 a month."
    assert found_in(draft) == [PRICES[0].value]


@pytest.mark.parametrize(
    "lead",
    [
        "Today only: ",
        "Only today, ",
        "For members: ",
        "Members' news: ",
        "Berlin news: ",
        "New York news: ",
        "Trade news: ",
        "Kids & Family news: ",
        "Berliner Nachrichten: ",
        "Good news from Leeds: ",
        "Paid yearly, ",
        "Order and collect, ",
        "Unframed and packed, ",
        "Students and teachers, ",
        "Last week's news: ",
        "Large boxes: ",
        "Without the pot, ",
        "Two of them, ",
        "Green and blue, ",
        "Green and lovely, ",
        "Founded in 2016 or later, ",
        "Born in 2016, ",
        "Made locally, ",
    ],
)
def test_what_limits_a_statement_is_no_lead_in(lead: str) -> None:
    assert found_in(f"{lead}the herb box costs €15 a month.") == []


@pytest.mark.parametrize(
    "draft",
    [
        "Born in 2015 or later, entry costs £4.",
        "Established customers, delivery costs £3.",
        "Opened or ex-display, the vest costs £40.",
        "Small and medium, the vest costs £40.",
        "Breakfast and lunch, the buffet costs £9.",
        "Dogs and cats, entry costs £4.",
        "Made here, the vest costs £80.",
        "Berlin news: the vest costs £80.",
    ],
)
def test_a_price_on_a_condition_contradicts_none(draft: str) -> None:
    known = tuple(map(Fact, ("Entry costs £10", "The vest costs £90", "Delivery costs £5", "The buffet costs £20")))
    assert contradictions(draft, known, known) == ()


def test_a_price_for_today_may_be_todays_alone() -> None:
    assert found_in("Today delivery costs €3.") == []
    assert found_in("From today, delivery costs €3.") == ["Delivery costs €4"]


def test_a_year_and_a_price_in_one_sentence_are_two_points() -> None:
    draft = "Founded in 2014, our herb box costs 19 euros per month"
    assert sorted(found_in(draft)) == ["Founded in 2016 in Whitby", "The herb box costs €18 a month"]


@pytest.mark.parametrize(
    ("draft", "before"),
    [
        ("Join us: the garden tour costs €9 per person", "Harbor & Pine news: the garden tour costs €7 per person."),
        ("The garden tour costs €9 per person.", "Harbor & Pine news: the garden tour costs €7 per person."),
        ("Good news: delivery costs €5.", "Delivery costs €4."),
        ("Delivery costs €5.", "Good news, delivery costs €4."),
    ],
)
def test_neither_does_one_of_an_earlier_post(draft: str, before: str) -> None:
    assert len(differing(draft, (EarlierPost(before, "2026-10-01", id="p"),), (), today=TODAY)) == 1


def test_what_changes_from_today_was_not_said_otherwise() -> None:
    post = EarlierPost("Delivery costs €4.", "2026-10-01", id="p")
    assert differing("From today, delivery costs €5.", (post,), (), today=TODAY) == ()


@pytest.mark.parametrize(
    ("draft", "mended"),
    [
        ("Founded in 2014 in Leeds.", "Founded in 2016 in Whitby."),
        ("Founded in 2014 in Whitby.", "Founded in 2016 in Whitby."),
        ("Founded in 2014, and still here.", "Founded in 2016, and still here."),
        ("Founded in 2014 in Robin Hood's Bay, and still going.", "Founded in 2016 in Whitby, and still going."),
    ],
)
def test_a_year_is_not_mended_without_the_place_that_differs_as_well(draft: str, mended: str) -> None:
    (one,) = contradictions(draft, workspace.SHEET, workspace.SHEET)
    edit = edit_of(one.said, draft, one.recorded, value=one.fact.value)
    assert edit is not None
    assert draft[: edit.start] + edit.text + draft[edit.end :] == mended


@pytest.mark.parametrize(
    ("draft", "fact", "found"),
    [
        ("Saturdays from 10 to 14.", "Open on Saturdays from 10 to 16", 1),
        ("We're open Saturdays from 10 to 14", "Saturdays from 10 to 16", 1),
        ("Saturdays from 10 to 14.", "Saturdays from 10am to 4pm", 1),
        ("Saturdays from 10 to 4.", "Saturdays from 10 to 16", 0),
        ("Saturdays from 10 to 16.", "Saturdays from 10am to 4pm", 0),
        ("Saturdays from 2 to 5.", "Saturdays from 14:00 to 16:00", 0),
        ("Saturdays from 10 to 14 euros.", "Saturdays from 10 to 16", 0),
        ("Sundays from 10 to 14.", "Saturdays from 10 to 16", 0),
        ("Saturdays from 10 to 99.", "Saturdays from 10 to 16", 0),
    ],
)
def test_opening_hours_are_compared_without_minutes_too(draft: str, fact: str, found: int) -> None:
    facts = (Fact(fact),)
    assert len(contradictions(draft, facts, facts)) == found
