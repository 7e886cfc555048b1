"""What an operator asks and changes from outside: how an installation does, and its jobs."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.assemble.memory import migrate_database, remembering
from bot.core.brand.fact_tables import TablePreview, pasted
from bot.core.brand.own_guidelines import GuidelineVersion
from bot.core.errors import PersonCanFix
from bot.core.judging import Critique, Outcome
from bot.core.operating import ABSENT, LONG_GONE, TAKEN, JobSeen, JobState, Operation, reference
from bot.core.ports import SystemClock
from bot.core.reading.guideline_files import file_of
from bot.core.reviewing import Review
from bot.core.words import operating as words
from bot.core.words.brand import own_guidelines as own_words
from bot.core.words.brand import posts as post_words
from bot.core.words.people import OPERATOR
from bot.flows.brand.facts import ChangeFacts, FactSheets
from bot.flows.brand.own_guidelines import Libraries, WriteGuidelines
from bot.flows.isolating import GUILTY
from bot.flows.proof import ShowProof
from bot.flows.sign_off import IsSignedOff
from bot.flows.spending import Accounts
from bot.rules.values import terms_of
from bot.store.brand.facts import FactStore
from bot.store.brand.own_guidelines import OwnGuidelineStore
from bot.store.brand.posts import PostStore
from bot.store.database import ProcessLock, Vault
from bot.store.drafts import DraftStore
from bot.store.installing import InstallationStore, look_at_space
from bot.store.operating import OperationStore
from bot.store.proof import ProofStore
from bot.store.reviewing import AttemptStore
from bot.store.sign_off import SignOffStore
from bot.store.spending import SpendingLedger

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.brand.own_guidelines import KeptGuideline
    from bot.core.brand.posts import EarlierPost
    from bot.core.guidelines import Guideline
    from bot.core.installing import Guest
    from bot.core.operating import StepSeen
    from bot.core.proof import Proof, RecordedChange
    from bot.core.reviewing import ReviewJob
    from bot.engine.status import JobTables
    from bot.settings import Settings
    from bot.store.database import Database

_HOUR, _DAY = 3600.0, 24 * 3600.0
_REVIEW = "review:"
"""How the keys of reviews' jobs begin."""
_LOOKED_AT = 500
"""Drafts that wait of which it is asked why."""
_MOST = 50
"""Jobs that are listed: with more of them the oldest tell enough."""


def engine_url(settings: Settings) -> str:
    """Where the engine keeps its jobs."""
    return settings.database_url or f"sqlite:///{settings.data_dir / 'engine.db'}"


@asynccontextmanager
async def looking(settings: Settings) -> AsyncGenerator[tuple[Database, JobTables]]:
    """Both databases, left as they are. Raises `PersonCanFix` where there are none or they cannot be read."""
    from bot.engine.status import JobTables  # noqa: PLC0415 - whoever looks at no job need not wait for the engine

    if not (settings.database_url or (settings.data_dir / "engine.db").exists()):  # SQLite would make an empty one
        raise PersonCanFix(words.nothing_there(str(settings.data_dir)))
    async with remembering(settings) as db:
        yield db, JobTables(engine_url(settings))


async def operation(settings: Settings) -> Operation:
    """How the installation does at this moment."""
    now = time.time()
    async with looking(settings) as (db, jobs):
        drafts, seen = DraftStore(db, SystemClock()), OperationStore(db)
        waiting = await drafts.unanswered(now, since=now - _DAY)
        unjudged, unposted = await _why(drafts, [job for job, _ in waiting[:_LOOKED_AT]], now)
        heard = await seen.heard()
        return Operation(
            now,
            await jobs.queues(now),
            failed=len(await jobs.failed(now - _DAY)),
            workers=await jobs.workers(),
            is_running=ProcessLock(settings.data_dir).is_held(),
            drafts=len(waiting),
            oldest_draft=min((since for _, since in waiting), default=None),
            unjudged=unjudged,
            unposted=sorted(unposted),
            put_aside=len(await AttemptStore(db).unended(GUILTY)),
            reviews=await seen.reviews(now - _HOUR),
            heard=max(heard.values(), default=None),
            silent=sorted(team for team, at in heard.items() if ABSENT < now - at < LONG_GONE),
            is_full=db.is_sqlite and not look_at_space(settings.data_dir).is_well,
        )


