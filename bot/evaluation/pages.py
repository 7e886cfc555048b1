"""A report, pretty in a terminal and as one page for the browser."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from bot.core.proof import document
from bot.core.words import evaluating as words
from bot.evaluation.cases import pieces
from bot.evaluation.report import sizes_table, tables
from bot.evaluation.scores import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.findings import Finding
    from bot.evaluation.report import Comparison, Post, Report, Table
    from bot.evaluation.scores import Sizes


# A report, pretty in a terminal.

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


# A report as one page for the browser, with every post that came out wrong. It needs no network and no script.

_STYLE = """
.post{border:1px solid var(--line);border-radius:.5rem;padding:.7rem 1rem;margin:.8rem 0}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0}
mark{color:inherit;background:none}.gold{background:var(--gold);border-bottom:2px solid #2a7de1}
.ours{background:var(--ours);outline:1px dashed #e0452f}ul{margin:.3rem 0;padding-left:1.2rem}
"""


def page(report: Report, comparison: Comparison | None) -> str:
    """The whole document."""
    wrong = [post for post in report.posts if _objections(post)]
    head = words.headline(report.cases, report.mode, report.models)
    parts = (
        f"<h1>{escape(words.TITLE)}</h1><p>{escape(head)}</p>",
        *map(_table, tables(report, comparison)),
        f"<h2>{escape(words.WRONG)}</h2>",
        _legend() if wrong else f"<p>{escape(words.RIGHT_ALL)}</p>",
        *map(_post, wrong),
    )
    return document(words.TITLE, parts, _STYLE)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    grid = f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    return f"<h2>{escape(table.title)}</h2>{grid}{note}"


def _legend() -> str:
    gold = f'<mark class="gold">{escape(words.MARKED)}</mark>'
    return f'<p class="note">{gold} <mark class="ours">{escape(words.QUOTED)}</mark></p>'


def _objections(post: Post) -> list[str]:
    """What is wrong about the review of a post."""
    names = {Mark.MISS: words.MISSES, Mark.FALSE_ALARM: words.FALSE_ALARMS}
    return [f"{names[mark]}: {label}" for label, mark in post.marks.items() if mark in names]


def _post(post: Post) -> str:
    case = post.answered.case
    about = " · ".join(filter(None, (case.id, case.kind, case.draft.platform)))
    return (
        f'<section class="post"><div class="id">{escape(about)}</div>'
        f"{_list(map(escape, _objections(post)))}"
        f'<div class="text">{"".join(_marked(post))}</div>'
        f"{_said(post)}</section>"
    )


def _marked(post: Post) -> Iterator[str]:
    for piece in pieces(post.answered):
        names = " ".join(name for name, on in (("gold", piece.marked), ("ours", piece.quoted)) if on)
        text = escape(piece.text)
        yield f'<mark class="{names}">{text}</mark>' if names else text


def _said(post: Post) -> str:
    said = [*map(_finding, post.answered.findings)]
    said += [f"? <b>{escape(q.guideline)}</b> {escape(q.question)}" for q in post.answered.questions]
    return f"<p>{escape(words.WHY)}</p>{_list(said)}" if said else ""


def _finding(finding: Finding) -> str:
    about = f"{finding.guideline}, {finding.severity.value}, {words.ORIGINS[finding.origin.value]}"
    return f"<b>{escape(about)}</b>: “{escape(finding.quote)}” {escape(finding.why)}"


def _list(entries: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"
