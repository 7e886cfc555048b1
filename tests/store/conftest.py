"""The stores on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.database import Database
from bot.store.drafts import DraftStore, ReplyStore
from bot.store.migrate import migrate
from bot.store.watching import WatermarkStore
from tests.databases import BOTH, fresh
from tests.store.samples import FixedClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh(str(request.param), tmp_path)


@pytest.fixture
async def database(url: str) -> AsyncGenerator[Database]:
    made = Database(url)
    await migrate(made)
    yield made
    await made.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def drafts(database: Database, clock: FixedClock) -> DraftStore:
    return DraftStore(database, clock)


@pytest.fixture
def replies(database: Database, clock: FixedClock) -> ReplyStore:
    return ReplyStore(database, clock)


@pytest.fixture
def watermarks(database: Database) -> WatermarkStore:
    return WatermarkStore(database)
