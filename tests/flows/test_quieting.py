"""A guideline that is in the way in a channel is proposed to be quieter, and never made so by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.audience import Hidden
from bot.core.digest import Facts, PointFact, ReviewFact, VerdictFact
from bot.core.errors import TryLater
from bot.core.guideline import Guideline, Library
from bot.core.policy import Policy
from bot.core.quieting import SPAN, Subject, examples_of, often_dismissed
from bot.core.quieting_ports import Quietings
from bot.core.setting_fields import ALWAYS_ON, Known
from bot.core.severity import Severity
from bot.core.verdict import Decision
from bot.core.workspace_settings import WorkspaceSettings
from bot.flows.propose_quieting import ProposeQuieting
from bot.flows.settle_quieting import SettleQuieting
from bot.flows.tell_leads import TellLeads
from bot.flows.workspace_settings import ChangeSettings, SettingsInForce
from tests.flows.fake_exceptions import FakeFigures, FakeQuietings, FakeTeams
from tests.flows.fake_leads import FakeLeads, FakeMessages, FakeNotices, seeing
from tests.flows.fakes import NOW, FakeClock, straight_on

PRESSURE, CLAIM = "user-control/no-false-pressure", "authenticity/claim-evidence"
(SAFE,) = ALWAYS_ON
LIBRARY = Library(
    tuple(Guideline(name, "Title", Severity.SHOULD_FIX, "?", "", "", "Problem") for name in (CLAIM, PRESSURE, SAFE))
)
DAY = 24 * 3600.0


def facts(dismissed: int, found: int = 20, guideline: str = PRESSURE, channel: str = "C1") -> Facts:
    """So many findings of one guideline in a channel, the first of them dismissed."""
    points = [(f"T1:{channel}:{n}.0", PointFact(f"{guideline}{n}", guideline)) for n in range(found)]
    decisions = [Decision.DISMISSED] * dismissed + [Decision.USED] * (found - dismissed)
    return Facts(
        tuple(ReviewFact(draft, NOW - 9, clean=False, current=True, points=(point,)) for draft, point in points),
        tuple(
            VerdictFact(draft, point.ref, decision, float(n))
            for n, ((draft, point), decision) in enumerate(zip(points, decisions, strict=True))
        ),
    )


def together(*several: Facts) -> Facts:
    return Facts(tuple(r for one in several for r in one.reviews), tuple(v for one in several for v in one.verdicts))


class FakeValues:
    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def of(self, team: str) -> dict[str, str]:
        return self.values

    async def save(self, team: str, values: dict[str, str], changes: object) -> None:
        self.values |= values


class Scene:
    """Two workspaces; of the first, the facts are given."""

    def __init__(self, known: Facts, policy: Policy | None = None) -> None:
        self.clock, self.leads, self.messages = FakeClock(straight_on), FakeLeads(), FakeMessages()
        self.figures, self.quietings = FakeFigures(known), FakeQuietings()
        known_names = Known.of(LIBRARY)
        values = FakeValues()
        self.settings = SettingsInForce(values, WorkspaceSettings(policy=policy or Policy()), known_names)  # pyright: ignore[reportArgumentType]
        change = ChangeSettings(self.settings, values, self.leads, known_names, self.clock)  # pyright: ignore[reportArgumentType]
        sees, self.audience = seeing(self.leads)
        tell = TellLeads(self.leads, FakeNotices(self.clock), self.messages, sees)
        around = (FakeTeams(), self.figures, self.settings, self.quietings, tell, LIBRARY, self.clock)
        self.propose = ProposeQuieting(*around)
        self.settle = SettleQuieting(self.quietings, change, self.figures, self.clock, sees)

    @property
    def subject(self) -> Subject:
        return Subject(PRESSURE, "C1", NOW)

    async def severity(self) -> Severity:
        policy = (await self.settings.of("T1")).policy
        found = policy.apply(LIBRARY).find(PRESSURE)
        assert found
        return found.severity


def test_the_fake_is_the_port() -> None:
    assert isinstance(FakeQuietings(), Quietings)


def test_a_proposal_stands_in_a_button() -> None:
    subject = Subject(PRESSURE, "C1", NOW)
    assert Subject.parse(subject.key) == subject
    assert Subject.parse("nonsense") is None
    assert Subject.parse("gap:a:b:1.0") is None


@pytest.mark.parametrize(("dismissed", "found", "often"), [(7, 20, 1), (6, 20, 0), (7, 19, 0)])
def test_only_many_findings_that_are_often_dismissed_count(dismissed: int, found: int, often: int) -> None:
    assert len(often_dismissed(facts(dismissed, found))) == often


def test_channels_are_counted_apart() -> None:
    known = together(facts(20, 20, channel="C2"), facts(4), facts(10, 30, CLAIM))
    assert [(channel, one.guideline, one.dismissed) for channel, one in often_dismissed(known)] == [
        ("C1", CLAIM, 10),
        ("C2", PRESSURE, 20),
    ]


def test_the_latest_drafts_are_the_examples() -> None:
    known = together(facts(7), facts(20, channel="C2"))
    assert examples_of(known, Subject(PRESSURE, "C1", NOW)) == [f"T1:C1:{n}.0" for n in (6, 5, 4, 3, 2)]
    assert examples_of(known, Subject(CLAIM, "C1", NOW)) == []


async def test_every_brand_lead_is_told_once_in_ninety_days() -> None:
    scene = Scene(facts(7))
    assert await scene.propose() == 1
    key = scene.subject.key
    assert scene.messages.sent == [("U1", key), ("U2", key)]
    assert "<#C1>, people dismissed *Problem* 7 times out of 20" in scene.messages.says[key]
    assert scene.figures.asked[0].since == NOW - SPAN
    scene.clock.time += DAY
    await scene.propose()
    assert len(scene.messages.sent) == 2
    scene.clock.time += SPAN
    await scene.propose()
    assert len(scene.messages.sent) == 4
    assert await scene.severity() is Severity.SHOULD_FIX


async def test_a_lead_whom_slack_did_not_take_is_told_the_next_day() -> None:
    scene = Scene(facts(7))
    scene.messages.fails = 1
    assert await scene.propose() == 0
    scene.clock.time += DAY
    assert await scene.propose() == 1
    assert [user for user, _ in scene.messages.sent] == ["U1", "U2"]


@pytest.mark.parametrize(
    ("guideline", "policy"),
    [
        (SAFE, Policy()),
        (PRESSURE, Policy(off=frozenset({PRESSURE}))),
        (PRESSURE, Policy(severities=((PRESSURE, Severity.CONSIDER),))),
    ],
)
async def test_what_cannot_be_quieter_is_not_proposed(guideline: str, policy: Policy) -> None:
    scene = Scene(facts(9, 20, guideline), policy)
    assert await scene.propose() == 0
    assert scene.messages.sent == []


async def test_a_brand_lead_makes_it_one_to_consider() -> None:
    scene = Scene(facts(7), Policy(severities=((CLAIM, Severity.MUST_FIX),)))
    await scene.propose()
    assert not await scene.settle.accept("T1", "U9", scene.subject)
    assert await scene.severity() is Severity.SHOULD_FIX
    assert await scene.settle.accept("T1", "U2", scene.subject)
    assert await scene.settle.accept("T1", "U1", scene.subject)
    assert await scene.severity() is Severity.CONSIDER
    kept = (await scene.settings.of("T1")).policy.severities
    assert kept == ((CLAIM, Severity.MUST_FIX), (PRESSURE, Severity.CONSIDER))
    assert await scene.propose() == 0


async def test_left_as_it_is_it_is_not_proposed_again_soon() -> None:
    scene = Scene(facts(7))
    await scene.propose()
    assert not await scene.settle.leave("T1", "U9", scene.subject)
    assert await scene.settle.leave("T1", "U2", scene.subject)
    scene.leads.users["T1"] = ("U3",)
    assert await scene.propose() == 0
    assert await scene.severity() is Severity.SHOULD_FIX
    found = examples_of(facts(7), scene.subject)
    assert await scene.settle.examples("T1", "U1", scene.subject) == (tuple(found), Hidden())
    scene.audience.closed["C1"] = ("U1",)
    assert await scene.settle.examples("T1", "U2", scene.subject) == ((), Hidden(len(found)))


async def test_one_workspace_that_cannot_be_told_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(together(facts(7), facts(7, channel="C2")))

    async def of(_: str) -> tuple[str, ...]:
        raise TryLater(60)

    monkeypatch.setattr(scene.leads, "of", of)
    assert await scene.propose() == 0
    assert replace(scene.subject, channel="C2").channel in {channel for _, _, channel in scene.quietings.rows}
