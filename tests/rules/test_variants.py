"""A draft that holds several variants of one campaign."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.brand.variants import Agreement, SetPost, ToldKind, compare
from bot.core.drafts import Draft
from bot.core.findings import ONE_STORY, Finding, Origin, merge
from bot.core.guidelines import Severity
from bot.core.words.brand import variants as words
from bot.flows.reviewing import review_text, rule_findings
from bot.rules.variants import RulesWithVariants, campaign_statements, lasting_statements

if TYPE_CHECKING:
    from bot.core.guidelines import Library
    from bot.rules.engine import RuleEngine

PAIRS = Path(__file__).resolve().parent.parent / "quality" / "variants.jsonl"
TWO = "Students:\nThe herb box costs €15 a month. Cancel any time.\n---\nParents:\nThe  herb box costs €18 a month."


@pytest.fixture
def beside(rules: RuleEngine, library: Library) -> RulesWithVariants:
    return RulesWithVariants(rules, next(one for one in library.guidelines if one.id == ONE_STORY))


def differing(text: str, beside: RulesWithVariants) -> list[Finding]:
    return [one for one in rule_findings(Draft(text), beside) if one.guideline == ONE_STORY]


@pytest.mark.parametrize("text", [TWO, TWO.replace("\n---", ""), TWO.replace("\n---", "").replace(":\n", "\n")])
def test_another_price_for_another_group_is_a_finding_with_both_sentences(text: str, beside: RulesWithVariants) -> None:
    (found,) = differing(text, beside)
    assert text[found.start : found.end] == found.quote == "The  herb box costs €18 a month"
    assert not found.lead
    assert found.why == (
        "This is in the variant for Parents. The variant for Students says “The herb box costs €15 a month”. "
        "Would each group be happy with what the other reads?"
    )
    assert found in review_text(Draft(text), beside).findings


def test_each_variant_is_called_what_it_is_called_in_the_draft(beside: RulesWithVariants) -> None:
    (unnamed,) = differing("Tea costs £3.\n---\nTea costs £4.", beside)
    assert (
        unnamed.why
        == "Variant 1 of this draft says “Tea costs £3”. Unless that's on purpose, at most one of them can be right."
    )
    (placed,) = differing("IG:\nThe herb box costs £3.\n\nFB:\nThe herb box costs £4.", beside)
    assert placed.why.startswith("The variant for Instagram says “The herb box costs £3”. Unless")
    (named,) = differing("Short:\nThe herb box costs £3.\n---\nLong:\nThe herb box costs £4.", beside)
    assert named.why.startswith("The variant called Short says “The herb box costs £3”. Unless that's")
    (three,) = differing(f"{TWO}\n---\nTeachers:\nThe herb box costs €20 a month.", beside)
    assert "The variant for Teachers says “The herb box costs €20 a month”." in three.why


def test_what_may_be_two_things_is_worth_a_look_where_lines_part_it(beside: RulesWithVariants) -> None:
    (found,) = differing("Rolls cost £3, always fresh.\n---\nRolls cost £4.", beside)
    assert found.lead
    assert not differing("Rolls cost £3, always fresh.\n\nRolls cost £4.", beside)


@pytest.mark.parametrize(
    "text",
    [
        TWO.replace("€18", "€15"),
        "Small:\nThe herb box costs €15.\n\nLarge:\nThe herb box costs €18.",
        "The herb box costs €15.\n---\nThe wine box costs €18.",
        "---",
        "One post.\n---\n#hashtag",
        "\n---\n".join(f"Variant {n}:\nThe herb box costs €{n}." for n in range(1, 100)),
    ],
)
def test_what_agrees_or_is_a_price_list_is_not(text: str, beside: RulesWithVariants) -> None:
    assert not differing(text, beside)


def rows() -> list[Any]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return [pytest.param(row, id=row["id"]) for row in map(json.loads, lines)]


@pytest.mark.parametrize("row", rows())
def test_where_the_difference_is_meant_nothing_is_said(row: dict[str, Any], beside: RulesWithVariants) -> None:
    found = differing(row["text"], beside)
    assert bool(found) is (row["differs"] and not row.get("missed")), found


def judged(quote: str, text: str) -> Finding:
    start = text.index(quote)
    end, severity = start + len(quote), Severity.MUST_FIX
    return Finding(ONE_STORY, severity, start, end, quote, why="Two prices.", origin=Origin.MODEL)


@pytest.mark.parametrize(
    "quote", ["costs €15 a month", "The herb box costs €15 a month.", "The  herb box costs €18 a month"]
)
def test_what_a_model_says_of_either_statement_is_not_said_twice(quote: str, beside: RulesWithVariants) -> None:
    (found,) = differing(TWO, beside)
    assert merge([found], [judged(quote, TWO)]) == (found,)
    other = judged("Cancel any time", TWO)
    assert set(merge([found], [other])) == {found, other}


def test_the_rest_is_as_the_rules_have_it(beside: RulesWithVariants, rules: RuleEngine) -> None:
    draft = Draft("Tag three friends to win!")
    assert beside.findings(draft) == rules.findings(draft)
    assert beside.across(draft) == rules.across(draft) == ()
    assert beside.checks(draft) == rules.checks(draft)
    assert (beside.guidelines, beside.own_set) == (rules.guidelines, rules.own_set)


def verdicts(one: str, other: str, *, over_time: bool = False) -> list[tuple[Agreement, list[str]]]:
    """What comes of two texts, without what agrees and what only one of them says."""
    if over_time:
        days = [SetPost(one, "1", day="2026-01-01"), SetPost(other, "2", day="2026-02-01")]
        made = compare(days, lambda text, _: lasting_statements(text), over_time=True)
    else:
        made = compare([SetPost(one, "1"), SetPost(other, "2")], campaign_statements)
    telling = made.of(Agreement.CONTRADICTS, Agreement.LOOK, Agreement.CHANGED)
    return [(fact.verdict, [value.shown for value in fact.values]) for fact in telling]


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("The lamp costs a tenner.", "The lamp costs £15.", ["a tenner", "£15"]),
        ("The lamp costs 10 pounds.", "The lamp costs £12.", ["10 pounds", "£12"]),
        ("It's a tenner a month.", "It's £15 a month.", ["a tenner a month", "£15 a month"]),
        ("Open 9 to 5.", "Open from ten till four.", ["9 to 5", "ten till four"]),
        ("Open from 9am to 5pm.", "Open daily 10am to 4pm.", ["9am to 5pm", "10am to 4pm"]),
        ("Geöffnet von 9 bis 17 Uhr.", "Geöffnet von 10 bis 17 Uhr.", ["9 bis 17 Uhr", "10 bis 17 Uhr"]),
        ("Free delivery!", "Delivery costs £4.", ["free", "£4"]),
        ("Lieferung kostenlos.", "Versand 3,90 €.", ["free", "3,90 €"]),
        ("No contract.", "12-month contract.", ["No contract", "12-month contract"]),
        ("Batteries included.", "Batteries not included.", ["Batteries included", "Batteries not included"]),
        ("Batteries included.", "Batteries sold separately.", ["Batteries included", "Batteries sold separately"]),
        ("Cancel anytime.", "Cancel only by post.", ["Cancel anytime", "Cancel only by post"]),
        ("Jederzeit kündbar.", "Kündigung nur per Brief.", ["Jederzeit kündbar", "Kündigung nur per Brief"]),
    ],
)
def test_the_same_thing_in_other_words_contradicts(one: str, other: str, shown: list[str]) -> None:
    assert verdicts(one, other) == [(Agreement.CONTRADICTS, shown)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The lamp costs a tenner.", "The lamp costs £10."),
        ("Open 9 to 5.", "Open 9am to 5pm."),
        ("Open 2 to 5pm.", "Open from 14:00 till 17:00."),
        ("Open 8 till 8.", "Open 8am to 8pm."),
        ("Open 30 to 40 hours.", "Open one to one hundred and two."),
        ("Open 9 to 5 on weekends.", "Open 10 to 4 on weekdays."),
        ("Free delivery over £40.", "Delivery costs £4."),
        ("Free delivery for members.", "Delivery costs £4."),
        ("Free delivery!", "Express delivery costs £4."),
        ("Free delivery? We wish.", "Delivery costs £4."),
        ("“Free delivery,” they say.", "Delivery costs £4."),
        ("Free delivery!", "Delivery is always free."),
        ("Breakfast included.", "Breakfast is not included in the light fare."),
        ("Batteries included.", "Chargers not included."),
        ("Cancel anytime.", "Cancel only by post if you bought it in a shop."),
        ("No contract.", "12-month contract for business customers."),
    ],
)
def test_what_only_looks_like_the_contrary_does_not(one: str, other: str) -> None:
    assert verdicts(one, other) == []


def test_another_place_to_ship_from_is_worth_a_look() -> None:
    assert verdicts("Ships from Leeds.", "Ships from Hull.") == [(Agreement.LOOK, ["Leeds", "Hull"])]


@pytest.mark.parametrize(
    ("one", "other", "changed"),
    [
        ("Die Lieferung kostet 4 €.", "Unsere Lieferung kostet 5 €.", True),
        ("La livraison coûte 4 €.", "Notre livraison coûte 5 €.", True),
        ("Founded in Leeds in 2016.", "Founded in 2012 in Hull.", True),
        ("Our café in Leeds opened in 2016.", "Our café in Hull opened in 2012.", False),
        ("Die Lieferung kostet 4 €.", "Unsere Verpackung kostet 5 €.", False),
    ],
)
def test_articles_and_the_place_of_the_founding_are_not_what_a_value_is_of(
    one: str, other: str, *, changed: bool
) -> None:
    assert [verdict for verdict, _ in verdicts(one, other, over_time=True)] == [Agreement.CHANGED] * changed


# Who pays, and by which trait readers are addressed.


def told_beside(*texts: str) -> list[tuple[Agreement, str, list[str]]]:
    made = compare([SetPost(text, str(number)) for number, text in enumerate(texts, 1)], campaign_statements)
    beside = [fact for fact in made.facts if isinstance(fact.kind, ToldKind)]
    return [(fact.verdict, words.matter(fact), [value.shown for value in fact.values]) for fact in beside]


def test_another_payer_may_be_meant_and_is_shown_with_who_names_none() -> None:
    found = told_beside("Paid for by the Friends of the Harbour.", "Paid for by Harbour Forward.", "Vote on Thursday.")
    assert found == [
        (Agreement.LOOK, "Who pays: Paid for by …", ["the Friends of the Harbour", "Harbour Forward"]),
        (Agreement.PARTLY, "Who pays: named", ["yes"]),
    ]
    same = told_beside("Paid partnership with Leaf & Co.", "In paid partnership with Leaf & Co, as ever.")
    assert {verdict for verdict, _, _ in same} == {Agreement.AGREES}


def test_readers_who_are_addressed_by_a_trait_of_theirs_are_shown() -> None:
    found = told_beside("If you're under 25, ride free.", "If you're over 60, ride free.", "As a single mum, you know.")
    assert found == [
        (Agreement.LOOK, "Addressed by: their age …", ["If you're under 25", "If you're over 60"]),
        (Agreement.PARTLY, "Addressed by: their age", ["yes"]),
        (Agreement.PARTLY, "Addressed by: their family life", ["yes"]),
        (Agreement.AGREES, "Addressed by: their family life …", ["As a single mum"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "As a man with diabetes I was nervous about the hike.",
        "We're looking for a Senior Site Reliability Engineer.",
        "#Citi sponsored @Art14_London.",
        "This post isn't paid for by Brindle Boots.",
        "Never sponsored by Brindle Boots.",
        "A bench for everybody, and a café that stays open.",
        "The lake froze over 20 times.",
        "Over 60 boats came.",
    ],
)
def test_what_only_sounds_so_tells_of_no_payer_and_no_trait(text: str) -> None:
    assert told_beside(text, "Hello.") == []


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Struggling with debt? Talk to us.", "Addressed by: money worries …"),
        ("Are you lonely?", "Addressed by: how they feel …"),
        ("Für Alleinerziehende: ein Abend frei.", "Addressed by: their family life …"),
        ("Si vous avez plus de 60 ans, c'est gratuit.", "Addressed by: their age …"),
        ("Para madres solteras.", "Addressed by: their family life …"),
        ("Dear Labour voters, Thursday counts.", "Addressed by: their politics …"),
        ("Because you're pregnant, sit down.", "Addressed by: their health …"),
        ("Im Auftrag von Hafen Nord.", "Who pays: Im Auftrag von …"),
    ],
)
def test_traits_and_payers_in_several_languages(text: str, matter: str) -> None:
    assert matter in [matter for _, matter, _ in told_beside(text, "Hello.")]
