"""A digest of a week among a million reviews of one workspace in twelve weeks, and the plainest count that there is.

    python -m benchmarks.digest [--reviews 1000000] [--database postgresql]

The rows are made in the database itself, each as Candor
writes it. The plain peer is one `SELECT guideline, count(*) ... GROUP BY guideline` over the week's findings.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from benchmarks.bench import NAMES, Row, measured
from benchmarks.bench import database as a_database
from bot.core.digesting import WEEK, Period
from bot.core.findings import Edit, Finding, Origin
from bot.core.guidelines import Severity
from bot.core.judging import Critique, ModelPart, Outcome
from bot.rules.wording import covers
from bot.store.database import Database
from bot.store.digesting import CountReviews, DigestFigureStore
from bot.store.migrate import migrate
from bot.store.proof import ProofStore
from bot.store.reviewing import to_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

END = 1_800_000_000
SPAN = 12 * 7 * 86400
NEW = 1000
"""Reviews that were not counted yet when the digest is asked for."""
_ROWS = """
INSERT INTO drafts (team, channel, ts, enterprise, author_id, revision, round, text, platform, context, pictures,
  zones, erased, changed_at)
SELECT 'T1', 'C' || (n % 20), at || '.000100', '', 'U' || (n % 300), '0', 0, :text, '', '', '[]', '[]', false, at
  FROM s;
INSERT INTO reviews (team, draft_id, revision, round, critique, reviewed_at, counts_as)
SELECT 'T1', 'T1:C' || (n % 20) || ':' || at || '.000100', '0', 0, :critique, at + 8,
  CASE WHEN n > :all - :new THEN NULL WHEN n % 2 = 0 THEN 'found' WHEN n % 10 = 1 THEN 'checked' ELSE 'clean' END
  FROM s;
INSERT INTO points SELECT 'T1', 'T1:C' || (n % 20) || ':' || at || '.000100', 'r', 'family/' || (n % 24), at + 8,
  n % 31 = 0, n % 6 = 0, n % 9 <> 0, at + 8,
  CASE WHEN n % 15 = 0 THEN 'used' WHEN n % 5 = 0 THEN 'dismissed' ELSE 'open' END FROM s WHERE n <= :all - :new;
INSERT INTO verdicts (team, draft_id, finding, decision, "user", at, revision)
SELECT 'T1', 'T1:C' || (n % 20) || ':' || at || '.000100', 'r', CASE WHEN n % 15 = 0 THEN 'used' ELSE 'dismissed' END,
  'U1', (at + 60) || '.000100', '0' FROM s WHERE n % 5 = 0;
INSERT INTO replies SELECT 'T1', 'T1:C' || (n % 20) || ':' || at || '.000100', (at + 5 + n % 9) || '.000100', '', '0',
  at, 0, at + 5 + n % 9, 5 + n % 9 FROM s;
INSERT INTO feedback SELECT 'T1', 'T1:C' || (n % 20) || ':' || at || '.000100', '0', 'U1', 'up', '1.0', '', '', at + 90
  FROM s WHERE n % 50 = 0
"""
_SERIES = """WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :all),
  s AS (SELECT n, CAST(:first + (n * CAST(:span AS bigint)) / :all AS bigint) AS at FROM c) """
_PLAIN = """SELECT guideline, count(*) FROM points WHERE team = 'T1' AND seen_at >= :since AND seen_at < :until
  GROUP BY guideline"""


def _critique() -> Critique:
    """Two findings with their rewordings, about 900 bytes."""
    plain = Finding(
        "family/1", Severity.SHOULD_FIX, 0, end=5, quote="Only ", why="Why. " * 12, edit=Edit(0, 5, "Until ")
    )
    severe = replace(plain, guideline="family/3", severity=Severity.MUST_FIX, origin=Origin.MODEL, edit=None)
    findings = (plain, replace(plain, guideline="family/2"), severe)
    return Critique(Outcome.FINDINGS, findings, fixed_rules_only=False, model_part=ModelPart.ANSWERED)


async def fill(database: Database, reviews: int) -> None:
    """Make the rows."""
    values = {"all": reviews, "new": NEW, "first": END - SPAN, "span": SPAN, "text": "Loaf out of the oven. " * 20}
    values["critique"] = json.dumps(to_json(_critique()))
    async with database.write() as connection:
        for insert in _ROWS.split(";"):
            made = _rows(insert.strip())
            names = made.compile().params
            await connection.execute(made, {name: values[name] for name in names})


def _rows(insert: str) -> sa.TextClause:
    begin, select, rest = insert.partition("SELECT")
    return sa.text(f"{begin}{_SERIES}{select}{rest}")


async def timed(work: Callable[[], Awaitable[object]]) -> tuple[float, float, float]:
    """Seconds that it takes, how many of them this process worked, and for how long it held the event loop at most."""
    worst = 0.0

    async def watch() -> None:
        nonlocal worst
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            worst = max(worst, time.perf_counter() - began - 0.001)

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0.01)
    began, worked = time.perf_counter(), time.process_time()
    await work()
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    await asyncio.sleep(0.01)
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return seconds, worked, worst


async def main(reviews: int, database: str) -> list[Row]:
    """Fill a database, then digest its last week."""
    with a_database(database) as url:
        return await measure(url, reviews, NAMES[database])


async def measure(url: str, reviews: int, name: str) -> list[Row]:
    """The plain count, the digest and the proof."""
    database = Database(url)
    await migrate(database)
    await fill(database, reviews)
    if not database.is_sqlite:  # what the server does by itself a minute later
        engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        engine.dispose()
    week, figures = Period(END - WEEK, END), DigestFigureStore(database, CountReviews(database, covers))

    async def plain() -> None:
        values = {"since": week.since, "until": week.until}
        await database.aside(lambda sync: sync.execute(sa.text(_PLAIN), values).all())

    async def digest() -> None:
        await figures.of("T1", week, END)

    count, count_worked, _ = await timed(plain)
    new, _, _ = await timed(digest)
    times = [await timed(digest) for _ in range(3)]
    proof, _, _ = await timed(lambda: ProofStore(database, covers).of("T1", Period(END - SPAN, END)))
    await database.close()
    what, (seconds, used, held) = f"{name}, {reviews:,} reviews", sorted(times)[1]
    return [
        Row(f"{what}: digest of a week", seconds, count, aim=1.0),
        Row(f"{what}: its processor time here", used, count_worked),
        Row(f"{what}: it holds the event loop for", 1000 * held, unit="ms"),
        Row(f"{what}: with {NEW:,} reviews not yet counted", new, count),
        Row(f"{what}: proof of twelve weeks", proof, count),
    ]


if __name__ == "__main__":
    measured(main, __doc__, reviews=(1_000_000, 5_000), database=("sqlite", "sqlite"))
