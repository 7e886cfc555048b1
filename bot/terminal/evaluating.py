"""One measurement: the posts through the review, with the model's answers from wherever they come."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from bot.assemble.evaluating import prices
from bot.core.errors import PersonCanFix
from bot.core.evaluation.answered import STALE
from bot.core.evaluation.report import report
from bot.core.words import evaluation as words
from bot.flows.evaluate import Evaluate
from bot.terminal.evaluation_table import show_sizes
from bot.terminal.files import read_text, write_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from bot.assemble.evaluating import Bench
    from bot.core.evaluation.answered import Answered
    from bot.core.evaluation.cases import GoldCase
    from bot.core.evaluation.report import Report
    from bot.model.replaying import Exchange
    from bot.settings import Settings

MOST_REQUESTS = 50_000
"""What OpenAI takes in one batch."""


async def measure(
    mode: str, arguments: argparse.Namespace, settings: Settings, parts: Bench, cases: Sequence[GoldCase]
) -> Report | None:
    """The report; None where all that could be done was to write requests down."""
    if mode == words.RULES:
        answered = await _answered(Evaluate(parts.rules, parts.severities), cases, arguments.runs)
        return report(mode, answered, parts.labels, seed=arguments.seed)
    # Loaded only here: without a model nobody waits for its library.
    examining = import_module("bot.assemble.examining")
    with ExitStack() as files:
        lines, keep = _recordings(mode, arguments, files)
        async with examining.examination(settings, parts, lines, keep) as examination:
            work = Evaluate(parts.rules, parts.severities, examination.examiner_for, arguments.at_once)
            answered = await _answered(work, cases, arguments.runs)
    exchange: Exchange = examination.exchange
    for sentence in _told(mode, arguments, exchange, answered):
        sys.stderr.write(f"{sentence}\n")
    if arguments.batch_out and exchange.wanted:
        _write_requests(arguments, exchange)
        return None
    paid = prices(settings, batch=mode == words.BATCH)
    return report(mode, answered, parts.labels, prices=paid, sizes=exchange.sizes, seed=arguments.seed)


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
