"""What people made of points, counted on real rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.brand.facts import FactChange
from bot.core.brand.own_guidelines import GuidelineAct, GuidelineChange
from bot.core.deciding import Decision, GuidelineException, Scope, Verdict, VerdictReason
from bot.core.digesting import Period
from bot.core.drafts import Place
from bot.core.findings import Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, ModelPart, Outcome
from bot.core.proof import GuidelineProof, ProofCounts, ProofFigures
from bot.core.reviewing import Review, subject_of
from bot.core.settings import SettingChange
from bot.core.sign_off import Act, SignOffAct
from bot.rules.wording import covers
from bot.store.brand.facts import FactStore
from bot.store.brand.own_guidelines import OwnGuidelineStore
from bot.store.deciding import ExceptionTable, VerdictStore
from bot.store.proof import ProofStore
from bot.store.settings import SettingValueStore
from bot.store.sign_off import SignOffStore
from tests.store.samples import PLACE, TS, job, message, stands

if TYPE_CHECKING:
    from bot.store.database import Database
    from bot.store.drafts import DraftStore, ReplyStore
    from tests.store.samples import FixedClock

NOW = 1_700_000_000.25
ALL = Period(NOW - 1000, NOW + 10_000)
RUSH, CLAIM = "user-control/no-false-pressure", "authenticity/claims"
REASON = VerdictReason.HOUSE_STYLE
MARK = "zebra-marker"


def point(quote: str, guideline: str = RUSH, severity: Severity = Severity.SHOULD_FIX) -> Finding:
    return Finding(guideline, severity, 0, end=len(quote), quote=quote, why="Why.", dismissable=True)


def made(*findings: Finding, judged: bool = True) -> Critique:
    outcome = Outcome.FINDINGS if findings else Outcome.NOTHING_TO_FLAG
    part = ModelPart.ANSWERED if judged else ModelPart.OFF
    return Critique(outcome, findings, fixed_rules_only=not judged, guidelines=24, model_part=part)


class Desk:
    """One draft after the other, with what people do."""

    def __init__(self, database: Database, drafts: DraftStore, clock: FixedClock) -> None:
        self.drafts, self.clock, self.verdicts = drafts, clock, VerdictStore(database)
        self.proof = ProofStore(database, covers)
        self.place, self.revision = PLACE, "0"

    async def post(self, number: int, critique: Critique) -> None:
        self.place, self.revision = replace(PLACE, ts=f"{TS[:-2]}{number:02}"), "0"
        await self.drafts.add(message(place=self.place))
        await self.drafts.save_review(Review(job(self.place), critique))

    async def edit(self, critique: Critique, text: str = "Other words.") -> None:
        self.clock.moment += 10
        self.revision = f"{self.clock.moment:.6f}"
        await self.drafts.revise(message(f"{text} {self.revision}", self.revision, self.place))
        await self.drafts.save_review(Review(job(self.place, self.revision), critique))

    async def decide(self, finding: Finding, decision: Decision, reason: VerdictReason | None = None) -> None:
        self.clock.moment += 5
        at = f"{self.clock.moment:.6f}"
        said = Verdict(finding.ref, decision, "U1", at=at, revision=self.revision, reason=reason)
        await self.verdicts.record(self.place.draft_id, said)

    async def counted(self) -> dict[str, GuidelineProof]:
        return {one.guideline: one for one in (await self.proof.of("T1", ALL)).guidelines}


@pytest.fixture
def desk(database: Database, drafts: DraftStore, clock: FixedClock) -> Desk:
    return Desk(database, drafts, clock)


async def test_it_is_the_port_and_knows_nothing_of_an_empty_workspace(desk: Desk, replies: ReplyStore) -> None:
    assert isinstance(desk.proof, ProofFigures)
    assert await desk.proof.of("T1", ALL) == ProofCounts()
    await desk.post(1, made())
    await stands(replies, desk.place.draft_id, f"{float(desk.place.ts) + 12:.6f}", job(desk.place))
    found = await desk.proof.of("T1", ALL)
    assert (found.guidelines, found.replies, round(found.median_wait or 0)) == ((), 1, 12)


async def test_points_are_used_dismissed_for_a_reason_or_edited_away(desk: Desk, database: Database) -> None:
    now, only, free = point("now"), point("only today"), point("free", CLAIM)
    await desk.post(1, made(now, only, free))
    await desk.decide(now, Decision.USED)
    await desk.decide(only, Decision.DISMISSED, REASON)
    await desk.edit(made(only))
    await desk.post(2, made(now))
    await desk.decide(now, Decision.DISMISSED)
    await ExceptionTable(database, desk.clock).add(exception(desk))
    await desk.post(3, made(free))
    counted = await desk.counted()
    assert counted[RUSH] == GuidelineProof(RUSH, 3, used=1, dismissed=((None, 1), (REASON, 1)))
    assert counted[CLAIM] == GuidelineProof(CLAIM, 1, edited=1)
    assert (await desk.proof.of("T2", ALL)) == ProofCounts()
    assert (await desk.proof.of("T1", Period(0, NOW - 1))).guidelines == ()


@pytest.mark.parametrize(
    ("later", "edited"),
    [
        (made(), 1),
        (made(judged=False), 0),
        (Critique(Outcome.COULD_NOT_REVIEW), 0),
        (made(point("at once")), 0),
        (made(point("now")), 0),
    ],
    ids=["gone", "fixed checks alone", "unread", "said otherwise", "still there"],
)
async def test_only_an_edit_that_cured_it_counts(desk: Desk, later: Critique, edited: int) -> None:
    await desk.post(1, made(point("now")))
    await desk.edit(later)
    assert (await desk.counted())[RUSH].edited == edited


async def test_another_round_of_the_same_words_is_no_edit(desk: Desk) -> None:
    await desk.post(1, made(point("now")))
    desk.clock.moment += 10
    await desk.drafts.save_review(Review(job(desk.place, round_=1), made()))
    assert (await desk.counted())[RUSH].edited == 0


@pytest.mark.parametrize(
    ("again", "repeats"),
    [
        (point("only today!"), 1),
        (point("hurry up"), 0),
        (point("only today!", CLAIM), 0),
        (point("only today!", severity=Severity.MUST_FIX), 0),
        (replace(point("only today!"), dismissable=False), 0),
    ],
    ids=["the same words", "other words", "another guideline", "graver now", "beyond dismissal"],
)
async def test_a_dismissed_point_that_comes_back_in_its_draft_is_a_repeat(
    desk: Desk, again: Finding, repeats: int
) -> None:
    await desk.post(1, made(point("Only today")))
    await desk.decide(point("Only today"), Decision.DISMISSED, REASON)
    await desk.edit(made(again))
    assert (await desk.proof.of("T1", ALL)).repeats == repeats


async def test_a_dismissal_that_is_carried_over_an_edit_was_shown_once(desk: Desk) -> None:
    old, new = point("Only today"), point("only  today!")
    await desk.post(1, made(old))
    await desk.decide(old, Decision.DISMISSED, REASON)
    carried = Verdict(new.ref, Decision.DISMISSED, "U1", at=f"{desk.clock.moment:.6f}", revision="0", reason=REASON)
    await desk.verdicts.record(PLACE.draft_id.replace(TS, desk.place.ts), carried)
    await desk.edit(made(new))
    found = await desk.proof.of("T1", ALL)
    assert found.guidelines == (GuidelineProof(RUSH, 1, dismissed=((REASON, 1),)),)
    assert found.repeats == 0
    assert Place.of(desk.place.draft_id) == replace(desk.place, enterprise="")


async def test_who_changed_what_holds_no_word_of_a_channel_and_nothing_of_another_workspace(
    desk: Desk, database: Database
) -> None:
    await desk.post(1, made(point(MARK)))
    change = SettingChange("retention_days", "0", "30", user="U1", at=NOW + 1)
    await SettingValueStore(database).save("T1", {"retention_days": "30"}, (change,))
    await SettingValueStore(database).save("T2", {"retention_days": "9"}, (replace(change, new="9"),))
    fact = FactChange("f1", "added", "", "Delivery costs £4.", "U2", at=NOW + 2)
    await FactStore(database).save("T1", (), (), changes=(fact,))
    on = GuidelineChange("own/guests", GuidelineAct.SWITCHED_ON, "Guests", version=2, user="U2", at=NOW + 3)
    await OwnGuidelineStore(database).switch("T1", on)
    state = await desk.drafts.state(desk.place.draft_id)
    assert state
    signed = SignOffAct("k", Act.APPROVED, "U2", at=NOW + 4, subject=subject_of(state), note=MARK)
    await SignOffStore(database).record(desk.place.draft_id, signed)
    table, excepted = ExceptionTable(database, desk.clock), exception(desk, quote=MARK, note=MARK)
    await table.add(excepted)
    desk.clock.moment += 9
    await table.lift("T1", excepted.id, "U3")
    found = await desk.proof.changes("T1", ALL)
    assert [(one.kind, one.about, one.act, one.user, one.old, one.new) for one in found] == [
        ("exception", CLAIM, "added", "U1", "", "always"),
        ("setting", "retention_days", "changed", "U1", "0", "30"),
        ("fact", "f1", "added", "U2", "", "Delivery costs £4."),
        ("guideline", "own/guests", "switched on", "U2", "", "2"),
        ("sign_off", desk.place.draft_id, "approved", "U2", "", ""),
        ("exception", CLAIM, "lifted", "U3", "always", ""),
    ]
    assert MARK not in str(found)
    assert await desk.proof.changes("T1", Period(0, NOW - 1)) == ()


def exception(desk: Desk, **more: str) -> GuidelineException:
    return GuidelineException(
        team="T1",
        id="e",
        guideline=CLAIM,
        ref="x",
        quote=more.get("quote", "free"),
        scope=Scope.ALWAYS,
        author="U1",
        draft_id=desk.place.draft_id,
        created_at=desk.clock.moment,
        general=True,
        note=more.get("note", ""),
    )
