"""Somebody says that a contact in a draft is the brand's own, and takes that back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.deciding import Decision
from bot.core.drafts import Click, Target
from bot.core.errors import TryLater
from bot.core.findings import Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome
from bot.core.reviewing import standing_in
from bot.core.settings import Known, WorkspaceSettings
from bot.flows.deciding import OwnContacts, Owned, RecordVerdict
from bot.flows.settings import ChangeSettings, SettingsInForce
from tests.flows.fakes import PLACE
from tests.flows.test_workspace_settings import FakeValues
from tests.flows.world import World

ID = PLACE.draft_id
TEXT = "Fresh bread every day.\nWrite to Hello@larkspur.example"
FOUND = Finding(
    "user-control/safe-to-publish",
    Severity.CONSIDER,
    32,
    end=54,
    quote=TEXT[32:],
    why="Whose is it?",
    dismissable=False,
)
LEAD, OTHER = "U1", "U9"


class Scene:
    def __init__(self) -> None:
        self.world = World()
        known = Known(frozenset(), frozenset())
        values = FakeValues()
        self.settings = SettingsInForce(values, WorkspaceSettings(), known)
        change = ChangeSettings(self.settings, values, self.world.leads, known=known, clock=self.world.clock)
        around = (self.world.drafts, self.world.verdicts, self.world.jobs)
        self.own = OwnContacts(*around, change)
        self.undo = RecordVerdict(*around, None, self.own)

    async def contacts(self) -> tuple[str, ...]:
        return (await self.settings.of("T1")).own_contacts

    async def decision(self) -> Decision:
        standing = standing_in(await self.world.drafts.state(ID))
        assert standing
        return standing.points[0].decision


@pytest.fixture
async def scene() -> Scene:
    scene = Scene()
    await scene.world.reviewed(TEXT, critique=Critique(Outcome.FINDINGS, (FOUND,)))
    return scene


def click(user: str = LEAD, at: str = "1.0", ref: str = FOUND.ref) -> Click:
    return Click(Target(ID, ref), user, at)


async def test_a_brand_lead_adds_it_with_one_tap_and_takes_it_back_with_another(scene: Scene) -> None:
    assert await scene.own(click()) == Owned("Hello@larkspur.example", for_good=True)
    assert (await scene.contacts(), await scene.decision()) == (("Hello@larkspur.example",), Decision.DISMISSED)
    assert await scene.own(click()) == Owned("Hello@larkspur.example", for_good=True)  # as after a crash
    assert await scene.undo(click(at="2.0"), Decision.OPEN)
    assert (await scene.contacts(), await scene.decision()) == ((), Decision.OPEN)
    assert len(scene.world.jobs.refreshes) == 2


async def test_anybody_else_dismisses_it_here_and_nobody_is_asked(scene: Scene) -> None:
    assert await scene.own(click(OTHER)) == Owned("Hello@larkspur.example", for_good=False)
    assert (await scene.contacts(), await scene.decision()) == ((), Decision.DISMISSED)
    assert scene.world.messages.sent == []


async def test_what_a_lead_added_is_taken_out_by_leads_alone(scene: Scene) -> None:
    await scene.own(click())
    await scene.undo(click(OTHER, "2.0"), Decision.OPEN)
    assert (await scene.contacts(), await scene.decision()) == (("Hello@larkspur.example",), Decision.OPEN)


async def test_while_slack_does_not_say_who_leads_it_is_dismissed_here(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(_: str) -> tuple[str, ...]:
        raise TryLater(1)

    monkeypatch.setattr(scene.world.leads, "of", unknown)
    assert await scene.own(click()) == Owned("Hello@larkspur.example", for_good=False)
    assert await scene.decision() is Decision.DISMISSED


async def test_other_points_and_points_that_are_gone_have_no_such_button(scene: Scene) -> None:
    assert await scene.own(click(ref="gone")) is None
    bread = Finding("a/b", Severity.CONSIDER, 0, end=5, quote=TEXT[:5], why="Why.")
    await scene.world.reviewed(f"{TEXT}!", "5.0", Critique(Outcome.FINDINGS, (bread,)))
    assert await scene.own(click(ref=bread.ref)) is None
    assert await scene.contacts() == ()


async def test_one_tap_is_enough_where_the_contact_is_only_worth_a_look() -> None:
    scene = Scene()
    lead = replace(FOUND, lead=True)
    await scene.world.reviewed(TEXT, critique=Critique(Outcome.NOTHING_TO_FLAG, leads=(lead,)))
    owned = await scene.own(click())
    assert owned
    assert owned.for_good
    assert await scene.contacts() == (FOUND.quote,)
    standing = standing_in(await scene.world.drafts.state(ID))
    assert standing
    assert not standing.critique.leads
    assert await scene.own(click(at="2.0")) is None
