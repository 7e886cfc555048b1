"""``candor eval``: what the reviews are worth, measured on posts with known answers."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING

from bot.assemble.evaluating import bench
from bot.core.errors import PersonCanFix
from bot.core.evaluation.comparing import compare
from bot.core.evaluation.examples import examples_of
from bot.core.evaluation.reading import read_cases, read_tags
from bot.core.evaluation.written import marks_in, written
from bot.core.words import evaluation as words
from bot.settings import read_settings
from bot.terminal.evaluation_page import page
from bot.terminal.evaluation_table import show
from bot.terminal.files import read_text, write_text
from bot.terminal.measuring import measure

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bot.assemble.evaluating import Bench
    from bot.core.evaluation.cases import GoldCase
    from bot.settings import Settings

MEASURED, INCOMPLETE = 0, 1


def evaluate(arguments: argparse.Namespace) -> int:
    """0 where every review is whole, 1 where the model has no part in some."""
    settings = read_settings()
    mode = _mode(arguments, settings)
    tags = read_tags(arguments.tags, read_text(arguments.tags)) if arguments.tags else {}
    parts = bench(settings, tags)
    cases = _cases(arguments.files, parts)
    theirs = marks_in(arguments.against, read_text(arguments.against)) if arguments.against else None
    if not arguments.files:
        (sys.stderr if arguments.json else sys.stdout).write(f"{words.OWN_EXAMPLES}\n\n")
    made = asyncio.run(measure(mode, arguments, settings, parts, cases))
    if made is None:
        return MEASURED
    ours = {post.answered.case.id: post.marks for post in made.posts}
    comparison = compare(ours, theirs, arguments.seed) if theirs is not None else None
    if arguments.html:
        write_text(arguments.html, page(made, comparison))
    if arguments.json:
        sys.stdout.write(json.dumps(written(made, comparison), ensure_ascii=False, indent=2) + "\n")
    else:
        show(made, comparison)
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


def _cases(files: Sequence[str], parts: Bench) -> tuple[GoldCase, ...]:
    """The posts of all files; the guidelines' own examples where there is no file."""
    return read_cases({name: read_text(name) for name in files}) if files else examples_of(parts.library)
