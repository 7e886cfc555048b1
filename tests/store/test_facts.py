"""The fact sheets on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.brand.facts import ADDED, CHANGED, REMOVED, Fact, FactChange, FactKind
from bot.store.brand.facts import FactStore
from bot.store.privacy import PersonalStore
from bot.store.settings import WorkspaceStore
from tests.databases import everything_in

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database

BAG = Fact(
    "Cabin bag, 8 kg",
    FactKind.QUANTITY,
    "a page",
    owner="U1",
    since="2026-03-01",
    until="",
    markets=("UK", "EU"),
    about="Kestrel",
    id="f1",
    recorded_at=5.0,
)


def _note(act: str, at: float) -> FactChange:
    return FactChange("f1", act, "old", new="new", user="U1", at=at)


async def test_facts_are_kept_changed_and_taken_off_in_one_workspace(database: Database) -> None:
    store = FactStore(database)
    await store.save("T1", [BAG, replace(BAG, id="f0", about="")], [], changes=[_note(ADDED, 1.0)])
    await store.save("T2", [BAG], [], changes=[])
    assert await store.of("T1") == (replace(BAG, id="f0", about=""), BAG)
    changed = replace(BAG, value="Cabin bag, 10 kg")
    await store.save("T1", [changed], ["f0", "f9"], changes=[_note(CHANGED, 2.0), _note(REMOVED, 2.0)])
    assert await store.of("T1") == (changed,)
    assert await store.of("T2") == (BAG,)
    assert {change.act for change in await store.changes("T1", 2)} == {CHANGED, REMOVED}
    assert await store.changes("T2", 9) == ()


async def test_the_audit_has_an_end(database: Database) -> None:
    store = FactStore(database)
    await store.save("T2", [], [], changes=[_note(ADDED, 0.5)])
    await store.save("T1", [], [], changes=[_note(ADDED, float(at)) for at in range(1001)])
    kept = await store.changes("T1", 9999)
    assert (len(kept), kept[0].at, kept[-1].at) == (1000, 1000.0, 1.0)
    assert len(await store.changes("T2", 9)) == 1


async def test_a_persons_name_goes_and_the_facts_stay_until_the_workspace_goes(
    database: Database, url: str, tmp_path: Path
) -> None:
    store = FactStore(database)
    fact = replace(BAG, owner="U0DANA", value="zebra")
    await store.save("T1", [fact], [], changes=[replace(_note(ADDED, 1.0), user="U0DANA")])
    await PersonalStore(database).forget("T1", "U0DANA")
    assert await store.of("T1") == (replace(fact, owner=""),)
    assert [change.user for change in await store.changes("T1", 9)] == [""]
    assert b"U0DANA" not in everything_in(url, tmp_path)
    await WorkspaceStore(database).erase("T1")
    assert await store.of("T1") == ()
    assert b"zebra" not in everything_in(url, tmp_path)