async def _why(drafts: DraftStore, waiting: Sequence[ReviewJob], now: float) -> tuple[int, set[str]]:
    """Of drafts that wait: how many the model gave no answer about, and where Slack does not take reviews."""
    unjudged, unposted = 0, set[str]()
    for job in waiting:
        kept = await drafts.find_review(job)
        if kept is None or kept.critique.awaits_model:
            unjudged += job.round > 0
        elif now - await drafts.reviewed_at(job) > TAKEN:
            unposted.add(job.team)
    return unjudged, unposted


async def migrate_all(settings: Settings) -> None:
    """Bring the tables up to date: Candor's, and on PostgreSQL the engine's, which others may read before any start."""
    await migrate_database(settings)
    if settings.database_url:
        from bot.engine.status import migrate_jobs  # noqa: PLC0415 - see `looking`

        await asyncio.to_thread(migrate_jobs, settings.database_url)


async def bring_posts(settings: Settings, posts: Sequence[EarlierPost], team: str) -> int:
    """Keep posts that were published before; how many of them are new. Raises `PersonCanFix`."""
    async with remembering(settings) as db:
        return await PostStore(db, SystemClock(), terms_of).bring(await workspace_of(db, team), posts)


async def workspace_of(db: Database, named: str) -> str:
    """The workspace that was named, or the only one. Raises `PersonCanFix`."""
    teams = await OperationStore(db).teams()
    if named and named not in teams:
        raise PersonCanFix(post_words.unknown_workspace(named))
    if not named and len(teams) != 1:
        raise PersonCanFix(post_words.which_workspace(teams) if teams else post_words.NO_WORKSPACE)
    return named or teams[0]


async def signed_off(settings: Settings, texts: Sequence[str], workspace: str = "") -> list[float | None]:
    """When each of the texts was approved in the workspace, letter for letter; None where it is not.

    Brand leads of one workspace approve nothing for another. Raises `PersonCanFix` where it is not clear which.
    """
    async with remembering(settings) as db:
        team = await workspace_of(db, workspace)
        is_signed_off = IsSignedOff(DraftStore(db, SystemClock()), SignOffStore(db))
        return [await is_signed_off(team, text) for text in texts]


@asynccontextmanager
async def proving(settings: Settings, workspace: str) -> AsyncGenerator[tuple[str, ShowProof, ProofStore, Libraries]]:
    """A workspace, and what tells what came of its reviews. Raises `PersonCanFix`."""
    # Loaded only here: whoever looks at jobs must not wait for the rules and for Slack's library.
    from bot.assemble.installing import settings_in_force  # noqa: PLC0415
    from bot.assemble.own_guidelines import OwnGuidelineFiles  # noqa: PLC0415
    from bot.assemble.rules import whole_library  # noqa: PLC0415
    from bot.rules.wording import covers  # noqa: PLC0415

    library = whole_library(settings)
    async with remembering(settings) as db:
        team, figures = await workspace_of(db, workspace), ProofStore(db, covers)
        in_force, _ = settings_in_force(settings, library, db)
        accounts = Accounts(in_force, SystemClock(), overall=settings.model.budgets, prices=settings.model.prices)
        own = Libraries(library, OwnGuidelineStore(db), OwnGuidelineFiles(library))
        yield team, ShowProof(figures, SpendingLedger(db), accounts), figures, own


async def proof_of(settings: Settings, workspace: str, months: int) -> tuple[Proof, Mapping[str, str]]:
    """What came of the reviews, and what is wrong where guidelines are broken. Raises `PersonCanFix`."""
    async with proving(settings, workspace) as (team, show, _, own):
        return await show(team, months), await own.problems(team)


