"""Verdicts, clicks, the clean text and how a critique stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deciding import Answer, Decision, Verdict
from bot.core.drafts import Click, Place, Target
from bot.core.findings import CleanText, Edit, Finding, clean_text
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome, Question
from bot.core.reading.variants import split_variants
from bot.core.reviewing import standing_of

TEXT = "Act now! Only 3 left. Buy it."
MUST, SHOULD = Severity.MUST_FIX, Severity.SHOULD_FIX
ASKED = Question("transparency/commercial-disclosure", "Paid?", ("Yes", "No"))


def finding(quote: str, words: str | None = "", severity: Severity = SHOULD, *, dismissable: bool = True) -> Finding:
    start = TEXT.index(quote)
    edit = None if words is None else Edit(start, start + len(quote), words)
    return Finding(
        "user-control/exit",
        severity,
        start,
        end=start + len(quote),
        quote=quote,
        why="Why.",
        edit=edit,
        dismissable=dismissable,
    )


def verdict(on: Finding, decision: Decision = Decision.USED) -> Verdict:
    return Verdict(on.ref, decision, "U1", at="1.0", revision="0")


def critique(*findings: Finding, questions: tuple[Question, ...] = ()) -> Critique:
    return Critique(Outcome.FINDINGS, findings, questions)


def test_a_target_comes_back_from_a_button() -> None:
    target = Target("T1:C1:1.0", "abc")
    assert target.value == "v1|T1:C1:1.0|abc"
    assert Target.parse(target.value) == target
    assert Target.parse(Target("T1:C1:1.0").value) == Target("T1:C1:1.0")


@pytest.mark.parametrize("value", ["", "v1|T1:C1:1.0", "v2|T1:C1:1.0|abc", "v1|T1:C1|abc", "v1|T1:C1:1.0|a|b"])
def test_a_button_of_another_kind_names_no_target(value: str) -> None:
    assert Target.parse(value) is None


def test_a_click_knows_its_draft_and_its_own_name() -> None:
    click = Click(Target("T1:C1:1.0", "abc"), "U1", "5.0")
    assert click.place == Place("T1", "C1", "1.0")
    assert click.cause == "5.0:U1"


def test_a_reference_says_nothing_of_the_words_and_stays_with_them() -> None:
    here, there = finding("Act now!"), finding("Act now!").moved(7)
    assert here.ref == there.ref
    assert len(here.ref) == 12
    assert here.ref != finding("Buy it.").ref
    assert ASKED.ref != here.ref


def test_used_edits_are_in_the_clean_text_and_every_slot_is_counted() -> None:
    used = (finding("Only 3 left", "[number] left until [date]"), finding("Act now!", "Order by [date].", MUST))
    made = clean_text("5.0", TEXT, used)
    text = "Order by [date]. [number] left until [date]. Buy it."
    assert made == CleanText("5.0", text, ("[date]", "[number]", "[date]"), changes=2)


def test_what_is_there_to_copy_is_each_post_alone() -> None:
    text = "For you @mika\n\nIG: Act now!\nBuy it.\n\nLinkedIn: Only 3 left. Good."
    at, more = text.index("Act now!"), text.index("Only 3")
    used = [
        Finding("a/b", SHOULD, at, end=at + 8, quote="Act now!", why="", edit=Edit(at, at + 8, "Order by [date].")),
        Finding("a/b", SHOULD, more, end=more + 12, quote="Only 3 left.", why="", edit=Edit(more, more + 12, "")),
    ]
    made = clean_text("5.0", text, used, variants=split_variants(text))
    assert made.posts == (("instagram", "Order by [date].\nBuy it."), ("linkedin", "Good."))


def test_what_is_no_slot_is_not_named() -> None:
    assert clean_text("0", TEXT, [finding("Act now!", "[] open [here")]).slots == ()


def test_what_is_left_out_leaves_no_double_space() -> None:
    assert clean_text("0", TEXT, [finding("Act now!")]).text == "Only 3 left. Buy it."
    assert clean_text("0", TEXT, [finding("Only 3 left.")]).text == "Act now! Buy it."
    assert clean_text("0", TEXT, [finding("left.")]).text == "Act now! Only 3 Buy it."


def test_of_two_edits_that_touch_the_same_words_the_first_is_made() -> None:
    both = (finding("Act now! Only", "Please,", MUST), finding("Only 3", "Some"), finding("Buy it.", None))
    assert clean_text("0", TEXT, both).text == "Please, 3 left. Buy it."


@given(st.lists(st.tuples(st.integers(0, 28), st.integers(0, 28), st.text(max_size=5)), max_size=6))
def test_whatever_is_used_what_no_edit_touches_stays_as_it_was(spans: list[tuple[int, int, str]]) -> None:
    edits = [Edit(min(a, b), max(a, b), words) for a, b, words in spans]
    findings = [Finding("a/b", SHOULD, e.start, end=e.end, quote=TEXT[e.start : e.end], why="", edit=e) for e in edits]
    made = clean_text("0", TEXT, findings).text
    last = max((edit.end for edit in edits), default=0)
    assert made.endswith(TEXT[last:].lstrip(" "))


def test_points_are_open_until_somebody_decides() -> None:
    first, second = finding("Act now!"), finding("Buy it.", None)
    standing = standing_of(critique(first, second))
    assert [(p.decision, p.usable) for p in standing.points] == [(Decision.OPEN, True), (Decision.OPEN, False)]
    assert (standing.count(Decision.OPEN), standing.handled, standing.used) == (2, False, ())
    standing = standing_of(critique(first, second), [verdict(first), verdict(second, Decision.DISMISSED)])
    assert (standing.handled, standing.used, standing.shown) == (True, (first,), ())
    assert [point.finding for point in standing.hidden] == [first, second]


def test_only_the_more_severe_of_two_edits_that_overlap_can_be_used_until_it_is_dismissed() -> None:
    severe, mild = finding("Act now! Only", "Please,", MUST), finding("Only 3", "Some")
    standing = standing_of(critique(severe, mild), [verdict(mild)])
    assert [(p.decision, p.usable) for p in standing.points] == [(Decision.OPEN, True), (Decision.OPEN, False)]
    standing = standing_of(critique(severe, mild), [verdict(severe, Decision.DISMISSED), verdict(mild)])
    assert standing.used == (mild,)


def test_a_point_that_must_be_kept_cannot_be_dismissed() -> None:
    kept = finding("Act now!", dismissable=False)
    assert standing_of(critique(kept), [verdict(kept, Decision.DISMISSED)]).count(Decision.OPEN) == 1


def test_three_are_shown_and_dismissing_one_brings_up_the_next() -> None:
    four = tuple(finding(quote, None) for quote in ("Act", "Only", "left", "Buy"))
    standing = standing_of(critique(*four))
    assert [p.finding.quote for p in standing.shown] == ["Act", "Only", "left"]
    assert [p.finding.quote for p in standing.hidden] == ["Buy"]
    standing = standing_of(critique(*four), [verdict(four[0], Decision.DISMISSED)])
    assert [p.finding.quote for p in standing.shown] == ["Only", "left", "Buy"]
    assert [p.finding.quote for p in standing.hidden] == ["Act"]


def test_a_point_keeps_its_number_when_another_is_dismissed() -> None:
    two = tuple(finding(word) for word in TEXT.split()[:2])
    standing = standing_of(critique(*two), [verdict(two[0], Decision.DISMISSED)])
    assert [(standing.number_of(point), point.finding) for point in standing.shown] == [(2, two[1])]
    assert [(standing.number_of(point), point.finding) for point in standing.hidden] == [(1, two[0])]


def test_an_answered_question_is_not_asked_again() -> None:
    asked = critique(questions=(ASKED,))
    assert standing_of(asked).questions == (ASKED,)
    assert standing_of(asked, answers=[Answer(ASKED.guideline, "Yes", "U1", at="1.0")]).questions == ()
