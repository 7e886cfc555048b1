"""`candor guidelines propose`: a brand book becomes files that the import and the fact sheet take."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.core.brand.fact_tables import pasted
from bot.core.brand.facts import Fact, FactKind
from bot.core.judging import Failure
from bot.core.words.brand import books as words
from bot.core.words.brand import own_guidelines as own_words
from bot.core.words.operating import NO_JUDGEMENT
from bot.terminal import proposing
from bot.terminal.commands import run
from tests.journeys.test_books import CHEAP, FOUNDED, GUESTS, MADE_UP, TERM
from tests.model.server import REFUSAL, ScriptedModel
from tests.rules.test_books import pdf
from tests.terminal.test_posts import been_in, folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder"]
PAGES = ("We say guests, never customers. Call us: +44 113 496 0000.", "Prices are fair, never cheap.")
OPENED = "We opened our first hostel in Leeds in 2016. It's the greenest in town."
CONTACT = TERM | {"quote": "Call us: +44 113 496 0000.", "kind": "contact", "value": "+44 113 496 0000"}
GREEN = FOUNDED | {"quote": "It's the greenest in town.", "kind": "claim", "value": "The greenest in town"}
FOUND = {"proposals": [GUESTS, CHEAP, MADE_UP], "facts": [FOUNDED, TERM, CONTACT, GREEN]}
PROPOSE = ["guidelines", "propose", "book.pdf", "--out", "new"]


@pytest.fixture
def book(folder: Path) -> Path:
    (folder / "book.pdf").write_bytes(pdf(*PAGES, OPENED))
    return folder


async def ran(*arguments: str) -> int:
    return await asyncio.to_thread(run, [*arguments])


async def test_a_book_becomes_files_that_are_imported_and_a_table_that_the_sheet_reads(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with ScriptedModel() as model:
        model.otherwise = FOUND
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        monkeypatch.setenv("OPENAI_PRICES", "1,0.5,4")
        assert await ran(*PROPOSE) == 0
        said = capsys.readouterr().out
        assert "that's 1 call and about " in said
        assert said.endswith(f"{words.GO_AHEAD}\n")
        assert (model.requests, (book / "new").exists()) == ([], False)
        assert await ran(*PROPOSE, "--yes") == 0
    new, said = book / "new", capsys.readouterr().out
    assert sorted(path.name for path in new.iterdir()) == [
        "facts.csv",
        "guests-not-customers.md",
        "never-cheap.md",
        "sources.csv",
    ]
    assert "guests-not-customers.md: Guests, not customers\n  “We say guests, never customers.” (page 1)\n" in said
    assert "Origin: First hostel opened in Leeds in 2016\n  “We opened our first hostel" in said
    assert "Written to new: 2 guidelines, 4 facts and terms." in said
    assert words.without_evidence(1) in said
    assert "1 proposal left out" in said
    assert " read it in 1 call: " in said.splitlines()[-1]
    assert " tokens, $0." in said.splitlines()[-1]
    table = pasted((new / "facts.csv").read_text(encoding="utf-8"))
    assert [fact for _, fact in table.facts] == [
        Fact("First hostel opened in Leeds in 2016", FactKind.ORIGIN, "book.pdf, page 3"),
        Fact("customers", FactKind.AVOID, "book.pdf, page 1"),
        Fact("+44 113 496 0000", FactKind.CONTACT, "book.pdf, page 1"),
    ]
    assert [line for line, _ in table.faults] == [5]
    sources = (new / "sources.csv").read_text(encoding="utf-8").splitlines()
    assert sources[:2] == [
        "proposal,sentence,where",
        'guests-not-customers.md,"We say guests, never customers.",page 1',
    ]
    been_in(book, "T1")
    assert await ran("guidelines", "--import", "new", "--yes") == 0
    assert capsys.readouterr().out.endswith(f"{own_words.imported(2)}\n")


async def test_files_that_are_there_are_never_touched_and_nobody_is_asked(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with ScriptedModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        (book / "new").mkdir()
        (book / "new" / "never-cheap.md").write_text("Ours", encoding="utf-8")
        assert await ran(*PROPOSE, "--yes") == 2
        assert capsys.readouterr().err == f"{words.not_empty('new')}\n"
        assert await ran("guidelines", "propose", "book.pdf", "--out", "book.pdf", "--yes") == 2
        assert words.not_empty("book.pdf") in capsys.readouterr().err
        assert model.requests == []
    assert (book / "new" / "never-cheap.md").read_text(encoding="utf-8") == "Ours"


async def test_without_a_model_and_of_a_file_that_cannot_be_read_it_says_what_to_do(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await ran(*PROPOSE) == 2
    assert capsys.readouterr().err == f"{words.NO_MODEL_HERE}\n"
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert await ran("guidelines", "propose", "none.pdf", "--out", "new") == 2
    assert capsys.readouterr().err == "Can't read none.pdf: No such file or directory.\n"
    (book / "book.pdf").write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    assert await ran(*PROPOSE) == 2
    assert capsys.readouterr().err == f"book.pdf: {words.UNKNOWN}\n"


async def test_what_was_found_before_the_model_gave_up_is_written(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book.md").write_text(
        f"# Voice\n{PAGES[0]} {'Calm. ' * 1_900}\n# More\n{'Fair. ' * 1_000}", encoding="utf-8"
    )
    async with ScriptedModel() as model:
        model.will({"proposals": [GUESTS], "facts": []}, REFUSAL, REFUSAL, REFUSAL)
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await ran("guidelines", "propose", "book.md", "--out", "new", "--yes") == 1
    said = capsys.readouterr()
    assert f"Stopped after 1 of 2 parts: {NO_JUDGEMENT[Failure.REFUSED]}." in said.err
    assert (book / "new" / "guests-not-customers.md").exists()
    assert not (book / "new" / "facts.csv").exists()


async def test_what_was_found_before_somebody_pressed_control_c_is_written(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book.md").write_text(
        f"# Voice\n{PAGES[0]} {'Calm. ' * 1_900}\n# More\n{'Fair. ' * 1_000}", encoding="utf-8"
    )
    seen: list[int] = []

    def interrupted(reading: proposing.BookReading) -> None:
        seen.append(reading.book.done)
        if reading.book.done:
            raise KeyboardInterrupt

    monkeypatch.setattr(proposing, "_tell", interrupted)
    async with ScriptedModel() as model:
        model.otherwise = {"proposals": [GUESTS], "facts": [TERM]}
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await ran("guidelines", "propose", "book.md", "--out", "new", "--yes") == 130
    assert seen == [0, 1]
    assert "Written to new: 1 guideline, 1 fact or term." in capsys.readouterr().out


async def test_nothing_to_propose_leaves_no_folder(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with ScriptedModel() as model:
        model.otherwise = {"proposals": [], "facts": []}
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await ran(*PROPOSE, "--yes") == 0
    assert words.NOTHING in capsys.readouterr().out
    assert not (book / "new").exists()