async def changes_of(settings: Settings, workspace: str, months: int) -> tuple[RecordedChange, ...]:
    """Who changed what. Raises `PersonCanFix`."""
    async with proving(settings, workspace) as (team, show, figures, _):
        return await figures.changes(team, (await show.period(team, months))[0])


async def guidelines_of(settings: Settings, workspace: str) -> tuple[KeptGuideline, ...]:
    """The workspace's own, in the order of their ids. Raises `PersonCanFix`."""
    async with remembering(settings) as db:
        return (await OwnGuidelineStore(db).of(await workspace_of(db, workspace))).guidelines


class _Operator:
    """The `BrandLeads` port at a terminal: whoever may run commands here may write guidelines."""

    async def of(self, team: str) -> tuple[str, ...]:
        del team
        return (OPERATOR,)

    async def includes(self, team: str, user: str) -> bool:
        return user in await self.of(team)


async def bring_guidelines(
    settings: Settings, workspace: str, files: Mapping[str, str], *, save: bool
) -> tuple[list[str], list[tuple[str, str]]]:
    """In words what becomes of each file, and (file, fault): where there is one, nothing is saved.

    Raises `PersonCanFix`.
    """
    async with proving(settings, workspace) as (team, _, _, own):
        write = WriteGuidelines(own, _Operator(), SystemClock())
        known = await own.kept.of(team)
        said, wrong = list[str](), list[tuple[str, str]]()
        for name, text in files.items():  # a file may be the next version of what the one before it brings
            made = await write.checked(team, OPERATOR, text, name=_id_in(name), known=known)
            if isinstance(made, dict):
                wrong += [(name, line) for line in made["file"].splitlines()]
                continue
            one = known.find(made.id)
            newest = one.newest if one else None
            said.append(_becomes(made, newest))
            number = newest.number + 1 if newest else 1
            known = known.with_newest(GuidelineVersion(made.id, number, file_of(made), user=OPERATOR, at=0.0))
        for name, text in files.items() if save and not wrong else ():
            await write.bring(team, OPERATOR, text, name=_id_in(name))
        return said, wrong


def _id_in(path: str) -> str:
    """The id of a guideline whose file stands here: its family is the folder."""
    return "/".join(PurePath(path).with_suffix("").parts[-2:])


def _becomes(made: Guideline, newest: GuidelineVersion | None) -> str:
    same = newest is not None and newest.text == file_of(made)
    return own_words.would_be(made.id, newest.number if newest else 0, same=same)


async def facts_of(settings: Settings, workspace: str) -> tuple[Fact, ...]:
    """The workspace's fact sheet, in order. Raises `PersonCanFix`."""
    async with remembering(settings) as db:
        return await FactStore(db).of(await workspace_of(db, workspace))


async def bring_facts(
    settings: Settings, workspace: str, text: str, *, save: bool, end_missing: bool, skip_faulty: bool
) -> TablePreview:
    """What a table changes; it is saved if that is wanted and no fault stands in the way. Raises `PersonCanFix`."""
    from bot.assemble.installing import settings_in_force  # noqa: PLC0415 - see `proving`
    from bot.assemble.rules import whole_library  # noqa: PLC0415

    async with remembering(settings) as db:
        team, clock = await workspace_of(db, workspace), SystemClock()
        sheets = FactSheets(FactStore(db), settings_in_force(settings, whole_library(settings), db)[0], clock)
        known = await sheets.facts.of(team)
        shown = TablePreview(pasted(text, known), known, await sheets.today(team))
        if save and (skip_faulty or not shown.read.faults):
            ends = shown.missing if end_missing else ()
            change = ChangeFacts(sheets, _Operator(), clock)
            if wrong := await change.bring(team, OPERATOR, shown.facts, key=text, ends=ends):
                raise PersonCanFix(wrong)
        return shown


async def jobs_open(settings: Settings) -> tuple[list[tuple[str, int]], list[JobSeen]]:
    """The drafts that are put aside, each with how often it was begun; and the jobs, those that ended first."""
    async with looking(settings) as (db, jobs):
        since = time.time() - _DAY
        ended = [*await jobs.failed(since), *await jobs.cancelled(since)]
        return await AttemptStore(db).unended(GUILTY), [*ended, *await jobs.open(_MOST)]


