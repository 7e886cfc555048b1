"""`candor doctor`, `migrate`, `status`, `jobs`, `facts`, `import-posts`, `workspaces` and `manifest`."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assemble.manifest import manifest_for
from bot.core.brand.fact_tables import csv_of
from bot.core.brand.fact_tables import table_of as fact_table_of
from bot.core.brand.facts import statement, told_change
from bot.core.brand.posts import read_posts
from bot.core.errors import PersonCanFix
from bot.core.operating import concerns, reference
from bot.core.proof import as_data, changes_as_data, table_of, table_of_changes
from bot.core.reading.guideline_files import with_id
from bot.core.words import doctor as doctor_words
from bot.core.words import installing as installing_words
from bot.core.words import operating as operating_words
from bot.core.words import proof as proof_words
from bot.core.words import terminal as terminal_words
from bot.core.words.brand import facts as fact_words
from bot.core.words.brand import own_guidelines as own_words
from bot.core.words.brand import posts as post_words
from bot.settings import read_settings
from bot.terminal.files import read_table, read_text, write_text
from bot.terminal.log import printable, printable_lines

if TYPE_CHECKING:
    import argparse
    from types import ModuleType

    from bot.core.brand.facts import Fact
    from bot.core.installing import Diagnosis
    from bot.core.operating import JobSeen, StepSeen
    from bot.settings import Settings


# Loaded late: whoever has mistyped a setting, or only prints the manifest, waits for no library.


def _installation() -> tuple[Settings, ModuleType]:
    """The settings, and what asks and changes the installation by them."""
    return read_settings(), import_module("bot.assemble.operating")


# ``candor doctor``: what is well, what is not, and what to do about it.

WELL, UNWELL = 0, 1


def doctor(arguments: argparse.Namespace) -> int:
    """0 when all is well, 1 when something is to be mended."""
    if arguments.new_key:
        sys.stdout.write(f"{import_module('bot.store.database').new_key()}\n")
        return WELL
    logging.disable(logging.CRITICAL)  # what libraries log is said here in sentences
    try:
        lines = asyncio.run(_examine(show=not arguments.json))
    finally:
        logging.disable(logging.NOTSET)
    faults = sum(not line.is_well for line in lines)
    if arguments.json:
        sys.stdout.write(json.dumps(_as_json(lines), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(f"{doctor_words.summary(faults)}\n")
    return UNWELL if faults else WELL


async def _examine(*, show: bool) -> list[Diagnosis]:
    lines: list[Diagnosis] = []

    def note(line: Diagnosis) -> None:
        lines.append(line)
        if show:
            sys.stdout.write(_shown(line))
            sys.stdout.flush()

    try:
        settings = read_settings()
    except PersonCanFix as error:
        for line in [*map(doctor_words.setting_fault, str(error).splitlines()), doctor_words.not_looked_at()]:
            note(line)
        return lines
    async for line in import_module("bot.assemble.doctor").examine(settings):
        note(line)
    return lines


def _shown(line: Diagnosis) -> str:
    if line.is_well:
        return f"{doctor_words.WELL}  {line.says}\n"
    return f"{doctor_words.UNWELL}  {line.says}\n    {line.remedy}\n"


def _as_json(lines: list[Diagnosis]) -> dict[str, object]:
    checks = [{"area": one.area, "ok": one.is_well, "says": one.says, "remedy": one.remedy} for one in lines]
    return {"ok": all(one.is_well for one in lines), "checks": checks}


# ``candor migrate``, ``candor status``, ``candor jobs``, ``candor workspaces`` and ``candor manifest``.


def migrate(_: argparse.Namespace) -> int:
    """Bring the database's tables up to date."""
    settings, ask = _installation()
    asyncio.run(ask.migrate_all(settings))
    sys.stdout.write(f"{terminal_words.MIGRATED}\n")
    return 0


