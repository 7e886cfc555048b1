from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from bot.core.errors import TryLater
from bot.core.settings import Known, SettingChange, WorkspaceSettings
from bot.core.words import settings as words
from bot.core.words.people import ENGLISH, Language
from bot.flows.replying import ReplyLanguages
from bot.flows.settings import ChangeSettings, SettingsInForce
from tests.flows.fake_leads import FakeLeads as StaleLeads
from tests.flows.fakes import PLACE, FakeClock, straight_on
from tests.flows.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN = Known(frozenset({"a/b"}), frozenset())
DEFAULTS = WorkspaceSettings(draft_channels=("drafts",))


@dataclass
class FakeValues:
    kept: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    audit: list[SettingChange] = field(default_factory=list[SettingChange])

    async def of(self, team: str) -> dict[str, str]:
        return self.kept.get(team, {})

    async def save(
        self,
        team: str,
        values: Mapping[str, str],
        changes: tuple[SettingChange, ...],
        seen: Mapping[str, str] | None = None,
    ) -> bool:
        known = self.kept.get(team, {})
        if seen is not None and any(known.get(name) != seen.get(name) for name in values):
            return False
        self.kept[team] = {**self.kept.get(team, {}), **values}
        self.audit += changes
        return True

    async def changes(self, team: str, most: int) -> tuple[SettingChange, ...]:
        return tuple(self.audit[-most:]) if team in self.kept else ()


class FakeLeads:
    async def of(self, team: str) -> tuple[str, ...]:
        return (f"U{team}",)

    async def includes(self, team: str, user: str) -> bool:
        return user in await self.of(team)


def _flow() -> tuple[ChangeSettings, FakeValues]:
    values = FakeValues()
    in_force = SettingsInForce(values, DEFAULTS, KNOWN)
    return ChangeSettings(in_force, values, FakeLeads(), known=KNOWN, clock=FakeClock(straight_on)), values


async def test_a_brand_leads_change_counts_at_once_and_is_noted() -> None:
    flow, values = _flow()
    done = await flow("T1", "UT1", {"draft_channels": "#posts", "retention_days": "90"})
    assert done.settings == await flow.in_force.of("T1") == WorkspaceSettings(draft_channels=("posts",))
    assert list(done.changes) == values.audit
    assert values.audit == [SettingChange("draft_channels", "drafts", "posts", user="UT1", at=flow.clock.now())]


class Named(Language):
    def __init__(self, code: str) -> None:
        self.code = code


async def test_a_draft_is_answered_in_its_language_or_in_the_one_that_is_set() -> None:
    world, german = World(), "Wir backen das Brot und ihr holt es euch heute bei uns."
    await world.reviewed(german)
    values = FakeValues({"TF": {"reply_language": "fr"}, "TD": {"reply_language": "draft"}})
    speaks = ReplyLanguages(values, world.drafts, other=Named)
    assert (await speaks(PLACE.team, german)).code == (await speaks("TD", german)).code == "de"
    assert await speaks("TD", "Мы печём хлеб") is ENGLISH
    assert await speaks(PLACE.team, "We bake bread.") is ENGLISH
    assert (await speaks("TF", german)).code == (await speaks.of_draft("TF", "TF:C1:1.0")).code == "fr"
    assert (await speaks.of_draft(PLACE.team, PLACE.draft_id)).code == "de"
    assert await speaks.of_draft(PLACE.team, "") is ENGLISH
    assert await speaks.of_draft("T9", PLACE.draft_id) is ENGLISH


async def test_one_workspaces_settings_are_no_others() -> None:
    flow, _ = _flow()
    await flow("T1", "UT1", {"retention_days": "30"})
    assert await flow.in_force.of("T2") == DEFAULTS


async def test_who_was_demoted_cannot_become_a_brand_lead_for_good() -> None:
    flow, values = _flow()
    leads = StaleLeads()
    leads.users["T1"] = ("UT1",)
    leads.demoted.add("UT1")
    done = await replace(flow, leads=leads)("T1", "UT1", {"brand_leads": "<@UT1>"})
    assert done.faults == (("", words.ONLY_LEADS),)
    assert not values.audit


async def test_others_change_nothing() -> None:
    flow, values = _flow()
    done = await flow("T1", "UT2", {"retention_days": "30"})
    assert (done.settings, done.faults) == (DEFAULTS, (("", words.ONLY_LEADS),))
    assert values.kept == {}


async def test_one_fault_keeps_the_whole_change_back() -> None:
    flow, values = _flow()
    done = await flow("T1", "UT1", {"retention_days": "30", "digest_time": "late"})
    assert [name for name, _ in done.faults] == ["digest_time"]
    assert values.kept == {}


async def test_whoever_names_the_first_brand_leads_stays_one_of_them() -> None:
    flow, _ = _flow()
    done = await flow("T1", "UT1", {"brand_leads": "U2"})
    assert done.settings.brand_leads == ("U2", "UT1")


@pytest.mark.parametrize(
    ("wanted", "sees_list", "leads"),
    [
        ("U2", True, ("U2",)),  # their own name was on the list in the window, and they took it off
        ("U2", False, ("U2", "UT1")),  # a command shows no list
        ("U2, UT1", False, ("U2", "UT1")),
        ("", False, ()),  # then the workspace's admins are
    ],
)
async def test_nobody_drops_out_of_the_brand_leads_unseen(wanted: str, sees_list: bool, leads: tuple[str, ...]) -> None:  # noqa: FBT001
    flow, _ = _flow()
    await flow("T1", "UT1", {"brand_leads": "UT1, U9"})
    done = await flow("T1", "UT1", {"brand_leads": wanted}, sees_list=sees_list)
    assert done.settings.brand_leads == leads


async def test_no_change_is_not_noted() -> None:
    flow, values = _flow()
    assert (await flow("T1", "UT1", {"retention_days": "90"})).changes == ()
    assert values.audit == []


@dataclass
class BusyValues(FakeValues):
    """Somebody else adds a channel whenever the values were read, until they are done."""

    others: list[str] = field(default_factory=list[str])

    async def of(self, team: str) -> dict[str, str]:
        seen = await super().of(team)
        if self.others:
            listed = seen.get("draft_channels", "drafts")
            await self.save(team, {"draft_channels": f"{listed}, {self.others.pop(0)}"}, ())
        return seen


def _with_posts(settings: WorkspaceSettings) -> dict[str, str]:
    return {"draft_channels": ", ".join((*settings.draft_channels, "posts"))}


async def test_of_a_list_that_others_change_meanwhile_nothing_is_lost() -> None:
    values = BusyValues(others=["one", "two"])
    in_force = SettingsInForce(FakeValues(values.kept), DEFAULTS, KNOWN)
    flow = ChangeSettings(in_force, values, FakeLeads(), known=KNOWN, clock=FakeClock(straight_on))
    done = await flow.edit("T1", "UT1", _with_posts)
    assert done.settings.draft_channels == ("drafts", "one", "two", "posts")
    assert [change.old for change in done.changes] == ["drafts, one, two"]


async def test_a_list_that_never_rests_is_tried_again_later() -> None:
    values = BusyValues(others=[f"c{n}" for n in range(99)])
    in_force = SettingsInForce(FakeValues(values.kept), DEFAULTS, KNOWN)
    flow = ChangeSettings(in_force, values, FakeLeads(), known=KNOWN, clock=FakeClock(straight_on))
    with pytest.raises(TryLater):
        await flow.edit("T1", "UT1", _with_posts)
