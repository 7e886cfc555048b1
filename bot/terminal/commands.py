"""Every command and its arguments; ``--help`` teaches."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.core.draft import PLATFORMS, platform_named
from bot.core.errors import CandorError
from bot.core.words import terminal as words
from bot.terminal.check import check
from bot.terminal.review import ERROR, review

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command; what a person can mend ends in a sentence on standard error and status 2."""
    parsed = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = parsed.run
    try:
        return command(parsed)
    except CandorError as error:
        sys.stderr.write(f"{error}\n")
        return ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "candor", description=words.ABOUT, epilog=words.EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_review_arguments(commands.add_parser("review", help=words.REVIEW_HELP, description=words.REVIEW_ABOUT))
    checking = commands.add_parser("check", help=words.CHECK_HELP, description=words.CHECK_HELP)
    checking.set_defaults(run=check)
    return parser


def _add_review_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help=words.FILE_HELP)
    command.add_argument("--platform", type=_platform, help=words.PLATFORM_HELP)
    command.add_argument("--context", default="", metavar="TEXT|FILE", help=words.CONTEXT_HELP)
    command.add_argument("--json", action="store_true", help=words.JSON_HELP)
    command.set_defaults(run=review)


def _platform(name: str) -> str:
    platform = platform_named(name)
    if platform is None:
        raise argparse.ArgumentTypeError(words.unknown_platform(name, PLATFORMS))
    return platform
