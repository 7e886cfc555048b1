"""Many posts beside one another: files of them, what they state, the matrix. Statements are made by the fixed rules."""

from __future__ import annotations

import json

import pytest

from bot.core.brand.variants import (
    OTHERS,
    Agreement,
    SetComparison,
    SetPost,
    ToldValue,
    compare,
    matrix_of,
    read_set,
    swapped,
    variants_in,
)
from bot.core.words.brand import posts as post_words
from bot.core.words.brand import variants as words
from bot.rules.variants import campaign_statements, lasting_statements


def compared(*texts: str | tuple[str, str]) -> SetComparison:
    pairs = [text if isinstance(text, tuple) else ("", text) for text in texts]
    posts = [SetPost(text, str(number), audience) for number, (audience, text) in enumerate(pairs, 1)]
    return compare(posts, campaign_statements)


def differing(made: SetComparison, *verdicts: Agreement) -> list[list[tuple[str, tuple[int, ...]]]]:
    wanted = verdicts or (Agreement.CONTRADICTS,)
    return [[(value.shown, value.posts) for value in fact.compared] for fact in made.of(*wanted)]


def test_a_value_shows_the_sentence_that_says_it_where_there_is_one() -> None:
    said = ToldValue("£4", "Delivery costs £4.", (1,))
    assert (words.sentence(said), words.sentence(ToldValue("£4", "", (1,)))) == ("“Delivery costs £4.”", "")


# Files.


def test_a_table_or_json_lines_name_their_columns_as_tools_do() -> None:
    table = 'ID,Segment,Channel,Copy,Day,Image,Cost\nA1,Students,IG,"£5, a month",2026-09-30T10:00Z,a.png,9\n,,,Hi,,,\n'
    read = read_set(table)
    assert read.posts == (
        SetPost("£5, a month", "A1", "Students", platform="instagram", day="2026-09-30", asset="a.png", line=2),
        SetPost("Hi", "2", line=3),
    )
    assert (read.faults, read.unused) == ((), ("Cost",))
    rows = [{"text": "Hi", "audience": "Parents"}, {"text": ""}, {"text": "x" * 40_001}, {"text": "a", "date": "soon"}]
    read = read_set("\n".join(map(json.dumps, rows)) + "\nnonsense")
    assert [(post.text, post.audience, post.name) for post in read.posts] == [("Hi", "Parents", "1")]
    assert read.faults == (
        (2, post_words.NO_TEXT),
        (3, post_words.too_long(40_000)),
        (4, post_words.no_date("soon")),
        (5, post_words.NO_OBJECT),
    )


def test_lines_may_end_as_on_windows_and_half_a_sign_is_no_text() -> None:
    assert [post.text for post in read_set("\ufeffID,Text\r\n1,Hi\r\n2,Ho\r\n").posts] == ["Hi", "Ho"]
    assert read_set('{"text": "\\ud83d"}').faults == ((1, post_words.NO_OBJECT),)


def test_a_plain_text_is_parted_into_variants() -> None:
    assert read_set("Students:\n£5\n---\nParents:\n£7").posts == (
        SetPost("£5", "Students", "Students"),
        SetPost("£7", "Parents", "Parents"),
    )
    assert [post.name for post in variants_in("£5 a month.\n---\n£7 a month.")] == ["1", "2"]


# What contradicts.


def test_the_same_thing_with_two_values_contradicts_and_both_statements_are_shown() -> None:
    made = compared(
        ("Students", "The Brio box is £5 a month. Ends 12 June."),
        ("Parents", "Mornings sorted: our Brio box costs £7 a month. Ends 12 June 2027."),
        ("Teachers", "The Brio box is £5 a month. Ends 12 June."),
    )
    (fact,) = made.of(Agreement.CONTRADICTS)
    assert [(v.shown, v.posts) for v in fact.values] == [("£5 a month", (0, 2)), ("£7 a month", (1,))]
    assert fact.values[1].sentence == "Mornings sorted: our Brio box costs £7 a month"
    assert (fact.label, fact.outliers, fact.telling) == ("The Brio box is …", 1, 3)
    assert made.audiences == ("Students", "Parents", "Teachers")
    pair = swapped(made)
    assert pair
    assert [post.audience for post in pair] == ["Students", "Parents"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Delivery costs £3.", "Gift wrap costs £5."),
        ("Members pay £4 a month.", "Guests pay £5 a month."),
        ("Delivery costs £3.", "Delivery to Ireland costs £6."),
        ("Prime members get it sooner. Delivery costs £2.", "Delivery costs £4."),
        ("Adults £12, children £6.", "Adults £12, children £6."),
        ("The box is £5.", "Who pays £9 for a box?"),
        ("The box is about £5.", "The box is about £6."),
        ("The box is £5 a month.", "The box is £50 a year."),
        ("Tea £2. £3 for scones.", "Tea £2. £4."),
        ("The box ends 12 June.", "The box ends 12 June 2027."),
        ("Only £5.", "Cakes £3. Pies £4."),
        ("Sale: £5. Cakes £3.", "Cakes £3."),
    ],
)
def test_what_only_looks_so_does_not_contradict(one: str, other: str) -> None:
    assert not differing(compared(one, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Just £5 a month.", "Now £7 a month, everyone."),
        ("Just £5 a month.", "The box is £7 a month."),
        ("First box 20% off.", "First box 30% off."),
        ("Adults £12, children £6.", "Adults £14, children £6."),
        ("From £5 to £9 a head. The box is £5.", "The box is £6."),
        ("A pot is £2, two are £3.", "A pot is £2, two are £4."),
        ("Tickets £12. Tickets £6.", "Tickets £12. Tickets £7."),
        ("The box ends 12 June. The box is £1.", "The box ends 13 June. The box is £1."),
    ],
)
def test_what_is_the_same_thing_does(one: str, other: str) -> None:
    assert len(differing(compared(one, other))) == 1


