"""What code adds before a critique is kept: labels, and dismissals that still hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.deciding import Answer, Decision, Verdict, VerdictReason
from bot.core.drafts import Click, Target
from bot.core.findings import Edit, Finding, Origin
from bot.core.guidelines import Guideline, Library, Policy, Severity
from bot.core.judging import Critique, ModelPart, Outcome
from bot.core.labels import COMMERCIAL
from bot.core.reviewing import Review
from bot.core.settings import WorkspaceSettings
from bot.flows.reviewing import FinishCritique
from tests.flows.fake_guidelines import SameLibrary
from tests.flows.fake_settings import FakeSettings
from tests.flows.fakes import PLACE
from tests.flows.world import Steps, World

ID = PLACE.draft_id
TEXT = "Our tonic cures every cold within a day."
CLAIM = Finding("a/claim", Severity.SHOULD_FIX, 10, end=26, quote="cures every cold", why="Why.", origin=Origin.MODEL)
LONGER = Finding(
    "a/claim", Severity.SHOULD_FIX, 4, end=26, quote="tonic cures every cold", why="Why.", origin=Origin.MODEL
)
LIBRARY = Library((Guideline(COMMERCIAL, "Ads", Severity.MUST_FIX, question="?", why="", fix=""),))
CLEAN = Critique(Outcome.NOTHING_TO_FLAG)
DISMISSED = Verdict(CLAIM.ref, Decision.DISMISSED, "U1", at="1.0", revision="0", reason=VerdictReason.PROOF)


def found(*findings: Finding) -> Critique:
    return Critique(Outcome.FINDINGS, findings, fixed_rules_only=False)


class Scene:
    def __init__(self, world: World, policy: Policy | None = None) -> None:
        self.world = world
        settings = FakeSettings({"T1": WorkspaceSettings(policy=policy or Policy())})
        self.finish = FinishCritique(world.drafts, world.verdicts, SameLibrary(LIBRARY), settings=settings)

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
    await scene.world.answers.record(ID, Answer(COMMERCIAL, "Paid", "U1", at="1.0"))
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


@pytest.mark.parametrize("taken_back", [CLAIM, LONGER])
async def test_a_dismissal_that_is_taken_back_stays_so_whatever_later_edits_make_of_its_words(
    scene: Scene, taken_back: Finding
) -> None:
    world = scene.world
    other = Verdict("other", Decision.DISMISSED, "U1", at="1.5", revision="0")
    for verdict in (DISMISSED, other):
        await world.verdicts.record(ID, verdict)
    for number, finding in enumerate((LONGER, taken_back), 1):
        await world.reviewed(f"{TEXT} It is blue{number * '!'}", f"{number}.0", found(finding))
        assert await scene.decided(found(finding)) == {CLAIM.ref, LONGER.ref, other.finding}
    for _ in range(2):
        assert await world.decide(Click(Target(ID, taken_back.ref), "U2", "9.0"), Decision.OPEN)
    for number, finding in enumerate((LONGER, CLAIM), 3):
        await world.reviewed(f"{TEXT} It is blue{number * '!'}", f"{number}.0", found(finding))
        assert await scene.decided(found(finding)) == {other.finding}


async def test_a_dismissal_does_not_hold_for_words_that_changed(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.reviewed(TEXT.replace("cures", "heals"), "5.0")
    assert await scene.decided(found(replace(LONGER, quote="tonic heals every cold"))) == {CLAIM.ref}


async def test_a_dismissal_holds_for_other_forms_of_its_words_that_the_edit_brought(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.reviewed(TEXT.replace("Our tonic cures", "It is cold out. Tonics cure"), "5.0")
    changed = replace(CLAIM, start=16, end=38, quote="Tonics cure every cold")
    assert await scene.decided(found(changed)) == {CLAIM.ref, changed.ref}


async def test_a_dismissal_does_not_hold_where_its_words_are_quoted_with_more_that_is_at_fault(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.drafts.next_round(scene.world.drafts.rows[ID].job)
    assert await scene.decided(found(replace(CLAIM, end=39, quote=TEXT[10:39]))) == {CLAIM.ref}


async def test_a_dismissal_does_not_hold_for_what_is_graver_now(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.drafts.next_round(scene.world.drafts.rows[ID].job)
    assert await scene.decided(found(replace(LONGER, severity=Severity.MUST_FIX))) == {CLAIM.ref}


async def test_a_dismissal_holds_in_the_next_round(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.drafts.next_round(scene.world.drafts.rows[ID].job)
    assert await scene.decided(found(LONGER, replace(LONGER, guideline="a/other"))) == {CLAIM.ref, LONGER.ref}


async def test_nothing_is_carried_over_a_decision_of_its_own_or_onto_what_must_stay(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, DISMISSED)
    await scene.world.drafts.next_round(scene.world.drafts.rows[ID].job)
    assert await scene.decided(found(replace(LONGER, dismissable=False))) == {CLAIM.ref}
    await scene.world.verdicts.record(ID, Verdict(LONGER.ref, Decision.OPEN, "U1", at="0.5", revision="0"))
    assert await scene.decided(found(LONGER)) == {CLAIM.ref}


async def test_without_dismissals_nothing_is_compared(scene: Scene) -> None:
    await scene.world.verdicts.record(ID, replace(DISMISSED, decision=Decision.USED))
    await scene.world.drafts.next_round(scene.world.drafts.rows[ID].job)
    assert await scene.decided(found(LONGER)) == set()


# What somebody used, in whatever order the author edits.

USED = replace(CLAIM, edit=Edit(10, 26, "warms you up"))
ACCEPTED = Verdict(USED.ref, Decision.USED, "U1", at="1.0", revision="0")


async def after(text: str, critique: Critique, *, before: Critique | None = None) -> Critique:
    """The critique of the text that the author makes of the draft once the point was used."""
    world = World()
    await world.keep(ID, owner=await world.reviewed(TEXT, critique=before or found(USED)))
    await world.verdicts.record(ID, ACCEPTED)
    if text == TEXT:
        await world.drafts.next_round(world.drafts.rows[ID].job)
    else:
        await world.reviewed(text, "5.0")
    return await Scene(world).finish(world.drafts.rows[ID].job, critique)


@pytest.mark.parametrize("text", [TEXT, f"{TEXT} It is blue.", f"New: {TEXT}"], ids=["round", "end", "start"])
async def test_a_used_point_stays_as_it_was_accepted_however_it_is_quoted_again(text: str) -> None:
    by = text.index(TEXT)
    for again in (LONGER, replace(USED, edit=Edit(10, 26, "helps"))):
        told = replace(again.moved(by), why="Another reason.", severity=Severity.MUST_FIX)
        (kept,) = (await after(text, found(told))).findings
        assert kept == replace(USED.moved(by), why="Another reason.", severity=Severity.MUST_FIX)


async def test_a_used_point_goes_where_a_model_minds_it_no_more_and_stays_where_none_has_read_the_draft() -> None:
    text = f"{TEXT} It is blue."
    assert (await after(text, replace(CLEAN, fixed_rules_only=False))).findings == ()
    kept = await after(text, CLEAN)
    assert (kept.outcome, kept.findings) == (Outcome.FINDINGS, (USED,))
    by_rule = replace(USED, origin=Origin.RULE)
    assert await after(text, CLEAN, before=found(by_rule)) is CLEAN
    put_aside = Critique(Outcome.COULD_NOT_REVIEW)
    assert await after(text, put_aside) is put_aside


async def test_what_is_new_beside_a_used_point_is_told() -> None:
    more = replace(LONGER, parts=(CLAIM, replace(CLAIM, start=4, end=9, quote="tonic")))
    assert (await after(f"{TEXT} Blue.", found(more))).findings == (more,)
    other = replace(LONGER, guideline="a/other")
    assert (await after(f"{TEXT} Blue.", found(other))).findings == (other,)


async def test_nobody_is_asked_again_about_words_that_are_the_accepted_ones() -> None:
    text = TEXT.replace("cures every cold", "warms you up")
    doubt = replace(CLAIM, start=10, end=22, quote="warms you up")
    cleared = await after(text, found(doubt))
    assert (cleared.outcome, cleared.findings) == (Outcome.NOTHING_TO_FLAG, ())
    for stays in (
        replace(doubt, severity=Severity.MUST_FIX),
        replace(doubt, origin=Origin.RULE),
        replace(doubt, guideline="a/other"),
        replace(doubt, end=35, quote="warms you up within a day"),
    ):
        assert (await after(text, found(stays))).findings == (stays,)


@pytest.mark.parametrize("filled", ["nine pounds", "[price]"])
async def test_a_rewording_that_is_in_the_draft_is_not_made_again_though_the_words_before_it_stayed(
    filled: str,
) -> None:
    asks = replace(USED, edit=Edit(10, 26, "cures every cold for [price] until you stop"))
    text = TEXT.replace("cold", f"cold for {filled} until you stop")
    assert (await after(text, CLEAN, before=found(asks))) is CLEAN
    severe = replace(asks, severity=Severity.MUST_FIX)
    assert (await after(text, found(severe), before=found(asks))).findings == (replace(severe, edit=None),)
    left = (replace(asks, edit=None),) if "[" in filled else ()
    assert (await after(text, found(asks), before=found(asks))).findings == left
    label = replace(USED, edit=Edit(0, 0, "Ad: "))
    assert (await after(f"Ad: {TEXT}", found(label.moved(4)), before=found(label))).findings == ()


@pytest.mark.parametrize("edit", [Edit(10, 26, "warms [whom]"), Edit(10, 26, ""), Edit(10, 10, "so "), None])
async def test_a_gap_that_is_not_filled_and_words_that_nobody_accepted_are_told(edit: Edit | None) -> None:
    text = TEXT.replace("cures every cold", edit.text if edit and edit.text else "heals")
    doubt = replace(CLAIM, start=10, end=15, quote=text[10:15])
    assert (await after(text, found(doubt), before=found(replace(USED, edit=edit)))).findings == (doubt,)


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
    await world.answers.record(ID, Answer(COMMERCIAL, "A gift", "U1", at="1.0"))
    review = replace(world.review, finish=Scene(world).finish)
    await review(Steps(), ID, "0", 0)
    (kept,) = world.drafts.reviews.values()
    assert isinstance(kept, Review)
    assert [one.edit for one in kept.critique.findings] == [Edit(0, 0, "Ad (gifted): ")]
