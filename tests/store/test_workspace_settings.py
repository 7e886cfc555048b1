from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.settings import SettingChange
from bot.store.settings import SettingValueStore

if TYPE_CHECKING:
    from bot.store.database import Database


def _change(field: str, at: float) -> SettingChange:
    return SettingChange(field, "old", "new", user="U1", at=at)


async def test_values_are_kept_and_replaced_for_one_workspace(database: Database) -> None:
    store = SettingValueStore(database)
    await store.save("T1", {"a": "1", "b": "2"}, ())
    await store.save("T1", {"b": "3"}, ())
    await store.save("T2", {"a": "9"}, ())
    assert await store.of("T1") == {"a": "1", "b": "3"}
    assert await store.of("T2") == {"a": "9"}
    assert await store.of("T3") == {}


async def test_the_audit_gives_the_newest_first(database: Database) -> None:
    store = SettingValueStore(database)
    await store.save("T1", {}, (_change("b", 1.5), _change("a", 1.5)))
    await store.save("T1", {}, (_change("a", 2.5),))
    await store.save("T2", {}, (_change("c", 3.5),))
    assert await store.changes("T1", 9) == (_change("a", 2.5), _change("a", 1.5), _change("b", 1.5))
    assert await store.changes("T1", 1) == (_change("a", 2.5),)


async def test_the_audit_has_an_end(database: Database) -> None:
    store = SettingValueStore(database)
    await store.save("T2", {}, (_change("c", 1),))
    await store.save("T1", {}, tuple(_change("a", at) for at in range(1000)))
    assert len(await store.changes("T1", 9999)) == 1000
    await store.save("T1", {}, (_change("b", 1000), _change("a", 1000)))
    kept = await store.changes("T1", 9999)
    assert (len(kept), kept[0], kept[-1].at) == (1000, _change("a", 1000), 2)
    assert await store.changes("T2", 9) == (_change("c", 1),)
