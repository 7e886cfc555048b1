"""What people read about edits, dismissals, exceptions and answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.deciding import Decision, GuidelineException, Lasting, Proposal, Scope, VerdictReason
from bot.core.findings import Finding
from bot.core.guidelines import Choice, Severity
from bot.core.judging import Critique, Outcome
from bot.core.reviewing import Delta, News, Point, Standing
from bot.core.words import deciding as answers
from bot.core.words import labels as label_words
from bot.core.words import reviewing as delta
from bot.core.words import settings as settings_words
from bot.core.words.people import brief

CRITIQUE = Critique(Outcome.FINDINGS)
NOW = 1_700_000_000.0
TITLES = {"a/b": "Pressure without reason"}


def finding(quote: str) -> Finding:
    return Finding("a/b", Severity.SHOULD_FIX, 0, end=len(quote), quote=quote, why="Why.")


def test_an_edit_is_told_in_one_line() -> None:
    fixed = tuple(finding(f"quote {n}") for n in range(5))
    points = tuple(Point(finding("x"), news=news) for news in News)
    standing = Standing(CRITIQUE, points, delta=Delta(fixed=fixed, settled=(finding("y\n" * 70),)))
    assert delta.since(standing, TITLES) == (
        "5 fixed (Pressure without reason, “quote 0”; Pressure without reason, “quote 1”; "
        "Pressure without reason, “quote 2”; and 2 more), "
        f"1 no longer flagged, with the words unchanged (Pressure without reason, “{'y ' * 29}y…”), "
        "1 still open, 1 new with the edit, 1 on words that were there before, 1 missed before"
    )


def test_who_took_a_suggestion_is_told_with_the_way_back() -> None:
    offer = Proposal("a/b", VerdictReason.HOUSE_STYLE, "T1:C1:1.0", "ref")
    assert answers.accepted(offer) == "You accepted this. `/candor exceptions` takes it back."
    quieter = replace(offer, choice=Choice.CONSIDER)
    assert answers.accepted(quieter) == "You accepted this. `/candor settings` takes it back."


def test_what_is_decided_is_not_still_open_and_nothing_is_told_of_nothing() -> None:
    used = Point(finding("x"), Decision.USED, news=News.STILL)
    assert delta.since(Standing(CRITIQUE, (used,)), {}) == ""
    assert delta.since(Standing(CRITIQUE, delta=Delta(fixed=(finding("x"),))), {}) == "1 fixed (a/b, “x”)"


def test_new_and_missed_points_are_marked() -> None:
    brought, bared, missed = " (new with the edit)", " (the words were there before)", " (missed before)"
    assert [delta.mark(news) for news in News] == ["", "", brought, bared, missed]


def test_a_dismissal_offers_the_drafts_own_campaigns_and_tells_the_dates() -> None:
    assert list(answers.scopes(("#spring",), always=None)) == ["here", "tag:#spring", "other", "always"]
    assert list(answers.scopes((), always=False)) == ["here"]
    assert answers.lastings(NOW, ends=False) == {
        Lasting.MONTH: "30 days (until 14 December 2023)",
        Lasting.QUARTER: "90 days (until 12 February 2024)",
        Lasting.YEAR: "A year (until 13 November 2024)",
        Lasting.FOREVER: "No end date",
    }
    assert list(answers.lastings(NOW, ends=True)) == [Lasting.MONTH, Lasting.QUARTER, Lasting.YEAR]
    assert set(answers.SAID) == set(VerdictReason)
    assert set(answers.DISMISSAL_REASONS) == set(VerdictReason) - {
        VerdictReason.OWN_ADDRESS
    }  # for which there is a button of its own


def test_why_a_point_was_dismissed() -> None:
    assert answers.because(None, "") == "."
    assert answers.because(VerdictReason.PROOF, "") == ": we have proof."
    assert answers.because(VerdictReason.OTHER, "Mika said so") == ": other. “Mika said so”"


def test_an_exception_says_how_far_why_and_until_when() -> None:
    always = GuidelineException(
        team="T1",
        id="e",
        guideline="a/b",
        ref="r",
        quote="x",
        scope=Scope.ALWAYS,
        author="U1",
        draft_id="T1:C1:1.0",
        created_at=NOW,
    )
    campaign = replace(
        always, scope=Scope.CAMPAIGN, campaign="#spring", note="Ask me", reason=VerdictReason.AGREED, expires_at=NOW
    )
    assert [answers.scope(one) for one in (always, campaign)] == ["In all drafts", "In the campaign #spring"]
    assert answers.until(always) == ", 14 November 2023, no end date"
    assert answers.until(campaign) == ", 14 November 2023, until 14 November 2023"
    assert answers.reason(always) == "Not a problem here."
    assert answers.reason(campaign) == "Agreed with the brand lead. “Ask me”"


def test_small_words() -> None:
    assert [answers.change(1, 1), answers.change(2, 3)] == ["Change answer", "Change answer 2"]
    assert label_words.switch("x", "") == ""


def test_what_is_said_when_contact_data_is_called_the_brands_own() -> None:
    assert answers.ours("@larkspur", for_good=True) == (
        "@larkspur is now one of your public addresses, so it won't be flagged again."
    )
    assert "If a brand lead presses that button, @larkspur won't be flagged again." in answers.ours(
        "@larkspur", for_good=False
    )


def test_a_market_that_is_no_place_is_answered_with_places() -> None:
    assert settings_words.no_market("Germnay", "Germany") == (
        "“Germnay” isn't a country or region that I know (did you mean Germany?). For example: "
        "Germany, United Kingdom, EU, DACH, Nordics."
    )
    assert f"“{'x' * 60}…” isn't" in settings_words.no_market("x" * 90, "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Fresh herbs", "Fresh herbs"),
        ("Fresh herbs. It's that simple", "Fresh herbs.…"),
        ("Fresh herbs taste", "Fresh herbs…"),
        ("A Donaudampfschifffahrt", "A Donaudampf…"),
    ],
)
def test_what_is_too_long_to_show_is_cut_between_words(text: str, shown: str) -> None:
    assert brief(text, 12) == shown
