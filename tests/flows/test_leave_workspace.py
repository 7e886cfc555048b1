from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.core.brand.audit import Audit
from bot.core.brand.overnight import Night
from bot.core.errors import TryLater
from bot.core.installing import Admission, Home, Installation, Installed
from bot.flows.brand.overnight import DropNights
from bot.flows.installing import DisableWorkspace, LeaveWorkspace
from tests.flows.test_audit import FakeAudits
from tests.flows.test_overnight import FakeBatches
from tests.flows.world import Steps

AT = 1_700_000_000.0
ONE, OTHER, WHOLE = Home("T1"), Home("T2"), Home("", "E1")


@dataclass
class FakeInstallations:
    """Installed homes with their moments; what an organisation covers."""

    rows: dict[Home, float] = field(default_factory=dict[Home, float])
    covered: tuple[str, ...] = ("T1", "T2")
    disabled: set[Home] = field(default_factory=set[Home])

    async def save(self, installation: Installation) -> Admission:
        self.rows[installation.home] = installation.installed_at
        return Admission.ALLOWED

    async def installed(self) -> Installed:
        return Installed({home: str(at) for home, at in self.rows.items()}, {})

    async def find(self, home: Home) -> Installation | None:
        return None

    async def cover(self, team: str, enterprise: str) -> None: ...

    async def may_renew(self, home: Home) -> bool:
        return False

    async def renewed(self, installation: Installation) -> None: ...

    async def disable(self, home: Home, at: float) -> bool:
        return home in self.rows and self.rows[home] <= at and home not in self.disabled and not self.disabled.add(home)

    async def remove(self, home: Home, at: float) -> tuple[str, ...] | None:
        if self.rows.get(home, 0) > at:
            return None
        self.rows.pop(home, None)
        return self.covered if home.is_organisation else (home.team,)


@dataclass
class FakeWorkspaces:
    kept: set[str] = field(default_factory=lambda: {"T1", "T2", "T3"})
    broken: bool = False

    async def erase(self, team: str) -> None:
        if self.broken:
            raise OSError
        self.kept.discard(team)


@dataclass
class FakeConnections:
    there: set[Home] = field(default_factory=lambda: {ONE, OTHER, WHOLE})
    comes_back: bool = False
    token_ended: float | None = AT
    away: bool = False
    """Up to which moment of installing Slack takes no token of the home."""

    def forget(self, home: Home) -> None:
        if not self.comes_back:
            self.there.discard(home)

    async def ready(self, team: str, enterprise: str = "") -> bool:
        return Home(team) in self.there

    async def settled(self, team: str) -> bool:
        return await self.ready(team)

    async def ended(self, home: Home) -> float | None:
        if self.away:
            raise TryLater(1)
        return self.token_ended


@dataclass
class FakeJobs:
    later: list[tuple[Home, float]] = field(default_factory=list[tuple[Home, float]])
    forgotten: list[str] = field(default_factory=list[str])

    async def leave(
        self, home: Home, at: float, *, delay: float = 0, again: bool = False, revoked: bool = False
    ) -> None:
        assert again != revoked
        self.later.append((home, delay))

    async def forget(self, team: str) -> None:
        self.forgotten.append(team)


@dataclass
class Leaving:
    installations: FakeInstallations = field(default_factory=FakeInstallations)
    connections: FakeConnections = field(default_factory=FakeConnections)
    workspaces: FakeWorkspaces = field(default_factory=FakeWorkspaces)
    jobs: FakeJobs = field(default_factory=FakeJobs)

    async def __call__(self, home: Home, *, again: bool = False, steps: Steps | None = None) -> str:
        flow = LeaveWorkspace(self.installations, self.connections, self.workspaces, jobs=self.jobs)
        return await flow(steps or Steps(), home, AT, again=again)


async def test_a_workspace_that_removes_candor_is_forgotten_and_the_others_stay() -> None:
    leaving = Leaving(FakeInstallations({ONE: AT - 9, OTHER: AT - 9}))
    assert await leaving(ONE) == "left"
    assert leaving.workspaces.kept == {"T2", "T3"}
    assert leaving.jobs.forgotten == ["T1"]
    assert leaving.installations.rows == {OTHER: AT - 9}
    assert not await leaving.connections.ready("T1")
    assert await leaving.connections.ready("T2")


async def test_it_is_looked_at_once_more_later_and_then_no_more() -> None:
    leaving = Leaving()
    await leaving(ONE)
    assert leaving.jobs.later == [(ONE, 120.0)]
    leaving.workspaces.kept.add("T1")
    assert await leaving(ONE, again=True) == "left"
    assert "T1" not in leaving.workspaces.kept
    assert len(leaving.jobs.later) == 1


async def test_an_installation_that_is_newer_keeps_everything() -> None:
    leaving = Leaving(FakeInstallations({ONE: AT + 9}))
    assert await leaving(ONE) == "installed again"
    assert "T1" in leaving.workspaces.kept
    assert leaving.jobs.forgotten == []