async def jobs_about(settings: Settings, which: str) -> list[tuple[JobSeen, list[StepSeen]]]:
    """The jobs about a draft, by its id or reference, or the one of that key; each with its steps."""
    async with looking(settings) as (_, jobs):
        wanted = await _draft_of(jobs, which)
        return [(job, await jobs.steps(job.key)) for job in await jobs.about(wanted)]


async def _draft_of(jobs: JobTables, which: str) -> str:
    """The id behind a reference; what is none stays as it is."""
    if ":" in which:
        return which
    drafts = {draft for key in await jobs.keys(_REVIEW) if (draft := _draft_in(key))}
    return next((draft for draft in drafts if reference(draft) == which.upper()), which)


def _draft_in(key: str) -> str:
    """``review:<team>:<channel>:<ts>:<revision>:<round>``."""
    _, *parts = key.split(":")
    return ":".join(parts[:3])


async def retry(settings: Settings, which: str) -> list[str]:
    """Try again what was put aside, failed or cancelled: a draft, a job, or "all"; the ids and keys of what is.

    Raises `PersonCanFix` where nothing goes by that name.
    """
    async with looking(settings) as (db, jobs):
        wanted = which if which == "all" else await _draft_of(jobs, which)
        attempts, drafts = AttemptStore(db), DraftStore(db, SystemClock())
        again = [draft_id for draft_id, _ in await attempts.unended(GUILTY) if wanted in (draft_id, "all")]
        for draft_id in again:
            record = await drafts.find(draft_id)
            if record:
                await attempts.ended(record.job)
                await drafts.next_round(record.job)
        seen = await jobs.failed(0.0) if wanted == "all" else await jobs.about(wanted)
        if wanted != "all" and not (seen or again):
            raise PersonCanFix(words.UNKNOWN)
        keys = [job.key for job in seen if job.state in (JobState.FAILED, JobState.CANCELLED) and not again]
        return [*again, *[key for key in keys if await _again(drafts, jobs, key)]]


async def _again(drafts: DraftStore, jobs: JobTables, key: str) -> bool:
    """Run the job again; False where it is about words that were reviewed since.

    A review whose draft has gone on to another round does nothing any more: a new round takes its place.
    """
    record = await drafts.find(_draft_in(key)) if key.startswith(_REVIEW) else None
    if record is None or record.job.key == key:
        await jobs.retry(key)
        return True
    kept = await drafts.find_review(record.job)
    if kept and kept.critique.outcome is not Outcome.COULD_NOT_REVIEW:
        return False
    return await drafts.next_round(record.job) is not None


async def cancel(settings: Settings, key: str) -> None:
    """Let a job that waits or runs go no further. Raises `PersonCanFix` where there is none.

    People are not left waiting for a review that was cancelled: its reply says that there is none.
    """
    async with looking(settings) as (db, jobs):
        if not any(
            job.key == key and job.state in (JobState.WAITING, JobState.RUNNING) for job in await jobs.about(key)
        ):
            raise PersonCanFix(words.UNKNOWN)
        await jobs.cancel(key)
        drafts = DraftStore(db, SystemClock())
        record = await drafts.find(_draft_in(key)) if key.startswith(_REVIEW) else None
        if record and record.job.key == key and (instead := await drafts.next_round(record.job)):
            # The sweep finds this round within a minute or two, with an outcome that only has to be shown.
            await drafts.save_review(Review(instead, Critique(Outcome.COULD_NOT_REVIEW)))


# Who installed Candor by OAuth.


async def guests(settings: Settings) -> list[Guest]:
    """The workspaces and organisations that installed Candor, those that wait too."""
    async with remembering(settings) as db:
        return await InstallationStore(db, Vault(()), SystemClock()).guests()


async def allow(settings: Settings, key: str) -> int:
    """The operator's yes for a workspace or an organisation; how many installations waited for it."""
    async with remembering(settings) as db:
        return await InstallationStore(db, Vault(()), SystemClock()).allow(frozenset({key}))