def status(arguments: argparse.Namespace) -> int:
    """0 when nothing needs attention, 1 when something does."""
    settings, ask = _installation()
    seen = asyncio.run(ask.operation(settings))
    wrong = concerns(seen)
    if arguments.json:
        sys.stdout.write(json.dumps({"ok": not wrong, "concerns": wrong} | asdict(seen), indent=2) + "\n")
        return UNWELL if wrong else WELL
    for name, said in operating_words.status(seen):
        sys.stdout.write(f"{name:<9}{said}\n")
    lines = [f"{doctor_words.UNWELL}  {operating_words.concern(one, seen)}" for one in wrong]
    sys.stdout.write("".join(f"{line}\n" for line in lines or [operating_words.ALL_WELL]))
    return UNWELL if wrong else WELL


def jobs(arguments: argparse.Namespace) -> int:
    """List jobs, or show, retry or cancel some."""
    settings, ask = _installation()
    if arguments.retry:
        lines = [operating_words.retried(asyncio.run(ask.retry(settings, arguments.retry)))]
    elif arguments.cancel:
        asyncio.run(ask.cancel(settings, arguments.cancel))
        lines = [operating_words.cancelled(arguments.cancel)]
    elif arguments.show:
        lines = _shown_jobs(asyncio.run(ask.jobs_about(settings, arguments.show)))
    else:
        aside, found = asyncio.run(ask.jobs_open(settings))
        lines = [operating_words.put_aside(draft, begun, reference(draft)) for draft, begun in aside]
        lines += [operating_words.job(one, time.time()) for one in found]
        lines = lines or [operating_words.NO_JOBS]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _shown_jobs(found: list[tuple[JobSeen, list[StepSeen]]]) -> list[str]:
    if not found:
        raise PersonCanFix(operating_words.UNKNOWN)
    now = time.time()
    return [line for one, steps in found for line in (operating_words.job(one, now), *operating_words.steps(steps))]


def import_posts(arguments: argparse.Namespace) -> int:
    """Keep posts that were published before: 0 when they are kept, 1 when faults stand in the way."""
    today = datetime.fromtimestamp(time.time(), UTC).date().isoformat()
    read = read_posts(read_table(arguments.file), today)
    sys.stderr.write("".join(f"{printable(post_words.fault(*one))}\n" for one in read.faults))
    if read.unused:
        sys.stderr.write(f"{printable(post_words.unused(read.unused))}\n")
    if read.faults and not arguments.skip_faulty:
        sys.stderr.write(f"{post_words.nothing_saved(len(read.faults))}\n")
        return UNWELL
    posts = [post for _, post in read.posts]
    if not posts:
        raise PersonCanFix(post_words.NOTHING)
    settings, ask = _installation()
    new = asyncio.run(ask.bring_posts(settings, posts, arguments.workspace))
    sys.stdout.write(f"{post_words.saved(new, len(posts) - new, len(dict(read.faults)))}\n")
    return WELL


def facts(arguments: argparse.Namespace) -> int:
    """List a workspace's fact sheet, write it to a file, or keep what a file says."""
    if arguments.bring:
        return _bring_facts(arguments)
    settings, ask = _installation()
    sheet = asyncio.run(ask.facts_of(settings, arguments.workspace))
    if arguments.export:
        written = csv_of(sheet) if arguments.export.lower().endswith(".csv") else fact_table_of(sheet)
        write_text(arguments.export, written)
        sys.stdout.write(f"{fact_words.exported(len(sheet), arguments.export)}\n")
        return WELL
    lines = [statement(fact) for fact in sheet] or [fact_words.NONE_YET]
    sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))
    return WELL


def _bring_facts(arguments: argparse.Namespace) -> int:
    """0 when nothing is wrong with the table, 1 when faults stand in the way."""
    table = read_table(arguments.bring)
    settings, ask = _installation()
    flags = {"save": arguments.yes, "end_missing": arguments.end_missing, "skip_faulty": arguments.skip_faulty}
    shown = asyncio.run(ask.bring_facts(settings, arguments.workspace, table, **flags))
    read = shown.read
    sys.stderr.write("".join(f"{printable(fact_words.fault(*one))}\n" for one in read.faults))
    if read.unused:
        sys.stderr.write(f"{printable(post_words.unused(read.unused))}\n")
    if read.faults and not arguments.skip_faulty:
        sys.stderr.write(f"{fact_words.NOT_IMPORTED}\n")
        return UNWELL
    ended = len(shown.missing) if arguments.end_missing else 0
    new = sum(old is None for old, _ in shown.pairs)
    said = [_told_pair(*pair) for pair in shown.pairs]
    said += [fact_words.terminal_line("missing", statement(fact)) for fact in shown.missing]
    said += [fact_words.left(len(shown.missing))] if shown.missing and not ended else []
    saved = fact_words.imported(new, len(shown.pairs) - new, ended)
    said.append((saved if arguments.yes else fact_words.NOT_YET) if shown.pairs or ended else fact_words.NOTHING_NEW)
    sys.stdout.write("".join(f"{printable(line)}\n" for line in said))
    return WELL


