"""Who takes over whose jobs, with a real PostgreSQL that stands still."""

from __future__ import annotations

import asyncio

import psycopg

from bot.engine.takeover import Heartbeat
from tests.databases import fresh_postgresql, run

RHYTHM = (0.1, 1.0)


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
    async with asyncio.timeout(20):
        while not taken:
            await asyncio.sleep(0.05)
    assert set(taken) == {"two"}
    for each in (one, two):
        await each.end()
