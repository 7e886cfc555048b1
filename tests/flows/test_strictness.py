"""How much of a review a reply shows: quiet, normal, thorough, and what each would have flagged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.deciding import Answer, Decision, Verdict
from bot.core.drafts import Draft, Target
from bot.core.findings import Finding, Origin
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Judgement, ModelPart, Outcome, Question, Strictness
from bot.core.proof import FlaggedDraft, LevelCount, WouldFlag, would_flag
from bot.core.reviewing import DraftState, Earlier, Review, Standing, standing_in, subject_of
from bot.core.settings import ChannelStrictness, WorkspaceSettings
from bot.core.sign_off import Act, SignOffAct
from bot.core.words import reviewing as words
from bot.flows import proof
from bot.flows.proof import CountFlagged
from bot.flows.replying import find_point, lead_in, point_in
from bot.flows.reviewing import FinishCritique, critique_of
from tests.flows.fake_guidelines import SameLibrary
from tests.flows.fake_leads import seeing
from tests.flows.fake_settings import FakeSettings
from tests.flows.fakes import FakeRules
from tests.flows.test_finish_critique import CLEAN, LIBRARY
from tests.flows.test_finish_critique import ID as DRAFT
from tests.flows.world import World

TEXT = "Act now! Only 3 left. Lovely, isn't it? It lasts a lifetime."


def point(quote: str, severity: Severity, *, lead: bool = False, dismissable: bool = True) -> Finding:
    start, guideline = TEXT.index(quote), f"a/{severity}"
    made = Finding(guideline, severity, start, end=start + len(quote), quote=quote, why="Why.", lead=lead)
    return replace(made, origin=Origin.MODEL, dismissable=dismissable)


MUST = point("Act now!", Severity.MUST_FIX)
CRAFT = point("Lovely, isn't it?", Severity.CONSIDER)
SECRET = point("Only 3 left.", Severity.CONSIDER, dismissable=False)
LOOK = point("lasts a lifetime", Severity.SHOULD_FIX, lead=True)
ASKED = Question("a/paid", "Was it paid for?", ("Yes", "No"))
WHOLE = Critique(
    Outcome.FINDINGS,
    (MUST, CRAFT, SECRET),
    (ASKED,),
    fixed_rules_only=False,
    model_part=ModelPart.ANSWERED,
    let_go=(LOOK,),
)


async def world_of(critique: Critique, level: Strictness) -> World:
    world = World()
    await world.reviewed(TEXT, critique=replace(critique, strictness=level))
    return world


async def shown(critique: Critique, level: Strictness) -> Standing:
    standing = standing_in(await (await world_of(critique, level)).drafts.state(DRAFT))
    assert standing
    return standing


async def test_quiet_shows_what_must_or_should_be_fixed_and_counts_the_rest() -> None:
    standing = await shown(WHOLE, Strictness.QUIET)
    assert [one.finding for one in standing.points] == [MUST, SECRET]
    assert (standing.questions, standing.critique.leads) == ((), ())
    assert [one.finding for one in standing.held.points] == [CRAFT]
    assert standing.held.questions == (ASKED,)
    assert [one.finding for one in standing.hidden] == [CRAFT]
    assert standing.number_of(standing.held.points[0]) == 3
    assert words.headline(standing) == "2 changes"
    assert words.held(standing.held) == "1 point and 1 question left out, because this channel is set to *quiet*."
    normal = await shown(WHOLE, Strictness.NORMAL)
    assert [one.finding for one in normal.points] == [MUST, CRAFT, SECRET]
    assert not (normal.held)
    assert not (normal.critique.leads)


async def test_thorough_shows_more_at_once_and_what_the_model_let_go() -> None:
    many = tuple(replace(CRAFT, guideline=f"a/{n}") for n in range(8))
    standing = await shown(replace(WHOLE, findings=many), Strictness.THOROUGH)
    assert (len(standing.shown), standing.collapsed) == (6, 2)
    assert standing.critique.leads == (LOOK,)
    assert len((await shown(replace(WHOLE, findings=many), Strictness.NORMAL)).shown) == 3


@pytest.mark.parametrize(
    ("critique", "said"),
    [
        (replace(WHOLE, findings=(CRAFT,), questions=()), "Nothing that clearly needs fixing."),
        (replace(WHOLE, findings=()), "Nothing that clearly needs fixing."),
        (CLEAN, "Not reviewed: no language model is connected. The fixed checks found nothing."),
        (
            replace(CLEAN, leads=(LOOK, replace(LOOK, guideline="a/other"))),
            "Not reviewed: no language model is connected. The fixed checks found nothing new.",
        ),
    ],
)
async def test_a_quiet_reply_never_says_that_there_is_nothing_where_something_is_left_out(
    critique: Critique, said: str
) -> None:
    standing = await shown(critique, Strictness.QUIET)
    assert words.headline(standing) == said
    if critique.leads:
        assert words.held(standing.held).startswith("2 things worth a look left out")


async def test_what_is_left_out_can_be_decided_and_then_stays() -> None:
    world = await world_of(replace(WHOLE, leads=(LOOK,)), Strictness.QUIET)
    state = await world.drafts.state(DRAFT)
    assert point_in(state, Target(DRAFT, CRAFT.ref))
    assert lead_in(state, Target(DRAFT, LOOK.ref)) == LOOK
    await world.verdicts.record(DRAFT, Verdict(CRAFT.ref, Decision.DISMISSED, "U1", at="1.0", revision="0"))
    await world.answers.record(DRAFT, Answer(ASKED.guideline, "No", "U1", at="1.0"))
    standing = standing_in(await world.drafts.state(DRAFT))
    assert standing
    assert not (standing.held.points)
    assert not (standing.held.questions)
    assert [one.finding for one in standing.dismissed] == [CRAFT]
    assert (await find_point(world.drafts, Target(DRAFT, CRAFT.ref)))[1]


async def test_an_edit_that_mends_what_nobody_saw_is_no_news() -> None:
    world = await world_of(WHOLE, Strictness.QUIET)
    state = await world.drafts.state(DRAFT)
    assert state
    assert state.review
    now = Review(state.review.job, replace(CLEAN, strictness=Strictness.QUIET))
    record = replace(state.record, draft=Draft("It lasts a lifetime."))
    standing = standing_in(replace(state, record=record, review=now, earlier=Earlier(TEXT, state.review)))
    assert standing
    assert CRAFT not in standing.delta.fixed


async def test_a_review_keeps_the_strictness_of_its_channel() -> None:
    world = await world_of(CLEAN, Strictness.NORMAL)
    levels = ChannelStrictness(channels=(("C1", Strictness.QUIET),))
    settings = FakeSettings({"T1": WorkspaceSettings(strictness=levels)})
    finish = FinishCritique(world.drafts, world.verdicts, SameLibrary(LIBRARY), settings=settings)
    assert (await finish(world.drafts.rows[DRAFT].job, CLEAN)).strictness is Strictness.QUIET


def test_what_the_model_let_go_is_kept_but_not_what_it_took_up_or_quotes_an_earlier_post() -> None:
    told, earlier = replace(LOOK, quote="Act now!", start=0, end=8), replace(LOOK, rule="post:1")
    rules = FakeRules()
    made = critique_of(Draft(TEXT), (LOOK, told, earlier, SECRET), Judgement((MUST,)), rules=rules)
    assert made.let_go == (LOOK,)
    assert critique_of(Draft(TEXT), (LOOK,), None, rules=rules).let_go == ()


# What each level would have flagged.


async def test_each_level_is_counted_with_the_fine_posts_among_what_it_flags() -> None:
    world = await world_of(replace(WHOLE, findings=(CRAFT,), questions=()), Strictness.NORMAL)
    state = await world.drafts.state(DRAFT)
    assert state
    assert state.review

    def levels(state: DraftState) -> list[tuple[int, int]]:
        looked = FlaggedDraft.of(state)
        return [(one.flagged, one.fine) for one in would_flag([looked] if looked else []).levels]

    dismissed = replace(state, verdicts=(Verdict(CRAFT.ref, Decision.DISMISSED, "U1", at="1.0", revision="0"),))
    assert levels(state) == [(0, 0), (1, 0), (1, 0)]
    assert levels(dismissed) == [(0, 0), (1, 1), (1, 1)]
    used = replace(state, verdicts=(Verdict(CRAFT.ref, Decision.USED, "U1", at="1.0", revision="0"),))
    edited = replace(dismissed, earlier=Earlier("Before.", state.review))
    unread = replace(state, review=None)
    assert [levels(one)[1] for one in (used, edited, unread)] == [(1, 0), (1, 0), (0, 0)]
    clean = replace(state, review=Review(state.review.job, replace(CLEAN, let_go=(LOOK,))))
    assert levels(clean) == [(0, 0), (0, 0), (1, 0)]
    assert FlaggedDraft.of(unread) is None


async def test_a_post_that_a_lead_approved_as_first_written_is_fine() -> None:
    world = await world_of(WHOLE, Strictness.NORMAL)
    state = await world.drafts.state(DRAFT)
    assert state
    act = SignOffAct("k", Act.APPROVED, "U2", at=1.0, subject=subject_of(state))
    assert FlaggedDraft.of(replace(state, acts=(act,))) == FlaggedDraft(frozenset(Strictness), fine=True)


async def test_the_latest_drafts_that_the_person_may_read_are_counted_as_far_as_there_is_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = await world_of(WHOLE, Strictness.NORMAL)
    sees, audience = seeing(world.leads)
    count = CountFlagged(world.drafts, sees)
    audience.closed = {"C1": ()}
    assert (await count("T1", "U1")).drafts == 0
    audience.closed = {}
    assert (await count("T1", "U1")).drafts == (await count("T1", "U1", "C1")).drafts == 1
    assert await count("T1", "U1", "C9") == WouldFlag(0, tuple(LevelCount(level, 0, 0) for level in Strictness))
    monkeypatch.setattr(proof, "_PATIENCE", -1.0)
    assert (await count("T1", "U1")).drafts == 0
