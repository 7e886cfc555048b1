from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.store.watching import WatermarkStore


async def test_the_first_message_seen_stays_and_the_latest_whatever_order_they_come_in(
    watermarks: WatermarkStore,
) -> None:
    assert await watermarks.seen_between("T1", "C1") is None
    await watermarks.seen("T1", "C1", "1700000001.000009")
    stamps = ["1700000002.000002", "1700000002.000001", "1700000001.000009", "999.5"]
    await asyncio.gather(*(watermarks.seen("T1", "C1", ts) for ts in stamps))
    assert await watermarks.seen_between("T1", "C1") == ("1700000001.000009", "1700000002.000002")


async def test_every_channel_of_every_workspace_has_its_own(watermarks: WatermarkStore) -> None:
    await watermarks.seen("T1", "C1", "1700000001.000000")
    await watermarks.seen("T1", "C2", "1700000002.000000")
    await watermarks.seen("T2", "C1", "1700000003.000000")
    assert await watermarks.seen_between("T1", "C1") == ("1700000001.000000", "1700000001.000000")
