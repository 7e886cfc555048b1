"""A digest of a week among a million reviews of one workspace in twelve weeks, and the plainest count that there is.

    python -m benchmarks.digest [--reviews 1000000] [--url postgresql://...]

Without an address it measures SQLite in a temporary folder. The rows are made in the database itself, each as Candor
writes it. The plain peer is one `SELECT guideline, count(*) ... GROUP BY guideline` over the week's findings.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

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


async def measure(url: str, reviews: int) -> None:
    """Fill a database, then digest its last week."""
    database = Database(url)
    await migrate(database)
    began = time.perf_counter()
    await fill(database, reviews)
    if not database.is_sqlite:  # what the server does by itself a minute later
        engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        engine.dispose()
    _say(f"{reviews} reviews made", time.perf_counter() - began)
    week, figures = Period(END - WEEK, END), DigestFigureStore(database, CountReviews(database, covers))

    async def plain() -> None:
        values = {"since": week.since, "until": week.until}
        await database.aside(lambda sync: sync.execute(sa.text(_PLAIN), values).all())

    _say("plain count of the week", *await timed(plain))
    _say(f"the digest, {NEW} reviews not counted yet", *await timed(lambda: figures.of("T1", week, END)))
    for _ in range(3):
        _say("the digest", *await timed(lambda: figures.of("T1", week, END)))
    proof = ProofStore(database, covers)
    _say("the proof of twelve weeks", *await timed(lambda: proof.of("T1", Period(END - SPAN, END))))
    await database.close()


def _say(what: str, seconds: float, worked: float | None = None, held: float = 0.0) -> None:
    more = (
        ""
        if worked is None
        else f"   {worked:6.3f} s of processor time here, loop late by {held * 1000:4.0f} ms at most"
    )
    sys.stdout.write(f"{what:44} {seconds:8.3f} s{more}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--url", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(given.url or f"sqlite:///{Path(folder) / 'candor.db'}", given.reviews))
