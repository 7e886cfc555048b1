from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft
from bot.core.findings import Edit, Finding, without_overlaps
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome, Question
from bot.core.reviewing import standing_of
from bot.core.words import installing as setup
from bot.core.words import reviewing as reply
from bot.core.words import terminal as words
from bot.flows.reviewing import review_text

if TYPE_CHECKING:
    from bot.rules.engine import RuleEngine

TEXT = "Act now, before it is too late, or stay poor."


def finding(
    quote: str,
    severity: Severity = Severity.SHOULD_FIX,
    guideline: str = "user-control/no-false-pressure",
    edit: Edit | None = None,
) -> Finding:
    start = TEXT.index(quote)
    return Finding(guideline, severity, start, end=start + len(quote), quote=quote, why="Why.", edit=edit)


def test_of_overlapping_findings_in_a_family_the_more_severe_stays() -> None:
    long = finding("Act now, before")
    severe = finding("now", Severity.MUST_FIX)
    assert without_overlaps([long, severe]) == (severe,)


def test_overlaps_between_families_stay_and_the_most_severe_comes_first() -> None:
    other = finding("Act now", Severity.CONSIDER, "authenticity/human-voice")
    mine = finding("now")
    assert without_overlaps([other, mine]) == (mine, other)


def test_a_finding_keeps_its_identity_when_only_spaces_and_case_change() -> None:
    assert finding("Act now").key == "user-control/no-false-pressure:act now"


@pytest.mark.parametrize(
    ("edit", "replacement"),
    [
        (Edit(0, 7, "Order by [date]"), "Order by [date]"),
        (Edit(0, 7, ""), ""),
        (Edit(4, 7, "at noon"), "Act at noon"),
        (Edit(0, 3, ""), " now"),
        (Edit(0, 9, "Order"), None),
        (Edit(0, 0, "#ad "), None),
        (None, None),
    ],
)
def test_a_replacement_stands_for_the_quote_only(edit: Edit | None, replacement: str | None) -> None:
    assert finding("Act now", edit=edit).replacement == replacement


@pytest.mark.parametrize(
    ("edit", "change"),
    [
        (Edit(0, 7, "Order"), ("Act now", "Order")),
        (Edit(4, 7, "at noon"), ("Act now", "Act at noon")),
        (Edit(4, 15, "at noon"), ("Act now, before", "Act at noon")),
        (None, ("Act now", "Act now")),
    ],
)
def test_a_change_holds_the_quote_and_all_that_the_edit_touches(edit: Edit | None, change: tuple[str, str]) -> None:
    assert finding("Act now", edit=edit).change(TEXT) == change


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Edit(0, 3, ""), Edit(2, 5, ""), True),
        (Edit(0, 3, ""), Edit(3, 5, ""), False),
        (Edit(0, 0, "a"), Edit(0, 0, "b"), True),
        (Edit(0, 0, "a"), Edit(1, 3, "b"), False),
        (Edit(2, 2, "a"), Edit(1, 3, "b"), True),
        (Edit(0, 0, "a", gone=((5, 9),)), Edit(8, 10, "b"), True),
        (Edit(0, 0, "a", gone=((5, 9),)), Edit(9, 10, "b"), False),
    ],
)
def test_edits_overlap_where_they_touch_the_same_words(one: Edit, other: Edit, *, overlap: bool) -> None:
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap


def test_three_findings_are_shown_and_the_rest_folded() -> None:
    four = tuple(finding(q) for q in ("Act", "now", "before", "late"))
    critique = Critique(Outcome.FINDINGS, four)
    assert (critique.shown, critique.collapsed) == (four[:3], four[3:])


def test_the_rule_engine_fits_its_port_and_rules_alone_say_so(rules: RuleEngine) -> None:
    critique = review_text(Draft("password: correct7horse"), rules)
    assert (critique.outcome, critique.fixed_rules_only) == (Outcome.FINDINGS, True)
    assert critique.guidelines == rules.guidelines > 24


