"""`candor eval`."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import ExitStack, asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from bot.assemble.bench import bench, prices
from bot.core.errors import PersonCanFix
from bot.core.words import evaluating as words
from bot.evaluation.cases import STALE, examples_of, read_brands, read_cases, read_tags
from bot.evaluation.pages import page, show, show_sizes
from bot.evaluation.report import compare, marks_in, report, written
from bot.evaluation.running import Evaluate, nothing_beside
from bot.settings import read_settings
from bot.terminal.files import kept_apart, read_text, write_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncGenerator, Callable, Iterator, Sequence

    from bot.assemble.bench import Bench
    from bot.assemble.evaluating import Exchange
    from bot.evaluation.cases import Answered, GoldCase
    from bot.evaluation.report import Report
    from bot.evaluation.running import Beside
    from bot.settings import Settings


# One measurement: the posts through the review, with the model's answers from wherever they come.

MOST_REQUESTS = 50_000
"""What OpenAI takes in one batch."""


async def measure(
    mode: str, arguments: argparse.Namespace, settings: Settings, parts: Bench, cases: Sequence[GoldCase]
) -> Report | None:
    """The report; None where all that could be done was to write requests down."""
    if mode == words.RULES:
        async with _beside(parts, cases) as beside:
            work = Evaluate(parts.rules, parts.severities, covers=parts.covers, beside=beside)
            answered = await _answered(work, cases, arguments.runs)
        return report(mode, answered, parts.labels, seed=arguments.seed)
    # Loaded only here: without a model nobody waits for its library.
    examining = import_module("bot.assemble.evaluating")
    with ExitStack() as files:
        lines, keep = _recordings(mode, arguments, files)
        opened = examining.examination(settings, parts, lines, keep=keep)
        async with _beside(parts, cases) as beside, opened as examination:
            asked = examination.examiner_for, arguments.at_once
            work = Evaluate(parts.rules, parts.severities, *asked, covers=parts.covers, beside=beside)
            answered = await _answered(work, cases, arguments.runs)
    exchange: Exchange = examination.exchange
    for sentence in _told(mode, arguments, exchange, answered=answered):
        sys.stderr.write(f"{sentence}\n")
    if arguments.batch_out and exchange.wanted:
        _write_requests(arguments, exchange)
        return None
    paid = prices(settings, batch=mode == words.BATCH)
    return report(mode, answered, parts.labels, prices=paid, sizes=exchange.sizes, seed=arguments.seed)


@asynccontextmanager
async def _beside(parts: Bench, cases: Sequence[GoldCase]) -> AsyncGenerator[Beside]:
    """What holds cases against what their brands keep. Where they keep nothing, nobody waits for a database."""
    if not any(case.memory for case in cases):
        yield nothing_beside
        return
    remembering = import_module("bot.assemble.evaluating")
    async with remembering.brands_beside(parts.library, cases) as beside:
        yield beside


def _recordings(
    mode: str, arguments: argparse.Namespace, files: ExitStack
) -> tuple[list[str], Callable[[str], object] | None]:
    """The recorded lines, and what keeps further ones where the model is to be asked."""
    if mode != words.LIVE:
        names: list[str] = [arguments.replay] if mode == words.REPLAY else arguments.batch_in
        return [line for name in names for line in _lines(name)], None
    path = Path(arguments.record)
    lines = _lines(arguments.record) if path.exists() else []
    try:
        file = files.enter_context(path.open("a", encoding="utf-8", buffering=1))
    except OSError as error:
        raise PersonCanFix(words.cannot_keep(arguments.record, error.strerror or str(error))) from None
    if lines and lines[-1]:
        file.write("\n")  # a run that was killed left half a line
    return lines, lambda line: file.write(f"{line}\n")


def _lines(name: str) -> list[str]:
    """Not `splitlines`, which also divides a text at signs that JSON leaves as they are."""
    return read_text(name).split("\n")


async def _answered(work: Evaluate, cases: Sequence[GoldCase], runs: int) -> tuple[Answered, ...]:
    """Every case reviewed, with a bar where somebody watches."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(words.REVIEWING, total=len(cases) * runs)
        return await work(cases, runs, lambda: progress.advance(task))


