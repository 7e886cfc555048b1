"""`candor compare`: the variants of one campaign beside one another."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.assemble.report_pages import comparison_page, comparison_rows
from bot.assemble.rules import compare_variants
from bot.core.brand.fact_tables import pasted
from bot.core.brand.variants import Agreement, matrix_of, read_set, swapped
from bot.core.errors import PersonCanFix
from bot.core.proof import comma_separated
from bot.core.words.brand import posts as post_words
from bot.core.words.brand import variants as words
from bot.terminal.files import check_writable, read_table, read_text, told_apart, write_text
from bot.terminal.log import printable, printable_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.brand.variants import SetComparison, SetPost, ToldFact, ToldValue

# The command.

AGREES, CONTRADICTS = 0, 1
_TABLES = (".csv", ".tsv", ".jsonl", ".json")


def compare(arguments: argparse.Namespace) -> int:
    """0 where nothing contradicts, 1 where something does."""
    named_apart(arguments)
    plain = Path(arguments.file).suffix.lower() not in _TABLES
    posts = posts_in(arguments.file, plain=plain, skip_faulty=arguments.skip_faulty)
    if len(posts) == 1:
        raise PersonCanFix(words.ONLY_ONE)
    compared = compare_variants(posts, facts_in(arguments.facts))
    _show(compared)
    write_files(arguments, comparison_rows(compared), lambda: comparison_page(compared))
    return CONTRADICTS if compared.of(Agreement.CONTRADICTS) or compared.drifts else AGREES


def named_apart(arguments: argparse.Namespace) -> None:
    """Raises `PersonCanFix` if the table or the page would be written over another of the files."""
    told_apart((arguments.file, arguments.facts, arguments.csv, arguments.html))
    check_writable((arguments.csv, arguments.html))


def posts_in(name: str, *, plain: bool, skip_faulty: bool) -> tuple[SetPost, ...]:
    """The posts in a file, which may be a ``plain`` text. What is wrong in it is told, each with its line."""
    read = read_set(read_text(name) if plain else read_table(name), plain=plain)
    for line, fault in read.faults:
        sys.stderr.write(f"{printable(post_words.fault(line, fault))}\n")
    if read.unused:
        sys.stderr.write(f"{printable(post_words.unused(read.unused))}\n")
    if read.faults and not (skip_faulty and read.posts):
        raise PersonCanFix(words.stopped(len(read.faults)))
    if not read.posts:
        raise PersonCanFix(words.NOTHING)
    return read.posts


def facts_in(name: str) -> tuple[Fact, ...]:
    """The facts of an exported sheet that hold today; none without a name."""
    if not name:
        return ()
    read = pasted(read_table(name))
    for line, fault in read.faults:
        sys.stderr.write(f"{printable(post_words.fault(line, fault))}\n")
    if read.unused:
        sys.stderr.write(f"{printable(post_words.unused(read.unused))}\n")
    if not read.facts:
        raise PersonCanFix(words.no_facts(name))
    today = datetime.fromtimestamp(time.time(), UTC).date().isoformat()
    return tuple(fact for _, fact in read.facts if fact.holds_on(today))


def write_files(arguments: argparse.Namespace, table: Iterable[Sequence[str]], page: Callable[[], str]) -> None:
    """The files that somebody asked for."""
    if arguments.csv:
        write_text(arguments.csv, comma_separated(table))
    if arguments.html:
        write_text(arguments.html, page())
    for name in (arguments.csv, arguments.html):
        if name:
            sys.stderr.write(f"{words.written(name)}\n")


# The findings in a terminal.

_SHOWN = 10
_MOST_COLUMNS = 6
_SECTIONS = (
    (Agreement.CONTRADICTS, words.CONTRADICTIONS),
    (Agreement.LOOK, words.MAY_BE_MEANT),
    (Agreement.PARTLY, words.PARTLY),
)


def _show(compared: SetComparison) -> None:
    console = Console(highlight=False, soft_wrap=True)
    counts = (len(compared.of(verdict)) for verdict in (Agreement.CONTRADICTS, Agreement.LOOK))
    console.print(Text(words.headline(compared, *counts), style="bold"))
    for verdict, title in _SECTIONS:
        show_facts(console, compared, compared.of(verdict), title=title)
    for drift in compared.drifts[:_SHOWN]:
        said = f"“{drift.quote}” ({words.drifted(compared, drift)})\n  {drift.fact}"
        console.print(Text(printable_lines(f"\n{words.DRIFT}\n  {said}")))
    _show_matrix(console, compared)
    if pair := swapped(compared):
        first, second = (words.reader(post, compared.alone) for post in pair)
        console.print(Text(printable_lines(f"\n{words.swap(first, second)}")))
    console.print(Text(f"\n{words.how(compared)}", style="dim"))


def show_facts(
    console: Console,
    compared: SetComparison,
    facts: Sequence[ToldFact],
    title: str,
    *,
    who: Callable[[SetComparison, ToldValue], str] = words.told_by,
) -> None:
    """Some of them, each value with a sentence and who reads it."""
    if not facts:
        return
    console.print(Text(f"\n{title} ({len(facts):,})", style="bold"))
    for fact in facts[:_SHOWN]:
        if fact.verdict is Agreement.PARTLY:
            console.print(Text(f"  {printable(words.partly_told(compared, fact))}"))
            continue
        console.print(Text(f"  {printable(words.matter(fact))}"))
        for value in fact.compared[:_SHOWN]:
            said = f"    {value.shown}: {who(compared, value)}  {words.sentence(value)}"
            console.print(Text(printable(said.rstrip())))
    if len(facts) > _SHOWN:
        console.print(Text(f"  {words.more(len(facts) - _SHOWN)}"))


def _show_matrix(console: Console, compared: SetComparison) -> None:
    matrix = matrix_of(compared)
    if not matrix.facts or len(matrix.columns) > _MOST_COLUMNS:
        return
    grid = Table(title=Text(words.MATRIX, style="bold"), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for name in ("", *(words.column(name, size, compared.alone) for name, size in matrix.columns)):
        grid.add_column(Text(printable(name)), justify="left")
    for fact, row in zip(matrix.facts, matrix.cells, strict=True):
        cells = (words.cell(cell, size) for cell, (_, size) in zip(row, matrix.columns, strict=True))
        grid.add_row(*(Text(printable(cell)) for cell in (words.matter(fact), *cells)))
    console.print()
    console.print(grid)
