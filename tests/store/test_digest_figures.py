"""What a digest counts, on real rows."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

import pytest

from bot.core.deciding import Decision, Feedback, FeedbackCount, GuidelineException, Rated, Scope, Thumb, Verdict
from bot.core.digesting import DigestCounts, Figures, Health, Period
from bot.core.drafts import Place
from bot.core.findings import Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, ModelPart, Outcome, Strictness
from bot.core.reviewing import Review
from bot.store import digesting
from bot.store.deciding import ExceptionTable, FeedbackStore, SamePointTable, VerdictStore
from bot.store.digesting import CountReviews, DigestFigureStore
from tests.store.samples import PLACE, TS, critique, job, message, review, stands

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.store.database import Database
    from bot.store.drafts import DraftStore, ReplyStore
    from tests.store.samples import FixedClock

    Count = Callable[[], Awaitable[DigestCounts]]

NOW = 1_700_000_000.25
ALL = Period(NOW - 1000, NOW + 10_000)
REF = critique().findings[0].ref


@pytest.fixture
def figures(database: Database) -> DigestFigureStore:
    return DigestFigureStore(database)


@pytest.fixture
def count(figures: DigestFigureStore) -> Count:
    return lambda: figures.of("T1", ALL, ALL.until)


async def test_it_knows_nothing_of_an_empty_workspace(count: Count) -> None:
    assert await count() == DigestCounts()


async def test_reviews_decisions_and_waits_are_counted(
    figures: DigestFigureStore, count: Count, drafts: DraftStore, replies: ReplyStore, database: Database
) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    await VerdictStore(database).record(
        PLACE.draft_id, Verdict(REF, Decision.USED, "U1", at=f"{NOW + 60:.6f}", revision="0")
    )
    await stands(replies, PLACE.draft_id, f"{float(TS) + 12:.6f}", job())
    found = await count()
    assert found.figures.findings == (("transparency/urgency", 1), ("user-control/exit", 1))
    assert (found.figures.reviewed, found.figures.clean, found.figures.checked_only) == (1, 0, 0)
    assert (found.figures.accepted, found.figures.dismissed) == (1, 0)
    assert round(found.figures.median_wait or 0) == 12
    assert (found.before, found.first) == (Figures(), NOW)
    assert (await figures.of("T2", ALL, ALL.until)) == DigestCounts()


async def test_a_must_fix_is_open_until_somebody_decides_and_a_secret_until_it_is_gone(
    count: Count, drafts: DraftStore, database: Database
) -> None:
    secret = critique().findings[0]
    plain = replace(secret, quote="half", dismissable=True)
    await drafts.add(message())
    await drafts.save_review(Review(job(), replace(critique(), findings=(secret, plain))))
    assert (await count()).must_fix_open == 2
    for finding in (secret, plain):
        said = Verdict(finding.ref, Decision.DISMISSED, "U1", at=f"{NOW + 60:.6f}", revision="0")
        await VerdictStore(database).record(PLACE.draft_id, said)
    counted = await count()
    assert counted.must_fix_open == 1
    assert counted.guidelines == (Health("transparency/urgency", 2, 2),)


async def test_a_dismissal_counts_once_whatever_edits_make_of_its_point(
    count: Count, drafts: DraftStore, clock: FixedClock, database: Database
) -> None:
    first = replace(critique().findings[0], dismissable=True)
    said = Verdict(first.ref, Decision.DISMISSED, "U1", at=f"{NOW + 5:.6f}", revision="0")
    await drafts.add(message())
    await drafts.save_review(Review(job(), replace(critique(), findings=(first,))))
    await VerdictStore(database).record(PLACE.draft_id, said)
    for number, quote in enumerate(("today only", "only today!")):
        clock.moment += 10
        revision, again = f"{clock.moment:.6f}", replace(first, quote=quote)
        await drafts.revise(message(f"Half price {quote} {number}", revision))
        await VerdictStore(database).record(PLACE.draft_id, replace(said, finding=again.ref))
        other = replace(again, guideline="user-control/exit")
        await VerdictStore(database).record(PLACE.draft_id, replace(said, finding=other.ref))
        await drafts.save_review(Review(job(revision=revision), replace(critique(), findings=(again, other))))
    counted = await count()
    assert (counted.figures.dismissed, counted.figures.findings) == (1, ((first.guideline, 1),))
    assert counted.guidelines == (Health(first.guideline, 1, 1),)


async def test_after_an_edit_what_the_old_words_had_is_not_open(count: Count, drafts: DraftStore) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    assert (await count()).must_fix_open == 1
    await drafts.revise(message("Half price until Sunday.", "1700000050.000000"))
    assert (await count()).must_fix_open == 0
    await drafts.save_review(review(job(revision="1700000050.000000")))
    counted = await count()
    assert (counted.must_fix_open, counted.figures.reviewed, counted.figures.points) == (1, 1, 2)


async def test_a_review_that_comes_too_late_for_its_words_has_nothing_open(count: Count, drafts: DraftStore) -> None:
    await drafts.add(message())
    await drafts.revise(message("Half price until Sunday.", "1700000050.000000"))
    await drafts.save_review(review(job()))
    assert (await count()).must_fix_open == 0


async def test_points_that_exceptions_left_out_when_the_draft_was_read_are_told(
    database: Database, drafts: DraftStore, clock: FixedClock
) -> None:
    table = ExceptionTable(database, clock)
    found = replace(critique().findings[0], dismissable=True)
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

    def covers(known: str, words: str, *, same_draft: bool = False) -> bool:
        return known == words.upper() and not same_draft

    figures = DigestFigureStore(database, CountReviews(database, covers))
    await table.add(made)
    await table.add(replace(made, id="ended", created_at=NOW - 9, expires_at=NOW - 1))
    await table.add(replace(made, id="others", created_at=NOW - 9, general=False, author="U9"))
    for excepted in (0, 1):
        place = replace(PLACE, ts=f"{TS[:-1]}{excepted + 2}")
        await drafts.add(message(place=place))
        await drafts.save_review(Review(job(place), replace(critique(), findings=(found,))))
        counted = await figures.of("T1", ALL, ALL.until)
        assert (counted.figures.points, counted.figures.excepted) == (1 + excepted, excepted)
        assert counted.must_fix_open == 1
        await table.add(replace(made, id="then", created_at=NOW - 9))
    place = replace(PLACE, ts=f"{TS[:-1]}9")
    await drafts.add(message(place=place))
    await SamePointTable(database).keep(place.draft_id, {("other", found.ref): True})
    await drafts.save_review(Review(job(place), replace(critique(), findings=(found,))))
    letters = DigestFigureStore(database, CountReviews(database))
    assert (await letters.of("T1", ALL, ALL.until)).figures.excepted == 2, "one that a model told is counted, too"


async def test_what_a_quiet_channel_left_out_counts_only_where_somebody_decided_about_it(
    count: Count, drafts: DraftStore, database: Database
) -> None:
    left = replace(critique().findings[0], severity=Severity.CONSIDER, dismissable=True)
    seen = replace(left, quote="half")
    await drafts.add(message())
    said = Verdict(seen.ref, Decision.DISMISSED, "U1", at=f"{NOW + 60:.6f}", revision="0")
    await VerdictStore(database).record(PLACE.draft_id, said)
    quiet = replace(critique(), findings=(left, seen), strictness=Strictness.QUIET)
    await drafts.save_review(Review(job(), quiet))
    assert (await count()).figures.points == 1


async def test_thumbs_are_counted_without_those_taken_back_and_go_with_their_draft(
    count: Count, drafts: DraftStore, database: Database, clock: FixedClock
) -> None:
    await drafts.add(message())
    feedback, rated = FeedbackStore(database, clock), Rated(PLACE.draft_id, "0")
    for user, thumb in (("U1", Thumb.UP), ("U2", Thumb.DOWN), ("U3", Thumb.NONE), ("U4", Thumb.UP)):
        await feedback.save(rated, Feedback(user, thumb, "1.0"))
    assert (await count()).figures.thumbs == FeedbackCount(up=1, down=1)
    await drafts.erase(PLACE)
    assert (await count()).figures.thumbs == FeedbackCount()


async def test_the_wait_for_an_older_message_begins_when_its_review_was_asked_for(
    count: Count, drafts: DraftStore, replies: ReplyStore
) -> None:
    await drafts.add(message(), asked=f"{float(TS) + 100:.6f}")
    await stands(replies, PLACE.draft_id, f"{float(TS) + 103:.6f}", job())
    assert round((await count()).figures.median_wait or 0) == 3


@pytest.mark.parametrize(
    ("made", "reviewed", "clean"),
    [
        (Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=False, model_part=ModelPart.ANSWERED), 1, 1),
        (Critique(Outcome.NOTHING_TO_FLAG), 1, 0),
        (Critique(Outcome.NOTHING_TO_FLAG, model_part=ModelPart.AWAITED), 1, 0),
        (Critique(Outcome.NOT_A_DRAFT), 0, 0),
        (Critique(Outcome.COULD_NOT_REVIEW), 0, 0),
    ],
    ids=["complete", "checks only", "partial", "talk", "failed"],
)
async def test_only_a_complete_review_counts_as_nothing_to_flag(
    count: Count, drafts: DraftStore, made: Critique, reviewed: int, clean: int
) -> None:
    await drafts.add(message())
    await drafts.save_review(Review(job(), made))
    found = (await count()).figures
    assert (found.reviewed, found.clean, found.checked_only) == (reviewed, clean, reviewed - clean)


async def test_what_was_erased_is_gone_from_the_figures(
    count: Count, drafts: DraftStore, replies: ReplyStore, database: Database
) -> None:
    await drafts.add(message())
    await drafts.save_review(review(job()))
    await stands(replies, PLACE.draft_id, f"{float(TS) + 12:.6f}", job())
    await CountReviews(database)()
    await drafts.erase(PLACE)
    assert await count() == DigestCounts()
    await stands(replies, PLACE.draft_id, f"{float(TS) + 13:.6f}", job())
    assert await count() == DigestCounts()


def _holds(period: Period, moment: float) -> bool:
    return period.since <= moment < period.until


class Reference:
    """The same figures the plain way, from everything that was put in."""

    def __init__(self) -> None:
        self.reviews: list[tuple[float, str, str, Critique]] = []
        self.revision: dict[str, str] = {}
        self.verdicts: dict[tuple[str, str], tuple[Decision, float]] = {}
        self.waits: list[tuple[float, float]] = []

    def first_seen(self) -> list[tuple[float, str, Finding]]:
        seen: dict[tuple[str, str], tuple[float, str, Finding]] = {}
        for at, draft, _, made in self.reviews:
            for finding in made.findings:
                seen.setdefault((draft, finding.ref), (at, draft, finding))
        return list(seen.values())

    def figures(self, period: Period) -> Figures:
        last = {draft: made for at, draft, _, made in self.reviews if _holds(period, at)}
        kinds = Counter((made.outcome, made.model_part) for made in last.values())
        found = Counter(finding.guideline for at, _, finding in self.first_seen() if _holds(period, at))
        decided = Counter(decision for decision, at in self.verdicts.values() if _holds(period, at))
        waits = [seconds for at, seconds in self.waits if _holds(period, at)]
        return Figures(
            reviewed=len(last),
            clean=kinds[Outcome.NOTHING_TO_FLAG, ModelPart.ANSWERED],
            findings=tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))),
            accepted=decided[Decision.USED],
            dismissed=decided[Decision.DISMISSED],
            median_wait=median(waits) if waits else None,
            checked_only=sum(number for (_, part), number in kinds.items() if part is not ModelPart.ANSWERED),
        )

    def must_fix_open(self, period: Period) -> int:
        drafts = {draft for at, draft, *_ in self.reviews if _holds(period, at)}
        last = {draft: (revision, made) for _, draft, revision, made in self.reviews if draft in drafts}
        return sum(
            self.verdicts.get((draft, finding.ref), (Decision.OPEN, 0.0))[0] is Decision.OPEN
            for draft, (revision, made) in last.items()
            if revision == self.revision[draft]
            for finding in made.findings
            if finding.severity is Severity.MUST_FIX
        )

    def guidelines(self) -> set[Health]:
        seen = self.first_seen()
        found = Counter(finding.guideline for *_, finding in seen)
        gone = Counter(
            finding.guideline
            for _, draft, finding in seen
            if self.verdicts.get((draft, finding.ref), (Decision.OPEN, 0.0))[0] is Decision.DISMISSED
        )
        return {Health(name, number, gone[name]) for name, number in found.items()}


def _critique(chance: random.Random) -> Critique:
    part = ModelPart.ANSWERED if chance.random() < 0.7 else ModelPart.OFF
    names = chance.sample(("a/x", "a/y", "b/z"), chance.randint(0, 3))
    severity = (Severity.MUST_FIX, Severity.CONSIDER)
    found = tuple(
        Finding(name, chance.choice(severity), 0, end=4, quote=chance.choice(("Only", "Now")), why="Why.")
        for name in names
    )
    outcome = Outcome.FINDINGS if found else Outcome.NOTHING_TO_FLAG
    return Critique(outcome, found, fixed_rules_only=part is ModelPart.OFF, model_part=part)


async def _fill(reference: Reference, drafts: DraftStore, replies: ReplyStore, clock: FixedClock) -> None:
    """Thirty drafts over twenty days, most of them edited."""
    chance = random.Random(7)  # noqa: S311 - the same each time
    for number in range(30):
        clock.moment = NOW + number * 60_000
        place = Place("T1", "C1", f"{clock.moment:.6f}", enterprise="E1")
        await drafts.add(message(place=place))
        reference.revision[place.draft_id] = "0"
        for edit in range(chance.randint(1, 3)):
            clock.moment += 1000
            revision = f"{clock.moment:.6f}" if edit else "0"
            if edit:
                await drafts.revise(message(f"Words {edit}", revision, place))
                reference.revision[place.draft_id] = revision
            if edit == 0 or chance.random() < 0.7:
                made = _critique(chance)
                await drafts.save_review(Review(job(place, revision), made))
                reference.reviews.append((clock.moment, place.draft_id, revision, made))
        posted = clock.moment + chance.randint(1, 99)
        await stands(replies, place.draft_id, f"{posted:.6f}", job(place))
        reference.waits.append((float(f"{posted:.6f}"), posted - float(place.ts)))


async def test_the_database_counts_as_one_would_by_hand(
    database: Database, drafts: DraftStore, replies: ReplyStore, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digesting, "_PAGE", 7)
    reference = Reference()
    await _fill(reference, drafts, replies, clock=clock)
    for number, (at, draft, finding) in enumerate(reference.first_seen()[::2]):
        decision = (Decision.USED, Decision.DISMISSED, Decision.OPEN)[number % 3]
        said = Verdict(finding.ref, decision, "U1", at=f"{at + 50:.6f}", revision="0")
        await VerdictStore(database).record(draft, said)
        reference.verdicts[draft, finding.ref] = (decision, at + 50)
    end = clock.moment + 1000
    for period in (Period(end - 700_000, end), Period(end - 300_000, end - 100_000)):
        counted = await DigestFigureStore(database).of("T1", period, end)
        for found, expected in (
            (counted.figures, reference.figures(period)),
            (counted.before, reference.figures(period.before)),
        ):
            assert replace(found, median_wait=None) == replace(expected, median_wait=None)
            assert found.median_wait == pytest.approx(expected.median_wait)
        assert counted.must_fix_open == reference.must_fix_open(period)
        assert set(counted.guidelines) == reference.guidelines()
        assert counted.first == reference.reviews[0][0]
