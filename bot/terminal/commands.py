"""Every command and its arguments; ``--help`` teaches."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from bot.core.draft import PLATFORMS, platform_named
from bot.core.errors import CandorError
from bot.core.words import doctor as doctor_words
from bot.core.words import evaluation as evaluation_words
from bot.core.words import install as install_words
from bot.core.words import terminal as words
from bot.terminal.evaluation_arguments import evaluation_arguments
from bot.terminal.files import called

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ERROR, INTERRUPTED = 2, 130
_LAST_PORT = 65_535


def run(arguments: Sequence[str]) -> int:
    """Run one command; what a person can mend ends in a sentence on standard error and status 2."""
    if not arguments:
        sys.stdout.write(f"{words.welcome(called())}\n")
        return 0
    parsed = _parser().parse_args(arguments)
    module, _, function = parsed.run.partition(":")
    if module == "trying" and sys.stderr.isatty():  # what comes takes seconds, and nobody watches a pipe
        sys.stderr.write(f"{words.STARTING}\n")
    try:
        # Loaded only now: reviewing a text must not wait for Slack's, the engine's or the model's library.
        command: Callable[[argparse.Namespace], int] = getattr(import_module(f"bot.terminal.{module}"), function)
        return command(parsed)
    except CandorError as error:
        sys.stderr.write(f"{error}\n")
        return ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; what is still to be flushed goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except OSError as error:
        # A full disk or missing rights, wherever they show first.
        if not error.errno:
            raise
        sys.stderr.write(f"{words.stopped_by_system(os.strerror(error.errno), str(error.filename or ''))}\n")
        return ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "candor", description=words.ABOUT, epilog=words.EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, run_: str, about: str, more: str = "") -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=more or about)
        command.set_defaults(run=run_)
        return command

    _try_arguments(add("try", "trying:try_out", words.TRY_HELP, words.TRY_ABOUT))
    _review_arguments(add("review", "review:review", words.REVIEW_HELP, words.REVIEW_ABOUT))
    add("check", "check:check", words.CHECK_HELP)
    evaluation_arguments(add("eval", "evaluate:evaluate", evaluation_words.HELP, evaluation_words.ABOUT))
    _serve_arguments(add("serve", "serving:serve", words.SERVE_HELP, words.SERVE_ABOUT))
    add("work", "serving:work", words.WORK_HELP, words.WORK_ABOUT)
    add("migrate", "setting_up:migrate", words.MIGRATE_HELP)
    add("jobs", "setting_up:jobs", words.JOBS_HELP).add_argument("--retry", metavar="DRAFT|all", help=words.RETRY_HELP)
    workspaces = add("workspaces", "setting_up:workspaces", install_words.WORKSPACES_HELP)
    workspaces.add_argument("--allow", metavar="ID", help=install_words.ALLOW_HELP)
    _doctor_arguments(add("doctor", "doctor:doctor", doctor_words.HELP, doctor_words.ABOUT))
    add("manifest", "setting_up:manifest", words.MANIFEST_HELP)
    return parser


def _try_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=_port, metavar="N", help=words.TRY_PORT_HELP)
    command.add_argument("--model", default="", metavar="NAME", help=words.TRY_MODEL_HELP)
    command.add_argument("--no-browser", action="store_true", help=words.TRY_BROWSER_HELP)
    command.add_argument("--data", default="", metavar="DIR", help=words.TRY_DATA_HELP)


def _serve_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--receive-only", action="store_true", help=words.RECEIVE_ONLY_HELP)


def _doctor_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=doctor_words.JSON_HELP)
    command.add_argument("--new-key", action="store_true", help=doctor_words.KEY_HELP)


def _review_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("draft", nargs="*", metavar="FILE", help=words.FILE_HELP)
    command.add_argument("--platform", type=_platform, help=words.PLATFORM_HELP)
    command.add_argument("--context", default="", metavar="TEXT|FILE", help=words.CONTEXT_HELP)
    command.add_argument("--json", action="store_true", help=words.JSON_HELP)


def _port(value: str) -> int:
    if not (value.isascii() and value.isdecimal()) or int(value) > _LAST_PORT:
        raise argparse.ArgumentTypeError(words.not_a_port(value))
    return int(value)


def _platform(name: str) -> str:
    platform = platform_named(name)
    if platform is None:
        raise argparse.ArgumentTypeError(words.unknown_platform(name, PLATFORMS))
    return platform
