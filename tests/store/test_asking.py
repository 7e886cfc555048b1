from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.store.samples import PLACE, job, message, review

if TYPE_CHECKING:
    from bot.store.drafts import DraftStore

ID = PLACE.draft_id


async def test_a_draft_remembers_that_somebody_asked_for_it(drafts: DraftStore) -> None:
    added = await drafts.add(message(), asked="5.0")
    assert added
    assert (added.asked, added.round) == ("5.0", 0)
    found = await drafts.find(ID)
    assert found == added


async def test_each_request_is_one_new_round_once_the_last_one_has_its_review(drafts: DraftStore) -> None:
    await drafts.add(message())
    rounds: list[int] = []
    for at in ("1700000010.000001", "1700000010.000001", "1700000020.000001", "1700000010.000001"):
        record = await drafts.ask(ID, at)
        assert record
        rounds.append(record.round)
        await drafts.save_review(review(record.job))
    assert rounds == [0, 0, 1, 1]


async def test_one_request_that_arrives_several_times_at_once_is_one_round(drafts: DraftStore) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    records = await asyncio.gather(*(drafts.ask(ID, "1700000010.000001") for _ in range(5)))
    assert [record.round for record in records if record] == [1] * 5


async def test_nobody_can_ask_for_what_is_erased_or_unknown(drafts: DraftStore) -> None:
    assert await drafts.ask(ID, "5.0") is None
    await drafts.add(message())
    await drafts.erase(PLACE)
    assert await drafts.ask(ID, "5.0") is None
