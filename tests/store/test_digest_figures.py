"""What a digest counts, on real rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.deciding import Decision, Feedback, GuidelineException, Rated, Scope, Thumb, Verdict
from bot.core.digesting import DigestFigures, Period, PointFact
from bot.core.drafts import Place
from bot.core.judging import Critique, ModelPart, Outcome
from bot.core.reviewing import Review
from bot.store import digesting as digest_figures
from bot.store.deciding import ExceptionTable, FeedbackStore, VerdictStore
from bot.store.digesting import DigestFigureStore
from tests.store.samples import PLACE, TS, critique, job, message, review

if TYPE_CHECKING:
    from bot.store.database import Database
    from bot.store.drafts import DraftStore, ReplyStore
    from tests.store.samples import FixedClock

NOW = 1_700_000_000.25
ALL = Period(NOW - 1000, NOW + 10_000)
REF = critique().findings[0].ref


@pytest.fixture
def figures(database: Database) -> DigestFigureStore:
    return DigestFigureStore(database)


async def test_it_is_the_port_and_knows_nothing_of_an_empty_workspace(figures: DigestFigureStore) -> None:
    assert isinstance(figures, DigestFigures)
    facts = await figures.facts("T1", ALL)
    assert (facts.reviews, facts.verdicts, facts.waits, facts.first) == ((), (), (), None)


async def test_reviews_decisions_and_waits_are_read(
    figures: DigestFigureStore, drafts: DraftStore, replies: ReplyStore, database: Database
) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    await VerdictStore(database).record(
        PLACE.draft_id, Verdict(REF, Decision.USED, "U1", at=f"{NOW + 60:.6f}", revision="0")
    )
    await replies.posted(PLACE.draft_id, f"{float(TS) + 12:.6f}", job())
    facts = await figures.facts("T1", ALL)
    (found,) = facts.reviews
    assert (found.draft_id, found.at, found.clean, found.current) == (PLACE.draft_id, NOW, False, True)
    assert found.points[0] == PointFact(REF, "transparency/urgency", must_fix=True, dismissable=False)
    assert facts.verdicts[0].decision is Decision.USED
    ((at, seconds),) = facts.waits
    assert (round(at - float(TS)), round(seconds)) == (12, 12)
    assert facts.first == NOW
    assert (await figures.facts("T2", ALL)).reviews == ()


async def test_points_that_exceptions_left_out_when_the_draft_was_read_are_told(
    database: Database, drafts: DraftStore, clock: FixedClock
) -> None:
    table = ExceptionTable(database, clock)
    found = replace(critique().findings[0], dismissable=True)
    await drafts.add(message())
    await drafts.save_review(Review(job(), replace(critique(), findings=(found,))))
    made = GuidelineException(
        team="T1",
        id="later",
        guideline=found.guideline,
        ref="other",
        quote=found.quote.upper(),
        scope=Scope.ALWAYS,
        author="U1",
        draft_id=PLACE.draft_id,
        created_at=NOW + 1,
    )
    figures = DigestFigureStore(database, lambda known, words: known == words.upper())

    async def excepted() -> list[bool]:
        return [point.excepted for review in (await figures.facts("T1", ALL)).reviews for point in review.points]

    await table.add(made)
    await table.add(replace(made, id="ended", created_at=NOW - 9, expires_at=NOW - 1))
    await table.add(replace(made, id="others", created_at=NOW - 9, general=False, author="U9"))
    assert await excepted() == [False]
    await table.add(replace(made, id="then", created_at=NOW - 9))
    assert await excepted() == [True]


async def test_thumbs_are_read_without_those_taken_back_and_go_with_their_draft(
    figures: DigestFigureStore, drafts: DraftStore, database: Database, clock: FixedClock
) -> None:
    await drafts.add(message())
    feedback, rated = FeedbackStore(database, clock), Rated(PLACE.draft_id, "0")
    for user, thumb in (("U1", Thumb.UP), ("U2", Thumb.DOWN), ("U3", Thumb.NONE)):
        await feedback.save(rated, Feedback(user, thumb, "1.0"))
    facts = await figures.facts("T1", ALL)
    review = f"{PLACE.draft_id}:0"
    assert sorted(facts.thumbs) == [(clock.moment, review, Thumb.DOWN), (clock.moment, review, Thumb.UP)]
    assert (await figures.facts("T2", ALL)).thumbs == ()
    await drafts.erase(PLACE)
    assert (await figures.facts("T1", ALL)).thumbs == ()


async def test_the_wait_for_an_older_message_begins_when_its_review_was_asked_for(
    figures: DigestFigureStore, drafts: DraftStore, replies: ReplyStore
) -> None:
    await drafts.add(message(), asked=f"{float(TS) + 100:.6f}")
    await replies.posted(PLACE.draft_id, f"{float(TS) + 103:.6f}", job())
    ((_, seconds),) = (await figures.facts("T1", ALL)).waits
    assert round(seconds) == 3


async def test_after_an_edit_the_review_of_the_old_words_is_not_current(
    figures: DigestFigureStore, drafts: DraftStore
) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    await drafts.revise(message("Half price until Sunday.", "1700000050.000000"))
    (found,) = (await figures.facts("T1", ALL)).reviews
    assert not found.current


@pytest.mark.parametrize(
    ("made", "clean"),
    [
        (Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=False, model_part=ModelPart.ANSWERED), [True]),
        (Critique(Outcome.NOTHING_TO_FLAG), [False]),
        (Critique(Outcome.NOTHING_TO_FLAG, model_part=ModelPart.AWAITED), [False]),
        (Critique(Outcome.NOT_A_DRAFT), []),
        (Critique(Outcome.COULD_NOT_REVIEW), []),
    ],
    ids=["complete", "checks only", "partial", "talk", "failed"],
)
async def test_only_a_complete_review_counts_as_nothing_to_flag(
    figures: DigestFigureStore, drafts: DraftStore, made: Critique, clean: list[bool]
) -> None:
    await drafts.add(message())
    await drafts.save_review(Review(job(), made))
    reviews = (await figures.facts("T1", ALL)).reviews
    assert [found.clean for found in reviews] == clean
    assert [found.checked_only for found in reviews] == [not found.clean for found in reviews]


async def test_what_was_erased_is_gone_from_the_figures(
    figures: DigestFigureStore, drafts: DraftStore, replies: ReplyStore
) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    await replies.posted(PLACE.draft_id, f"{float(TS) + 12:.6f}", job())
    await drafts.erase(PLACE)
    facts = await figures.facts("T1", ALL)
    assert (facts.reviews, facts.verdicts, facts.waits) == ((), (), ())


async def test_more_reviews_than_fit_a_page_are_all_read_in_the_order_of_their_time(
    figures: DigestFigureStore, drafts: DraftStore, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest_figures, "_PAGE", 3)
    places = [Place("T1", "C1", f"170000000{n}.000100") for n in range(8)]
    for number, place in enumerate(places):
        clock.moment += number % 2  # two of a moment
        await drafts.add(message(place=place))
        await drafts.save_review(review(job(place)))
    reviews = (await figures.facts("T1", ALL)).reviews
    assert [found.draft_id for found in reviews] == [place.draft_id for place in places]
    few = await figures.facts("T1", replace(ALL, until=NOW + 1))
    assert len(few.reviews) == 1
