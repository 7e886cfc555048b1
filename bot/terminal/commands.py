"""Every command and its arguments; ``--help`` teaches."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from traceback import format_exception
from typing import TYPE_CHECKING

from bot.core.drafts import PLATFORMS, platform_named
from bot.core.errors import CandorError
from bot.core.words import doctor as doctor_words
from bot.core.words import evaluating as words
from bot.core.words import gating as gating_words
from bot.core.words import installing as installing_words
from bot.core.words import mcp as mcp_words
from bot.core.words import operating as operating_words
from bot.core.words import proof as proof_words
from bot.core.words import terminal as terminal_words
from bot.core.words.brand import audit as audit_words
from bot.core.words.brand import books as book_words
from bot.core.words.brand import facts as fact_words
from bot.core.words.brand import own_guidelines as own_words
from bot.core.words.brand import posts as post_words
from bot.core.words.brand import variants as variant_words
from bot.terminal.files import called

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


# The arguments of ``candor eval``.


def evaluation_arguments(command: argparse.ArgumentParser) -> None:
    """Add them."""
    command.add_argument("files", nargs="*", metavar="FILE", help=words.FILE_HELP)
    command.add_argument("--tags", default="", metavar="FILE", help=words.TAGS_HELP)
    command.add_argument("--brands", default="", metavar="FILE", help=words.BRANDS_HELP)
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


# Every command and its arguments; ``--help`` teaches.

ERROR, INTERRUPTED = 2, 130
_NAMED = {"--import": "bring"}
"""Options whose values have another name, since Python has a word of that name."""
_LAST_PORT = 65_535


def run(arguments: Sequence[str]) -> int:
    """Run one command; what a person can mend ends in a sentence on standard error and status 2."""
    if not arguments:
        sys.stdout.write(f"{terminal_words.welcome(called())}\n")
        return 0
    _write_what_can_be_written()
    parsed = _parser().parse_args(arguments)
    if idle := next((one for one in parsed.needs if _is_given(parsed, one[0]) and not _is_given(parsed, one[1])), None):
        parsed.command.error(terminal_words.needs(*idle))
    module, _, function = parsed.run.partition(":")
    if module == "trying" and sys.stderr.isatty():  # what comes takes seconds, and nobody watches a pipe
        sys.stderr.write(f"{terminal_words.STARTING}\n")
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
    except Exception as error:  # whatever it is: 1, Python's own, says that there's something to change  # noqa: BLE001
        sys.stderr.write(_unexpected(error))
        return ERROR


def _is_given(parsed: argparse.Namespace, option: str) -> bool:
    """Whether somebody named an option that has nothing in it by itself; 0 is something."""
    name = _NAMED.get(option, option.removeprefix("--").replace("-", "_"))
    value = getattr(parsed, name, None)
    return value is not False and value not in (None, "", [])


def _write_what_can_be_written() -> None:
    """Let a terminal without curly quotation marks, and one that was closed, stop no command at its last line."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the process ends
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _unexpected(error: Exception) -> str:
    """A full disk or missing rights, wherever they show first, in a sentence; anything else as Python tells it."""
    if isinstance(error, OSError) and error.errno:
        return f"{terminal_words.stopped_by_system(os.strerror(error.errno), str(error.filename or ''))}\n"
    return "".join(format_exception(error))


