"""Points that say in other words what was left alone: a model is asked once, and code bounds what it can hide."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from bot.core.deciding import Decision, GuidelineException, Scope, Verdict, VerdictReason
from bot.core.findings import Finding, Origin
from bot.core.guidelines import Guideline, Library, Severity
from bot.core.judging import Critique, Failure, ModelFailed, Outcome
from bot.core.reviewing import standing_in
from bot.core.same_points import PAIRS
from bot.flows.asking import CallTurns
from bot.flows.reviewing import FinishCritique
from bot.flows.same_points import FindSamePoints
from bot.rules.same_points import may_be_same
from tests.flows.fake_exceptions import FakeExceptions, FakeSamePoints
from tests.flows.fake_guidelines import SameLibrary
from tests.flows.fake_settings import FakeSettings
from tests.flows.fakes import NOW, PLACE
from tests.flows.world import World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.same_points import PointPair

CLAIM = "a/claim"
LIBRARY = Library((Guideline(CLAIM, "Claims", Severity.SHOULD_FIX, question="Is it shown?", why="", fix=""),))
LATTE = GuidelineException(
    team="T1",
    id="e1",
    guideline=CLAIM,
    ref="latte",
    quote="cheaper than your daily latte",
    scope=Scope.ALWAYS,
    reason=VerdictReason.PROOF,
    author="U2",
    draft_id="T1:C1:1.0",
    created_at=NOW,
)
TEXT = "Good morning! Costs less than your daily latte. Try it."
OTHER = PLACE.draft_id.replace("C1", "C2")


def point(text: str, quote: str, guideline: str = CLAIM, *, severity: Severity = Severity.SHOULD_FIX) -> Finding:
    at = text.index(quote)
    return Finding(guideline, severity, at, end=at + len(quote), quote=quote, why="Why.", origin=Origin.MODEL)


COSTS = point(TEXT, "Costs less than your daily latte")


def found(*findings: Finding) -> Critique:
    return Critique(Outcome.FINDINGS, findings, fixed_rules_only=False)


@dataclass
class FakeComparer:
    """Calls every pair the same, or fails."""

    says: bool = True
    fails: bool = False
    asked: list[tuple[PointPair, ...]] = field(default_factory=list["tuple[PointPair, ...]"])

    async def same(self, team: str, author_id: str, pairs: Sequence[PointPair]) -> tuple[bool, ...]:
        assert (team, author_id) == ("T1", "U1")
        self.asked.append(tuple(pairs))
        if self.fails:
            raise ModelFailed(Failure.UNREACHABLE)
        return (self.says,) * len(pairs)


class Scene:
    def __init__(self, comparer: FakeComparer | None = None) -> None:
        self.world, self.comparer = World(), comparer or FakeComparer()
        self.exceptions = FakeExceptions(self.world.drafts)

    async def left(
        self, *findings: Finding, text: str = TEXT, revision: str = "0", only_rules: bool = False
    ) -> list[str]:
        """What is still told of a draft that is reviewed with these findings."""
        drafts, same = self.world.drafts, FakeSamePoints(self.world.drafts)
        compare = FindSamePoints(self.exceptions, same, may_be_same, turns=CallTurns(), comparer=self.comparer)
        finish = FinishCritique(
            drafts, self.world.verdicts, SameLibrary(LIBRARY), settings=FakeSettings(), same=compare
        )
        await self.world.reviewed(text, revision, critique=found(*findings))
        critique = replace(found(*findings), fixed_rules_only=only_rules)
        await finish(drafts.rows[PLACE.draft_id].job, critique)
        return await self.shown()

    async def shown(self) -> list[str]:
        standing = standing_in(await self.world.drafts.state(PLACE.draft_id))
        assert standing
        return [one.finding.quote for one in standing.points if one.decision is Decision.OPEN]


@pytest.fixture
async def scene() -> Scene:
    scene = Scene()
    await scene.exceptions.add(LATTE)
    return scene


async def test_what_a_model_calls_the_same_is_left_out_until_the_exception_ends(scene: Scene) -> None:
    assert await scene.left(COSTS) == []
    ((pair,),) = scene.comparer.asked
    assert (pair.known, pair.words, pair.reason) == (LATTE.quote, COSTS.quote, VerdictReason.PROOF)
    assert (pair.sentence, pair.title, pair.question) == (f"{COSTS.quote}.", "Claims", "Is it shown?")
    standing = standing_in(await scene.world.drafts.state(PLACE.draft_id))
    assert standing
    ((left_out, by),) = standing.excepted
    assert (left_out, by.id) == (COSTS, LATTE.id)
    await scene.exceptions.lift("T1", LATTE.id, "U2")
    assert await scene.shown() == [COSTS.quote]


@pytest.mark.parametrize("comparer", [FakeComparer(says=False), FakeComparer(fails=True)], ids=["another", "no answer"])
async def test_without_a_yes_the_point_is_told(comparer: FakeComparer) -> None:
    scene = Scene(comparer)
    await scene.exceptions.add(LATTE)
    assert await scene.left(COSTS) == [COSTS.quote]
    assert len(comparer.asked) == 1
    await scene.left(COSTS)
    assert len(comparer.asked) == 1 + comparer.fails, "an answer is remembered, a failure is not"


async def test_a_pair_that_was_told_in_another_draft_is_not_asked_about_again(scene: Scene) -> None:
    await FakeSamePoints(scene.world.drafts).keep(OTHER, {(LATTE.ref, COSTS.ref): True})
    assert await scene.left(COSTS, only_rules=True) == []
    assert scene.comparer.asked == []
    del scene.world.drafts.same[OTHER]
    assert await scene.shown() == [], "it is kept with this draft as well"


async def test_nobody_is_asked_where_no_model_reviewed_or_none_is_there(scene: Scene) -> None:
    assert await scene.left(COSTS, only_rules=True) == [COSTS.quote]
    assert scene.comparer.asked == []
    scene.comparer = None  # type: ignore[assignment]
    assert await scene.left(COSTS) == [COSTS.quote]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Costs 3 times less than your daily latte", ""),
        ("Costs less than your daily latte, guaranteed", ""),
        ("Costs less than your daily latte until Sunday", ""),
        ("Some words. " + "latte " * 100, "latte " * 100),
        ("Cheaper than your daily latte!", ""),
    ],
    ids=["number", "promise", "deadline", "long", "covered already"],
)
async def test_nobody_is_asked_about_what_says_more_or_is_covered(scene: Scene, text: str, quote: str) -> None:
    shown = await scene.left(point(text, quote or text), text=text)
    assert shown == ([] if text.startswith("Cheaper") else [quote or text])
    assert scene.comparer.asked == []


@pytest.mark.parametrize("excepted", ["!!!", "🎉", "“”"])
async def test_an_exception_without_a_word_stops_no_later_review(scene: Scene, excepted: str) -> None:
    await scene.exceptions.add(replace(LATTE, id="E2", quote=excepted))
    assert await scene.left(COSTS) == []
    assert [pair.known for (pair,) in scene.comparer.asked] == [LATTE.quote]


async def test_what_must_stay_stays_and_another_guideline_is_another_point(scene: Scene) -> None:
    grave = replace(COSTS, severity=Severity.MUST_FIX)
    for one in (replace(COSTS, dismissable=False), replace(COSTS, guideline="a/other")):
        assert await scene.left(one) == [COSTS.quote]
    scene.world.drafts.exceptions[:] = [replace(LATTE, general=False, author="U1")]
    assert await scene.left(grave) == [COSTS.quote]
    scene.world.drafts.exceptions[:] = [replace(LATTE, general=False)]
    assert await scene.left(COSTS) == [COSTS.quote], "nobody else's drafts are reached"
    scene.world.drafts.exceptions[:] = [replace(LATTE, scope=Scope.CAMPAIGN, campaign="#spring")]
    assert await scene.left(COSTS) == [COSTS.quote]
    scene.world.drafts.exceptions[:] = [replace(LATTE, quote="")]
    assert await scene.left(COSTS) == [COSTS.quote], "nobody knows any more what was left alone"
    assert scene.comparer.asked == []


async def test_few_pairs_are_asked_about_at_once_the_most_alike_first(scene: Scene) -> None:
    for number in range(2 * PAIRS):
        await scene.exceptions.add(
            replace(LATTE, id=f"m{number}", ref=f"m{number}", quote=f"less {'a' * number} daily")
        )
    await scene.left(COSTS)
    ((first, *others),) = scene.comparer.asked
    assert first.known == LATTE.quote
    assert len(others) == PAIRS - 1


async def test_a_dismissal_holds_after_an_edit_for_what_a_model_calls_the_same() -> None:
    scene, before = Scene(), "Cheaper than your daily latte. Try it."
    old = point(before, "Cheaper than your daily latte")
    await scene.world.keep(PLACE.draft_id, owner=await scene.world.reviewed(before, critique=found(old)))
    dismissed = Verdict(old.ref, Decision.DISMISSED, "U1", at="1.0", revision="0")
    await scene.world.verdicts.record(PLACE.draft_id, dismissed)
    assert await scene.left(COSTS, revision="5.0") == []
    assert scene.world.drafts.verdicts[PLACE.draft_id][COSTS.ref] == replace(dismissed, finding=COSTS.ref)
    grave = replace(COSTS, quote="less than your daily latte", severity=Severity.MUST_FIX)
    assert await scene.left(grave, text=f"{TEXT} Now!", revision="9.0") == [grave.quote], "and for nothing graver"
    assert len(scene.comparer.asked) == 1