def _told_pair(old: Fact | None, new: Fact) -> str:
    before, after = told_change(old, new)
    said = fact_words.old_and_new(before, after) if old else after
    return fact_words.terminal_line("changed" if old else "new", said)


def proof(arguments: argparse.Namespace) -> int:
    """Print what came of the reviews, or who changed what."""
    settings, ask = _installation()
    asked = (settings, arguments.workspace, arguments.months)
    if arguments.changes:
        changes = asyncio.run(ask.changes_of(*asked))
        data, table, plain = changes_as_data(changes), table_of_changes(changes), proof_words.changes(changes)
    else:
        said, titles = asyncio.run(ask.proof_of(*asked))
        data, table, plain = as_data(said, titles), table_of(said, titles), proof_words.in_plain_text(said, titles)
    written = json.dumps(data, ensure_ascii=False, indent=2) + "\n" if arguments.json else printable_lines(plain)
    sys.stdout.write(table if arguments.csv else written)
    return 0


def guidelines(arguments: argparse.Namespace) -> int:
    """List a workspace's own guidelines, write them as files, or keep what files say."""
    if arguments.bring:
        return _bring(arguments)
    settings, ask = _installation()
    kept = asyncio.run(ask.guidelines_of(settings, arguments.workspace))
    if not arguments.export:
        lines = [own_words.terminal_line(one.id, one.on.number if one.on else 0, one.newest.number) for one in kept]
        sys.stdout.write("".join(f"{line}\n" for line in lines or [own_words.NONE_HERE]))
        return 0
    for one in kept:
        path = Path(arguments.export) / f"{one.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(str(path), with_id(one.id, one.newest.text))
    sys.stdout.write(f"{own_words.exported(len(kept), arguments.export)}\n")
    return 0


def _bring(arguments: argparse.Namespace) -> int:
    """Read files of guidelines: 0 when nothing is wrong with them, 1 when faults stand in the way."""
    named = [Path(name) for name in arguments.bring]
    paths = [path for one in named for path in (sorted(one.rglob("*.md")) if one.is_dir() else [one])]
    if not paths:
        raise PersonCanFix(own_words.NO_FILES)
    files = {str(path): read_text(str(path)) for path in paths}
    settings, ask = _installation()
    said, wrong = asyncio.run(ask.bring_guidelines(settings, arguments.workspace, files, save=bool(arguments.yes)))
    for name, fault in wrong:
        sys.stderr.write(f"{printable(f'{name}: {fault}')}\n")
    if wrong:
        sys.stderr.write(f"{own_words.NOT_IMPORTED}\n")
        return UNWELL
    sys.stdout.write("".join(f"{line}\n" for line in said))
    sys.stdout.write(f"{own_words.imported(len(said)) if arguments.yes else own_words.NOT_YET}\n")
    return WELL


def workspaces(arguments: argparse.Namespace) -> int:
    """List who installed Candor by OAuth, or let one of them use it."""
    settings, ask = _installation()
    if key := arguments.allow:
        count = asyncio.run(ask.allow(settings, key))
        if not count:
            raise PersonCanFix(installing_words.not_waiting(key))
        sys.stdout.write(f"{installing_words.allowed(key, count)}\n")
        return 0
    lines = [
        installing_words.guest(one, f"{datetime.fromtimestamp(one.installed_at, UTC):%d %B %Y}")
        for one in asyncio.run(ask.guests(settings))
    ]
    sys.stdout.write("".join(f"{line}\n" for line in lines or [installing_words.NO_GUESTS]))
    return 0


def manifest(_: argparse.Namespace) -> int:
    """Print the manifest to paste into Slack's app page."""
    sys.stdout.write(manifest_for(read_settings()))
    return 0
