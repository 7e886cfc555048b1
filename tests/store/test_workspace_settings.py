from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.core.settings import Known, SettingChange, WorkspaceSettings
from bot.flows.settings import ChangeSettings, SettingsInForce, SwitchChannel
from bot.store.database import Database
from bot.store.settings import MeantChannelStore, SettingValueStore
from tests.flows.fake_channels import FakeChannels
from tests.flows.fakes import FakeClock, straight_on

if TYPE_CHECKING:
    import pytest


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


async def test_what_somebody_else_set_meanwhile_is_not_overwritten(database: Database) -> None:
    store = SettingValueStore(database)
    seen = await store.of("T1")
    assert await store.save("T1", {"a": "1", "b": "1"}, (), seen=seen)
    assert not await store.save("T1", {"a": "2", "c": "2"}, (_change("a", 1),), seen=seen)
    assert not await store.save("T1", {"a": "2", "c": "2"}, (_change("a", 1),), seen={"a": "0"})
    assert await store.of("T1") == {"a": "1", "b": "1"}
    assert await store.changes("T1", 9) == ()
    assert await store.save("T1", {"a": "2", "c": "2"}, (), seen=await store.of("T1"))
    assert await store.of("T1") == {"a": "2", "b": "1", "c": "2"}


async def test_what_another_process_set_is_seen_a_second_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = SettingValueStore(database), SettingValueStore(database)
    await here.save("T1", {"a": "1"}, ())
    assert await here.of("T1") == {"a": "1"}
    await elsewhere.save("T1", {"a": "2"}, ())
    assert await here.of("T1") == {"a": "1"}
    monkeypatch.setattr("bot.store.settings._GOOD", -1.0)
    assert await here.of("T1") == {"a": "2"}


class SlowLeads:
    async def of(self, team: str) -> tuple[str, ...]:
        return (f"U{team}",)

    async def includes(self, team: str, user: str) -> bool:
        await asyncio.sleep(0.05)
        return bool(team and user)


def _switch(database: Database) -> SwitchChannel:
    values, known = SettingValueStore(database), Known(frozenset(), frozenset())
    in_force = SettingsInForce(values, WorkspaceSettings(), known)
    change = ChangeSettings(in_force, values, SlowLeads(), known=known, clock=FakeClock(straight_on))
    return SwitchChannel(change, FakeChannels(), SlowLeads())


async def test_channels_that_people_add_at_once_are_all_there(database: Database, url: str) -> None:
    """Through two connections to the database, as two processes have them."""
    other = Database(url)
    try:
        switches = [_switch(one) for one in (database, other)]
        channels = [f"C{n:09}" for n in range(6)]
        added = (switches[n % 2]("T1", "U1", channel, on=True) for n, channel in enumerate(channels))
        assert {await done for done in asyncio.as_completed(list(added))} == {None}
        kept = (await SettingValueStore(database).of("T1"))["draft_channels"]
        assert sorted(kept.split(", ")) == channels
    finally:
        await other.close()


async def test_what_names_of_channels_mean_is_kept_for_each_workspace_and_no_more_of_it(database: Database) -> None:
    meant = MeantChannelStore(database)
    assert await meant.of("T1") == {}
    await meant.keep("T1", {"drafts": "C1", "posts": "C2"})
    await meant.keep("T2", {"drafts": "C9"})
    await meant.keep("T1", {"drafts": "C3"})
    assert await MeantChannelStore(database).of("T1") == {"drafts": "C3"}
    await asyncio.gather(*(meant.keep("T1", {"b": f"C{n}", "a": "C1"}) for n in range(4)))
    assert (await meant.of("T1")).keys() == {"a", "b"}
    await meant.keep("T1", {})
    assert await meant.of("T1") == {}
    assert await meant.of("T2") == {"drafts": "C9"}
