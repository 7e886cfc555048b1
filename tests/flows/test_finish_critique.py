"""What code adds before a critique is kept: labels, and dismissals that still hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.deciding import Answer, Decision, Verdict, VerdictReason
from bot.core.findings import Edit, Finding, Origin
from bot.core.guidelines import Guideline, Library, Policy, Severity
from bot.core.judging import Critique, ModelPart, Outcome
from bot.core.labels import COMMERCIAL
from bot.core.reviewing import Review
from bot.core.settings import WorkspaceSettings
from bot.flows.reviewing import FinishCritique
from tests.flows.fake_settings import FakeSettings
from tests.flows.fakes import PLACE
from tests.flows.world import Steps, World

ID = PLACE.draft_id
TEXT = "Our tonic cures every cold within a day."
CLAIM = Finding("a/claim", Severity.SHOULD_FIX, 10, 26, "cures every cold", "Why.", origin=Origin.MODEL)
LONGER = Finding("a/claim", Severity.SHOULD_FIX, 4, 26, "tonic cures every cold", "Why.", origin=Origin.MODEL)
LIBRARY = Library((Guideline(COMMERCIAL, "Ads", Severity.MUST_FIX, "?", "", ""),))
CLEAN = Critique(Outcome.NOTHING_TO_FLAG)
DISMISSED = Verdict(CLAIM.ref, Decision.DISMISSED, "U1", "1.0", "0", VerdictReason.PROOF)


def found(*findings: Finding) -> Critique:
    return Critique(Outcome.FINDINGS, findings, fixed_rules_only=False)


class Scene:
    def __init__(self, world: World, policy: Policy | None = None) -> None:
        self.world = world
        settings = FakeSettings({"T1": WorkspaceSettings(policy=policy or Policy())})
        self.finish = FinishCritique(world.drafts, world.verdicts, LIBRARY, settings)

    async def decided(self, critique: Critique) -> set[str]:
        await self.finish(self.world.drafts.rows[ID].job, critique)
        return {ref for ref, v in self.world.drafts.verdicts.get(ID, {}).items() if v.decision is Decision.DISMISSED}


@pytest.fixture
async def scene() -> Scene:
    world = World()
    await world.keep(ID, owner=await world.reviewed(TEXT, critique=found(CLAIM)))
    return Scene(world)


async def test_a_draft_that_is_gone_or_unanswered_leaves_the_critique_as_it_is(scene: Scene) -> None:
    job = scene.world.drafts.rows[ID].job
    assert await scene.finish(job, CLEAN) is CLEAN
    assert await Scene(World()).finish(job, CLEAN) is CLEAN


async def test_an_answer_that_calls_for_a_label_gets_it_as_severe_as_the_workspace_says(scene: Scene) -> None:
    await scene.world.answers.record(ID, Answer(COMMERCIAL, "Paid", "U1", "1.0"))
    job = scene.world.drafts.rows[ID].job
    (point,) = (await scene.finish(job, CLEAN)).findings
    assert (point.severity, point.edit) == (Severity.MUST_FIX, Edit(0, 0, "Ad: "))
    milder = Policy(severities=((COMMERCIAL, Severity.CONSIDER),))
    (point,) = (await Scene(scene.world, milder).finish(job, CLEAN)).findings
    assert point.severity is Severity.CONSIDER
    assert await Scene(scene.world, Policy(off=frozenset({COMMERCIAL}))).finish(job, CLEAN) is CLEAN


async def test_a_dismissal_holds_for_the_same_words_in_another_quote_after_an_edit(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.reviewed(f"{TEXT} It is blue.", "5.0")
    assert await scene.decided(found(LONGER)) == {CLAIM.ref, LONGER.ref}
    assert scene.world.drafts.verdicts[ID][LONGER.ref] == replace(DISMISSED, finding=LONGER.ref)


async def test_a_dismissal_does_not_hold_for_words_that_changed(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.reviewed(TEXT.replace("cures", "heals"), "5.0")
    assert await scene.decided(found(replace(LONGER, quote="tonic heals every cold"))) == {CLAIM.ref}


async def test_a_dismissal_holds_in_the_next_round(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.drafts.next_round(scene.world.drafts.rows[ID].job)
    assert await scene.decided(found(LONGER, replace(LONGER, guideline="a/other"))) == {CLAIM.ref, LONGER.ref}


async def test_nothing_is_carried_over_a_decision_of_its_own_or_onto_what_must_stay(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.drafts.next_round(scene.world.drafts.rows[ID].job)
    assert await scene.decided(found(replace(LONGER, dismissable=False))) == {CLAIM.ref}
    await scene.world.verdicts.record(ID, Verdict(LONGER.ref, Decision.OPEN, "U1", "0.5", "0"))
    assert await scene.decided(found(LONGER)) == {CLAIM.ref}


async def test_without_dismissals_nothing_is_compared(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, replace(DISMISSED, decision=Decision.USED))
    await scene.world.drafts.next_round(scene.world.drafts.rows[ID].job)
    assert await scene.decided(found(LONGER)) == set()


@pytest.mark.parametrize(
    ("before", "part"),
    [
        (replace(CLEAN, model="recorded 2026-11-29", model_part=ModelPart.ANSWERED), ModelPart.OUTGROWN),
        (replace(CLEAN, model_part=ModelPart.OUTGROWN), ModelPart.OUTGROWN),
        (replace(CLEAN, model="m-1", model_part=ModelPart.ANSWERED), ModelPart.OFF),
    ],
)
async def test_an_edit_that_a_recorded_answer_does_not_fit_says_so(before: Critique, part: ModelPart) -> None:
    world = World()
    await world.keep(ID, owner=await world.reviewed(TEXT, critique=before))
    await world.reviewed(f"{TEXT} It is blue.", "5.0")
    job = world.drafts.rows[ID].job
    finish = Scene(world).finish
    assert (await finish(job, CLEAN)).model_part is part
    answered = replace(CLEAN, model_part=ModelPart.ANSWERED)
    assert await finish(job, answered) is answered


async def test_the_review_keeps_the_finished_critique() -> None:
    world = World()
    await world.reviewed(TEXT)
    world.drafts.reviews.clear()
    await world.answers.record(ID, Answer(COMMERCIAL, "A gift", "U1", "1.0"))
    review = replace(world.review, finish=Scene(world).finish)
    await review(Steps(), ID, "0", 0)
    (kept,) = world.drafts.reviews.values()
    assert isinstance(kept, Review)
    assert [one.edit for one in kept.critique.findings] == [Edit(0, 0, "Ad (gifted): ")]
