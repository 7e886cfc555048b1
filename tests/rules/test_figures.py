"""Figures as people write them, and those of a draft beside a sheet's."""

from __future__ import annotations

from time import process_time

import pytest

from bot.core.brand.facts import Fact
from bot.core.drafts import Draft
from bot.rules.facts import RulesWithFacts, contradictions
from bot.rules.figures.reading import MOST_FIGURES, figures_in
from bot.rules.figures.reckoned import apart, is_reckoned, is_rounded, leaves_room, tells
from bot.rules.figures.sheet import terms_in
from bot.rules.figures.thesaurus import TERMS
from bot.rules.variants import FactDrifts
from tests.rules.test_facts import GUIDELINE, NoRules

DAY = 1440


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Yours for a tenner.", "money £", 10),
        ("Seats from twelve quid!", "money £", 12),
        ("für 6,50 Euro pro Fahrt", "money €", 6.5),
        ("30 cents off", "money €", 0.3),
        ("It costs £1.2m.", "money £", 1_200_000),
        ("Plus is half price.", "percent", 50),
        ("a fifth off every beer", "percent", 20),
        ("twenty per cent off", "percent", 20),
        ("treinta y cinco por ciento", "percent", 35),
        ("wait half an hour", "duration", 30),
        ("une demi-heure avant", "duration", 30),
        ("in drei Werktagen", "duration", 3 * DAY),
        ("within a fortnight", "duration", 14 * DAY),
        ("1 hr 42 on our train", "duration", 102),
        ("1 hour 52 minutes", "duration", 112),
        ("an hour and a half", "duration", 90),
        ("a quarter of a year", "duration", 7.6 * 12 * DAY),
        ("a 7-day trial", "duration", 7 * DAY),
        ("eine Viertelstunde", "duration", 15),
        ("three quarters of an hour", "duration", 45),
        ("open from half past three", "time", 210),
        ("until ten at night", "time", 1320),
        ("geht um halb zehn los", "time", 570),
        ("doors at twenty to six", "time", 340),
        ("it leaves at 19h30", "time", 1170),
        ("first one is the 8.20 from here", "time", 500),
        ("at noon", "time", 720),
        ("bis 22 Uhr 30", "time", 1350),
        ("à 19 heures", "time", 1140),
        ("at 7 p.m.", "time", 1140),
        ("Friday 4 December", "date", (4, 12, 0)),
        ("bis 20.12. offen", "date", (20, 12, 0)),
        ("on 28/01/2027", "date", (28, 1, 2027)),
        ("on 2027-01-28", "date", (28, 1, 2027)),
        ("December 3rd, 2026", "date", (3, 12, 2026)),
        ("del 24 de diciembre", "date", (24, 12, 0)),
        ("order by the 18th", "date", (18, 0, 0)),
        ("for kids from the age of three", "age", 3),
        ("We say 4 and up.", "age", 4),
        ("from their 7th birthday", "age", 7),
        ("Alle unter 7 fahren mit", "age", 7),
        ("she is 64 years old", "age", 64),
        ("ab 16 Jahren", "age", 16),
        ("half a kilo of it", "weight", 500),
        ("sixty-two feet long", "length", 62 * 0.3048),
        ("330 ml", "volume", 330),
        ("stores 8.5 kWh", "unit kwh", 8.5),
        ("three hundred and twenty-one passengers", "count", 321),
        ("quatre-vingt places", "count", 80),
        ("soixante-dix places", "count", 70),
        ("a dozen clinics", "count", 12),
        ("einundzwanzig Plätze", "count", 21),
        ("since 1996", "year", 1996),
        ("2.410 Plätze", "count", 2410),
        ("a floor of twelve pounds fifty", "money £", 12.5),
        ("1,690 kroner", "money kr", 1690),
        ("10 seats and you save a quarter", "percent", 25),
        ("everyone from fourteen upwards", "age", 14),
        ("dix-huit places", "count", 18),
        ("Stichtag ist der 15.)", "date", (15, 0, 0)),
        ("up to 25 gigs", "unit gb", 25),
        ("thirty-six millimetres", "length", 0.036),
        ("only 0.5x", "number", 0.5),
    ],
)
def test_a_figure_is_read_as_people_write_it(text: str, kind: str, value: object) -> None:
    found = figures_in(text)[-1]
    assert (found.kind, found.value) == (kind, pytest.approx(value))


@pytest.mark.parametrize(
    "text",
    ["House rule no. 9", "8 in 10 cats", "30 to 59 minutes", "aged 26 to 59", "£5-8", "the 3rd prize", "03/04/2027"],
)
def test_what_is_not_one_figure_is_not_read(text: str) -> None:
    assert [one for one in figures_in(text) if one.kind != "count" or one.value == 10] == []


def test_both_ends_of_a_span_are_read() -> None:
    assert [(one.value, one.bound) for one in figures_in("open from ten till five")] == [(600, "from"), (300, "until")]
    assert [one.value for one in figures_in("from 6 to 8 pm")] == [1080, 1200]
    assert [one.value for one in figures_in("from 4 to 31 January")] == [(4, 1, 0), (31, 1, 0)]


def test_a_text_full_of_figures_is_a_list() -> None:
    assert figures_in("5% " * (MOST_FIGURES + 1)) == ()


