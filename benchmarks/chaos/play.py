"""One run: people, faults, quiet, audit."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.chaos.audit import Audit
from benchmarks.chaos.machines import Balancer, Fleet, Postgres, SqliteFiles
from benchmarks.chaos.mischief import Mischief
from benchmarks.chaos.people import MoodyModel, People
from bot.assemble.memory import migrate_database
from bot.settings import read_settings
from bot.workspace.server import Workspace
from bot.workspace.state import State, another_team, harbor_and_pine

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from bot.workspace.server import Options

_RETRIES = (0.0, 10.0, 45.0)
"""Seconds before an event is sent again: Slack's own are 0, 60 and 300."""
_LOOK = 1.0
"""Seconds between two audits."""
_HOLDS = 5
"""So many audits in a row must find nothing wrong."""
_ARRIVES = 60.0
"""Seconds after which no call is carried out late any more."""
PATIENCE = 900.0
"""Seconds after the last fault until which everything must be right; generous, as the machine may be busy."""


@dataclass(frozen=True)
class Plan:
    """What a run is to be."""

    database: str
    seed: int
    drafts: int
    kills: int
    seconds: float
    """In which people begin their drafts and things go wrong."""
    few: bool = False
    """True for kills, one cut connection and disturbed deliveries, and nothing that has to be waited for."""


@dataclass
class Outcome:
    """What became of a run."""

    plan: Plan
    audit: Audit
    faults: Counter[str]
    posts: int = 0
    edits: int = 0
    deleted: int = 0
    clicks: int = 0
    paid_twice: int = 0
    """Versions for which the model gave a good answer more than once."""
    starts: int = 0
    hung: int = 0
    bad_ends: list[int] = field(default_factory=list[int])
    settled: float = 0.0
    stop: float = 0.0


async def play(plan: Plan, folder: Path) -> Outcome:
    """Do it in that folder; the bot's logs stay there."""
    state = State()
    first = state.add_team(harbor_and_pine())
    state.add_team(another_team("T0OAK", "Oak", first))
    database = SqliteFiles(folder) if plan.database == "sqlite" else await asyncio.to_thread(Postgres, folder)
    try:
        return await _play(plan, state, database)
    finally:
        database.close()


async def _play(plan: Plan, state: State, database: SqliteFiles | Postgres) -> Outcome:
    chances = [random.Random(f"{plan.seed}:{part}") for part in ("people", "faults", "model")]
    over_http = database.name == "postgresql"
    async with MoodyModel(chances[2]) as model:
        balancer = Balancer()
        await balancer.start()
        how: Options = {"retries": _RETRIES}
        if over_http:
            how |= {"delivery": "http", "request_url": balancer.url}
        workspace = Workspace(state, **how)
        await workspace.start()
        fleet = Fleet(workspace, model.url, database, balancer=balancer)
        await migrate_database(read_settings(fleet.environment))
        try:
            await fleet.start()
            people = People.plan(workspace, chances[0], plan.drafts, pace=0.2 if plan.few else 1.0)
            mischief = Mischief(workspace, fleet, database, chance=chances[1], kills=plan.kills, few=plan.few)
            model.moody = not plan.few
            living = asyncio.create_task(people.live(plan.seconds, chances[0]))
            await mischief.happen(plan.seconds)
            await mischief.settled()
            model.moody, people.calm_since = False, time.monotonic()
            await living
            began = time.monotonic()
            audit = await _until_right(people, workspace, database, at_least=0 if plan.few else _ARRIVES)
            settled = time.monotonic() - began
            stop = await fleet.stop()
        finally:
            fleet.kill()
        await balancer.stop()
        await workspace.stop()
    return Outcome(
        plan,
        audit,
        mischief.done,
        posts=len(people.posts),
        edits=sum(post.version for post in people.posts),
        deleted=sum(post.deleted for post in people.posts),
        clicks=sum(post.accepted for post in people.posts),
        paid_twice=sum(count > 1 for count in model.asked_about.values()),
        starts=sum(machine.starts for machine in fleet.machines),
        hung=sum(machine.hung for machine in fleet.machines),
        bad_ends=[status for machine in fleet.machines for status in machine.bad_ends],
        settled=settled,
        stop=stop,
    )


async def _until_right(
    people: People, workspace: Workspace, database: SqliteFiles | Postgres, *, at_least: float
) -> Audit:
    """The first audit without a fault that still holds some seconds later, or the last one of all."""
    began, right = time.monotonic(), 0
    while True:
        await asyncio.sleep(_LOOK)
        audit = await asyncio.to_thread(Audit.of, people, database)
        waited = time.monotonic() - began
        right = 0 if audit.wrong or workspace.courier.busy or waited < at_least else right + 1
        if right >= _HOLDS or waited > PATIENCE:
            return audit
