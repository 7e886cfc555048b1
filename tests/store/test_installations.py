from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.core.errors import Locked
from bot.core.installing import ANYBODY, Admission, Guest, Home, Installation
from bot.store.database import Vault, new_key
from bot.store.installing import InstallationStore
from bot.store.settings import WorkspaceStore
from bot.store.tables import INSTALLATIONS, METADATA
from tests.databases import everything_in
from tests.store.samples import message

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database
    from bot.store.drafts import DraftStore
    from tests.store.samples import FixedClock

OLD, NEW = new_key(), new_key()
ONE, OTHER, WHOLE = Home("T1"), Home("T2", "E1"), Home("", "E1")


def installed(home: Home, token: str = "xoxb-secret-1", at: float = 100.0, **more: float | str) -> Installation:  # noqa: S107
    return Installation(
        home,
        "U1",
        "B1",
        token=token,
        user="U9",
        installed_at=at,
        app="A1",
        scopes=("chat:write", "commands"),
        **more,  # pyright: ignore[reportArgumentType]
    )


@pytest.fixture
def store(database: Database, clock: FixedClock) -> InstallationStore:
    return InstallationStore(database, Vault((OLD,)), clock, allowed=frozenset({ANYBODY}))


async def test_an_installation_is_found_again_and_no_token_stands_in_the_clear(
    store: InstallationStore, url: str, tmp_path: Path
) -> None:
    given = installed(ONE, refresh_token="xoxe-secret-2", expires_at=200.5)
    await store.save(given)
    assert await store.find(ONE) == given
    assert await store.find(OTHER) is None
    held = everything_in(url, tmp_path)
    assert b"secret" not in held
    assert b"xox" not in held


async def test_installing_again_replaces_and_changes_the_stamp(store: InstallationStore) -> None:
    await store.save(installed(ONE))
    before = (await store.installed()).stamps[ONE]
    await store.save(installed(ONE, "xoxb-later", 200))
    assert (await store.installed()).stamps.keys() == {ONE}
    assert (await store.installed()).stamps[ONE] != before
    moved = Home("T1", "E7")
    await store.save(installed(moved, "xoxb-moved", 300))
    assert list((await store.installed()).stamps) == [moved]


async def test_only_a_key_opens_what_it_or_a_later_one_locked(
    store: InstallationStore, database: Database, clock: FixedClock
) -> None:
    await store.save(installed(ONE))
    for keys in ((NEW,), ()):
        with pytest.raises(Locked):
            await InstallationStore(database, Vault(keys), clock).find(ONE)
    with pytest.raises(Locked):
        await InstallationStore(database, Vault(()), clock).save(installed(OTHER))
    assert not Vault(()).is_newest("")


async def test_a_new_key_takes_over_and_then_the_old_one_can_go(
    store: InstallationStore, database: Database, clock: FixedClock
) -> None:
    await store.save(installed(ONE))
    both = InstallationStore(database, Vault((NEW, OLD)), clock, allowed=frozenset({ANYBODY}))
    await both.save(installed(WHOLE))
    assert [await both.use_newest_key(), await both.use_newest_key()] == [1, 0]
    alone = InstallationStore(database, Vault((NEW,)), clock)
    assert [await alone.find(ONE), await alone.find(WHOLE)] == [installed(ONE), installed(WHOLE)]
    stranger = InstallationStore(database, Vault((new_key(),)), clock)
    assert await stranger.use_newest_key() == 0
    assert await alone.find(ONE) == installed(ONE)


async def test_a_row_that_somebody_moved_to_another_workspace_is_not_opened(
    store: InstallationStore, database: Database
) -> None:
    await store.save(installed(ONE))
    async with database.write() as connection:
        await connection.execute(sa.update(INSTALLATIONS).values(team="T2"))
    with pytest.raises(Locked):
        await store.find(Home("T2"))


