"""`candor audit`: posts that are out, each reviewed and all compared. Stopped, it carries on where it was."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from contextlib import aclosing, contextmanager
from functools import cached_property
from importlib import import_module
from itertools import chain, count
from pathlib import Path
from typing import IO, TYPE_CHECKING

import regex
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from bot.assemble.report_pages import audit_page, audit_table
from bot.assemble.rules import compare_over_time, library_in_force
from bot.core.brand.audit import AuditReport, audit_key, draft_of, journal_head, journal_line, read_journal, result_of
from bot.core.drafts import reference
from bot.core.errors import PersonCanFix
from bot.core.judging import ModelPart
from bot.core.watching import is_channel_id, is_channel_name
from bot.core.words import reviewing as reviewing_words
from bot.core.words.brand import audit as words
from bot.core.words.brand import variants as variant_words
from bot.flows.reviewing import review_text
from bot.rules.judging import rules_beside
from bot.settings import read_settings
from bot.terminal.comparing import facts_in, named_apart, posts_in, show_facts
from bot.terminal.files import read_text, write_text
from bot.terminal.log import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Mapping, Sequence

    from bot.core.brand.audit import AuditResult
    from bot.core.brand.facts import Fact
    from bot.core.brand.variants import SetPost
    from bot.core.drafts import Draft
    from bot.core.judging import Critique
    from bot.settings import Settings

# The command.

CLEAN, FOUND, NOT_REVIEWED = 0, 1, 3


def audit(arguments: argparse.Namespace) -> int:
    """0 where nothing was found, 1 for points or contradictions, 3 where a model should have read more."""
    _name_files(arguments)
    named_apart(arguments)
    settings, facts = read_settings(), facts_in(arguments.facts)
    if arguments.model and not settings.model.is_configured:
        raise PersonCanFix(words.NO_SUCH_MODEL)
    posts = _posts(arguments, settings)
    work = AuditWork({audit_key(draft): draft for draft in map(draft_of, posts)}, settings, facts, arguments=arguments)
    if arguments.model and not arguments.yes:
        work.tell_estimate()
        return CLEAN
    done = work.run()
    report = _report(posts, done, settings, model=arguments.model)
    write_text(arguments.html, audit_page(report))
    write_text(arguments.csv, audit_table(report))
    work.journal.unlink(missing_ok=True)
    _show(report)
    for name in (arguments.html, arguments.csv):
        sys.stderr.write(f"{variant_words.written(name)}\n")
    if report.flagged or report.contradictions:
        return FOUND
    return NOT_REVIEWED if report.model and report.unread else CLEAN


# What is audited.


def _posts(arguments: argparse.Namespace, settings: Settings) -> tuple[SetPost, ...]:
    """Those of a file, or of a channel. Raises `PersonCanFix`."""
    channel = _channel(arguments.file)
    if channel:
        return _posts_of_channel(channel, arguments, settings)
    if arguments.days or arguments.workspace:
        raise PersonCanFix(words.ONLY_CHANNELS)
    return posts_in(arguments.file, plain=False, skip_faulty=arguments.skip_faulty)


def _channel(typed: str) -> str:
    """A channel's name or id, "" for a file. Raises `PersonCanFix` for a name that is neither."""
    if typed == "-" or os.path.lexists(typed):
        return ""
    name = typed.removeprefix("#")
    if name != typed or is_channel_id(name):
        return name
    if is_channel_name(name):
        raise PersonCanFix(words.no_file_or_channel(name))
    return ""


def _posts_of_channel(channel: str, arguments: argparse.Namespace, settings: Settings) -> tuple[SetPost, ...]:
    # Loaded only here: an audit of a file must not wait for Slack's library and the database's.
    assembled = import_module("bot.assemble.channel_posts")
    with _bar(None, 0) as progress:

        def tell(name: str, messages: int) -> None:
            progress(words.reading_channel(name, messages))

        reading = assembled.posts_of_channel(
            settings, channel, workspace=arguments.workspace, days=arguments.days, tell=tell
        )
        name, found = asyncio.run(reading)
    sys.stderr.write(f"{printable(words.channel_read(name, found.messages, len(found.posts)))}\n")
    if not found.posts:
        raise PersonCanFix(words.NO_POSTS_THERE)
    return found.posts


