from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.core.drafts import Place
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.migrate import migrate
from bot.store.tables import DRAFTS
from tests.databases import everything_in
from tests.store.samples import FixedClock, job, message, review

if TYPE_CHECKING:
    from pathlib import Path

MARK = "zebra-marker"


async def test_an_erased_text_is_nowhere_any_more(drafts: DraftStore, url: str, tmp_path: Path) -> None:
    chance = random.Random()  # noqa: S311 - for texts of all lengths
    places = [Place("T1", "C1", f"17000000{n:02}.000100") for n in range(30)]
    for place in places:
        await drafts.add(message(f"{MARK} {'long ' * chance.randint(0, 2000)}", place=place))
        await drafts.save_review(review(job(place), quote=MARK))
    for place in places[::2]:
        revision = "1700000099.000000"
        await drafts.revise(message(f"{'other ' * chance.randint(0, 2000)}{MARK}", revision, place))
        await drafts.save_review(review(job(place, revision), quote=MARK))
    assert MARK.encode() in everything_in(url, tmp_path)
    for place in chance.sample(places, len(places)):
        await drafts.erase(place)
    assert MARK.encode() not in everything_in(url, tmp_path)


async def test_one_erased_text_goes_and_the_others_stay(drafts: DraftStore, url: str, tmp_path: Path) -> None:
    places = [Place("T1", "C1", f"17000000{n:02}.000100") for n in range(3)]
    for n, place in enumerate(places):
        await drafts.add(message(f"{MARK}-{n}", place=place))
    await drafts.erase(places[1])
    held = everything_in(url, tmp_path)
    assert [f"{MARK}-{n}".encode() in held for n in range(3)] == [True, False, True]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_reader_in_the_way_only_delays_the_wiping(database: Database, url: str, tmp_path: Path) -> None:
    drafts = DraftStore(database, FixedClock())
    place = Place("T1", "C1", "1700000000.000100")
    await drafts.add(message(MARK, place=place))
    async with database.read() as reader:
        texts = (await reader.execute(sa.select(DRAFTS.c.text))).scalars().all()
        assert await drafts.erase(place)
        assert not await database.wipe()
        assert texts == [MARK] == (await reader.execute(sa.select(DRAFTS.c.text))).scalars().all()
    assert await database.wipe()
    assert MARK.encode() not in everything_in(url, tmp_path)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_writing_waits_for_nobody_while_a_wipe_is_tried(database: Database) -> None:
    drafts = DraftStore(database, FixedClock())
    async with database.read() as reader:
        await reader.execute(sa.select(DRAFTS.c.text))
        await drafts.add(message())
        assert not await database.wipe()
        assert await drafts.add(message(place=Place("T1", "C1", "1700000001.000100")))


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_closing_finishes_what_a_reader_delayed(url: str, tmp_path: Path) -> None:
    database = Database(url)
    await migrate(database)
    drafts = DraftStore(database, FixedClock())
    place = Place("T1", "C1", "1700000000.000100")
    await drafts.add(message(MARK, place=place))
    async with database.read() as reader:
        await reader.execute(sa.select(DRAFTS.c.text))
        await drafts.erase(place)
    await database.close()
    assert MARK.encode() not in everything_in(url, tmp_path)