def test_a_words_own_audience_limits_nothing() -> None:
    assert differing(compared(("Students", "£5 a month for students."), ("Parents", "£7 a month for parents.")))
    assert not differing(compared("£5 a month for students.", "£7 a month for parents."))


def test_a_word_more_may_be_on_purpose() -> None:
    made = compared(
        "Free for 30 days.", "Free trial for 14 days.", "Made in Leeds.", "Made in Portugal. Made in Wales."
    )
    assert differing(made, Agreement.LOOK) == [
        [("30 days", (0,)), ("14 days", (1,))],
        [("Leeds", (2,)), ("Portugal", (3,))],
    ]
    assert not made.of(Agreement.CONTRADICTS)
    assert not compared("Free for 30 days. Free trial for 14 days.", "Hello.").of(Agreement.LOOK)


def test_what_is_a_part_of_very_many_is_held_against_some_of_them() -> None:
    names = [f"{one}{two}na" for one in "bdfgklmn" for two in ("a", "e", "i", "o", "u", "ai", "ou", "oi")]
    made = compared("Coffee costs £5.", *(f"Coffee {name} costs £6." for name in names))
    assert len(made.of(Agreement.LOOK)) == 50


def test_promises_that_only_some_are_told() -> None:
    made = compared("Free delivery. #ad No booking fee.", "Delivery is free. Cancel any time. 18+", "Cancel anytime!")
    told = {words.partly_told(made, fact) for fact in made.of(Agreement.PARTLY)}
    assert "Promise: free delivery (no. 1, no. 2)" in told
    assert {"Condition: #ad (no. 1)", "Promise: no booking fee (no. 1)"} <= told
    pair = swapped(compared("Free delivery.", "Buy now.", "Free delivery."))
    assert pair
    assert [post.name for post in pair] == ["1", "2"]
    assert not compared("Free delivery.", "Delivery is free.").of(Agreement.PARTLY)


def test_what_each_reader_has_for_themselves_is_set_apart() -> None:
    made = compared(*(f"You have {number} points." for number in range(100, 130)))
    (fact,) = made.facts
    assert fact.verdict is Agreement.PERSONAL
    assert matrix_of(made).facts == ()


def test_what_is_not_simply_stated_is_shown_but_not_compared() -> None:
    made = compared("The box is £5.", "The box is £7?")
    (row,) = matrix_of(made).cells
    assert row == ((("£5", 1),), (("£7", 1),))
    (only,) = compared("Is the box £7?").facts
    assert (only.verdict, only.compared) == (Agreement.AGREES, ())


def test_differences_from_the_sheet_name_every_post() -> None:
    posts = [SetPost("Tea is £3.", "1"), SetPost("Tea  is £3.", "2"), SetPost("Hi", "3")]
    made = compare(posts, campaign_statements, lambda text: [("Tea is £3", "Tea is £2")] if "Tea" in text else [])
    assert [(drift.quote, drift.fact, drift.posts) for drift in made.drifts] == [("Tea is £3", "Tea is £2", (0, 1))]
    assert made.distinct == 2


# Over time.


