"""Somebody dismisses a finding with a reason: here, in a campaign, or always."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.core.deciding import (
    DAY,
    Decision,
    Dismissal,
    GuidelineException,
    Lasting,
    Proposal,
    Repeat,
    Scope,
    Verdict,
    VerdictReason,
    letter_for_letter,
)
from bot.core.drafts import Click, Place, Target
from bot.core.errors import TryLater
from bot.core.findings import Edit, Finding
from bot.core.guidelines import Choice, Severity
from bot.core.judging import Critique, Outcome
from bot.core.reviewing import DraftState, Review
from bot.core.settings import Known, WorkspaceSettings
from bot.core.watching import Hidden
from bot.core.words.deciding import proposal
from bot.flows.deciding import (
    AnswerProposal,
    Dismissed,
    DismissFinding,
    Lifted,
    LiftException,
    ListExceptions,
    ProposalOutcome,
    ProposeRelief,
    RecordVerdict,
    ShowDismissed,
)
from bot.flows.settings import ChangeSettings, ChooseGuidelines, SettingsInForce
from bot.flows.watching import TellLeads
from tests.flows.fake_exceptions import FakeExceptions, FakeRepeats
from tests.flows.fake_guidelines import problems
from tests.flows.fake_leads import seeing
from tests.flows.fakes import NOW, PLACE, Crash, message
from tests.flows.test_workspace_settings import FakeValues
from tests.flows.world import Steps, World

ID = PLACE.draft_id
TEXT = "Act now! Buy it. #Spring"
ACT = Finding(
    "user-control/no-false-pressure",
    Severity.SHOULD_FIX,
    0,
    end=8,
    quote="Act now!",
    why="Why.",
    edit=Edit(0, 8, "Order."),
)
SECRET = Finding("a/b", Severity.MUST_FIX, 4, end=7, quote="now", why="Why.", dismissable=False)
ALWAYS = Dismissal(VerdictReason.PROOF, " see the study ", Scope.ALWAYS, lasting=Lasting.MONTH)
SPRING = Dismissal(scope=Scope.CAMPAIGN, campaign="#Spring")
LEAD, OTHER = "U1", "U9"


def click(on: Finding = ACT, user: str = LEAD, at: str = "1.0") -> Click:
    return Click(Target(ID, on.ref), user, at)


class Scene:
    """A reviewed draft and what can be done with its points."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.exceptions = FakeExceptions(world.drafts)
        around = (world.drafts, world.verdicts, self.exceptions, world.leads, world.jobs, world.clock)
        self.dismiss = DismissFinding(*around)
        self.sees, self.audience = seeing(world.leads)
        self.list = ListExceptions(self.exceptions, world.drafts, self.sees)
        self.lift = LiftException(self.exceptions, world.leads, world.jobs)
        self.undo = RecordVerdict(world.drafts, world.verdicts, world.jobs, exceptions=self.exceptions)

    @property
    def made(self) -> list[GuidelineException]:
        return self.world.drafts.exceptions

    async def left_out(self) -> tuple[GuidelineException, ...]:
        return (await self.list("T1", LEAD, ID))[0]


@pytest.fixture
async def scene() -> Scene:
    world = World()
    await world.keep(ID, owner=await world.reviewed(TEXT, critique=Critique(Outcome.FINDINGS, (ACT, SECRET))))
    return Scene(world)


async def test_a_dismissal_for_this_draft_is_a_verdict_with_a_reason(scene: Scene) -> None:
    assert await scene.dismiss.finding(click()) == (ACT, TEXT)
    assert await scene.dismiss(click(), Dismissal(VerdictReason.FALSE_ALARM, " no "), "V1") is Dismissed.DONE
    (verdict,) = scene.world.drafts.verdicts[ID].values()
    assert (verdict.decision, verdict.reason, verdict.note) == (Decision.DISMISSED, VerdictReason.FALSE_ALARM, "no")
    assert (verdict.at, verdict.user) == ("1.0", LEAD)
    assert scene.made == []
    assert scene.world.jobs.refreshes == [f"refresh:{ID}:1.0:U1:V1"]


