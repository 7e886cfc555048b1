"""`candor guidelines propose`: a brand book becomes files of guidelines and a table of facts."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assemble.books import open_book
from bot.core.brand.books import fact_rows
from bot.core.brand.facts import FactKind
from bot.core.errors import PersonCanFix
from bot.core.judging import Failure, ModelFailed
from bot.core.proof import comma_separated
from bot.core.words.brand import books as words
from bot.core.words.brand import facts as fact_words
from bot.core.words.operating import NO_JUDGEMENT
from bot.settings import read_settings
from bot.terminal.files import read_bytes, write_new
from bot.terminal.log import printable

if TYPE_CHECKING:
    import argparse

    from bot.assemble.books import BookReading

WHOLE, IN_PART = 0, 1


def propose(arguments: argparse.Namespace) -> int:
    """0 where the whole book was read or nothing sent yet, 1 where the model gave up on the way."""
    settings, folder = read_settings(), Path(arguments.out)
    if not settings.model.is_configured:
        raise PersonCanFix(words.NO_MODEL_HERE)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PersonCanFix(words.not_empty(arguments.out))
    content = read_bytes(arguments.file)
    try:
        reading = asyncio.run(open_book(settings, Path(arguments.file).name, content))
    except PersonCanFix as wrong:
        raise PersonCanFix(words.cannot_use(arguments.file, str(wrong))) from None
    if not arguments.yes:
        sys.stdout.write(f"{asyncio.run(reading.estimate())}\n{words.GO_AHEAD}\n")
        return WHOLE
    return _read(reading, folder)


def _read(reading: BookReading, folder: Path) -> int:
    """What was found by then is written, whatever stops it."""
    why = ""
    try:
        asyncio.run(reading.run(lambda: _tell(reading)))
    except ModelFailed as failed:
        why = NO_JUDGEMENT.get(failed.failure, NO_JUDGEMENT[Failure.UNREACHABLE])
    finally:
        _write(reading, folder)
    if why:
        sys.stderr.write(f"{words.interrupted_here(reading.book.done, len(reading.parts), why)}\n")
    return IN_PART if why else WHOLE


def _tell(reading: BookReading) -> None:
    book = reading.book
    sys.stderr.write(f"{words.progress(book.done, len(reading.parts), len(book.proposals))}\n")


def _write(reading: BookReading, folder: Path) -> None:
    book, files, sources = reading.book, reading.files(), list[tuple[str, str, str]]()
    if files or book.facts:
        folder.mkdir(parents=True, exist_ok=True)
    for name, text, one in files:
        write_new(folder / name, text)
        sources.append((name, one.quote, one.where))
        _show(f"{name}: {one.form.title}", one.quote, one.where)
    for one in book.facts:
        label = fact_words.KINDS[one.fact.kind.value]
        sources.append((one.fact.value, one.quote, one.where))
        _show(words.fact(label, one.fact.value, one.fact.about), one.quote, one.where)
    if book.facts:
        write_new(folder / words.FACTS_FILE, comma_separated(fact_rows(book.name, book.facts)))
    if sources:
        write_new(folder / words.SOURCES_FILE, comma_separated([words.SOURCES, *sources]))
    _conclude(reading, folder, len(files))


def _show(said: str, quote: str, where: str) -> None:
    sys.stdout.write(f"{printable(said)}\n  {printable(words.rests_on(quote, where))}\n")


def _conclude(reading: BookReading, folder: Path, files: int) -> None:
    book = reading.book
    said = [words.written(files, len(book.facts), str(folder)) if files or book.facts else words.NOTHING]
    if claims := sum(one.fact.kind is FactKind.CLAIM for one in book.facts):
        said.append(words.without_evidence(claims))
    said += filter(None, [words.left_out(book.unfounded, book.unusable)])
    said.append(reading.took)
    sys.stdout.write("".join(f"{line}\n" for line in said))
