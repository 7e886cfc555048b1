"""`candor compare` on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.errors import PersonCanFix
from bot.core.words.brand import facts as fact_words
from bot.core.words.brand import posts as table_words
from bot.core.words.brand import variants as words
from bot.terminal.commands import run
from bot.terminal.comparing import posts_in

if TYPE_CHECKING:
    from pathlib import Path

VARIANTS = """\
Students:
The Brio box is £5 a month. Free delivery. Made in Leeds. <script>alert(1)</script>
---
Parents:
Our Brio box costs £7 a month. Delivery costs £4. Made in Portugal.
"""
FACTS = "| Kind | Fact | Source | Until |\n| --- | --- | --- | --- |\n| Price | Delivery costs £3 | shop.example | |\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "variants.txt").write_text(VARIANTS, encoding="utf-8")
    return tmp_path


def test_contradictions_come_first_with_both_statements(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "facts.md").write_text(
        f"{FACTS}| Price | Delivery costs £4 | old.example | 2020-01-01 |\n", encoding="utf-8"
    )
    command = ["compare", "variants.txt", "--facts", "facts.md", "--csv", "out.csv", "--html", "out.html"]
    assert run(command) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0].startswith(
        "2 variants for 2 audiences: 2 contradictions, 1 difference that may be on purpose, 1 diff"
    )
    at = lines.index("Contradictions (2)")
    assert lines[at + 1 : at + 7] == [
        "  Promise: Delivery: …",
        "    free: Students  “Free delivery”",
        "    £4: Parents  “Delivery costs £4”",
        "  Price: The Brio box is …",
        "    £5 a month: Students  “The Brio box is £5 a month”",
        "    £7 a month: Parents  “Our Brio box costs £7 a month”",
    ]
    assert "  Promise: free delivery (Students)" in lines
    assert "  Delivery costs £3 (shop.example)" in lines
    assert words.swap("Students", "Parents") in lines
    assert any(
        line.split() == ["Price:", "The", "Brio", "box", "is", "…", "£5", "a", "month", "£7", "a", "month"]
        for line in lines
    )
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    rows = (folder / "out.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == ",".join(words.COLUMNS)
    assert "contradicts,price,The Brio box is …,£7 a month,1,Parents,Parents,Our Brio box costs £7 a month" in rows
    assert "drift,,Delivery costs £3 (shop.example),,1,Parents,Parents,Delivery costs £4" in rows
    assert said.err.splitlines() == [words.written("out.csv"), words.written("out.html")]


def test_many_contradictions_are_counted_and_a_clean_set_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    things = ["cat", "dog", "cow", "hen", "fox", "owl", "bee", "ant", "bat", "eel", "elk"]
    rows = [f"{'. '.join(f'The {thing} costs £{price}' for thing in things)}" for price in (1, 2)]
    (folder / "set.csv").write_text("text\n" + "\n".join(rows), encoding="utf-8")
    assert run(["compare", "set.csv"]) == 1
    assert "\n  …and 1 more.\n" in capsys.readouterr().out
    (folder / "set.csv").write_text("text,likes\nHi,1\nHello,2\n,3\n", encoding="utf-8")
    assert run(["compare", "set.csv"]) == 2
    assert words.stopped(1) in capsys.readouterr().err
    assert run(["compare", "set.csv", "--skip-faulty"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "2 variants: no contradictions."
    assert "Columns not used: “likes”." in said.err


def test_a_sheet_may_have_any_line_ends_and_a_broken_row(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = 'fact,kind,mood\rDelivery costs £3,price,\r"Bag £5,price,\rTea £2,price,\r'
    (folder / "facts.csv").write_text(sheet, encoding="utf-8", newline="")
    assert run(["compare", "variants.txt", "--facts", "facts.csv"]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        f"Line 3: {fact_words.as_sentence(table_words.UNCLOSED)}",
        "Columns not used: “mood”.",
    ]


def test_what_cannot_be_compared_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text, sentence in (("Just one variant.", words.ONLY_ONE), ("", words.NOTHING)):
        (folder / "set.txt").write_text(text, encoding="utf-8")
        assert run(["compare", "set.txt"]) == 2
        assert capsys.readouterr().err == f"{sentence}\n"
    (folder / "set.csv").write_text("audience,words\nStudents,Hi\n", encoding="utf-8")
    assert run(["compare", "set.csv"]) == 2
    assert table_words.no_heading(["text"]) in capsys.readouterr().err
    (folder / "facts.md").write_text("nothing", encoding="utf-8")
    assert run(["compare", "variants.txt", "--facts", "facts.md"]) == 2
    assert words.no_facts("facts.md") in capsys.readouterr().err
    with pytest.raises(PersonCanFix):
        posts_in("set.txt", plain=True, skip_faulty=True)


def test_no_file_is_written_over_another_one_that_was_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "variants.txt").read_bytes()
    (folder / "link.txt").symlink_to("variants.txt")
    for names in (("--csv", "link.txt"), ("--csv", "a", "--html", "./a")):
        assert run(["compare", "variants.txt", *names]) == 2
        assert "is named twice" in capsys.readouterr().err
    assert (folder / "variants.txt").read_bytes() == before
    assert run(["compare", "variants.txt", "--csv", "/dev/null", "--html", "/dev/null"]) == 1