# The files that are written.

_UNFINISHED = ".unfinished"
_NUMBERED = regex.compile(r"audit(-[1-9]\d*)?\.html")


def _name_files(arguments: argparse.Namespace) -> None:
    """Where nobody named the page or the table, their names take a number that keeps them off earlier ones.

    A journal keeps its own name: since it was begun, another audit may have written a page or a table of that name.
    """
    kinds = [kind for kind in ("html", "csv") if not getattr(arguments, kind)]
    begun = _last_begun() if "html" in kinds else f"{arguments.html}{_UNFINISHED}"
    stems = chain(["audit"], (f"audit-{number}" for number in count(2)))
    if "html" in kinds and begun:
        stems = chain([begun.removesuffix(f".html{_UNFINISHED}")], stems)
    stem = next(one for one in stems if not any(os.path.lexists(f"{one}.{kind}") for kind in kinds))
    for kind in kinds:
        setattr(arguments, kind, f"{stem}.{kind}")
    arguments.journal = begun or f"{arguments.html}{_UNFINISHED}"


def _last_begun() -> str:
    """The journal of the last audit that was stopped here and got its name by itself, or ""."""
    names = [one for one in Path().glob(f"*{_UNFINISHED}") if _NUMBERED.fullmatch(one.stem)]
    return str(max(names, key=lambda one: one.stat().st_mtime)) if names else ""


def _report(
    posts: Sequence[SetPost], done: Mapping[str, AuditResult], settings: Settings, *, model: bool
) -> AuditReport:
    results = tuple(done[audit_key(draft_of(post))] for post in posts)
    return AuditReport(compare_over_time(posts), results, library_in_force(settings).problems, model=model)


# The reviews, each kept in the journal as soon as it is done.

_HOPELESS = (ModelPart.KEY, ModelPart.NO_MODEL, ModelPart.NO_CREDIT, ModelPart.NO_ROOM, ModelPart.SETTINGS)
"""No other post would be read, either."""


