"""The clock that a rehearsal goes by."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.assemble import clock as clocks
from bot.assemble.clock import SystemClock, clock_of
from bot.core.errors import PersonCanFix
from bot.core.ports import Clock
from bot.workspace import Workspace


async def test_without_an_address_it_is_this_machines() -> None:
    async with clock_of("") as clock:
        assert isinstance(clock, Clock)
        assert type(clock) is SystemClock
        assert abs(clock.now() - time.time()) < 1


async def test_it_goes_by_the_workspaces_time_and_wakes_who_sleeps_when_that_jumps() -> None:
    async with Workspace() as workspace:
        workspace.advance(3600)
        async with clock_of(f"{workspace.url}/local/clock") as clock:
            assert abs(clock.now() - time.time() - 3600) < 2
            sleeping = asyncio.create_task(clock.sleep(1000))
            await clock.sleep(0.01)
            workspace.advance(500)
            await asyncio.sleep(1.2)
            assert not sleeping.done()
            workspace.advance(600)
            async with asyncio.timeout(5):
                await sleeping


async def test_while_the_server_is_away_the_time_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "_LOOK", 0.05)
    workspace = Workspace()
    await workspace.start()
    workspace.advance(3600)
    async with clock_of(f"{workspace.url}/local/clock") as clock:
        await workspace.stop()
        await asyncio.sleep(0.3)
        assert abs(clock.now() - time.time() - 3600) < 2


async def test_an_address_without_a_clock_is_told() -> None:
    async with Workspace() as workspace:
        for url in (f"{workspace.url}/local/state", "http://127.0.0.1:9/"):
            with pytest.raises(PersonCanFix, match="CLOCK_URL"):
                async with clock_of(url):
                    pass