def test_long_hostile_texts_take_time_in_proportion() -> None:
    def taken(text: str) -> float:
        begun = process_time()
        figures_in(text)
        return process_time() - begun

    for piece in ("1 ", "from 9 to ", "twenty-", "€", "half past ", "1.1.", "12:00-", "the "):
        short = taken(piece * (10_000 // len(piece)))
        assert taken(piece * (40_000 // len(piece))) < 10 * short + 0.1  # 4 times is proportional, 16 times quadratic


SHEET = tuple(
    Fact(value, id=str(number))
    for number, value in enumerate(
        (
            "The cat plan costs £13.50 a month.",
            "A live tutor session lasts 30 minutes.",
            "The café is open on Saturdays and Sundays from 9 am to 5 pm.",
            "Every second pet on a plan gets 10% off its monthly fee.",
            "The dome has 118 seats.",
            "Heron is 66 feet long.",
            "The winter sale takes 35% off.",
            "Repeat prescriptions are ready within 48 hours.",
            "The phone advice line is open every day from 6 am to midnight.",
            "Puppy school runs for 6 weeks.",
            "The damage waiver costs £55 per week.",
            "Anzüge sind nach 4 Werktagen fertig.",
        )
    )
)


def beside() -> RulesWithFacts:
    return RulesWithFacts(NoRules(), GUIDELINE, SHEET)


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("Our live tutor session takes forty-five minutes.", "Our live tutor session takes 30 minutes"),
        ("Small paws, small price. Our cat plan is £12.50 a month.", "Our cat plan is £13.50 a month"),
        ("The winter sale is on: half price.", None),
    ],
)
def test_the_point_shows_the_fact_and_offers_its_figure_in_its_own_words(draft: str, after: str | None) -> None:
    (found,) = beside().findings(Draft(draft))
    assert found.replacement == after


@pytest.mark.parametrize("draft", ["Our live tutor class takes forty-five minutes.", "The winter sale is half price."])
def test_other_words_for_the_same_thing_are_understood(draft: str) -> None:
    (found,) = contradictions(draft, SHEET, SHEET)
    assert found.fact in SHEET


def test_words_of_one_meaning_are_one_word_in_four_languages() -> None:
    same = ("send it back", "returned", "zurückschicken", "retours", "devolución")
    assert [terms_in(text) & {"RETURN"} for text in same] == [{"RETURN"}] * len(same)
    assert {"CHRISTMAS", "ORDER"} <= terms_in("Weihnachtsbestellungen")
    assert not terms_in("Daunenjacke") & terms_in("Daunendecke")
    assert {term for term in TERMS.values() if not term.isalpha() or not term.isupper()} == set()


@pytest.mark.parametrize(
    "draft",
    [
        "Our live tutor session takes three quarters of an hour, give or take: about 30 minutes.",
        "Two cats on the cat plan: £27 a month.",
        "Last year our cat plan was £12.50 a month.",
        "Our competitor's cat plan is £12.50 a month.",
        "Our cat plan is £13.50 a month, £162 a year.",
        "The cat plan is under £14 a month.",
        "The cat plan for kittens is £12.50 a month.",
        "The cat plan without jabs is £12.50 a month.",
        "The dog plan is £14 a month.",
        "Our cat plan is £12.50, and no, 13.50 isn't a typo either.",
        "From 1 March our cat plan is £12.50 a month.",
        "We have over 100 seats in the dome.",
        "The café opens at 9.",
        "On weekdays the café is open from 8 am.",
        "Puppy school is a month and a half of fun.",
    ],
)
def test_what_may_be_of_something_else_is_left_alone(draft: str) -> None:
    assert contradictions(draft, SHEET, SHEET) == ()


def test_a_sheet_of_few_facts_tells_nothing_of_how_rare_a_word_is() -> None:
    draft = "The winter sale is on: half price."
    assert (len(contradictions(draft, SHEET, SHEET)), contradictions(draft, SHEET[:8], SHEET[:8])) == (1, ())


def test_a_market_that_the_draft_is_not_seen_in_is_left_alone() -> None:
    assert contradictions("Our live tutor session takes forty-five minutes.", SHEET, SHEET[:1]) == ()


def test_variants_are_compared_in_the_same_way() -> None:
    found = FactDrifts(SHEET)("Our live tutor session takes forty-five minutes.")
    assert found == [("Our live tutor session takes forty-five minutes", SHEET[1].value)]


@pytest.mark.parametrize(
    ("draft", "fact", "left_alone"),
    [
        ("£15.40 an hour", "at least £13.85 an hour", True),
        ("£12.50 an hour", "at least £13.85 an hour", False),
        ("22 boxes", "up to 25 boxes", True),
        ("30 boxes", "up to 25 boxes", False),
        ("on 3 March", "by 5 March", False),
        ("sixty thousand titles", "62,000 titles", True),
        ("61,500 titles", "62,000 titles", False),
        ("on 3 March", "on 5 March", False),
    ],
)
def test_a_limit_leaves_room_and_a_round_number_is_no_other_one(draft: str, fact: str, *, left_alone: bool) -> None:
    (mine,), (recorded,) = figures_in(draft), figures_in(fact)
    assert (leaves_room(mine, recorded) or is_rounded(mine, recorded)) is left_alone


def test_what_comes_of_the_facts_figures_is_reckoned() -> None:
    walks, minutes = figures_in("2 walks of 40 minutes")
    (eighty,), (ninety,) = figures_in("80 minutes"), figures_in("90 minutes")
    assert is_reckoned(eighty, minutes, (walks, minutes), near=(), spoken=())
    assert not is_reckoned(ninety, minutes, (walks, minutes), near=(), spoken=())
    assert not is_reckoned(eighty, figures_in("on 3 March")[0], (), near=(), spoken=())


def test_a_bare_number_may_be_the_facts_own() -> None:
    (bare,), (length,) = figures_in("the brochure says 310"), figures_in("310 km")
    assert tells(bare, length)
    assert apart(figures_in("on 3 March")[0], length) == apart(figures_in("1 km")[0], length) == 2