def test_over_time_another_value_from_some_day_on_is_a_change() -> None:
    def over_time(*said: tuple[str, str]) -> SetComparison:
        posts = [SetPost(text, str(at), day=day) for at, (day, text) in enumerate(said)]
        return compare(posts, lambda text, _: lasting_statements(text), over_time=True)

    old, new = "Delivery costs £3.", "Delivery costs £4."
    assert differing(over_time(("2026-02-01", new), ("2026-01-01", old)), Agreement.CHANGED) == [
        [("£3", (1,)), ("£4", (0,))]
    ]
    assert differing(over_time(("2026-01-01", old), ("2026-02-01", new), ("2026-03-01", old)))
    assert differing(over_time(("", old), ("2026-02-01", new)))
    passing = over_time(
        ("2026-01-01", "Sale: mugs £3 today."), ("2026-01-02", "Just £4."), ("2026-01-03", "Opens 3 May.")
    )
    assert not passing.facts
    assert over_time(("2026-01-01", "Founded in 2016."), ("2026-01-02", "We were founded in 2015.")).of(
        Agreement.CHANGED
    )


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("Students", "Parents", Agreement.CONTRADICTS),
        ("Students", "students", Agreement.CHANGED),
        ("Students", "", Agreement.CHANGED),
        ("", "", Agreement.CHANGED),
    ],
)
def test_what_another_audience_is_told_later_is_no_change(first: str, second: str, verdict: Agreement) -> None:
    posts = [
        SetPost("The lamp costs £20.", "1", first, day="2026-12-01"),
        SetPost("The lamp costs £25.", "2", second, day="2026-12-02"),
    ]
    (fact,) = compare(posts, lambda text, _: lasting_statements(text), over_time=True).facts
    assert fact.verdict is verdict
    both = [*posts, SetPost("The lamp costs £25.", "3", "Students", day="2026-12-03")]
    (fact,) = compare(both, lambda text, _: lasting_statements(text), over_time=True).facts
    assert fact.verdict is Agreement.CHANGED


# Wordings and columns.


def test_posts_that_are_alike_but_for_names_and_numbers_are_one_wording() -> None:
    long = "Hello {}, your breakfast is sorted with the oat box that everybody in the office talks about at length now."
    made = compared(*(long.format(name) for name in ("Ann", "Bo")), long.format("Ann"), "Something else.")
    assert made.wordings == ((0, 1, 2), (3,))
    assert made.distinct == 3


def test_many_posts_share_columns() -> None:
    texts = [("Students" if number % 3 else "Parents", f"The box is £5, reader {number}.") for number in range(20)]
    by_audience = compared(*texts, ("", "The box is £6."))
    matrix = matrix_of(by_audience)
    assert matrix.columns == (("Students", 13), ("Parents", 7), (OTHERS, 1))
    assert matrix.cells[0] == ((("£5", 13),), (("£5", 7),), (("£6", 1),))
    nameless = matrix_of(compared(*(text for _, text in texts)))
    assert nameless.columns == ((1, 20),)
    assert swapped(compared("Hi there", "Hi there")) is None
    assert words.cell((), 3) == "–"
    assert words.cell((("£5", 3),), 3) == "£5"
    assert words.cell((("£5", 3), ("£6", 2), ("£7", 2), ("£8", 1)), 8) == "£5 (3), £6 (2), £7 (2) and 1 more"
    assert words.cell((("£5", 1),), 1) == "£5"


def test_sentences_name_a_few_and_count_the_rest() -> None:
    made = compared(*((f"Group {number}", "The box is £5.") for number in range(5)), ("Group 5", "The box is £6."))
    (fact,) = made.of(Agreement.CONTRADICTS)
    assert words.told_by(made, fact.values[0]) == "5 variants (Group 0, Group 1, Group 2 and 2 more)"
    assert words.told_by(made, fact.values[1]) == "Group 5"
    assert words.headline(made, 1, 0) == "6 variants for 6 audiences: 1 contradiction."
    drifting = compare(made.posts, campaign_statements, lambda _: [("a", "b")])
    assert words.headline(drifting, 0, 2).endswith(
        "no contradictions, 2 differences that may be on purpose, 1 different from the fact sheet."
    )
    assert words.drifted(drifting, drifting.drifts[0]).endswith("Group 2 and 3 more")
    assert words.called(SetPost("a", "Variant 1")) == "Variant 1"
    columns = [words.column(of, size) for of, size in (("Students", 1), (1, 20), (OTHERS, 2), (SetPost("a", "7"), 1))]
    assert columns == ["Students", "Wording 1 (20)", "Others (2)", "no. 7"]
    said = words.swap("Students", "Parents")
    assert said == "The swap test: would you be happy if Students and Parents saw each other's variant?"
    twice = compared(("Students", "The box is £5."), ("Students", "The box is £6."), ("", "Hi"))
    assert [words.reader(post, twice.alone) for post in twice.posts[1:]] == ["Students (no. 2)", "readers of no. 3"]
    assert words.stopped(2) == "2 mistakes. Fix the file, or leave those lines out with --skip-faulty."
    assert "facts export" in words.no_facts("facts.md")
    assert words.written("a.html") == "Saved a.html"
    assert words.sentence(made.facts[0].values[0]) == "“The box is £5”"
    assert words.more(2000) == "…and 2,000 more."
    assert words.called(SetPost("a", "A1", "Students")) == "Students (A1)"
    assert "1 different text (1 wording" in words.how(compared("Hi"))
