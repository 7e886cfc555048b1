from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from bot.core.deciding import Decision, GuidelineException, Scope, Verdict
from bot.core.digesting import Digest, Period
from bot.core.drafts import Place
from bot.core.errors import Trouble, TryLater, Unreadable
from bot.core.findings import Finding
from bot.core.guidelines import Choice, Guideline, Library, Policy, Severity
from bot.core.home import HomeTab, OpenDraft
from bot.core.judging import Critique, Outcome
from bot.core.settings import DigestSettings, Known, SettingChange, WorkspaceSettings
from bot.core.sign_off import WaitingSignOff
from bot.core.watching import Hidden, SeenChannels, Unread
from bot.flows.home import ListDrafts, ShowHome
from bot.flows.settings import ChangeSettings, ChooseGuidelines, SettingsInForce
from tests.flows.fake_guidelines import SameLibrary
from tests.flows.fake_leads import seeing
from tests.flows.fakes import NOW, POST, message
from tests.flows.test_workspace_settings import FakeValues
from tests.flows.world import World

LEAD = "U9"
DEFAULTS = WorkspaceSettings(
    draft_channels=("drafts", "C2", "gone"), digest=DigestSettings("gone"), policy=Policy(packs=frozenset({"extra"}))
)
LIBRARY = Library(
    tuple(
        Guideline(name, name, Severity.SHOULD_FIX, question="?", why="why", fix="fix", pack=pack)
        for name, pack in (("a/b", ""), ("a/c", "extra"), ("a/d", "other"))
    )
)
DIGEST = Digest(Period(0, 1), "UTC", figures=None)  # pyright: ignore[reportArgumentType] - handed on as it is


class FakeLeads:
    asleep = False

    async def of(self, team: str) -> tuple[str, ...]:
        if self.asleep:
            raise TryLater(60)
        return (LEAD,) if team == "T1" else ()

    async def includes(self, team: str, user: str) -> bool:
        return user in await self.of(team)


@dataclass
class FakeAround:
    """The person's drafts, where Candor is, and what waits."""

    world: World
    joined: dict[str, str] = field(default_factory=lambda: {"C1": "drafts", "C2": "brand"})
    trouble: Trouble | None = None
    waits: tuple[WaitingSignOff, ...] = ()

    async def of(self, team: str, user: str, since: float, most: int) -> tuple[str, ...]:
        assert (team, since) == ("T1", NOW - 14 * 24 * 3600)
        mine = [r for r in self.world.drafts.rows.values() if r.author_id == user and not r.erased]
        return tuple(record.id for record in mine)[:most]

    async def waiting(self, team: str) -> tuple[WaitingSignOff, ...]:
        return self.waits if team == "T1" else ()

    async def to(self, place: Place) -> str:
        return f"https://slack.example/{place.ts}"


class FakeJoined:
    def __init__(self, around: FakeAround) -> None:
        self.around = around

    async def of(self, team: str) -> dict[str, str]:
        if self.around.trouble:
            raise Unreadable(self.around.trouble)
        return self.around.joined


class FakeActs:
    async def record(self, draft_id: str, act: object) -> None: ...


async def week(team: str) -> Digest:
    assert team == "T1"
    return DIGEST


@dataclass
class Stage:
    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.around, self.leads, self.values = FakeAround(self.world), FakeLeads(), FakeValues()
        self.settings = SettingsInForce(self.values, DEFAULTS, Known.of(LIBRARY))
        drafts, clock = self.world.drafts, self.world.clock
        joined = FakeJoined(self.around)
        self.sees, self.audience = seeing(self.leads, joined)
        listed = ListDrafts(self.around, drafts, self.around, clock=clock, sign_offs=self.around, sees=self.sees)  # pyright: ignore[reportArgumentType]
        libraries = SameLibrary(LIBRARY)
        self.show = ShowHome(
            self.settings, self.values, self.leads, drafts=listed, joined=joined, libraries=libraries, week=week
        )
        change = ChangeSettings(self.settings, self.values, self.leads, known=Known.of(LIBRARY), clock=clock)
        self.choose = ChooseGuidelines(change)

    async def tab(self, user: str = "U1") -> HomeTab:
        return await self.show("T1", user)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def points(*severities: Severity) -> Critique:
    found = tuple(
        Finding(f"a/{n}", severity, 0, end=2, quote="We", why="Why.") for n, severity in enumerate(severities)
    )
    return Critique(Outcome.FINDINGS, found)


async def test_everybody_sees_who_leads_and_the_week(stage: Stage) -> None:
    tab = await stage.tab()
    assert (tab.leads, tab.own, tab.week, tab.lead) == ((LEAD,), (), DIGEST, None)
    assert tab.settings == DEFAULTS
    assert (await replace(stage.show, week=None)("T1", "U1")).week is None


async def test_own_drafts_with_points_that_weigh_something(stage: Stage) -> None:
    critique = points(Severity.MUST_FIX, Severity.SHOULD_FIX, Severity.SHOULD_FIX, Severity.CONSIDER)
    await stage.world.reviewed(critique=critique)
    draft_id = message().place.draft_id
    (one,) = (await stage.tab()).own
    assert one == OpenDraft(draft_id, POST, 1, should=2, link=f"https://slack.example/{NOW:.6f}")
    for finding in critique.findings[:3]:
        verdict = Verdict(finding.ref, Decision.DISMISSED, "U1", at=f"{NOW:.6f}", revision="0")
        await stage.world.verdicts.record(draft_id, verdict)
    assert (await stage.tab()).own == ()