class AuditWork:
    """The drafts by their keys, and the journal."""

    def __init__(
        self, drafts: Mapping[str, Draft], settings: Settings, facts: Sequence[Fact], arguments: argparse.Namespace
    ) -> None:
        self._drafts, self._settings, self._facts = drafts, settings, facts
        self._model, self._resumes = bool(arguments.model), bool(arguments.resume)
        self.journal = Path(arguments.journal)

    def tell_estimate(self) -> None:
        """What a review with the model takes; nothing is sent."""
        known = self._known()
        judging = import_module("bot.assemble.judging")
        left = [draft for key, draft in self._drafts.items() if key not in known]
        said = asyncio.run(judging.estimate_in_words(left, self._facts, self._settings))
        sys.stdout.write(f"{said}\n{words.GO_AHEAD}\n")

    def run(self) -> dict[str, AuditResult]:
        """The result of each draft, by its key."""
        done = self._known()
        if self._resumes:
            known = words.resumed(len(done), len(self._drafts), str(self.journal)) if done else words.NONE_DONE
            sys.stderr.write(f"{known}\n")
        left = {key: draft for key, draft in self._drafts.items() if key not in done}
        try:
            with self._journal(done.items()) as file, _bar(len(self._drafts), len(done)) as advance:
                asyncio.run(self._through(left, done, file=file, advance=lambda: advance(words.CHECKING)))
        except (KeyboardInterrupt, PersonCanFix):
            sys.stderr.write(f"{words.stopped(len(done), len(self._drafts))}\n")
            raise
        return done

    async def _through(
        self, left: Mapping[str, Draft], done: dict[str, AuditResult], file: IO[str], advance: Callable[[], None]
    ) -> None:
        """What the model did not read is told, but not kept: another run asks again."""
        keys = list(left)
        async with aclosing(self._reviews(list(left.values()))) as reviews:
            async for number, critique in reviews:
                if self._model and critique.model_part in _HOPELESS:
                    raise PersonCanFix(reviewing_words.reason(critique))
                result = done[keys[number]] = result_of(critique)
                if not (self._model and result.unread):
                    file.write(journal_line(keys[number], result, self._seal))
                advance()

    async def _reviews(self, drafts: Sequence[Draft]) -> AsyncGenerator[tuple[int, Critique]]:
        if self._model:
            judging = import_module("bot.assemble.judging")
            async with aclosing(judging.review_each(drafts, self._settings, self._facts)) as reviews:
                async for one in reviews:
                    yield one
            return
        rules = rules_beside(library_in_force(self._settings), self._facts)
        for number, draft in enumerate(drafts):
            yield number, review_text(draft, rules)
            await asyncio.sleep(0)  # here Ctrl-C ends it

    def _known(self) -> dict[str, AuditResult]:
        if not self.journal.exists():
            return {}
        if not self._resumes:
            raise PersonCanFix(words.unfinished(str(self.journal)))
        found = read_journal(read_text(str(self.journal)), self._read_by(), self._seal)
        # Going on with it for other posts would lose what somebody may have paid for.
        if found is None or (found and found.keys().isdisjoint(self._drafts)):
            raise PersonCanFix(words.other_audit(str(self.journal)))
        return {key: result for key, result in found.items() if key in self._drafts}

    def _journal(self, done: Iterable[tuple[str, AuditResult]]) -> IO[str]:
        """The journal with what is done in it; a file that was half written never takes its place."""
        lines = [journal_head(self._read_by()), *(journal_line(*one, self._seal) for one in done)]
        fresh = Path(f"{self.journal}.new")
        write_text(str(fresh), "".join(lines), anew=True)
        fresh.replace(self.journal)
        return self.journal.open("a", encoding="utf-8", buffering=1)

    @cached_property
    def _seal(self) -> bytes:
        """Known to whoever has the settings' secrets: others may write where the journal lies."""
        secret = self._settings.model.secret or self._settings.model.key or "".join(self._settings.bot_tokens)
        return hashlib.sha256(f"{secret}\n{self._read_by()}".encode()).digest()

    def _read_by(self) -> str:
        """Changes with the guidelines, the facts and the model."""
        model = self._settings.model.name if self._model else ""
        return reference(repr((library_in_force(self._settings), self._facts, model)))


@contextmanager
def _bar(total: int | None, done: int) -> Generator[Callable[[str], None]]:
    """A bar where somebody watches; what it gives says one step more, and what that is."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(words.CHECKING, total=total, completed=done)
        yield lambda said: progress.update(task, advance=1, description=said)


# The report in a terminal.


def _show(report: AuditReport) -> None:
    console = Console(highlight=False, soft_wrap=True)
    first = words.not_reviewed(report)
    for line in filter(None, (first, words.headline(report))):
        console.print(Text(line, style="bold"))
    if report.recurring:
        console.print(Text(f"\n{words.RECURRING}"))
    for row in report.recurring[: words.FIRST_SHOWN]:
        console.print(Text(f"  {row.name}: {words.row(row)}"))
    show_facts(console, report.compared, report.contradictions, title=words.CONTRADICTIONS, who=words.said_on)
    if none := words.found_none(report):
        console.print(Text(f"\n{none}"))
    show_facts(console, report.compared, report.changes, title=words.CHANGED, who=words.said_on)
    _show_worst(console, report)


def _show_worst(console: Console, report: AuditReport) -> None:
    """The first point of the worst posts."""
    if report.worst:
        console.print(Text(f"\n{words.WORST}", style="bold"))
    for post, result in report.worst[: words.WORST_TOLD]:
        one, say = (result.points[0], words.point) if result.points else (result.looks[0], words.look)
        said = f"{words.about(post)}: {say(one, report.titles.get(one.guideline, one.guideline))}"
        console.print(Text(f"  {printable(said)}"))
    if (left := len(report.worst) - words.WORST_TOLD) > 0:
        console.print(Text(f"  {words.more_posts(left)}"))
