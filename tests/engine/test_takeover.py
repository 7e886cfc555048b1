"""A real PostgreSQL that stands still, or has no connection left: who takes over whose jobs, and who waits."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest
import sqlalchemy as sa
from dbos._utils import retriable_postgres_exception
from sqlalchemy.exc import OperationalError

from bot.core import errors
from bot.core.operating import FEWEST_CONNECTIONS, shares
from bot.core.reviewing import ReviewJob
from bot.engine.takeover import Heartbeat, connect_once_there_is_room
from bot.store.database import Database
from tests.databases import crowded_postgresql, fresh_postgresql, run
from tests.engine.conftest import QUICK, World

if TYPE_CHECKING:
    from pathlib import Path

RHYTHM = (0.1, 1.0)
_OPEN = "SELECT count(*) FROM pg_stat_activity WHERE usename = :name"
_ENDED = "SELECT count(*) FROM dbos.workflow_status WHERE status = 'SUCCESS'"


async def test_a_database_that_stood_still_is_no_dead_process_and_a_silent_process_is() -> None:
    url = fresh_postgresql()
    run(url, "CREATE SCHEMA dbos")
    run(url, "CREATE TABLE dbos.workflow_status (executor_id text, status text)")
    for name in ("one", "two"):
        run(url, "INSERT INTO dbos.workflow_status VALUES (:name, 'PENDING')", name=name)
    taken: list[str] = []
    one, two = (Heartbeat(url, name, RHYTHM, taken.extend) for name in ("one", "two"))
    for each in (one, two):
        await each.begin()
    for each in (one, two):
        each.keep()
    await asyncio.sleep(1.3)
    assert taken == []

    with psycopg.connect(url) as stranger:
        stranger.execute("LOCK TABLE candor_beats IN ACCESS EXCLUSIVE MODE")
        await asyncio.sleep(1.6)
    await asyncio.sleep(0.4)
    assert taken == []

    assert two._task  # pyright: ignore[reportPrivateUsage]
    two._task.cancel()  # pyright: ignore[reportPrivateUsage] - it does not say goodbye
    async with asyncio.timeout(200):
        while not taken:
            await asyncio.sleep(0.05)
    assert set(taken) == {"two"}
    for each in (one, two):
        await each.end()


async def test_a_process_opens_no_more_connections_than_it_may_and_waits_where_the_server_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(errors, "_PAUSES", 25)  # five seconds; the server has its connections back after one
    url = crowded_postgresql(FEWEST_CONNECTIONS - 1)
    owner = sa.make_url(url).set(username="postgres").render_as_string()
    store, jobs = shares(FEWEST_CONNECTIONS)
    database, world = Database(url, store), World(url, replace(QUICK, connections=jobs))

    async def read(_: str) -> str:
        async with database.read() as connection:
            await connection.execute(sa.text("SELECT pg_sleep(0.01)"))
        return ""

    world.act = read
    await world.start()
    others = [psycopg.connect(url) for _ in range(2)]
    let_go = asyncio.get_running_loop().call_later(1, lambda: [other.close() for other in others])
    every = [ReviewJob(f"T1:C1:{number}.0", "0") for number in range(30)]
    await asyncio.gather(*(world.engine.review(job) for job in every))
    most, ended = 0, [0]
    async with asyncio.timeout(90):
        while ended[0] < len(every):
            await asyncio.sleep(0.05)
            (open_,), ended = run(owner, _OPEN, name=sa.make_url(url).database)[0], run(owner, _ENDED)[0]
            most = max(most, open_)
    assert (len(set(world.done)), most <= FEWEST_CONNECTIONS - 1) == (2 * len(every), True)
    let_go.cancel()
    await world.stop()
    await database.close()


@pytest.mark.parametrize("host", ["{folder}", "127.0.0.1", "candor.invalid"], ids=["no socket", "no port", "no name"])
def test_a_job_waits_for_a_server_that_is_away(tmp_path: Path, host: str) -> None:
    """What its library does not take for passing ends a job for good."""
    engine = sa.create_engine(f"postgresql+psycopg://candor@/candor?host={host.format(folder=tmp_path)}&port=9")
    connect_once_there_is_room(engine)
    with pytest.raises(OperationalError) as away:
        engine.connect()
    assert retriable_postgres_exception(away.value)