async def test_a_point_that_an_exception_leaves_out_is_not_open(stage: Stage) -> None:
    critique = points(Severity.SHOULD_FIX)
    await stage.world.reviewed(critique=critique)
    assert [one.should for one in (await stage.tab()).own] == [1]
    (point,) = critique.findings
    always = GuidelineException(
        team="T1",
        id="e1",
        guideline=point.guideline,
        ref=point.ref,
        quote=point.quote,
        scope=Scope.ALWAYS,
        author="U2",
        draft_id="T1:C9:1.0",
        created_at=0.0,
    )
    stage.world.drafts.exceptions.append(always)
    assert (await stage.tab()).own == ()


async def test_a_draft_without_a_review_or_with_small_points_waits_for_nobody(stage: Stage) -> None:
    await stage.world.drafts.add(message(place=Place("T1", "C1", "5.0")))
    await stage.world.reviewed(critique=points(Severity.CONSIDER))
    assert (await stage.tab()).own == ()


async def test_a_lead_sees_what_waits_but_for_own_drafts(stage: Stage) -> None:
    await stage.world.reviewed(critique=points(Severity.SHOULD_FIX))
    erased = Place("T1", "C1", "6.0")
    await stage.world.drafts.erase(erased)
    places = {"U1": message().place, LEAD: Place("T1", "C1", "5.0"), "U2": erased, "U3": Place("T1", "C1", "7.0")}
    stage.around.waits = tuple(WaitingSignOff(place, user, NOW, stale=False) for user, place in places.items())
    lead = (await stage.tab(LEAD)).lead
    assert lead
    assert [(one.draft_id, one.should) for one in lead.waiting] == [(message().place.draft_id, 1)]


async def test_a_lead_sees_troubles_changes_and_what_is_in_force(stage: Stage) -> None:
    change = SettingChange("facts", "", "x", user=LEAD, at=NOW)
    await stage.values.save("T1", {"facts": "x"}, (change,))
    lead = (await stage.tab(LEAD)).lead
    assert lead
    assert lead.troubles == (Unread("T1", "gone", Trouble.ABSENT),)
    assert (lead.changes, lead.in_force) == ((change,), 2)
    assert lead.titles == {"a/b": "a/b", "a/c": "a/c", "a/d": "a/d"}
    await stage.values.save("T1", {"digest_channel": "nowhere"}, ())
    lead = (await stage.tab(LEAD)).lead
    assert lead
    assert [trouble.channel for trouble in lead.troubles] == ["gone", "nowhere"]


async def test_without_a_digest_its_channel_is_no_trouble(stage: Stage) -> None:
    await stage.values.save("T1", {"digest_channel": "", "draft_channels": "drafts"}, ())
    lead = (await stage.tab(LEAD)).lead
    assert lead
    assert lead.troubles == ()


async def test_a_slack_that_does_not_answer_leaves_the_rest(stage: Stage) -> None:
    stage.around.trouble = Trouble.LATER
    lead = (await stage.tab(LEAD)).lead
    assert lead
    assert lead.troubles == (Unread("T1", "", Trouble.LATER),)
    stage.leads.asleep = True
    tab = await stage.tab(LEAD)
    assert (tab.leads, tab.lead) == ((), None)


async def test_choices_are_kept_beside_those_that_others_made_meanwhile(stage: Stage) -> None:
    await stage.choose("T1", LEAD, {"a/b": Choice.OFF})
    changed = await stage.choose("T1", LEAD, {"a/c": Choice.MUST_FIX})
    assert changed.settings.policy.off == {"a/b"}
    assert changed.settings.policy.severities == (("a/c", Severity.MUST_FIX),)
    assert [change.field for change in changed.changes] == ["severities"]
    refused = await stage.choose("T1", "U1", {"a/b": Choice.AS_SHIPPED})
    assert refused.faults


async def test_drafts_and_names_of_channels_that_a_person_is_not_in_are_counted(stage: Stage) -> None:
    await stage.world.reviewed(critique=points(Severity.SHOULD_FIX))
    place = message().place
    stage.around.waits = (WaitingSignOff(place, "U1", NOW, stale=False),)
    stage.audience.closed[place.channel] = ("U1",)
    inside, outside = await stage.tab("U1"), await stage.tab(LEAD)
    assert [one.draft_id for one in inside.own] == [place.draft_id]
    assert outside.lead
    assert (outside.lead.waiting, outside.lead.elsewhere) == ((), Hidden(1))
    assert inside.seen.parted(DEFAULTS.draft_channels) == (("drafts", "C2"), Hidden(1))
    assert outside.seen.parted(DEFAULTS.draft_channels) == (("C2", "gone"), Hidden(1))
    stage.audience.closed[place.channel] = (LEAD,)
    left = await stage.tab("U1")
    assert (left.own, left.elsewhere) == ((), Hidden(1))
    for trouble in (None, Trouble.LATER):
        stage.around.trouble, stage.audience.asleep = trouble, True
        unsure = await stage.tab(LEAD)
        assert (unsure.seen, unsure.lead and unsure.lead.elsewhere) == (SeenChannels(sure=False), Hidden(1, sure=False))


async def test_a_channel_that_a_lead_does_not_see_stays_in_the_settings(stage: Stage) -> None:
    stage.audience.closed["C1"] = ("U1",)
    assert await stage.show.with_hidden("T1", LEAD, {"facts": "x"}) == {"facts": "x"}
    assert await stage.show.with_hidden("T1", LEAD, {"draft_channels": "C2"}) == {"draft_channels": "C2, drafts"}
    assert await stage.show.with_hidden("T1", LEAD, {"draft_channels": ""}) == {"draft_channels": "drafts"}
