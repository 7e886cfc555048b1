"""Exceptions: how far they go, how long they last, and what stays of a critique."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.deciding import DAY, Answer, Decision, GuidelineException, Lasting, Scope, Verdict, carries, hashtags
from bot.core.drafts import Draft, Place
from bot.core.findings import Edit, Finding, joined
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome, Question
from bot.core.reviewing import DraftRecord, DraftState, Earlier, News, Review, ReviewJob, standing_in
from bot.rules.wording import covers

TEXT = "Act now! Only 3 left. #SpringSale"
NOW = 1_700_000_000.0
PLACE = Place("T1", "C1", "1.0")


def finding(quote: str, *, dismissable: bool = True) -> Finding:
    start = TEXT.index(quote)
    end = start + len(quote)
    return Finding(
        "a/b",
        Severity.SHOULD_FIX,
        start,
        end=end,
        quote=quote,
        why="Why.",
        edit=Edit(start, end, ""),
        dismissable=dismissable,
    )


ACT, LEFT, ALL = finding("Act now!"), finding("Only 3 left."), finding("now! Only")
ALWAYS = GuidelineException(
    team="T1",
    id="e1",
    guideline="a/b",
    ref=ACT.ref,
    quote=ACT.quote,
    scope=Scope.ALWAYS,
    author="U1",
    draft_id="T1:C1:0.5",
    created_at=100.0,
)


def state(*findings: Finding, exceptions: tuple[GuidelineException, ...] = (ALWAYS,), text: str = TEXT) -> DraftState:
    record = DraftRecord(PLACE, "U1", Draft(text), revision="5.0")
    review = Review(record.job, Critique(Outcome.FINDINGS, findings))
    return DraftState(record, review, None, exceptions=exceptions)


def verdict(on: Finding, decision: Decision, at: str) -> Verdict:
    return Verdict(on.ref, decision, "U1", at=at, revision="0")


@pytest.mark.parametrize(
    ("campaign", "carried"),
    [
        ("#springsale", True),
        ("#spring", False),
        ("Spring Sale", True),
        ("only 3 LEFT", True),
        ("left", True),
        ("eft", False),
        ("#left", False),
        ("", False),
        ("#", False),
    ],
)
def test_a_draft_carries_a_campaign_by_hashtag_or_by_name(campaign: str, *, carried: bool) -> None:
    assert carries(TEXT, campaign) is carried


def test_a_name_inside_a_longer_word_is_looked_for_further_on() -> None:
    assert carries("Sales, sale.", "sale")
    assert not carries("Sales, wholesale.", "sale")


def test_hashtags_are_named_once_and_numbers_are_none() -> None:
    assert hashtags("#One #two_2 #one a#b #1 #") == ("#One", "#two_2")


def test_an_exception_ends_when_it_lapses_or_is_lifted() -> None:
    assert [lasting.until(NOW) for lasting in Lasting] == [NOW + 30 * DAY, NOW + 90 * DAY, NOW + 365 * DAY, None]
    assert ALWAYS.in_force(NOW)
    assert replace(ALWAYS, expires_at=NOW + 1).in_force(NOW)
    assert not replace(ALWAYS, expires_at=NOW).in_force(NOW)
    assert not replace(ALWAYS, lifted_at=NOW).in_force(NOW)


def test_an_exception_leaves_its_words_out_and_nothing_else() -> None:
    standing = standing_in(state(ACT, LEFT))
    assert standing
    assert [point.finding for point in standing.points] == [LEFT]
    assert standing.excepted == ((ACT, ALWAYS),)
    assert not standing.silent
    alone = standing_in(state(ACT))
    assert alone
    assert alone.silent
    assert not alone.handled


SOLD = "A limited edition of 300 prints. Our limited editions end tonight. No limited edition!"
EDITION = replace(ALWAYS, ref="", quote="limited edition")


def sold(quote: str, guideline: str = "a/b", severity: Severity = Severity.SHOULD_FIX) -> Finding:
    return replace(_placed(SOLD, quote), guideline=guideline, severity=severity)


def silenced(*findings: Finding, exception: GuidelineException = EDITION) -> list[str]:
    standing = standing_in(replace(state(*findings, exceptions=(exception,), text=SOLD), covers=covers))
    assert standing
    return [finding.quote for finding, _ in standing.excepted]


def test_an_exception_holds_by_meaning_and_for_its_own_guideline() -> None:
    edition, ends = sold("limited edition of 300 prints"), sold("Our limited editions end tonight")
    assert silenced(edition, ends, sold("No limited edition")) == ["limited edition of 300 prints"]
    assert silenced(replace(edition, guideline="a/c")) == []
    assert silenced(replace(edition, dismissable=False)) == []
    assert silenced(edition, exception=replace(EDITION, quote="")) == []
    written = standing_in(state(edition, exceptions=(EDITION,), text=SOLD))
    assert written
    assert written.excepted == ()


def test_a_must_fix_is_left_out_for_brand_leads_exceptions_alone() -> None:
    grave = sold("limited edition", severity=Severity.MUST_FIX)
    assert silenced(grave) == ["limited edition"]
    assert silenced(grave, exception=replace(EDITION, general=False)) == []


def test_a_question_is_asked_beside_an_exception() -> None:
    asked = state(ACT)
    assert asked.review
    critique = replace(asked.review.critique, questions=(Question("a/c", "Paid?", ("Yes",)),))
    standing = standing_in(replace(asked, review=replace(asked.review, critique=critique)))
    assert standing
    assert not standing.silent


def test_what_an_exception_leaves_out_stands_in_no_edits_way() -> None:
    standing = standing_in(state(ACT, ALL))
    assert standing
    assert [point.usable for point in standing.points] == [True]


def test_of_a_campaign_it_counts_only_in_drafts_that_carry_it() -> None:
    campaign = replace(ALWAYS, scope=Scope.CAMPAIGN, campaign="#springsale")
    other = replace(campaign, campaign="#autumn")
    for exception, silent in ((campaign, True), (other, False)):
        standing = standing_in(state(ACT, exceptions=(exception,)))
        assert standing
        assert standing.silent is silent


def test_what_protects_people_is_beyond_exceptions() -> None:
    standing = standing_in(state(finding("Act now!", dismissable=False)))
    assert standing
    assert standing.excepted == ()


@pytest.mark.parametrize(
    ("decision", "at", "left_out"),
    [
        (Decision.USED, "50.0", False),
        (Decision.DISMISSED, "50.0", False),
        (Decision.OPEN, "50.0", True),
        (Decision.OPEN, "150.0", False),
    ],
)
def test_what_was_decided_in_the_draft_goes_first(decision: Decision, at: str, *, left_out: bool) -> None:
    standing = standing_in(replace(state(ACT), verdicts=(verdict(ACT, decision, at),)))
    assert standing
    assert bool(standing.excepted) is left_out


def test_there_is_no_standing_without_a_review() -> None:
    assert standing_in(None) is None
    assert standing_in(replace(state(), review=None)) is None


def test_after_an_edit_dismissed_and_excepted_points_are_not_called_fixed() -> None:
    old = "Act now! Only 3 left. Hurry. #SpringSale"
    hurry = Finding("a/b", Severity.SHOULD_FIX, 22, end=28, quote="Hurry.", why="Why.")
    left = replace(LEFT, start=9, end=21)
    before = Review(ReviewJob(PLACE.draft_id, "0"), Critique(Outcome.FINDINGS, (replace(ACT), left, hurry)))
    now = replace(state(text="Bread. #SpringSale"), earlier=Earlier(old, before))
    answers = (Answer("a/c", "No", "U1", at="1.0"),)
    now = replace(now, verdicts=(verdict(LEFT, Decision.DISMISSED, "2.0"),), answers=answers)
    standing = standing_in(now)
    assert standing
    assert standing.delta.fixed == (hurry,)
    assert standing.answers == answers


def test_points_carry_their_news_and_their_verdict() -> None:
    before = Review(ReviewJob(PLACE.draft_id, "0"), Critique(Outcome.FINDINGS, (ACT,)))
    used = verdict(ACT, Decision.USED, "2.0")
    now = replace(state(ACT, LEFT, exceptions=()), earlier=Earlier(TEXT, before), verdicts=(used,))
    standing = standing_in(now)
    assert standing
    assert [(point.news, point.verdict) for point in standing.points] == [(News.STILL, used), (News.BARED, None)]


def test_an_exception_takes_its_own_place_out_of_a_sentence() -> None:
    text = "Act now, only 3 left. #SpringSale"
    act, left = (_placed(text, quote) for quote in ("Act now", "only 3 left"))
    both = joined([act, left], text)
    exception = replace(ALWAYS, ref=act.ref, quote=act.quote)
    standing = standing_in(state(both, exceptions=(exception,), text=text))
    assert standing
    assert [point.finding for point in standing.points] == [left]
    assert [finding for finding, _ in standing.excepted] == [act]
    asked = replace(state(both, exceptions=(), text=text), verdicts=(verdict(left, Decision.DISMISSED, "1.0"),))
    apart = standing_in(asked)
    assert apart
    assert [(point.finding, point.decision) for point in apart.points] == [
        (act, Decision.OPEN),
        (left, Decision.DISMISSED),
    ]


def _placed(text: str, quote: str) -> Finding:
    start = text.index(quote)
    return Finding("a/b", Severity.SHOULD_FIX, start, end=start + len(quote), quote=quote, why="Why.")
