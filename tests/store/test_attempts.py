from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.reviewing import AttemptStore
from tests.store.samples import PLACE, job, message

if TYPE_CHECKING:
    from bot.store.database import Database
    from bot.store.drafts import DraftStore


async def test_what_was_begun_and_did_not_end_is_counted_for_the_words_that_it_was_begun_with(
    database: Database,
) -> None:
    attempts = AttemptStore(database)
    assert await attempts.of(job()) == 0
    for count in (1, 2, 3):
        await attempts.begun(job())
        assert await attempts.of(job()) == count
    assert await attempts.unended(3) == [(PLACE.draft_id, 3)]
    assert await attempts.unended(4) == []
    newer = job(revision="1700000050.000000")
    assert await attempts.of(newer) == 0
    await attempts.begun(newer)
    assert (await attempts.of(newer), await attempts.of(job())) == (1, 0)
    await attempts.ended(newer)
    assert await attempts.unended(1) == []


async def test_it_goes_with_the_draft(database: Database, drafts: DraftStore) -> None:
    attempts = AttemptStore(database)
    await drafts.add(message())
    await attempts.begun(job())
    await drafts.erase(PLACE)
    assert await attempts.unended(1) == []
