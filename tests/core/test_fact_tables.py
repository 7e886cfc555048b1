"""A sheet that goes out as a file, is edited there and comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.brand.fact_tables import TablePreview, csv_of, merged, pasted, table_of, with_sentences
from bot.core.brand.facts import Fact, FactKind, fact_of, in_order
from bot.core.words.brand import facts as words

BAG = Fact(
    "Cabin bag £25",
    FactKind.PRICE,
    "kestrelair.example/bags",
    owner="U0DANA",
    since="2026-03-01",
    until="2026-09-30",
    markets=("UK", "Ireland"),
    about="Kestrel Air",
    id="a1",
    recorded_at=5.0,
)
FOUNDED = Fact("Founded in 2016 in Leeds", FactKind.ORIGIN, id="b2")
TOLL = Fact("+44 113 496 0000", FactKind.CONTACT, id="c3")
SHEET = (BAG, FOUNDED, TOLL)


def without_times(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(replace(fact, recorded_at=0.0) for fact in facts)


@pytest.mark.parametrize("out", [table_of(SHEET), csv_of(SHEET)], ids=["markdown", "csv"])
def test_a_changed_row_changes_its_fact_and_nothing_else(out: str) -> None:
    assert pasted(out, SHEET).faults == ()
    assert merged(SHEET, [fact for _, fact in pasted(out, SHEET).facts]) == ()
    read = pasted(out.replace("£25", "£30"), SHEET)
    (pair,) = merged(SHEET, [fact for _, fact in read.facts])
    assert pair == (BAG, replace(BAG, value="Cabin bag £30", recorded_at=0.0))
    assert (read.faults, read.missing) == ((), ())


def test_fields_without_a_column_stay_as_they_are() -> None:
    read = pasted("Fact\ncabin bag £25\nFounded in 2016 in Leeds\n", SHEET)
    assert merged(SHEET, [fact for _, fact in read.facts]) == (
        (BAG, replace(BAG, value="cabin bag £25", recorded_at=0)),
    )
    read = pasted("Id,Fact\na1,Cabin bag £30\n", SHEET)
    assert [fact for _, fact in read.facts] == [replace(BAG, value="Cabin bag £30", recorded_at=0.0)]
    read = pasted("Fact,Owner\nCabin bag £25,\n", SHEET)
    assert [fact for _, fact in read.facts] == [replace(BAG, owner="", recorded_at=0.0)]
    claim = Fact("94% stay", FactKind.CLAIM, "survey.pdf", id="d4")
    assert pasted("Fact,Until\n94% stay,2026-12-01\n", [claim]).facts == ((2, replace(claim, until="2026-12-01")),)
    assert pasted("Claim,Expires\nFounded in 2016 in Leeds,2026-12-01\n", SHEET).facts[0][1].kind is FactKind.ORIGIN


def test_what_was_taken_out_of_an_exported_sheet_is_known_and_only_there() -> None:
    lines = csv_of(SHEET).splitlines(keepends=True)
    without = "".join(line for line in lines if "Leeds" not in line)
    assert pasted(without, SHEET).missing == (FOUNDED,)
    assert pasted("Fact,Kind\nTea £2,price\n", SHEET).missing == ()
    assert pasted("Id,Fact\nz9,Tea £2\n", SHEET).missing == ()
    faulty = without.replace("2026-09-30", "soon")
    assert [line for line, _ in pasted(faulty, SHEET).faults] == [3]
    assert pasted(faulty, SHEET).missing == (FOUNDED,)
    assert pasted(without.replace("c3,", 'c3,"', 1), SHEET).missing == ()


def test_a_row_that_was_copied_with_its_id_and_one_that_says_what_another_says_are_faults() -> None:
    read = pasted("Id,Fact\na1,Cabin bag £30\na1,Cabin bag £40\nb2,Tea £2\n,Cake £3\n", SHEET)
    assert read.faults == ((3, words.same_id(2)),)
    assert [(fact.value, fact.id) for _, fact in read.facts] == [
        ("Cabin bag £30", "a1"),
        ("Tea £2", "b2"),
        ("Cake £3", ""),
    ]
    read = pasted("Id,Fact,About\na1,Founded in 2016 in Leeds,\n", SHEET)
    assert (read.facts, read.faults) == ((), ((2, words.ON_SHEET),))


def test_colons_make_no_two_facts_the_same() -> None:
    of_line, of_brand = Fact("Tea: £4", about="Larkspur"), Fact("£4", about="Larkspur:Tea")
    read = pasted(csv_of([of_line, replace(of_brand, value=" £4")]))
    assert [(fact.about, fact.value) for _, fact in read.facts] == [("Larkspur", "Tea: £4"), ("Larkspur:Tea", "£4")]
    assert Fact("b:c", about="a").key != Fact("c", about="a:b").key
    assert merged([Fact("b:c", about="a", id="1")], [Fact("c", about="a:b")]) == ((None, Fact("c", about="a:b")),)


def test_the_same_words_of_several_brands_need_a_column() -> None:
    sheet = [replace(FOUNDED, about="Fern", id="e5"), replace(FOUNDED, about="Sam", id="f6")]
    assert pasted("Fact\nFounded in 2016 in Leeds\n", sheet).faults == ((2, words.of_several(["Fern", "Sam"])),)
    assert "for Fern, Sam" in words.of_several(["Fern", "Sam"])
    assert [fact.id for _, fact in pasted("Fact,About\nFounded in 2016 in Leeds,Sam\n", sheet).facts] == ["f6"]
    assert [fact.id for _, fact in pasted("Fact\nFounded in 2016 in Leeds\n", [*sheet, FOUNDED]).facts] == ["b2"]


TEXT = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="'"), min_size=1, max_size=40)


@example([("Open on Sundays", ";=", FactKind.QUANTITY)])
@example([("Open on Sundays", "+44; -2;@x", FactKind.QUANTITY)])
@given(st.lists(st.tuples(TEXT, TEXT, st.sampled_from(list(FactKind))), max_size=5))
def test_what_is_exported_comes_back_the_same(rows: list[tuple[str, str, FactKind]]) -> None:
    made = [fact_of({"value": value, "source": source, "kind": kind.value}) for value, source, kind in rows]
    facts = {fact.key: replace(fact, id=f"n{at}") for at, fact in enumerate(made) if isinstance(fact, Fact)}
    sheet = in_order([*SHEET, *facts.values()])
    for written in (table_of(sheet), csv_of(sheet)):
        read = pasted(written, sheet)
        assert read.faults == ()
        assert tuple(fact for _, fact in read.facts) == without_times(sheet)


def test_sentences_beside_a_table_end_nothing_and_are_no_second_row() -> None:
    known = (
        Fact("Tea £2", FactKind.PRICE, id="1"),
        Fact("Founded in 2016", FactKind.ORIGIN, id="2"),
        Fact("Cabin bag included", FactKind.PROMISE, id="3"),
    )
    typed = "Fact\nTea £2\nNo | good\n"
    shown = TablePreview(pasted(typed, known), known, "2026-06-01")
    whole = with_sentences(shown, ("tea £2", "Bring a friend", "Founded in 2016", "Of the a|b kind"))
    assert whole.missing == ()
    assert [(old, new.value) for old, new in whole.pairs] == [
        (None, "No | good"),
        (None, "Bring a friend"),
        (None, "Of the a|b kind"),
    ]
    exported = TablePreview(pasted(table_of(known[:1]), known), known, "2026-06-01")
    assert exported.missing == known[1:]
    assert with_sentences(exported, ("Founded in 2016",)).missing == known[2:]


def test_words_at_a_terminal() -> None:
    assert words.terminal_line("missing", "Tea £2") == "not in the file: Tea £2"
    assert words.exported(1, "sheet.csv") == "1 fact written to sheet.csv."
    assert words.imported(1, 2, 0).startswith("Saved: 1 new fact, 2 changed facts. Candor")
    assert words.imported(0, 1, 3).startswith("Saved: 0 new facts, 1 changed fact, 3 ended.")
    assert words.left(1).startswith("1 fact not in the file stays on the sheet.")
    assert words.left(2).startswith("2 facts not in the file stay on the sheet.")
