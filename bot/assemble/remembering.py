"""Cases beside what their brands keep: the store, the lookup and the comparison are those of the running bot."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.core.brand.facts import in_order
from bot.core.ports import SystemClock
from bot.rules.judging import BrandRecord, by_id, judges_beside
from bot.rules.values import terms_of
from bot.store.brand.posts import PostStore
from bot.store.database import Database
from bot.store.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from bot.core.guidelines import Library
    from bot.core.ports import Judges
    from bot.evaluation.cases import BrandMemory, GoldCase
    from bot.evaluation.running import Beside


@asynccontextmanager
async def brands_beside(library: Library, cases: Sequence[GoldCase]) -> AsyncGenerator[Beside]:
    """The judges of each case with the memory that it carries. The posts are on the disk only meanwhile."""
    in_force, clock = by_id(library), SystemClock()
    brands: dict[BrandMemory, str] = {}
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/candor.db")
        await migrate(database)
        posts = PostStore(database, clock, terms_of)
        for case in cases:
            if case.memory and case.memory not in brands:
                brands[case.memory] = f"T{len(brands)}"
                await posts.bring(brands[case.memory], case.memory.posts)

        async def beside(case: GoldCase, judges: Judges) -> Judges:
            if case.memory is None:
                return judges
            near = await posts.near(brands[case.memory], case.draft.text)
            today = case.today or datetime.fromtimestamp(clock.now(), UTC).date().isoformat()
            return judges_beside(judges, in_force, BrandRecord(in_order(case.memory.facts), today, near))

        try:
            yield beside
        finally:
            await database.close()