async def test_whether_slack_takes_the_token_counts_and_no_clock() -> None:
    ahead = Leaving(FakeInstallations({ONE: AT + 3600}), FakeConnections(token_ended=AT + 3600))
    assert await ahead(ONE) == "left", "our clock was set back after the installation"
    assert "T1" not in ahead.workspaces.kept
    fresh = Leaving(FakeInstallations({ONE: AT - 30}), FakeConnections(token_ended=None))
    for again in (False, True):
        assert await fresh(ONE, again=again) == "installed again", "Slack's clock is ahead of ours"
    assert fresh.installations.rows == {ONE: AT - 30}
    assert (fresh.workspaces.kept, fresh.jobs.forgotten) == ({"T1", "T2", "T3"}, [])
    assert fresh.jobs.later == [(ONE, 120.0)], "Slack may take a token for a moment longer"


async def test_a_token_that_was_set_anew_keeps_what_came_since() -> None:
    leaving = Leaving()
    await leaving(ONE)
    leaving.connections.there.add(ONE)
    leaving.workspaces.kept.add("T1")
    assert await leaving(ONE, again=True) == "installed again"
    assert "T1" in leaving.workspaces.kept


async def test_an_organisation_takes_all_that_it_covered_along() -> None:
    leaving = Leaving(FakeInstallations({WHOLE: AT - 9}))
    assert await leaving(WHOLE) == "left"
    assert leaving.workspaces.kept == {"T3"}
    assert await leaving(WHOLE, again=True) == "left"


@dataclass
class Disabling(Leaving):
    async def disable(self, home: Home) -> bool:
        return await DisableWorkspace(self.installations, self.connections, self.jobs)(home, AT)


async def test_a_workspace_whose_tokens_were_revoked_is_off_keeps_everything_for_a_week_and_is_told_of_once() -> None:
    world = Disabling(FakeInstallations({ONE: AT - 9, OTHER: AT - 9}))
    assert [await world.disable(ONE) for _ in "12"] == [True, False]
    assert world.jobs.later == [(ONE, 7 * 86400.0)] * 2
    assert world.jobs.forgotten == []
    assert (world.workspaces.kept, world.installations.disabled) == ({"T1", "T2", "T3"}, {ONE})
    assert [await world.connections.ready(team) for team in ("T1", "T2")] == [False, True]
    assert await world(ONE, again=True) == "left"
    assert world.workspaces.kept == {"T2", "T3"}


async def test_whoever_installs_again_within_the_week_loses_nothing() -> None:
    world = Disabling(FakeInstallations({ONE: AT - 9}))
    await world.disable(ONE)
    world.installations.rows[ONE] = AT + 86400
    assert await world(ONE, again=True) == "installed again"
    assert "T1" in world.workspaces.kept


async def test_news_of_revoked_tokens_that_comes_after_a_new_installation_is_none() -> None:
    world = Disabling(FakeInstallations({ONE: AT + 9}), FakeConnections(comes_back=True))
    assert not await world.disable(ONE)
    assert world.installations.disabled == set()


@pytest.mark.parametrize("slack", [{"token_ended": None}, {"away": True}])
async def test_a_token_is_not_forgotten_while_slack_takes_it_or_does_not_answer(slack: dict[str, Any]) -> None:
    world = Disabling(FakeInstallations({ONE: AT - 9}), FakeConnections(**slack))
    assert not await world.disable(ONE)
    assert (world.installations.disabled, await world.connections.ready("T1")) == (set(), True)
    assert world.jobs.later == [(ONE, 7 * 86400.0)]


async def test_a_token_of_the_settings_and_an_organisation_are_disabled_as_well() -> None:
    assert await Disabling().disable(ONE)
    world = Disabling(FakeInstallations({WHOLE: AT - 9}))
    assert [await world.disable(WHOLE) for _ in "12"] == [True, False]


async def test_after_a_crash_it_goes_on_where_it_was() -> None:
    leaving, steps = Leaving(FakeInstallations({ONE: AT - 9})), Steps()
    leaving.workspaces.broken = True
    try:
        await leaving(ONE, steps=steps)
    except OSError:
        leaving.workspaces.broken = False
    assert await leaving(ONE, steps=steps) == "left"
    assert leaving.workspaces.kept == {"T2", "T3"}


async def test_the_job_has_ids_in_place_of_the_home() -> None:
    leaving = Leaving(FakeInstallations({ONE: AT - 9, OTHER: AT - 9}))
    flow = LeaveWorkspace(leaving.installations, leaving.connections, leaving.workspaces, jobs=leaving.jobs)
    assert await flow.job(Steps(), ONE.team, ONE.enterprise, at=AT, again=False) == "left"
    assert leaving.installations.rows == {OTHER: AT - 9}


async def test_what_stands_at_the_models_server_goes_while_it_is_known() -> None:
    leaving, batches = Leaving(), FakeBatches()
    audits = FakeAudits()
    audits.rows["a1"] = Audit("a1", "U1", AT, night=Night(AT, ("b-1",)))
    nights = DropNights(audits, batches)
    jobs, workspaces = leaving.jobs, leaving.workspaces
    leave = LeaveWorkspace(leaving.installations, leaving.connections, workspaces, jobs=jobs, nights=nights)
    assert await leave(Steps(), ONE, AT, again=False) == "left"
    assert batches.dropped == [("b-1",)]
    assert "T1" not in workspaces.kept