async def test_what_is_gone_or_protects_people_cannot_be_dismissed(scene: Scene) -> None:
    for on in (click(SECRET), Click(Target(ID, "gone"), LEAD, "1.0"), Click(Target("T1:C1:9.9", ACT.ref), LEAD, "1.0")):
        assert await scene.dismiss.finding(on) is None
        assert await scene.dismiss(on, Dismissal(), "V1") is Dismissed.GONE
    assert scene.world.drafts.verdicts == {}


async def test_a_campaign_makes_an_exception_that_lapses(scene: Scene) -> None:
    assert await scene.dismiss(click(), SPRING, "V1") is Dismissed.DONE
    (made,) = scene.made
    assert (made.scope, made.campaign, made.author, made.draft_id) == (Scope.CAMPAIGN, "#Spring", LEAD, ID)
    assert (made.quote, made.ref, made.created_at, made.expires_at) == ("Act now!", ACT.ref, NOW, NOW + 30 * DAY)
    assert replace(SPRING, lasting=Lasting.FOREVER).until(NOW) == NOW + 365 * DAY
    assert made.general


@pytest.mark.parametrize("wide", [ALWAYS, SPRING, replace(SPRING, campaign="the", lasting=Lasting.FOREVER)])
async def test_what_reaches_other_drafts_is_for_brand_leads(scene: Scene, wide: Dismissal) -> None:
    assert await scene.dismiss(click(user=OTHER), wide, "V1") is Dismissed.ONLY_HERE
    assert scene.made == []


async def test_an_exception_of_nobody_in_charge_reaches_the_drafts_of_its_author(scene: Scene) -> None:
    await scene.dismiss(click(), ALWAYS, "V1")
    scene.world.drafts.verdicts.clear()
    assert len(await scene.left_out()) == 1
    (made,) = scene.made
    scene.world.drafts.exceptions[:] = [replace(made, general=False, author=OTHER)]
    assert await scene.left_out() == ()
    scene.world.drafts.exceptions[:] = [replace(made, general=False, author=LEAD)]
    assert len(await scene.left_out()) == 1
    assert not replace(made, general=False, author="").reaches("")


async def test_always_is_for_brand_leads(scene: Scene) -> None:
    assert await scene.dismiss(click(user=OTHER), ALWAYS, "V1") is Dismissed.ONLY_HERE
    assert scene.made == []
    assert scene.world.drafts.verdicts[ID][ACT.ref].decision is Decision.DISMISSED
    assert await scene.dismiss(click(at="2.0"), ALWAYS, "V2") is Dismissed.DONE
    (made,) = scene.made
    assert (made.scope, made.reason, made.note, made.expires_at) == (
        Scope.ALWAYS,
        VerdictReason.PROOF,
        "see the study",
        NOW + 30 * DAY,
    )


async def test_who_was_demoted_reaches_no_other_drafts(scene: Scene) -> None:
    scene.world.leads.demoted.add(LEAD)
    assert await scene.dismiss(click(), ALWAYS, "V1") is Dismissed.ONLY_HERE
    assert scene.made == []


