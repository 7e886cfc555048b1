"""Whether a database answers, as the readiness of a process depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.database import Database

if TYPE_CHECKING:
    from pathlib import Path


async def test_one_that_is_there_answers(database: Database) -> None:
    assert await database.answers()


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:9/candor", "sqlite:///{folder}/nowhere/candor.db"])
async def test_one_that_is_away_does_not(url: str, tmp_path: Path) -> None:
    away = Database(url.format(folder=tmp_path))
    assert not await away.answers()
    await away.close()
