"""A report, pretty in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from bot.core.evaluation.tables import sizes_table, tables
from bot.core.words import evaluation as words

if TYPE_CHECKING:
    from bot.core.evaluation.comparing import Comparison
    from bot.core.evaluation.report import Report
    from bot.core.evaluation.sizes import Sizes
    from bot.core.evaluation.tables import Table

_NARROWEST = 150


def show(report: Report, comparison: Comparison | None) -> None:
    """Print every table; plain text where standard output is no terminal."""
    console = _console()
    console.print(Text(words.headline(report.cases, report.mode, report.models), style="bold"))
    for table in tables(report, comparison):
        _print(console, table)


def show_sizes(sizes: tuple[Sizes, ...]) -> None:
    """Print the sizes of requests that are still to be answered."""
    _print(_console(), sizes_table(sizes))


def _console() -> Console:
    console = Console(highlight=False)
    # A file has no width of its own; in a narrow one every figure would be broken.
    return console if console.is_terminal else Console(highlight=False, width=_NARROWEST)


def _print(console: Console, table: Table) -> None:
    grid = Grid(
        title=Text(table.title, style="bold"), title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for place, head in enumerate(table.head):
        grid.add_column(head, justify="left" if place == 0 else "right", no_wrap=place > 0)
    for row in table.rows:
        grid.add_row(*map(Text, row))
    console.print()
    console.print(grid)
    if table.note:
        console.print(Text(table.note, style="dim"), width=min(console.width, _NARROWEST))