def test_the_terminal_has_a_sentence_for_every_outcome() -> None:
    asked = Question("transparency/commercial-disclosure", "Was it paid for?", ("Paid", "Gift", "Neither"))
    both = Critique(Outcome.FINDINGS, (finding("Act now"),), (asked, asked))
    assert words.headline(replace(both, fixed_rules_only=False)) == "1 change, 2 questions"
    assert words.headline(both).startswith("Not reviewed: no language model is connected. ")
    assert words.headline(Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=False)) == "Nothing to flag."
    assert words.headline(Critique(Outcome.COULD_NOT_REVIEW)).startswith("I couldn't review this draft")
    assert words.question(asked) == "\n?  Was it paid for?  (Paid / Gift / Neither)"
    assert words.point(Severity.MUST_FIX, "Rush") == "Must fix: Rush"
    assert (words.quote("now"), words.line_of("a\nb", 2)) == ("“now”", "line 2")
    assert "Fixed checks can't tell" in words.leads(["now"])
    assert "language model" in words.footer(Critique(Outcome.FINDINGS, fixed_rules_only=False))
    assert words.checked(2, 1, 3, faults=1) == "2 guidelines, 1 fixed check, 3 examples: 1 problem found."


def test_what_has_no_place_is_said_and_never_nothing_to_flag() -> None:
    asked = Question("transparency/commercial-disclosure", "Was it paid for?", ("Paid", "Gift", "Neither"))
    nothing_else = Critique(Outcome.FINDINGS, fixed_rules_only=False, unplaced=2)
    among_others = Critique(Outcome.FINDINGS, questions=(asked,), fixed_rules_only=False, unplaced=1)
    for headline in (words.headline(nothing_else), reply.headline(standing_of(nothing_else))):
        assert headline.startswith("2 points couldn't be matched to the text. I can't show them to you")
    for footer in (words.footer(among_others), reply.reply_footer(among_others, Draft("Bread"), ())):
        assert footer.strip().startswith("1 point couldn't be matched to the text. ")
    assert words.headline(among_others) == reply.headline(standing_of(among_others)) == "1 question"
    assert "placed" not in words.footer(nothing_else) + reply.reply_footer(nothing_else, Draft("Bread"), ())
    assert "show it to you" in reply.lost(1)


def test_points_that_nobody_looked_at_are_said() -> None:
    critique = Critique(Outcome.FINDINGS, (finding("now"),), fixed_rules_only=False, beyond=7)
    for footer in (words.footer(critique), reply.reply_footer(critique, Draft("Bread"), ())):
        assert footer.strip().startswith("7 more points not looked at: there were too many. ")
    assert not critique.is_all_shown


def test_doubts_that_are_not_asked_yet_are_said() -> None:
    asked = Question("transparency/commercial-disclosure", "Was it paid for?", ("Paid", "Gift", "Neither"))
    critique = Critique(Outcome.FINDINGS, questions=(asked, asked), fixed_rules_only=False, left_out=1)
    for footer in (words.footer(critique), reply.reply_footer(critique, Draft("Bread"), ())):
        assert footer.strip().startswith("1 more question to come: ")


def test_the_terminal_says_where_an_edit_goes() -> None:
    assert words.edit(Edit(0, 0, "#ad ")) == "→ Add at the start: #ad"
    assert words.edit(Edit(0, 7, "Order by [date]")) == "→ Order by [date]"
    assert words.edit(Edit(0, 7, "")) == "→ Leave it out."
    assert words.edit(Edit(0, 7, ""), "by Friday") == "→ Leave out “by Friday”."
    assert words.edit(Edit(0, 7, "soon"), "by Friday") == "→ Instead of “by Friday”: soon"
    assert words.edit(Edit(0, 0, "#ad ", gone=((4, 7),))) == "→ Take it out here and add this at the start: #ad"


def test_what_slack_refuses_is_named() -> None:
    assert setup.token_refused("xoxb-1234", "invalid_auth").count("invalid_auth") == 1
    assert "can't reach http://a/ (OSError)" in setup.slack_unreachable("http://a/", "OSError")


def test_the_local_workspace_says_what_is_kept() -> None:
    assert "Nothing is saved when you stop it." in words.trying("http://127.0.0.1:1", "")
    assert "Everything is saved in here." in words.trying("http://127.0.0.1:1", "here")
    assert "such as 2" in words.port_taken(1)


def test_a_late_must_fix_is_announced_with_its_number() -> None:
    assert reply.news(2) == "The full review is ready, above. It found 2 more points that must be fixed."