async def test_removing_takes_older_installations_only_and_can_be_repeated(store: InstallationStore) -> None:
    await store.save(installed(ONE, at=100))
    assert await store.remove(ONE, 99) is None
    assert await store.find(ONE)
    assert [await store.remove(ONE, 100) for _ in range(2)] == [("T1",), ("T1",)]
    assert await store.find(ONE) is None


async def test_a_workspace_that_moved_into_an_organisation_is_found_and_a_place_without_a_token_goes(
    store: InstallationStore,
) -> None:
    await store.save(installed(ONE))
    assert (found := await store.find(Home("T1", "E1")))
    assert found.home == ONE
    await store.disable(ONE, 100)
    assert await store.remove(Home("T1", "E1"), float("-inf")) == ("T1",)
    assert await store.guests() == []


async def test_an_organisation_takes_the_workspaces_along_that_have_no_installation_of_their_own(
    store: InstallationStore,
) -> None:
    await store.save(installed(WHOLE))
    await store.save(installed(OTHER))
    for team, enterprise in (("T2", "E1"), ("T3", "E1"), ("T4", "E2"), ("T3", "E1")):
        await store.cover(team, enterprise)
    assert (await store.installed()).covered == {"T2": "E1", "T3": "E1", "T4": "E2"}
    assert await store.remove(OTHER, 500) is None, "the organisation still covers it"
    await store.save(installed(OTHER))
    assert await store.remove(WHOLE, 500) == ("T3",)
    assert await store.remove(OTHER, 500) == ("T2",)


async def test_one_process_at_a_time_exchanges_a_token_and_what_was_removed_stays_so(
    store: InstallationStore, clock: FixedClock
) -> None:
    await store.save(installed(ONE))
    assert [await store.may_renew(ONE), await store.may_renew(ONE)] == [True, False]
    clock.moment += 61
    assert await store.may_renew(ONE)
    clock.moment -= 3600
    assert [await store.may_renew(ONE), await store.may_renew(ONE)] == [True, False], "the clock was set back"
    await store.renewed(installed(ONE, "xoxb-renewed"))
    assert (found := await store.find(ONE))
    assert found.token == "xoxb-renewed"
    assert await store.may_renew(ONE)
    await store.remove(ONE, 500)
    await store.renewed(installed(ONE, "xoxb-too-late"))
    assert await store.find(ONE) is None
    assert not await store.may_renew(ONE)


async def test_revoked_tokens_are_forgotten_and_the_place_stays_allowed(
    database: Database, clock: FixedClock, url: str, tmp_path: Path
) -> None:
    store = InstallationStore(database, Vault((OLD,)), clock, allowed=frozenset())
    await store.save(installed(ONE))
    await store.save(installed(OTHER))
    await store.allow(frozenset({ANYBODY}))
    before = everything_in(url, tmp_path)
    async with database.read() as connection:
        bundle = (
            await connection.execute(sa.select(INSTALLATIONS.c.bundle).where(INSTALLATIONS.c.team == "T1"))
        ).scalar()
    assert str(bundle).encode() in before
    assert not await store.disable(ONE, 99)
    assert [await store.disable(ONE, 100) for _ in "12"] == [True, False]
    assert (await store.installed()).stamps.keys() == {OTHER}
    assert await store.find(ONE) is None
    if database.is_sqlite:
        assert str(bundle).encode() not in everything_in(url, tmp_path)
    await store.renewed(installed(ONE, "xoxb-renewed"))
    assert await store.find(ONE) is None
    newer = InstallationStore(database, Vault((NEW, OLD)), clock)
    assert (await newer.on_older_keys(), await newer.use_newest_key(), await newer.on_older_keys()) == (1, 1, 0)
    assert set(await store.guests()) == {Guest(OTHER, 100.0, waits=False), Guest(ONE, 100.0, waits=False, revoked=True)}
    assert await store.save(installed(ONE, at=300)) is Admission.ALLOWED
    assert (await store.installed()).stamps.keys() == {ONE, OTHER}
    assert await store.remove(ONE, 101) is None
    assert await store.find(ONE)
    await store.disable(ONE, 301)
    assert await store.remove(ONE, 301) == ("T1",)
    assert await store.save(installed(ONE, at=400)) is Admission.WAITS


