"""A brand book's file, read into pages: apart from this process, because a file can be made to take all there is.

A PDF or a Word file is opened by a process of its own (`apart`). What it answers is text.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import regex

from bot.core.brand.books import LONGEST_BOOK, MOST_PAGES, BookPage
from bot.core.errors import PersonCanFix
from bot.core.words.brand import books as words
from bot.rules.sandbox import answer_in_sandbox, shut_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PATIENCE = 60.0
"""Seconds until its process is ended."""
_SECONDS = 45
"""Of a processor, that it may use."""
_UNPACKED = 100 << 20
"""Bytes of a Word file once it is unpacked."""
_PDF, _ZIP, _OLD = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_HEADING = regex.compile(r"#{1,6}\s+(.+?)\s*#*")
_HEADINGS = ("Title", "Heading")
"""How the names of a Word file's styles for headings begin."""


async def read_book(content: bytes) -> tuple[BookPage, ...]:
    """The pages that have text. Raises `PersonCanFix`, which says what is wrong with the file."""
    if content.startswith(_OLD):
        raise PersonCanFix(words.OLD_WORD)
    if content[:1024].lstrip().startswith(_PDF) or content.startswith(_ZIP):
        return _pages(await _apart(content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PersonCanFix(words.UNKNOWN) from None
    if "\0" in text:
        raise PersonCanFix(words.UNKNOWN)
    return _pages(_by_heading((_heading_in(line), line) for line in text.splitlines()))


def _pages(found: Iterable[tuple[str, str]]) -> tuple[BookPage, ...]:
    pages = tuple(BookPage(where, text.strip()) for where, text in found if text.strip())
    if not pages:
        raise PersonCanFix(words.SCANNED)
    if sum(len(page.text) for page in pages) > LONGEST_BOOK:
        raise PersonCanFix(words.too_long(LONGEST_BOOK))
    return pages


def _heading_in(line: str) -> str:
    found = _HEADING.fullmatch(line)
    return found[1] if found else ""


def _by_heading(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(where, text) of each stretch of lines; the first of each pair is the heading that the line is, or "" ."""
    where, kept = words.under(""), list[str]()
    for heading, line in lines:
        if heading:
            yield where, "\n".join(kept)
            where, kept = words.under(" ".join(heading.split())[:80]), []
        kept.append(line)
    yield where, "\n".join(kept)


async def _apart(content: bytes) -> list[tuple[str, str]]:
    """What a process of its own makes of the file."""
    try:
        said = await answer_in_sandbox(__name__, content=content, patience=_PATIENCE)
    except TimeoutError:
        said = None
    if said is None:
        raise PersonCanFix(words.TOO_MUCH)
    answered: dict[str, Any] = json.loads(said)
    if fault := answered.get("fault"):
        raise PersonCanFix(fault)
    return [(where, text) for where, text in answered["pages"]]


# In that process.


def main() -> None:
    """Read a file from standard input; write its pages, or what is wrong with it, to standard output."""
    content = sys.stdin.buffer.read()
    shut_in(_SECONDS, opens=20)
    try:
        said: dict[str, object] = {"pages": opened(content)}
    except PersonCanFix as wrong:
        said = {"fault": str(wrong)}
    except MemoryError:
        said = {"fault": words.TOO_MUCH}
    sys.stdout.write(json.dumps(said))


def opened(content: bytes) -> list[tuple[str, str]]:
    """(where, text) of each page of a PDF, or under each heading of a Word file. Raises `PersonCanFix`."""
    try:
        read = _word_file if content.startswith(_ZIP) else _pdf
        return read(content)
    except ImportError:
        raise PersonCanFix(words.NOT_INSTALLED) from None
    except (PersonCanFix, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - whatever a library stumbles over in a strange file
        raise PersonCanFix(words.BROKEN) from None


def _pdf(content: bytes) -> list[tuple[str, str]]:
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415 - optional, and in no other process

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise PersonCanFix(words.LOCKED)
    if len(reader.pages) > MOST_PAGES:
        raise PersonCanFix(words.too_many_pages(MOST_PAGES))
    return _bounded((words.page(number), page.extract_text()) for number, page in enumerate(reader.pages, 1))


def _word_file(content: bytes) -> list[tuple[str, str]]:
    from docx import Document  # noqa: PLC0415 - optional, and in no other process

    if sum(one.file_size for one in zipfile.ZipFile(io.BytesIO(content)).infolist()) > _UNPACKED:
        raise PersonCanFix(words.TOO_MUCH)
    try:
        document = Document(io.BytesIO(content))
    except (KeyError, ValueError):
        raise PersonCanFix(words.UNKNOWN) from None
    return _bounded(_by_heading(_lines(document.iter_inner_content())))


def _lines(blocks: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Paragraphs, and the rows of tables."""
    for block in blocks:
        if hasattr(block, "rows"):
            yield from (("", " | ".join(cell.text for cell in row.cells)) for row in block.rows)
        else:
            style = block.style.name if block.style is not None else ""
            yield (block.text if (style or "").startswith(_HEADINGS) else ""), block.text


def _bounded(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """No more than is read of any book."""
    kept, left = list[tuple[str, str]](), LONGEST_BOOK + 1
    for where, text in found:
        kept.append((where, text[:left]))
        left -= len(kept[-1][1])
        if left <= 0:
            break
    return kept


if __name__ == "__main__":
    main()
