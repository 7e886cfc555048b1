"""What a digest counts, and what it says of that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.deciding import FeedbackCount
from bot.core.digesting import (
    WEEK,
    Digest,
    DigestCounts,
    Edition,
    EditionState,
    Figures,
    Health,
    Lapse,
    Period,
    period_until,
)
from bot.core.watching import SeenChannels
from bot.core.words import digesting as words

NOW = 1_800_000_000.0
PERIOD = Period(NOW - WEEK, NOW)
PRESSURE, CLAIM, PAID = "user-control/no-false-pressure", "authenticity/claim-evidence", "transparency/paid"
TITLES = {PRESSURE: "Pressure without reason", CLAIM: "Evidence for claims", PAID: "Say who pays"}


def test_what_figures_add_up_to() -> None:
    figures = Figures(3, 1, ((PRESSURE, 2), (CLAIM, 1)))
    assert (figures.points, figures.of(CLAIM), figures.of(PAID), figures.of_family("user-control")) == (3, 1, 0, 2)


@pytest.mark.parametrize(("judged", "clean", "share"), [(0, 0, None), (1, 1, None), (19, 5, None), (21, 7, 33)])
def test_a_share_is_told_of_enough_drafts_alone(judged: int, clean: int, share: int | None) -> None:
    figures = Figures(judged + 2, clean, checked_only=2)
    assert figures.clean_share == share
    told = words.drafts(replace(FULL, figures=figures, before=None))
    assert ("%" in told, f"({share}%)" in told) == (share is not None, share is not None)


def test_drafts_that_no_model_has_read_are_counted_apart() -> None:
    assert Figures(reviewed=3, checked_only=1).judged == 2
    digest = replace(FULL, figures=replace(FULL.figures, checked_only=1))
    told = "1 by fixed checks only, 5 of the other 11 with nothing to flag"
    assert f"12 drafts read, {told}; " in words.summary(digest)
    assert f"(2 more than the week before), {told}." in words.drafts(digest)


def test_zero_drafts_with_nothing_to_flag_are_no_news() -> None:
    found = replace(FULL, figures=replace(FULL.figures, clean=0), before=None)
    assert words.drafts(found).startswith("*12 drafts read*. ")
    some = replace(found, figures=replace(found.figures, checked_only=3))
    assert words.drafts(some).startswith("*12 drafts read*, 3 by fixed checks only. ")
    unread = replace(found, figures=replace(found.figures, checked_only=12))
    assert words.drafts(unread).startswith("*12 drafts read*, by fixed checks only. ")


@pytest.mark.parametrize(("found", "dismissed", "told"), [(20, 7, 1), (20, 6, 0), (19, 19, 0)])
def test_a_guideline_is_unhealthy_only_where_many_of_enough_findings_are_dismissed(
    found: int, dismissed: int, told: int
) -> None:
    counted = Health(PRESSURE, found, dismissed)
    worse = Health(CLAIM, 40, 39)
    assert DigestCounts(guidelines=(counted, worse)).health == (worse, *(counted,) * told)


def test_there_is_a_week_before_where_candor_was_there_for_half_of_it() -> None:
    assert not DigestCounts().has_before(PERIOD)
    assert not DigestCounts(first=NOW - 1.4 * WEEK).has_before(PERIOD)
    assert DigestCounts(first=NOW - 1.6 * WEEK).has_before(PERIOD)


def test_a_period_begins_where_the_last_one_ended_unless_that_is_long_ago() -> None:
    last = Edition("T1", "w", NOW - 9, period=Period(0.0, NOW - 3 * 86400), state=EditionState.POSTED)
    assert period_until(NOW, NOW - WEEK, last) == Period(NOW - 3 * 86400, NOW)
    assert period_until(NOW, NOW - WEEK, None) == PERIOD
    old = Edition("T1", "w", 0.0, period=Period(0.0, NOW - 2 * WEEK), state=EditionState.POSTED)
    skipped = Edition("T1", "w", 0.0, period=Period(0.0, NOW - 9), state=EditionState.SKIPPED)
    assert period_until(NOW, NOW - WEEK, old) == period_until(NOW, NOW - WEEK, skipped) == PERIOD
    assert last.key == "digest:T1:w"


FULL = Digest(
    PERIOD,
    "UTC",
    Figures(12, 5, ((PRESSURE, 6), (CLAIM, 3)), accepted=4, dismissed=2, median_wait=8.0),
    before=Figures(10, 5, ((PRESSURE, 6), (CLAIM, 5)), accepted=1, dismissed=1, median_wait=None),
    must_fix_open=1,
    health=(Health(PRESSURE, 25, 9),),
    waiting=2,
    lapsing=(Lapse(CLAIM, NOW),),
)


def test_the_sentences_of_a_digest() -> None:
    assert words.title(FULL) == "Weekly digest, 8 January to 15 January 2027"
    assert words.drafts(FULL) == (
        "*12 drafts read* (2 more than the week before), 5 of them with nothing to flag. "
        "Half of the replies came within 8 seconds."
    )
    assert words.points(FULL) == "*9 points found* (2 fewer than the week before); 4 accepted, 2 dismissed."
    quiet = replace(FULL, figures=replace(FULL.figures, excepted=1))
    assert words.points(quiet).endswith("2 dismissed. Exceptions left out 1 point.")
    assert words.guidelines(FULL, TITLES) == [
        "Pressure without reason: 6 (same as the week before)",
        "Evidence for claims: 3 (2 fewer than the week before)",
    ]
    assert words.bars(FULL) == "Authenticity: ██████ 3\nTransparency: – 0\nUser control: ████████████ 6"
    assert words.still_open(1) == "1 must-fix point is still open."
    assert words.still_open(2) == "2 must-fix points are still open."
    assert (words.waiting(1), words.waiting(2)) == (
        "1 draft is waiting for sign-off.",
        "2 drafts are waiting for sign-off.",
    )
    assert words.lapsing(FULL.lapsing, TITLES).startswith("1 exception ends soon: Evidence for claims, <!date^18")
    assert words.lapsing(FULL.lapsing * 2, {}).startswith("2 exceptions end soon: authenticity/claim-evidence")
    assert "9 times out of 25 in twelve weeks" in words.health(FULL.health[0], TITLES)
    assert words.summary(FULL).endswith(
        "12 drafts read, 5 of them with nothing to flag; 9 points found, 4 accepted, 2 dismissed."
    )


@pytest.mark.parametrize(
    ("up", "down", "said"),
    [
        (12, 3, "12 reviews were called helpful, 3 not."),
        (1, 0, "1 review was called helpful."),
        (0, 1, "1 review was called not helpful."),
        (0, 2, "2 reviews were called not helpful."),
        (0, 0, ""),
    ],
)
def test_thumbs_are_told_in_one_line_where_there_are_any(up: int, down: int, said: str) -> None:
    assert words.helpful(FeedbackCount(up, down)) == said
    assert Digest(PERIOD, "UTC", Figures(thumbs=FeedbackCount(up, down))).is_quiet is (said == "")


def test_the_sentences_of_a_first_and_of_an_empty_week() -> None:
    empty = Digest(Period(NOW - 20 * 86400, NOW), "UTC", Figures())
    assert empty.is_quiet
    assert not FULL.is_quiet
    assert words.quiet(empty) == "Weekly digest, 26 December 2026 to 15 January 2027: no drafts were reviewed."
    assert words.drafts(empty) == "*No drafts read*."
    assert words.points(empty) == ""
    assert words.points(replace(empty, before=Figures(2, findings=(("g/1", 2),)))).startswith(
        "*0 points found* (2 fewer"
    )
    many = Digest(PERIOD, "UTC", Figures(1, 0, tuple((f"g/{n}", 1) for n in range(10))))
    assert words.guidelines(many, {})[-1] == "and 2 more guidelines"
    assert words.missed((NOW,)).startswith("I skipped the digest due on <!date^")
    assert words.missed((NOW, NOW)).startswith("I skipped 2 digests, due from <!date^")
    assert words.late(NOW).startswith("This digest was due on <!date^")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 second"), (8.4, "8 seconds"), (90, "2 minutes"), (7200, "2 hours"), (90_000, "1 day")],
)
def test_a_time_that_people_can_grasp(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


def test_that_it_has_no_place_is_told_with_the_channel_as_far_as_it_may_be_named() -> None:
    assert "<#C0BRAND>" in words.undelivered("C0BRAND", SeenChannels(frozenset({"C0BRAND"})))
    assert "#brand" in words.undelivered("#brand", SeenChannels(frozenset({"#brand"})))
    assert "a channel you're not in" in words.undelivered("C0BRAND", SeenChannels())