class _Version(argparse.Action):
    """Looked up only where somebody asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"candor {import_module('importlib.metadata').version('candor')}\n")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "candor",
        description=terminal_words.ABOUT,
        epilog=terminal_words.EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help=terminal_words.VERSION_HELP)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, run_: str, about: str, more: str = "") -> argparse.ArgumentParser:
        """What it ``needs`` are pairs of options, of which the first does nothing without the second."""
        command = commands.add_parser(name, help=about, description=more or about)
        command.set_defaults(run=run_, needs=(), command=command)
        return command

    _add_all(add)
    return parser


def _add_all(add: Callable[..., argparse.ArgumentParser]) -> None:
    _try_arguments(add("try", "trying:try_out", terminal_words.TRY_HELP, more=terminal_words.TRY_ABOUT))
    _review_arguments(add("review", "reviewing:review", terminal_words.REVIEW_HELP, more=terminal_words.REVIEW_ABOUT))
    _gate_arguments(add("gate", "gating:gate", gating_words.HELP, more=gating_words.ABOUT))
    _compare_arguments(add("compare", "comparing:compare", variant_words.HELP, more=variant_words.ABOUT))
    _audit_arguments(add("audit", "auditing:audit", audit_words.HELP, more=audit_words.ABOUT))
    add("check", "reviewing:check", terminal_words.CHECK_HELP)
    evaluation_arguments(add("eval", "evaluating:evaluate", words.HELP, more=words.ABOUT))
    _serve_arguments(add("serve", "serving:serve", terminal_words.SERVE_HELP, more=terminal_words.SERVE_ABOUT))
    add("work", "serving:work", terminal_words.WORK_HELP, more=terminal_words.WORK_ABOUT)
    add("migrate", "operating:migrate", terminal_words.MIGRATE_HELP)
    _status_arguments(add("status", "operating:status", operating_words.STATUS_HELP, more=operating_words.STATUS_ABOUT))
    _jobs_arguments(add("jobs", "operating:jobs", operating_words.JOBS_HELP, more=operating_words.JOBS_ABOUT))
    _proof_arguments(add("proof", "operating:proof", proof_words.HELP, more=proof_words.ABOUT))
    own = add("guidelines", "operating:guidelines", own_words.HELP, more=own_words.TERMINAL_ABOUT)
    way = own.add_mutually_exclusive_group()
    way.add_argument("--export", default="", metavar="FOLDER", help=own_words.EXPORT_HELP)
    way.add_argument("--import", dest="bring", nargs="+", default=[], metavar="FILE", help=own_words.IMPORT_HELP)
    own.set_defaults(needs=[("--yes", "--import")])
    own.add_argument("--yes", action="store_true", help=own_words.YES_HELP)
    own.add_argument("--workspace", metavar="ID", default="", help=post_words.WORKSPACE_HELP)
    _propose_arguments(own)
    _mcp_arguments(add("mcp", "serving:mcp", mcp_words.HELP, more=mcp_words.ABOUT))
    _workspace_arguments(add("workspaces", "operating:workspaces", installing_words.WORKSPACES_HELP))
    _facts_arguments(add("facts", "operating:facts", fact_words.HELP, more=fact_words.TERMINAL_ABOUT))
    _posts_arguments(add("import-posts", "operating:import_posts", post_words.HELP, more=post_words.ABOUT))
    _doctor_arguments(add("doctor", "operating:doctor", doctor_words.HELP, more=doctor_words.ABOUT))
    add("manifest", "operating:manifest", terminal_words.MANIFEST_HELP)


def _propose_arguments(own: argparse.ArgumentParser) -> None:
    own.epilog = book_words.EPILOG
    further = own.add_subparsers(metavar="propose")
    command = further.add_parser("propose", help=book_words.HELP, description=book_words.TERMINAL_ABOUT)
    command.add_argument("file", metavar="FILE", help=book_words.BOOK_HELP)
    command.add_argument("--out", required=True, metavar="FOLDER", help=book_words.OUT_HELP)
    command.add_argument("--yes", action="store_true", help=book_words.GO_HELP)
    command.set_defaults(run="proposing:propose", needs=(), command=command)


def _try_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=_port, metavar="N", help=terminal_words.TRY_PORT_HELP)
    command.add_argument("--model", default="", metavar="NAME", help=terminal_words.TRY_MODEL_HELP)
    command.add_argument("--no-browser", action="store_true", help=terminal_words.TRY_BROWSER_HELP)
    command.add_argument("--data", default="", metavar="DIR", help=terminal_words.TRY_DATA_HELP)


def _serve_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--receive-only", action="store_true", help=terminal_words.RECEIVE_ONLY_HELP)


def _proof_arguments(command: argparse.ArgumentParser) -> None:
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=proof_words.JSON_HELP)
    form.add_argument("--csv", action="store_true", help=proof_words.CSV_HELP)
    command.add_argument("--changes", action="store_true", help=proof_words.CHANGES_HELP)
    command.add_argument("--months", type=_positive, default=3, metavar="N", help=proof_words.MONTHS_HELP)
    command.add_argument("--workspace", metavar="ID", default="", help=post_words.WORKSPACE_HELP)


def _mcp_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--http", action="store_true", help=mcp_words.HTTP_HELP)
    command.add_argument("--host", metavar="ADDRESS", help=mcp_words.HOST_HELP)
    command.add_argument("--port", type=_port, metavar="N", help=mcp_words.PORT_HELP)
    command.add_argument("--workspace", metavar="ID", default="", help=mcp_words.WORKSPACE_HELP)
    command.add_argument("--env-file", default="", metavar="FILE", help=mcp_words.ENV_HELP)
    command.set_defaults(needs=[("--host", "--http"), ("--port", "--http")])


def _workspace_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--allow", metavar="ID", help=installing_words.ALLOW_HELP)


def _status_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=operating_words.STATUS_JSON_HELP)


def _jobs_arguments(command: argparse.ArgumentParser) -> None:
    one = command.add_mutually_exclusive_group()
    one.add_argument("--show", metavar="DRAFT|KEY", default="", help=operating_words.SHOW_HELP)
    one.add_argument("--retry", metavar="DRAFT|KEY|all", default="", help=operating_words.RETRY_HELP)
    one.add_argument("--cancel", metavar="KEY", default="", help=operating_words.CANCEL_HELP)


def _facts_arguments(command: argparse.ArgumentParser) -> None:
    command.set_defaults(needs=[(option, "--import") for option in ("--yes", "--end-missing", "--skip-faulty")])
    way = command.add_mutually_exclusive_group()
    way.add_argument("--export", default="", metavar="FILE", help=fact_words.EXPORT_HELP)
    way.add_argument("--import", dest="bring", default="", metavar="FILE", help=fact_words.IMPORT_HELP)
    command.add_argument("--yes", action="store_true", help=fact_words.YES_HELP)
    command.add_argument("--end-missing", action="store_true", help=fact_words.END_HELP)
    command.add_argument("--skip-faulty", action="store_true", help=fact_words.SKIP_HELP)
    command.add_argument("--workspace", metavar="ID", default="", help=post_words.WORKSPACE_HELP)


def _posts_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help=post_words.FILE_HELP)
    command.add_argument("--skip-faulty", action="store_true", help=post_words.SKIP_HELP)
    command.add_argument("--workspace", metavar="ID", default="", help=post_words.WORKSPACE_HELP)


def _doctor_arguments(command: argparse.ArgumentParser) -> None:
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=doctor_words.JSON_HELP)
    form.add_argument("--new-key", action="store_true", help=doctor_words.KEY_HELP)


def _review_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("draft", nargs="*", metavar="FILE", help=terminal_words.FILE_HELP)
    command.add_argument("--platform", type=_platform, help=terminal_words.PLATFORM_HELP)
    command.add_argument("--context", default="", metavar="TEXT|FILE", help=terminal_words.CONTEXT_HELP)
    command.add_argument("--json", action="store_true", help=terminal_words.JSON_HELP)
    command.add_argument("--require-model", action="store_true", help=terminal_words.REQUIRE_HELP)


_FORMATS = ("text", "json", "sarif", "github")


def _gate_arguments(command: argparse.ArgumentParser) -> None:
    command.set_defaults(needs=[("--workspace", "--signed-off")])
    command.add_argument("files", nargs="*", metavar="FILE", help=gating_words.FILES_HELP)
    command.add_argument("--platform", type=_platform, help=terminal_words.PLATFORM_HELP)
    command.add_argument("--context", default="", metavar="TEXT", help=gating_words.CONTEXT_HELP)
    command.add_argument("--baseline", default="", metavar="FILE", help=gating_words.BASELINE_HELP)
    command.add_argument("--env-file", default="", metavar="FILE", help=gating_words.ENV_HELP)
    command.add_argument("--format", choices=_FORMATS, default="text", help=gating_words.FORMAT_HELP)
    command.add_argument("--require-model", action="store_true", help=gating_words.MODEL_HELP)
    does, metavar = command.add_mutually_exclusive_group(), "FORMAT=FILE"
    does.add_argument("--write-baseline", default="", metavar="FILE", help=gating_words.WRITE_HELP)
    does.add_argument("--report", action="append", type=_report, metavar=metavar, help=gating_words.REPORT_HELP)
    does.add_argument("--signed-off", action="store_true", help=gating_words.SIGNED_HELP)
    command.add_argument("--workspace", metavar="ID", default="", help=post_words.WORKSPACE_HELP)


def _compare_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help=variant_words.FILE_HELP)
    command.add_argument("--facts", default="", metavar="FILE", help=variant_words.FACTS_HELP)
    command.add_argument("--csv", default="", metavar="FILE", help=variant_words.CSV_HELP)
    command.add_argument("--html", default="", metavar="FILE", help=variant_words.HTML_HELP)
    command.add_argument("--skip-faulty", action="store_true", help=variant_words.SKIP_HELP)


def _audit_arguments(command: argparse.ArgumentParser) -> None:
    command.set_defaults(needs=[("--yes", "--model")])
    command.add_argument("file", metavar="FILE|CHANNEL", help=audit_words.FILE_HELP)
    command.add_argument("--days", type=_positive, default=0, metavar="N", help=audit_words.DAYS_HELP)
    command.add_argument("--workspace", metavar="ID", default="", help=audit_words.WORKSPACE_HELP)
    command.add_argument("--facts", default="", metavar="FILE", help=variant_words.FACTS_HELP)
    command.add_argument("--html", default="", metavar="FILE", help=audit_words.HTML_HELP)
    command.add_argument("--csv", default="", metavar="FILE", help=audit_words.CSV_HELP)
    command.add_argument("--resume", action="store_true", help=audit_words.RESUME_HELP)
    command.add_argument("--model", action="store_true", help=audit_words.MODEL_HELP)
    command.add_argument("--yes", action="store_true", help=audit_words.YES_HELP)
    command.add_argument("--skip-faulty", action="store_true", help=audit_words.SKIP_HELP)


def _port(value: str) -> int:
    if not (value.isascii() and value.isdecimal()) or int(value) > _LAST_PORT:
        raise argparse.ArgumentTypeError(terminal_words.not_a_port(value))
    return int(value)


def _report(value: str) -> tuple[str, str]:
    form, _, file = value.partition("=")
    if form not in _FORMATS or not file:
        raise argparse.ArgumentTypeError(gating_words.no_report(value))
    return form, file


def _platform(name: str) -> str:
    platform = platform_named(name)
    if platform is None:
        raise argparse.ArgumentTypeError(terminal_words.unknown_platform(name, PLATFORMS))
    return platform
