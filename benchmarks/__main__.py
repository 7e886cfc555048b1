"""Every benchmark that needs nothing but this checkout: measured, in one table, and drawn.

    python -m benchmarks [NAME ...] [--quick] [--results benchmarks.json] [--plots docs/benchmarks] [--again]

Each is a process of its own and measures Candor and its plain peer in the same run. What is measured is kept in one
JSON file at once; what stands there already is not measured again, so a run that was interrupted goes on (`--again`
begins anew). `--quick` tries within minutes that all of them work; its figures mean nothing, and it writes no plots
unless it is told where. The status is 1 where a benchmark failed, and 0 otherwise, whether or not an aim is reached.

Those that need the texts or servers of others are run by themselves: draft_or_talk, figures, foreign_models, masking,
payloads, rules_quality.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bench import ROOT, Row, told

ON_BOTH = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Measure:
    """One benchmark with its options."""

    name: str
    title: str
    options: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """What to run."""
        return f"benchmarks.{self.name.partition('-')[0]}"


ALL = (
    Measure("overhead", "From event to reply"),
    Measure("start", "A start, and the memory at rest"),
    Measure("bursts", "A burst in one workspace", ("--drafts", "300", "--seconds", "30")),
    Measure("bursts-large", "A thousand drafts under way", ("--drafts", "1000", "--seconds", "20")),
    Measure("acknowledge-sqlite", "Acknowledging events, SQLite"),
    Measure(
        "acknowledge-postgresql",
        "Acknowledging events, PostgreSQL",
        ("--database", "postgresql", "--processes", "2", "--workers", "2"),
    ),
    Measure("workers", "One worker and two, PostgreSQL"),
    Measure("digest-sqlite", "The digest of a big workspace, SQLite"),
    Measure("digest-postgresql", "The digest of a big workspace, PostgreSQL", ("--database", "postgresql")),
    Measure("rules_speed", "Fixed rules"),
    Measure("long_messages", "Long messages beside others"),
    Measure("variants", "Variants of one campaign"),
    Measure("queueing", "Queueing, simulated"),
    Measure("kills", "Killed between answer and post"),
    Measure("chaos-sqlite", "Everything breaks, SQLite", ("sqlite", "--seeds", "1", "2", "3")),
    Measure("chaos-postgresql", "Everything breaks, PostgreSQL", ("postgresql", "--seeds", "1", "2", "3")),
)


def run(measure: Measure, *, quick: bool) -> dict[str, Any]:
    """Measure it in a process of its own; what is to be kept of it."""
    sys.stdout.write(f"{measure.title} ...\n")
    sys.stdout.flush()
    began, load = time.time(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.json"
        options = [one for one in measure.options if not quick or one in (*ON_BOTH, "--database")]
        command = [sys.executable, "-m", measure.module, *options, "--rows", str(file), *(["--quick"] if quick else [])]
        ended = subprocess.run(command, cwd=ROOT, check=False)
        rows: list[Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    kept = {"title": measure.title, "rows": rows, "seconds": round(time.time() - began), "load": round(load, 1)}
    return kept | {"status": ended.returncode, "commit": _commit()}


def _commit() -> str:
    git = shutil.which("git") or "git"
    said = subprocess.run([git, "rev-parse", "--short", "HEAD"], cwd=ROOT, check=False, capture_output=True, text=True)
    return said.stdout.strip()


class Results:
    """The file with what was measured."""

    def __init__(self, file: Path, *, quick: bool, again: bool) -> None:
        self._file = file
        self.kept: dict[str, Any] = {} if again or not file.exists() else json.loads(file.read_text(encoding="utf-8"))
        if self.kept.get("quick", quick) is not quick:
            sys.exit(f"{file} holds figures of another kind of run; name another file with --results, or add --again.")
        self.kept |= {"quick": quick, "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}"}
        self.measures: dict[str, Any] = self.kept.setdefault("measures", {})

    def has(self, name: str) -> bool:
        """True where it was measured without a fault."""
        return name in self.measures and self.measures[name]["status"] == 0

    def keep(self, name: str, found: dict[str, Any]) -> None:
        """Write it down at once."""
        self.measures[name] = found
        self._file.write_text(json.dumps(self.kept, indent=1) + "\n", encoding="utf-8")

    def rows(self, name: str) -> list[Row]:
        """The rows of one benchmark."""
        return [Row(**row) for row in self.measures[name]["rows"]]


def main(given: argparse.Namespace) -> int:
    """Measure what is missing, print all and draw all."""
    results = Results(given.results, quick=given.quick, again=given.again)
    wanted = [measure for measure in ALL if not given.names or measure.name in given.names]
    for measure in wanted:
        if not results.has(measure.name):
            results.keep(measure.name, run(measure, quick=given.quick))
    for measure in wanted:
        found = results.measures[measure.name]
        sys.stdout.write(f"\n## {measure.title} ({found['commit']}, {found['seconds']} s, load {found['load']})\n\n")
        sys.stdout.write(told(results.rows(measure.name)) if found["rows"] else "failed\n")
    if given.plots:
        from benchmarks.plots import draw  # noqa: PLC0415 - a second, and a library, that a test of figures needs not

        draw({measure.title: results.rows(measure.name) for measure in wanted}, given.plots)
    return int(any(not results.has(measure.name) for measure in wanted))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[[], *(measure.name for measure in ALL)], metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--results", type=Path)
    parser.add_argument("--plots", type=Path)
    told_to = parser.parse_args()
    told_to.results = told_to.results or Path("benchmarks-quick.json" if told_to.quick else "benchmarks.json")
    told_to.plots = told_to.plots or (None if told_to.quick else ROOT / "docs/benchmarks")
    sys.exit(main(told_to))