async def test_a_strange_workspace_waits_for_a_yes_and_keeps_it_when_it_installs_again(
    database: Database, clock: FixedClock
) -> None:
    store = InstallationStore(database, Vault((OLD,)), clock, allowed=frozenset({"T2"}))
    assert await store.save(installed(OTHER)) is Admission.ALLOWED
    assert [await store.save(installed(ONE)) for _ in "12"] == [Admission.WAITS, Admission.STILL_WAITS]
    assert set((await store.installed()).stamps) == {OTHER}
    assert set(await store.guests()) == {Guest(OTHER, 100.0, waits=False), Guest(ONE, 100.0, waits=True)}
    assert [await store.allow(frozenset({key})) for key in ("T9", "", "T2", "T1", "T1")] == [0, 0, 0, 1, 0]
    assert set((await store.installed()).stamps) == {OTHER, ONE}
    assert await store.save(installed(Home("T1", "E7"), at=200)) is Admission.ALLOWED
    await store.remove(Home("T1"), 300)
    assert await store.save(installed(ONE, at=400)) is Admission.WAITS
    assert await store.remove(ONE, 300) is None, "it was installed after that"


async def test_an_organisation_that_is_allowed_brings_its_workspaces_and_a_workspace_does_not_bring_the_organisation(
    database: Database, clock: FixedClock
) -> None:
    one = InstallationStore(database, Vault((OLD,)), clock, allowed=frozenset({"T2"}))
    assert await one.save(installed(WHOLE)) is Admission.WAITS
    assert await one.save(installed(Home("T3", "E1"))) is Admission.STILL_WAITS
    assert await one.save(installed(OTHER)) is Admission.ALLOWED
    assert set((await one.installed()).stamps) == {OTHER}
    assert await one.allow(frozenset({"E1"})) == 2
    assert await one.save(installed(Home("T4", "E1"))) is Admission.ALLOWED
    assert await one.save(installed(Home("T5", "E2"))) is Admission.WAITS
    assert await one.allow(frozenset({ANYBODY})) == 1


async def test_every_table_says_whose_rows_they_are() -> None:
    assert [table.name for table in METADATA.sorted_tables if "team" not in table.primary_key.columns] == []


async def test_erasing_a_workspace_empties_every_table_of_it_and_no_other(
    database: Database, drafts: DraftStore, url: str, tmp_path: Path
) -> None:
    for team in ("T8MARKER", "T9MARKER"):
        async with database.write() as connection:
            for table in METADATA.sorted_tables:
                await connection.execute(sa.insert(table).values(_row(table, team)))
    await WorkspaceStore(database).erase("T8MARKER")
    async with database.read() as connection:
        for table in METADATA.sorted_tables:
            left = set((await connection.execute(sa.select(table.c.team))).scalars())
            assert left == ({"T8MARKER", "T9MARKER"} if table is INSTALLATIONS else {"T9MARKER"}), table.name
    held = everything_in(url, tmp_path)
    assert [b"T8MARKER-text" in held, b"T9MARKER-text" in held] == [False, True]
    assert await drafts.add(message())


def _row(table: sa.Table, team: str) -> dict[str, object]:
    """A row with a value of the right kind in each column."""
    kinds = {str: f"{team}-text" if table is not INSTALLATIONS else "", int: 1, float: 1.0, bool: True}
    values: dict[str, object] = {}
    for column in table.columns:
        kind = column.type.python_type
        values[column.name] = kinds.get(kind, {}) if not isinstance(column.type, sa.JSON) else {}
    return values | {"team": team}
