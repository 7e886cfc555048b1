"""Tables as people paste and export them: every format, and what is broken in one without a word lost."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.brand.fact_tables import pasted
from bot.core.brand.posts import read_posts
from bot.core.brand.variants import read_set
from bot.core.reading.dates import days_meant, order_in
from bot.core.reading.tables import Columns, NamedCells, decoded, rows_in
from bot.core.words.brand import posts as words

if TYPE_CHECKING:
    from pathlib import Path

POSTS = Columns({"text": ("text", "body"), "date": ("date",), "platform": ("platform",)}, ("text",), joined=("text",))


def rows(text: str, columns: Columns = POSTS) -> list[tuple[int, object]]:
    return [(line, dict(row.cells) if isinstance(row, NamedCells) else row) for line, row in rows_in(text, columns)]


def texts(text: str) -> list[str]:
    return [post.text for _, post in read_posts(text).posts]


# What the csv module reads is read the same.

LINE = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0'"), max_size=12).map(str.strip)
LINES = st.text(st.characters(codec="utf-8", exclude_characters="\r\0',;\t"), max_size=12).map(str.strip)
CELL = LINE | LINES
"""On one line any sign, on several no separators: a line that is like a row may be one."""


@given(
    st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_whatever_the_csv_module_writes_is_read_back(
    written: list[tuple[str, str, str]], between: str, quoting: Literal[0, 1]
) -> None:
    file = StringIO()
    csv.writer(file, delimiter=between, quoting=quoting).writerows([("a", "b", "c"), *written])
    columns = Columns({name: (name,) for name in "abc"}, ("a",))
    read = [row.cells if isinstance(row, NamedCells) else row for _, row in rows_in(file.getvalue(), columns)]
    assert read == [dict(zip("abc", cells, strict=True)) for cells in written if any(cells)]


def test_posts_of_several_lines_in_quotation_marks_are_read() -> None:
    table = (
        "date,platform,text\n"
        '2026-03-01,facebook,"Red, green, blue.\n\nFacebook, Instagram, X: ""follow"" us.\nOn 3 May, at 5, it ends."\n'
        '"2026-03-02","linkedin","Hi\r\nthere"\r\n'
        '2026-03-03 , "x" ,"1,2\n3,4"\n'
    )
    assert texts(table) == [
        'Red, green, blue.\n\nFacebook, Instagram, X: "follow" us.\nOn 3 May, at 5, it ends.',
        "Hi\nthere",
        "1,2\n3,4",
    ]
    assert texts(
        'text,date\n"Always, everywhere.\nAlways.",2026-03-01\n"Over 1,000 people\nand 2,000 more",2026-03-02\n'
    )[1:] == ["Over 1,000 people\nand 2,000 more"]


# A quotation mark that is not closed: the line is named, and no row is lost.


@pytest.mark.parametrize(
    ("broken", "others"),
    [
        ('2026-03-01,facebook,"Delivery costs £4', 3),
        ('2026-03-01,facebook,"Delivery costs £4\nand is quick', 3),
        ('"2026-03-01,facebook,Delivery costs £4', 3),
        ('2026-03-01,"facebook,Delivery costs £4', 3),
        ('2026-03-01,facebook,"Delivery costs £4\n2026-03-09,facebook,"Hello, you"', 4),
    ],
)
def test_an_unclosed_quotation_mark_costs_its_own_row_alone(broken: str, others: int) -> None:
    rest = "2026-03-02,x,Founded in Leeds\n2026-03-03,x,Open daily\n2026-03-04,x,Bye\n"
    read = read_posts(f"date,platform,text\n{broken}\n{rest}")
    closed_by_chance = read_posts(f'date,platform,text\n{broken}\n{rest[:-1]}"\n')
    for one in (read, closed_by_chance):
        assert (2, words.UNCLOSED) in one.faults
        assert [post.text for _, post in one.posts][-3:-1] == ["Founded in Leeds", "Open daily"]
    assert [post.text for _, post in read.posts][-3:] == ["Founded in Leeds", "Open daily", "Bye"]
    assert len(read.posts) + len(read.faults) == others + 1


def test_the_line_is_that_of_the_mark_and_not_of_the_row() -> None:
    read = read_posts('date,text,link\n2026-03-01,"Two\nlines","https://a.example\n2026-03-02,Hi,\n')
    assert read.faults == ((3, words.UNCLOSED),)
    assert [(line, post.text) for line, post in read.posts] == [(4, "Hi")]


def test_between_two_stray_marks_rows_are_told_from_text_without_any_date() -> None:
    read = read_set('audience,text\nStudents,"Only £4\nParents,Only £5\nTeachers,Only £6"\n', plain=False)
    assert read.faults == ((2, words.UNCLOSED),)
    assert [(post.audience, post.text) for post in read.posts] == [("Parents", "Only £5"), ("Teachers", 'Only £6"')]


def test_a_sheet_and_a_heading_with_such_a_mark_say_so() -> None:
    read = pasted('Fact\n"Bag £5\nFounded in Leeds\nOpen daily\n')
    assert [fact.value for _, fact in read.facts] == ["Founded in Leeds", "Open daily"]
    assert [line for line, _ in read.faults] == [2]
    read = pasted('fact,kind\n"Bag £5,price\nFounded in Leeds,origin\n')
    assert [fact.value for _, fact in read.facts] == ["Founded in Leeds"]
    assert [line for line, _ in read.faults] == [2]
    assert [line for line, _ in pasted('"fact,kind\nBag £5,price\n').faults] == [1]
    long = pasted(f'fact,kind\n"{"x" * 200_000},price\n')
    assert [line for line, _ in long.faults] == [2]


def test_lines_may_end_as_on_old_machines() -> None:
    assert [fact.value for _, fact in pasted("fact,kind\rBag £5,price\r").facts] == ["Bag £5"]


# Columns that mean the same.


def test_texts_are_joined_known_platforms_preferred_and_what_is_left_is_told() -> None:
    assert texts("caption,body,date\nHello,World,2026-03-01\n,Alone,2026-03-02\nSame,Same,2026-03-03\n") == [
        "Hello\n\nWorld",
        "Alone",
        "Same",
    ]
    read = read_set("channel,platform,text\n#brand,Instagram,Hi\nX,,Ho\nRooftop,,Hey\n", plain=False)
    assert [post.platform for post in read.posts] == ["instagram", "x", "Rooftop"]
    assert read.unused == ("channel",)
    (_, post) = read_posts("created at,published,text\n2026-02-01,2026-03-01,Hi\n").posts[0]
    assert post.date == "2026-03-01"
    assert read_posts("created at,published,text\n2026-02-01,2026-03-01,Hi\n").unused == ("created at",)


# Formats.


def test_json_may_be_an_array_and_a_cell_has_to_be_text() -> None:
    rows_of_it = [{"text": "Hi", "date": "2026-03-01"}, {"text": {"de": "Hallo"}, "date": "2026-03-02"}, 3]
    for written in (json.dumps(rows_of_it), json.dumps(rows_of_it, indent=2)):
        read = read_posts(written)
        assert [post.text for _, post in read.posts] == ["Hi"]
        assert [said for _, said in read.faults] == [words.not_text("text"), words.NO_OBJECT]
    assert [line for line, _ in read_posts(json.dumps(rows_of_it, indent=2)).faults] == [6, 12]
    assert read_posts('{"text":{"de":"Hallo"},"date":"2026-03-01"}').faults == ((1, words.not_text("text")),)
    assert read_posts('{"text":["a"],"date":"2026-03-01"}').faults == ((1, words.not_text("text")),)
    assert read_posts('[{"text": "Hi", "date": "2026-03-01"},\n{"text"').faults == ((2, words.NO_ARRAY),)
    assert read_posts(" [ ] ").posts == ()
    assert read_set('[{"text": "Hi", "asset": ["a.png", null, "b.png"]}]').posts[0].asset == "a.png, b.png"


def test_a_plan_may_have_a_separator_line_and_headings_in_four_languages() -> None:
    german = read_set("sep=;\nDatum;Kanal;Zielgruppe;Text\n01.03.2026;Instagram;Eltern;Hallo, du\n", plain=False)
    (post,) = german.posts
    assert (post.day, post.platform, post.audience, post.text) == ("2026-03-01", "instagram", "Eltern", "Hallo, du")
    assert german.unused == ()
    french = read_set("Date;Réseau social;Public cible;Légende\n1er mars 2026;Facebook;Parents;Bonjour\n", plain=False)
    spanish = "Fecha;Red social;Público objetivo;Texto\n1 de marzo de 2026;Facebook;Padres;Hola\n"
    for read in (french, read_set(spanish, plain=False)):
        assert [(one.day, one.platform, bool(one.audience)) for one in read.posts] == [("2026-03-01", "facebook", True)]
        assert (read.faults, read.unused) == ((), ())
    assert rows('"sep=;"\ntext;date\nHi;x\n') == [(3, {"text": "Hi", "date": "x"})]


def test_markdown_is_a_table_for_posts_too_and_blank_cells_at_the_end_are_none() -> None:
    assert rows("| text | date |\n|---|---|\n| Hi \\| there | x |\n") == [(3, {"text": "Hi | there", "date": "x"})]
    assert rows("text,date\nHi,x,,\nHo,y,z\n") == [(2, {"text": "Hi", "date": "x"}), (3, words.too_many(2))]
    assert rows("text,date,,\nHi,x\n") == [(2, {"text": "Hi", "date": "x"})]
    assert rows("sep=;") == rows("") == []


# Dates.


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T10:00:00Z", "2026-03-01"),
        ("2026/03/01 10:00", "2026-03-01"),
        ("2026-3-1", "2026-03-01"),
        ("01.03.2026", "2026-03-01"),
        ("1.3.26", "2026-03-01"),
        ("1. 3. 2026", "2026-03-01"),
        ("Mo, 01.03.2026 10:00 Uhr", "2026-03-01"),
        ("3 March 2026", "2026-03-03"),
        ("March 3rd, 2026", "2026-03-03"),
        ("Fri 3 Apr 2026 9:30 am", "2026-04-03"),
        ("3-Mar-2026", "2026-03-03"),
        ("mar 3 2026", "2026-03-03"),
        ("3. März 2026", "2026-03-03"),
        ("1er mars 2026", "2026-03-01"),
        ("12 août 2026 à 10h30", "2026-08-12"),
        ("martes, 3 de marzo de 2026", "2026-03-03"),
        ("13/04/2026", "2026-04-13"),
        ("04/13/2026", "2026-04-13"),
        ("03/03/2026", "2026-03-03"),
        *((typed, "") for typed in ("soon", "20260930", "30 Sept", "3 jui 2026", "32.01.2026", "3/4/26", "5/2026")),
        *((typed, "") for typed in ("2026-03-01x", "2026/03/2026", "3 March 26", "", "1 2 3 4", "3 ma 2026")),
    ],
)
def test_a_date_is_read_where_it_is_plain_which_day_is_meant(typed: str, meant: str) -> None:
    assert days_meant(typed) == ((meant,) if meant else ())


def test_a_date_that_may_be_two_days_is_a_fault_unless_the_file_settles_it() -> None:
    ambiguous = "03/04/2026"
    assert days_meant(ambiguous) == ("2026-04-03", "2026-03-04")
    read = read_posts(f"text,date\nHi,{ambiguous}\n")
    assert read.faults == ((2, words.ambiguous(ambiguous, "2026-04-03", "2026-03-04")),)
    assert read_posts(f"text,date\nHi,{ambiguous}\nHo,13/04/2026\n").posts[0][1].date == "2026-04-03"
    assert read_posts(f"text,date\nHi,{ambiguous}\nHo,04/13/2026\n").posts[0][1].date == "2026-03-04"
    assert len(read_posts(f"text,date\nHi,{ambiguous}\nHo,04/13/2026\nHa,13/04/2026\n").faults) == 1
    assert order_in(["2026-13-01", "13.04.2026", "99/98/2026", "soon"]) == ""
    sheet = pasted(f"fact,until\nBag £5,{ambiguous}\nTea £2,30/09/2026\nPie £3,1. Mai 2026\n")
    assert [fact.until for _, fact in sheet.facts] == ["2026-04-03", "2026-09-30", "2026-05-01"]
    assert pasted(f"fact,until\nBag £5,{ambiguous}\n").faults[0][1].startswith("“03/04/2026” can be read in two ways.")


def test_a_post_of_a_day_to_come_has_not_been_said() -> None:
    table = "text,date\nHi,2026-12-01\nHo,2026-12-02\nHa,2999-01-01\n"
    assert [line for line, _ in read_posts(table, "2026-11-30").faults] == [3, 4]
    assert not read_posts(table).faults


# Bytes.


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_what_spreadsheets_save_is_read(code: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Datum;Text\n01.03.2026;Für 5 € schön früh\n", encoding=code)
    assert [post.text for post in read_set(decoded(file.read_bytes()), plain=False).posts] == ["Für 5 € schön früh"]


@pytest.mark.parametrize("content", ["Привет, мир".encode("cp1251"), b"text\n\x81\n", b"\xff\xfea"])
def test_what_nobody_can_tell_is_not_guessed_at(content: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(content)
