"""The arguments of ``candor eval``."""

from __future__ import annotations

import argparse

from bot.core.words import evaluation as words


def evaluation_arguments(command: argparse.ArgumentParser) -> None:
    """Add them."""
    command.add_argument("files", nargs="*", metavar="FILE", help=words.FILE_HELP)
    command.add_argument("--tags", default="", metavar="FILE", help=words.TAGS_HELP)
    command.add_argument("--rules", action="store_true", help=words.RULES_HELP)
    command.add_argument("--live", action="store_true", help=words.LIVE_HELP)
    command.add_argument("--record", default="candor-eval.jsonl", metavar="FILE", help=words.RECORD_HELP)
    command.add_argument("--replay", default="", metavar="FILE", help=words.REPLAY_HELP)
    command.add_argument("--batch-out", default="", metavar="FILE", help=words.BATCH_OUT_HELP)
    command.add_argument("--batch-in", action="append", default=[], metavar="FILE", help=words.BATCH_IN_HELP)
    command.add_argument("--runs", type=_positive, default=1, metavar="N", help=words.RUNS_HELP)
    command.add_argument("--at-once", type=_positive, default=8, metavar="N", help=words.AT_ONCE_HELP)
    command.add_argument("--json", action="store_true", help=words.JSON_HELP)
    command.add_argument("--html", default="", metavar="FILE", help=words.HTML_HELP)
    command.add_argument("--against", default="", metavar="FILE", help=words.AGAINST_HELP)
    command.add_argument("--seed", type=int, default=0, metavar="N", help=words.SEED_HELP)


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not number:
        raise argparse.ArgumentTypeError(words.NO_NUMBER)
    return number