def _told(mode: str, arguments: argparse.Namespace, exchange: Exchange, answered: Sequence[Answered]) -> Iterator[str]:
    """What is to be said beside the figures."""
    if mode == words.LIVE:
        yield words.recorded(arguments.record)
    if exchange.answers.unread:
        yield words.unread(exchange.answers.unread)
    if exchange.answers.failed:
        yield words.failed(exchange.answers.failed)
    if stale := sum(one.fault == STALE for one in answered):
        yield words.stale(stale)


def _write_requests(arguments: argparse.Namespace, exchange: Exchange) -> None:
    wanted = exchange.wanted
    if len(wanted) > MOST_REQUESTS:
        raise PersonCanFix(words.too_many_requests(len(wanted), MOST_REQUESTS))
    write_text(arguments.batch_out, "".join(f"{line}\n" for line in wanted))
    if arguments.batch_in:
        sys.stdout.write(f"{words.confirmations_written(len(wanted), arguments.batch_out)}\n")
        return
    sys.stdout.write(f"{words.batch_written(len(wanted), arguments.batch_out, exchange.model.path)}\n")
    show_sizes(exchange.sizes)


# ``candor eval``: what the reviews are worth, measured on posts with known answers.

MEASURED, INCOMPLETE = 0, 1


def evaluate(arguments: argparse.Namespace) -> int:
    """0 where every review is whole, 1 where the model has no part in some."""
    settings = read_settings()
    mode = _mode(arguments, settings)
    read = (*arguments.files, *arguments.batch_in, arguments.tags, arguments.against, arguments.brands)
    kept_apart(read, (arguments.html, arguments.batch_out, arguments.record if mode == words.LIVE else ""))
    tags = read_tags(arguments.tags, read_text(arguments.tags)) if arguments.tags else {}
    parts = bench(settings, tags)
    cases = _cases(arguments, parts)
    theirs = marks_in(arguments.against, read_text(arguments.against)) if arguments.against else None
    if not arguments.files:
        (sys.stderr if arguments.json else sys.stdout).write(f"{words.OWN_EXAMPLES}\n\n")
    made = asyncio.run(measure(mode, arguments, settings, parts=parts, cases=cases))
    if made is None:
        return MEASURED
    ours = {post.answered.case.id: post.marks for post in made.posts}
    comparison = compare(ours, theirs, arguments.seed) if theirs is not None else None
    if arguments.json:
        sys.stdout.write(json.dumps(written(made, comparison), ensure_ascii=False, indent=2) + "\n")
    else:
        show(made, comparison)
    if arguments.html:
        write_text(arguments.html, page(made, comparison))
    return INCOMPLETE if made.faults or made.unconfirmed else MEASURED


def _mode(arguments: argparse.Namespace, settings: Settings) -> str:
    wanted = {
        words.RULES: arguments.rules,
        words.LIVE: arguments.live,
        words.REPLAY: arguments.replay,
        words.BATCH: arguments.batch_in or arguments.batch_out,
    }
    modes = [mode for mode, chosen in wanted.items() if chosen]
    if len(modes) != 1:
        raise PersonCanFix(words.ONE_MODE)
    if modes == [words.LIVE] and not settings.model.is_configured:
        raise PersonCanFix(words.NO_MODEL)
    return modes[0]


def _cases(arguments: argparse.Namespace, parts: Bench) -> tuple[GoldCase, ...]:
    """The posts of all files; the guidelines' own examples where there is no file."""
    brands = read_brands(arguments.brands, read_text(arguments.brands)) if arguments.brands else {}
    files: list[str] = arguments.files
    return read_cases({name: read_text(name) for name in files}, brands) if files else examples_of(parts.library)
