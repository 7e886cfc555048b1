from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.drafts import Place
from bot.store.drafts import DraftStore, OwnDraftStore
from tests.store.samples import PLACE, FixedClock, message

if TYPE_CHECKING:
    from bot.store.database import Database

NOON = 1_700_000_000.0


async def test_only_a_persons_own_living_drafts_the_latest_first(database: Database) -> None:
    drafts, own = DraftStore(database, FixedClock()), OwnDraftStore(database)
    places = [Place("T1", "C1", f"{NOON + n:.6f}") for n in range(3)]
    for place in (*places, Place("T2", "C1", places[0].ts), Place("T1", "C2", "5.0")):
        await drafts.add(message(place=place))
    await drafts.add(replace(message(place=Place("T1", "C3", places[0].ts)), author_id="U2"))
    await drafts.erase(places[1])
    assert await own.of("T1", "U1", NOON, 10) == (places[2].draft_id, places[0].draft_id)
    assert await own.of("T1", "U1", NOON, 1) == (places[2].draft_id,)
    assert await own.of("T1", "U3", NOON, 10) == ()


async def test_what_the_author_chose_beside_the_words_is_kept_and_can_change_alone(database: Database) -> None:
    drafts = DraftStore(database, FixedClock())
    composed = replace(message(), platform="instagram", context="Audience: gardeners\0")
    record = await drafts.add(composed)
    assert record
    assert (record.draft.platform, record.draft.context) == ("instagram", "Audience: gardeners\ufffd")
    assert await drafts.revise(replace(composed, revision="1700000001.000100")) is None
    assert await drafts.revise(replace(message(), revision="1700000001.000100")) is None
    revised = await drafts.revise(replace(composed, platform="x", revision="1700000002.000100"))
    assert revised
    assert (revised.draft.platform, revised.draft.context) == ("x", record.draft.context)
    plain = await drafts.revise(message("Other words.", "1700000003.000100"))
    assert plain
    assert (plain.draft.platform, plain.draft.context) == ("x", record.draft.context)
    other = await drafts.add(message(place=replace(PLACE, channel="C9")))
    assert other
    assert (other.draft.platform, other.draft.context) == ("", "")