async def test_who_is_not_known_to_be_a_lead_is_none(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unknown(_: str) -> tuple[str, ...]:
        raise TryLater(60)

    assert await scene.dismiss.may_go_further("T1", LEAD) is True
    assert await scene.dismiss.may_go_further("T1", OTHER) is False
    monkeypatch.setattr(scene.world.leads, "of", unknown)
    assert await scene.dismiss.may_go_further("T1", LEAD) is None
    assert await scene.dismiss(click(), ALWAYS, "V1") is Dismissed.ONLY_HERE
    made = GuidelineException(
        team="T1",
        id="e1",
        guideline="a/b",
        ref="r",
        quote="q",
        scope=Scope.ALWAYS,
        author=OTHER,
        draft_id=ID,
        created_at=NOW,
    )
    await scene.exceptions.add(made)
    assert await scene.lift("T1", made.id, LEAD) is Lifted.NOT_YOURS


async def test_a_window_submitted_twice_makes_one_exception(scene: Scene) -> None:
    scene.world.jobs.down = True
    with pytest.raises(Crash):
        await scene.dismiss(click(), ALWAYS, "V1")
    scene.world.jobs.down = False
    assert await scene.dismiss(click(), ALWAYS, "V1") is Dismissed.DONE
    assert len(scene.made) == 1
    assert scene.world.drafts.verdicts[ID][ACT.ref].at == "1.0"


async def test_what_was_decided_while_the_window_was_open_is_older(scene: Scene) -> None:
    assert await scene.world.decide(click(at="3.000009"), Decision.USED)
    await scene.dismiss(click(at="1.0"), Dismissal(), "V1")
    verdict = scene.world.drafts.verdicts[ID][ACT.ref]
    assert (verdict.decision, verdict.at) == (Decision.DISMISSED, "3.000010")


async def test_of_a_draft_that_goes_while_somebody_dismisses_its_words_for_good_none_are_kept(scene: Scene) -> None:
    class Leads:
        async def of(self, team: str) -> tuple[str, ...]:
            return (LEAD,)

        async def includes(self, team: str, user: str) -> bool:
            return await scene.world.drafts.erase(PLACE)

    assert await replace(scene.dismiss, leads=Leads())(click(), ALWAYS, "V1") is Dismissed.GONE
    assert scene.made == []


async def test_undo_takes_the_exception_of_its_author_along(scene: Scene) -> None:
    scene.world.leads.users["T1"] = (LEAD, OTHER)
    await scene.dismiss(click(user=OTHER), SPRING, "V1")
    await scene.undo(click(at=f"{NOW + 2}"), Decision.OPEN)
    assert await scene.exceptions.of("T1")
    await scene.dismiss(click(user=OTHER, at=f"{NOW + 3}"), Dismissal(), "V2")
    await scene.undo(click(user=OTHER, at=f"{NOW + 4}"), Decision.OPEN)
    assert await scene.exceptions.of("T1") == ()


async def test_undo_takes_along_an_exception_for_the_words_as_they_stood_before_an_edit(scene: Scene) -> None:
    await scene.dismiss(click(), ALWAYS, "V1")
    (made,) = scene.made
    scene.world.drafts.exceptions[:] = [replace(made, ref="older", quote="act now")]
    await scene.undo(click(at=f"{NOW + 2}"), Decision.OPEN)
    assert await scene.exceptions.of("T1") == ()


async def test_exceptions_are_listed_for_a_workspace_and_for_a_draft(scene: Scene) -> None:
    await scene.dismiss(click(), ALWAYS, "V1")
    assert await scene.list("T1", OTHER) == (tuple(scene.made), Hidden())
    assert await scene.list("T2", OTHER) == ((), Hidden())
    assert await scene.left_out() == ()  # here it is dismissed, which goes first
    scene.world.drafts.verdicts.clear()
    assert await scene.left_out() == tuple(scene.made)
    assert await scene.list("T1", OTHER, "T1:C1:9.9") == ((), Hidden())


async def test_an_exception_is_shown_to_those_alone_who_read_where_it_was_made(scene: Scene) -> None:
    await scene.dismiss(click(), ALWAYS, "V1")
    scene.audience.closed["C1"] = (OTHER,)
    assert await scene.list("T1", OTHER) == (tuple(scene.made), Hidden())
    assert await scene.list("T1", LEAD) == ((), Hidden(1))
    scene.audience.asleep = True
    assert await scene.list("T1", OTHER) == ((), Hidden(1, sure=False))


async def test_its_author_or_a_brand_lead_lifts_an_exception(scene: Scene) -> None:
    scene.world.leads.users["T1"] = (LEAD, "U2", OTHER)
    await scene.dismiss(click(user=OTHER), SPRING, "V1")
    await scene.dismiss(click(user="U2", at="2.0"), SPRING, "V2")
    scene.world.leads.users["T1"] = (LEAD, "U2")
    newer, older = scene.made
    assert await scene.lift("T1", newer.id, OTHER) is Lifted.NOT_YOURS
    assert await scene.lift("T1", older.id, OTHER) is Lifted.DONE
    assert await scene.lift("T1", older.id, OTHER) is Lifted.GONE
    assert await scene.lift("T1", newer.id, LEAD, "T1:C1:5.0") is Lifted.DONE
    assert await scene.lift("T1", "unknown", LEAD) is Lifted.GONE
    assert await scene.lift("T2", newer.id, LEAD) is Lifted.GONE
    assert (newer.in_force(NOW), [one.lifted_by for one in scene.made]) == (True, [LEAD, OTHER])
    assert set(scene.world.jobs.refreshes[2:]) == {
        f"refresh:{ID}:lifted:{older.id}",
        f"refresh:{ID}:lifted:{newer.id}",
        f"refresh:T1:C1:5.0:lifted:{newer.id}",
    }


DRAFTS = Place("T1", "C0123456789", "1.0")
PRESSURE = "user-control/no-false-pressure"
KEY = f"proposal:{PRESSURE}:{DRAFTS.channel}:false_alarm"
HURRY = replace(ACT, guideline=PRESSURE)


class Office:
    """A channel in which people keep dismissing one guideline, and two brand leads."""

    def __init__(self, place: Place = DRAFTS, reason: VerdictReason = VerdictReason.FALSE_ALARM) -> None:
        self.world, self.repeats, self.place, self.reason = World(), FakeRepeats(), place, reason
        world = self.world
        tell = TellLeads(world.leads, world.notices, world.messages, sees=world.sees)
        around = (world.drafts, self.repeats, tell, world.links)
        self.propose = ProposeRelief(*around, problems({PRESSURE: "Pressure & haste"}), world.clock)
        self.other: dict[str, Any] = {}
        self.values, self.exceptions, known = (
            FakeValues(),
            FakeExceptions(world.drafts),
            Known(frozenset({PRESSURE}), frozenset()),
        )
        in_force = SettingsInForce(self.values, WorkspaceSettings(), known)
        change = ChangeSettings(in_force, self.values, world.leads, known, world.clock)
        lists = (world.drafts, self.exceptions, ChooseGuidelines(change))
        self.answer = AnswerProposal(*lists, leads=world.leads, notices=world.notices, clock=world.clock)

    @property
    def offered(self) -> Proposal:
        target = Target.parse(self.world.messages.offers[KEY])
        proposal = Proposal.parse(target) if target else None
        assert proposal
        return proposal

    async def dismissed(self, times: int, at: float = NOW - DAY) -> None:
        place = self.place
        await self.world.drafts.add(message(TEXT, place=place))
        verdict = Verdict(ACT.ref, Decision.DISMISSED, "U9", at=f"{at:.6f}", revision="0", reason=self.reason)
        await self.world.verdicts.record(place.draft_id, verdict)
        ids = [f"{place.team}:{place.channel}:{number}.0" for number in range(1, times + 1)]
        self.repeats.rows = [
            (self.reason, at, Repeat(one, replace(HURRY, **(self.other if one.endswith(":2.0") else {}))))
            for one in ids
        ]

    async def told(self) -> list[tuple[str, str]]:
        await self.propose(self.place.draft_id)
        return self.world.messages.sent


async def test_three_dismissals_of_one_guideline_for_one_reason_are_told_to_brand_leads_once() -> None:
    office = Office()
    await office.dismissed(2)
    assert await office.told() == []
    await office.dismissed(3)
    assert await office.told() == [("U1", KEY), ("U2", KEY)]
    said = office.world.messages.says[KEY]
    assert said.startswith(
        "*Pressure &amp; haste* was dismissed in 3 drafts in <#C0123456789> within 30 days, each time with the reason "
        "“False alarm”:\n• <https://slack.example/1.0|A draft> of <!date^1^{date_short}, {time}|1 January 1970, "
        "00:00 UTC>\n• <"
    )
    assert "*My suggestion:* an exception for the words that were dismissed, so that I leave them alone" in said
    assert HURRY.quote not in said
    show = ShowDismissed(office.repeats, office.world.leads, office.world.links)
    assert await show("T1", "U9", office.offered) is None
    words = await show("T1", "U1", office.offered)
    assert words == tuple((HURRY.quote, f"https://slack.example/{number}.0") for number in (1, 2, 3))
    office.repeats.rows = []
    assert await show("T1", "U1", office.offered) == ()
    await office.dismissed(4)
    assert len(await office.told()) == 2


async def test_the_first_lead_who_answers_decides_and_nobody_is_asked_again() -> None:
    office = Office()
    await office.dismissed(3)
    await office.world.drafts.save_review(
        Review(office.world.drafts.rows[DRAFTS.draft_id].job, Critique(Outcome.FINDINGS, (HURRY,)))
    )
    await office.told()
    offer = office.offered
    assert await office.answer("T1", "U9", offer, accepted=True) is ProposalOutcome.NOT_YOURS
    assert office.world.drafts.exceptions == []
    assert await office.answer("T1", "U2", offer, accepted=True) is ProposalOutcome.ACCEPTED
    (made,) = office.world.drafts.exceptions
    assert (made.guideline, made.quote, made.scope, made.general) == (PRESSURE, "Act now!", Scope.ALWAYS, True)
    assert (made.author, made.expires_at) == ("U2", office.world.clock.now() + 90 * DAY)
    assert await office.answer("T1", "U1", offer, accepted=False) is ProposalOutcome.BEFORE
    office.world.notices.done = {one for one in office.world.notices.done if not one.user}
    assert len(await office.told()) == 2


async def test_a_proposal_whose_answer_came_to_nothing_may_be_answered_at_once() -> None:
    office = Office()
    office.other = {"quote": "Buy it."}
    await office.dismissed(3)
    await office.told()
    asked = 0

    class Leads:
        async def of(self, team: str) -> tuple[str, ...]:
            return await office.world.leads.of(team)

        async def includes(self, team: str, user: str) -> bool:
            nonlocal asked
            asked += 1
            if asked == 2:
                assert await office.answer("T1", "U2", office.offered, accepted=True) is ProposalOutcome.AT_IT
                raise TryLater(1.0)
            return await office.world.leads.includes(team, user)

    change = replace(office.answer.choose.change, leads=Leads())
    office.answer = replace(office.answer, leads=Leads(), choose=ChooseGuidelines(change))
    with pytest.raises(TryLater):
        await office.answer("T1", "U1", office.offered, accepted=True)
    assert await office.answer("T1", "U2", office.offered, accepted=True) is ProposalOutcome.ACCEPTED


async def test_of_a_draft_that_goes_while_a_lead_answers_no_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office()
    await office.dismissed(3)
    drafts = office.world.drafts
    await drafts.save_review(Review(drafts.rows[DRAFTS.draft_id].job, Critique(Outcome.FINDINGS, (HURRY,))))
    await office.told()
    state = drafts.state

    async def going(draft_id: str) -> DraftState | None:
        found = await state(draft_id)
        assert await drafts.erase(DRAFTS)
        return found

    monkeypatch.setattr(drafts, "state", going)
    assert await office.answer("T1", "U1", office.offered, accepted=True) is ProposalOutcome.GONE
    assert drafts.exceptions == []


async def test_words_that_differ_call_for_a_milder_severity_instead() -> None:
    office = Office()
    office.other = {"quote": "Buy it."}
    await office.dismissed(3)
    await office.told()
    said = office.world.messages.says[KEY]
    assert "*My suggestion:* make it “Consider” instead of “Should fix”, in all channels." in said
    assert await office.answer("T1", "U1", office.offered, accepted=True) is ProposalOutcome.ACCEPTED
    assert office.values.kept["T1"]["severities"] == f"{PRESSURE} = consider"
    assert office.world.drafts.exceptions == []


async def test_words_or_guidelines_that_are_gone_change_nothing_and_neither_does_a_no() -> None:
    for choice, accepted, outcome in (
        (None, True, ProposalOutcome.GONE),
        (Choice.OFF, True, ProposalOutcome.GONE),
        (None, False, ProposalOutcome.DECLINED),
    ):
        office = Office()
        offer = Proposal("user-control/safe-to-publish", VerdictReason.PROOF, DRAFTS.draft_id, "gone", choice=choice)
        assert await office.answer("T1", "U1", offer, accepted=accepted) is outcome
        assert (office.values.kept, office.world.drafts.exceptions) == ({}, [])


@pytest.mark.parametrize("choice", [None, *(Choice(severity) for severity in Severity), Choice.OFF])
def test_a_proposal_comes_back_out_of_its_button(choice: Choice | None) -> None:
    offer = Proposal(PRESSURE, VerdictReason.PROOF, DRAFTS.draft_id, "abc", choice=choice)
    assert Proposal.parse(offer.target) == offer
    assert Proposal.parse(Target(DRAFTS.draft_id, "abc")) is None


def test_what_protects_peoples_data_is_never_made_milder() -> None:
    minded = [Repeat(ID, replace(HURRY, dismissable=False, severity=severity)) for severity in Severity]
    offers = [Proposal.of([one], VerdictReason.PROOF, letter_for_letter).choice for one in minded]
    assert offers == [Choice.SHOULD_FIX, Choice.CONSIDER, Choice.OFF]
    assert "suggestion" not in proposal("Pressure", None, minded[:1], reason=VerdictReason.PROOF, links=[""])
    off = Proposal(PRESSURE, VerdictReason.PROOF, ID, "abc", choice=Choice.OFF)
    said = proposal("Pressure", off, minded[2:], reason=VerdictReason.PROOF, links=[""])
    assert "switch this guideline off" in said


async def test_only_brand_leads_who_read_the_channel_hear_of_what_is_dismissed_there() -> None:
    office = Office()
    await office.dismissed(3)
    office.world.audience.asleep = True
    with pytest.raises(TryLater):
        await office.told()
    office.world.audience.asleep = False
    office.world.audience.closed[DRAFTS.channel] = ("U2",)
    office.world.links.gives = ""
    office.world.clock.time += 61
    assert await office.told() == [("U2", KEY)]
    assert "• A draft of <!date^1^" in office.world.messages.says[KEY]


@pytest.mark.parametrize(
    ("office", "at"),
    [
        (Office(), NOW - 31 * DAY),
        (Office(Place("T1", "D0123456789", "1.0")), NOW),
        (Office(reason=VerdictReason.OWN_ADDRESS), NOW),
    ],
)
async def test_old_dismissals_direct_messages_and_own_addresses_are_no_reason_to_tell(
    office: Office, at: float
) -> None:
    assert await office.told() == []
    await office.dismissed(3, at=at)
    assert await office.told() == []


async def test_the_job_behind_a_click_looks_for_something_to_propose(scene: Scene) -> None:
    seen: list[str] = []

    async def propose(draft_id: str) -> None:
        seen.append(draft_id)

    await replace(scene.world.refresh, propose=propose)(Steps(), ID, "1.0")
    assert seen == [ID]
