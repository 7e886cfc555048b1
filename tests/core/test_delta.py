"""What an edit did: fixed, still open, brought by the edit, missed before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deciding import accepted_at
from bot.core.findings import Edit, Finding, Kept, Origin, joined
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome
from bot.core.reviewing import Delta, News, delta_of, same_words
from bot.rules.wording import covers

PRESSURE = "user-control/no-false-pressure"
CLAIM = "authenticity/claim-evidence"


def finding(text: str, quote: str, guideline: str = PRESSURE, origin: Origin = Origin.RULE) -> Finding:
    start = text.index(quote)
    return Finding(
        guideline, Severity.SHOULD_FIX, start, end=start + len(quote), quote=quote, why="Why.", origin=origin
    )


def by_model(text: str, quote: str, guideline: str = CLAIM) -> Finding:
    return finding(text, quote, guideline, origin=Origin.MODEL)


def critique(*findings: Finding, alone: bool = False) -> Critique:
    return Critique(Outcome.FINDINGS, findings, fixed_rules_only=alone)


def quotes(findings: tuple[Finding, ...]) -> list[str]:
    return [one.quote for one in findings]


def told(delta: Delta) -> dict[str, list[str]]:
    names = ("fixed", "settled", "still", "brought", "bared", "missed")
    return {name: quotes(getattr(delta, name)) for name in names if getattr(delta, name)}


OLD = "Act now! It cures all colds. Only 3 left."


def test_an_edit_fixes_one_point_leaves_one_and_brings_one() -> None:
    new = "Hurry, friends! It cures all colds. Take your time."
    before = critique(finding(OLD, "Act now!"), by_model(OLD, "cures all colds"), finding(OLD, "Only 3 left"))
    after = critique(finding(new, "Hurry", CLAIM), by_model(new, "cures all colds"))
    assert told(delta_of(before, after, OLD, new=new)) == {
        "fixed": ["Act now!", "Only 3 left"],
        "still": ["cures all colds"],
        "brought": ["Hurry"],
    }


def test_other_words_for_the_same_thing_are_still_open() -> None:
    new = OLD.replace("Act now!", "Be quick!")
    delta = delta_of(critique(finding(OLD, "Act now!")), critique(finding(new, "Be quick!")), OLD, new=new)
    assert told(delta) == {"still": ["Be quick!"]}


def test_a_point_whose_words_moved_is_the_same() -> None:
    new = "Only 3 left. It cures all colds. Act now!"
    delta = delta_of(critique(finding(OLD, "Act now!")), critique(finding(new, "Act now!")), OLD, new=new)
    assert told(delta) == {"still": ["Act now!"]}


def test_a_point_that_is_quoted_a_little_differently_is_the_same() -> None:
    new = f"Dear all: {OLD}"
    before, after = critique(by_model(OLD, "cures all colds")), critique(by_model(new, "It cures all colds."))
    assert told(delta_of(before, after, OLD, new=new)) == {"still": ["It cures all colds."]}
    ((old, seen),) = same_words(before, after, OLD, new=new, covers=covers)
    assert (old.quote, seen.quote) == ("cures all colds", "It cures all colds.")
    assert list(same_words(before, critique(by_model(new, "Dear all")), OLD, new=new, covers=covers)) == []
    assert (
        list(same_words(critique(by_model(OLD, "colds")), after, OLD, new=OLD.replace("colds", "flus"), covers=covers))
        == []
    )


def test_older_misses_are_told_apart_from_what_the_edit_brought() -> None:
    new = OLD.replace("Act now!", "Hello.")
    after = critique(by_model(new, "cures all colds"), finding(new, "Only 3 left"))
    # A rule never misses: what the edit took away must have made it fine.
    delta = delta_of(critique(), after, OLD, new=new)
    assert told(delta) == {"bared": ["Only 3 left"], "missed": ["cures all colds"]}
    assert [delta.news(one) for one in after.findings] == [News.MISSED, News.BARED]
    assert delta.news(finding(OLD, "Act now!")) is News.NONE


def test_what_only_a_model_sees_was_not_missed_by_fixed_rules() -> None:
    new = OLD.replace("Act now!", "Hello.")
    delta = delta_of(critique(alone=True), critique(by_model(new, "cures all colds")), OLD, new=new)
    assert told(delta) == {}
    assert delta.news(by_model(new, "cures all colds")) is News.NONE


def test_what_a_model_no_longer_minds_is_not_called_fixed() -> None:
    new = OLD.replace("Act now!", "Hello.")
    before = critique(by_model(OLD, "cures all colds"), by_model(OLD, "Act now!"))
    assert told(delta_of(before, critique(), OLD, new=new)) == {"settled": ["cures all colds"], "fixed": ["Act now!"]}
    assert told(delta_of(before, critique(alone=True), OLD, new=new)) == {}


DATED = "Only 3 left! Offer ends on Friday, 27 November, at midnight."
PRESSED = "Hurry, only 3 left! Offer ends tonight."


def test_words_that_still_stand_are_not_called_fixed() -> None:
    before = critique(finding(PRESSED, "Hurry"), finding(PRESSED, "only 3 left"), finding(PRESSED, "ends tonight"))
    assert told(delta_of(before, critique(), PRESSED, new=DATED)) == {
        "fixed": ["Hurry", "ends tonight"],
        "settled": ["only 3 left"],
    }
    # And when they are a point again, the edit did not write them.
    bare = "Only 3 left! Offer ends on Friday."
    after = critique(finding(bare, "Only 3 left"), finding(bare, "Friday"))
    assert told(delta_of(critique(), after, DATED, new=bare)) == {"bared": ["Only 3 left", "Friday"]}


def test_words_that_moved_beyond_others_still_stand() -> None:
    old, new = "Only 3 left. We bake rye bread and buns daily.", "We bake rye bread and buns daily.  Only 3\nleft."
    assert told(delta_of(critique(finding(old, "Only 3 left")), critique(), old, new=new)) == {
        "settled": ["Only 3 left"]
    }
    old, new = "Free bread. It is free.", "Freedom bread. It is free."
    assert told(delta_of(critique(finding(old, "Free")), critique(), old, new=new)) == {"fixed": ["Free"]}


@pytest.mark.parametrize(
    ("quote", "instead"), [("FREE", "free"), ("#cleanwaternow", "#CleanWaterNow"), ("İstanbul", "istanbul")]
)
def test_other_capitals_than_the_first_are_a_change(quote: str, instead: str) -> None:
    old, new = f"A {quote} map", f"A {instead} map"
    assert told(delta_of(critique(finding(old, quote)), critique(), old, new=new)) == {"fixed": [quote]}


def test_a_label_at_the_start_fixes_a_rules_point_further_down() -> None:
    old, new = "They gifted me this tea.", "Ad: They gifted me this tea."
    labelled = replace(finding(old, "gifted me"), edit=Edit(0, 0, "#ad "))
    assert told(delta_of(critique(labelled), critique(), old, new=new)) == {"fixed": ["gifted me"]}
    unlabelled = replace(finding(old, "gifted me"), edit=Edit(0, 0, "#ad "))
    assert told(delta_of(critique(), critique(unlabelled), new, new=old)) == {"brought": ["gifted me"]}
    sourced = replace(finding(old, "gifted me"), edit=Edit(5, 14, "gifted me [what]"))
    assert told(delta_of(critique(sourced), critique(), old, new=new)) == {"fixed": ["gifted me"]}


def test_an_accepted_rewording_that_is_put_in_is_fixed_also_where_no_model_could_say_so() -> None:
    claim = by_model(OLD, "cures all colds")
    used = replace(claim, edit=Edit(claim.start, claim.end, "cures all colds in [how many] days"))
    new = OLD.replace("cures all colds", "cures all colds in nine days")
    assert told(delta_of(critique(used), critique(alone=True), OLD, new=new)) == {}
    assert told(delta_of(critique(used), critique(alone=True), OLD, new=new, used={used.ref})) == {
        "fixed": ["cures all colds"]
    }


@pytest.mark.parametrize(
    ("old", "new", "span", "moved", "hull"),
    [
        ("", "abc", (0, 0), (0, 0), (0, 0)),
        ("abc", "", (0, 3), None, (0, 0)),
        ("one two three", "one three", (4, 7), None, (4, 4)),
        ("one two three", "one 2 three", (4, 7), None, (4, 5)),
        ("one two three", "one 2 three", (0, 7), None, (0, 5)),
        ("one two three", "one 2 three", (4, 13), None, (4, 11)),
        ("one two three", "zero one two three", (4, 7), (9, 12), (9, 12)),
    ],
)
def test_where_words_stand_after_an_edit(
    old: str, new: str, span: tuple[int, int], moved: tuple[int, int] | None, hull: tuple[int, int]
) -> None:
    kept = Kept(old, new)
    assert (kept.moved(*span), kept.hull(*span)) == (moved, hull)


def test_a_rewritten_novel_takes_no_time() -> None:
    old, new = "a b " * 20_000, "c d " * 20_000
    assert Kept(f"x {old}", f"x {new}").moved(4, 5) is None


@given(st.text("ab .", max_size=30), st.text("ab .", max_size=30))
def test_words_that_stayed_read_the_same_where_they_stand(old: str, new: str) -> None:
    kept = Kept(old, new)
    for start in range(len(old)):
        for end in range(start + 1, len(old) + 1):
            first, last = kept.hull(start, end)
            assert 0 <= first <= last <= len(new)
            if place := kept.moved(start, end):
                assert new[slice(*place)] == old[start:end]
                assert place == (first, last)


@given(st.text("ab ", max_size=20))
def test_without_a_change_everything_is_still_open(text: str) -> None:
    text = f"{text}Act now!"
    same = critique(finding(text, "Act now!"))
    assert told(delta_of(same, same, text, new=text)) == {"still": ["Act now!"]}


def test_what_was_dismissed_holds_for_its_own_places_in_a_sentence() -> None:
    old, new = "Only 3 left, be quick. Bye.", "Only 3 left, be quick, it ends soon. Bye."
    both = joined([by_model(old, "Only 3 left"), by_model(old, "be quick")], old)
    three = joined([by_model(new, quote) for quote in ("Only 3 left", "be quick", "ends soon")], new)
    pairs = list(same_words(critique(both), critique(three), old, new=new, covers=covers))
    assert [(one.quote, other.quote) for one, other in pairs] == [(both.quote, "Only 3 left"), (both.quote, "be quick")]
    assert list(same_words(critique(both), critique(both), old, new=old, covers=covers)) == []


def test_words_that_stood_there_before_the_edit_are_not_taken_over_by_it() -> None:
    edit = Edit(0, 8, "Act soon")
    assert accepted_at(edit, Kept("Act soon, today", "Act soon, tomorrow")) is None
    assert accepted_at(edit, Kept("Act now!, today", "Act soon, today")) == (0, 8)
