"""A brand book's file is read into pages, in a process of its own, and what is wrong with one is said."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from bot.core.brand.books import LONGEST_BOOK, MOST_PAGES
from bot.core.errors import PersonCanFix
from bot.core.words.brand import books as words
from bot.rules import books
from bot.rules.books import opened, read_book

if TYPE_CHECKING:
    from collections.abc import Callable


def pdf(*pages: str) -> bytes:
    """A PDF as its specification has it, with one line of text for each line."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        lines = " ".join(f"({line}) Tj T*" for line in page.splitlines())
        drawn = zlib.compress(f"BT /F1 12 Tf 14 TL 50 800 Td {lines} ET".encode())
        about = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
        objects.append(f"<< {about} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        length = b"<< /Length %d /Filter /FlateDecode >>" % len(drawn)
        objects.append(length + b"\nstream\n" + drawn + b"\nendstream")
    out, starts = bytearray(b"%PDF-1.4\n"), list[int]()
    for number, one in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    return bytes(out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))


def word_file() -> bytes:
    made, file = docx.Document(), io.BytesIO()
    made.add_paragraph("About us")
    made.add_heading("Tone of  voice", 1)
    made.add_paragraph("We say guests, not customers.")
    row = made.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "Say", "stay"
    made.save(file)
    return file.getvalue()


def locked() -> bytes:
    writer, file = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("secret")))), io.BytesIO()
    writer.encrypt("zebra", algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as one:
        for _ in range(101):
            one.write(bytes(1 << 20))
    return file.getvalue()


async def test_a_pdf_is_read_page_by_page_in_a_process_of_its_own() -> None:
    pages = await read_book(pdf("Our voice\nWe say guests.", "", "Never say cheap."))
    assert [(one.where, one.text) for one in pages] == [
        ("page 1", "Our voice\nWe say guests."),
        ("page 3", "Never say cheap."),
    ]


def test_a_word_file_is_read_by_its_headings_with_its_tables() -> None:
    assert opened(word_file()) == [
        ("at the beginning", "About us"),
        ("under “Tone of voice”", "Tone of  voice\nWe say guests, not customers.\nSay | stay"),
    ]


async def test_markdown_and_plain_text_are_read_by_their_headings() -> None:
    pages = await read_book("\ufeffWe bake.\n\n## Voice ##\nWe say guests.\n".encode())
    assert [(one.where, one.text) for one in pages] == [
        ("at the beginning", "We bake."),
        ("under “Voice”", "## Voice ##\nWe say guests."),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0 an old one", words.OLD_WORD),
        (b"\xff\xfe\x00", words.UNKNOWN),
        (b"a\0b", words.UNKNOWN),
        (b" \n", words.SCANNED),
        (b"x" * (LONGEST_BOOK + 1), words.too_long(LONGEST_BOOK)),
    ],
    ids=["old", "bytes", "NUL", "empty", "long"],
)
async def test_what_is_wrong_with_a_file_is_said(content: bytes, said: str) -> None:
    with pytest.raises(PersonCanFix) as wrong:
        await read_book(content)
    assert str(wrong.value) == said


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (locked, words.LOCKED),
        (lambda: b"%PDF-1.4 nothing else", words.BROKEN),
        (lambda: b"PK\x03\x04 nothing else", words.BROKEN),
        (lambda: pdf(*[""] * (MOST_PAGES + 1)), words.too_many_pages(MOST_PAGES)),
        (bomb, words.TOO_MUCH),
    ],
    ids=["password", "no PDF", "no archive", "pages", "bomb"],
)
def test_what_is_wrong_inside_one_is_said(made: Callable[[], bytes], said: str) -> None:
    content = made()  # not when tests are collected, which seven processes do
    with pytest.raises(PersonCanFix) as wrong:
        opened(content)
    assert str(wrong.value) == said


def test_no_more_is_read_of_a_page_than_of_any_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "LONGEST_BOOK", 9)
    assert opened(pdf("1234567", "90", "never")) == [("page 1", "1234567\n"), ("page 2", "90")]


async def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "_PATIENCE", 0.01)
    with pytest.raises(PersonCanFix, match="takes too long"):
        await read_book(pdf("We say guests."))
