"""The stores on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.database import Database
from bot.store.drafts import DraftStore, ReplyStore
from bot.store.watching import WatermarkStore
from tests.databases import BOTH, fresh, give_back, migrated
from tests.store.samples import FixedClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from pathlib import Path


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def empty(kind: str, tmp_path: Path) -> str:
    """The URL of a new database without tables."""
    return fresh(kind, tmp_path)


@pytest.fixture
def url(kind: str, tmp_path: Path) -> Generator[str]:
    """The URL of a database with every table and no row."""
    lent = migrated(kind, tmp_path)
    yield lent
    give_back(lent)


@pytest.fixture
async def database(url: str) -> AsyncGenerator[Database]:
    made = Database(url)
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
