"""A sign-off: which text it is about, what counts, and when it no longer holds."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from bot.core.deciding import Decision, Verdict
from bot.core.drafts import Author, Draft, Message, Picture, Place
from bot.core.findings import CleanText, Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome, ReviewState
from bot.core.reviewing import (
    DraftRecord,
    DraftState,
    Reply,
    Review,
    ReviewJob,
    approved_at,
    open_points,
    sign_off_of,
    standing_of,
    subject_of,
)
from bot.core.sign_off import Act, OpenPoint, Prospect, SignOff, SignOffAct, Source, Subject, fingerprint

ID = "T1:C1:1.0"
RECORD = DraftRecord(Place.of(ID), "U1", Draft("We bake bread."), revision="5.0")
STATE = DraftState(RECORD, None, None)
NOW = subject_of(STATE)
OLD = Subject(Source.DRAFT, fingerprint("We baked bread."))


def act(what: Act, at: float = 1.0, subject: Subject = NOW, key: str = "k") -> SignOffAct:
    return SignOffAct(key, what, "U2", at=at, subject=subject)


def stands(*acts: SignOffAct) -> SignOff:
    found = sign_off_of(replace(STATE, acts=acts))
    assert found
    return found


def test_a_fingerprint_is_the_sha_256_of_the_exact_text() -> None:
    assert fingerprint("Brød 🍞") == sha256("Brød 🍞".encode()).hexdigest()
    assert fingerprint("half \ud83c pair")
    assert NOW.short == fingerprint("We bake bread.")[:8]


def test_a_fingerprint_covers_all_that_people_saw_and_not_white_space() -> None:
    plain = Message(RECORD.place, Author.PERSON, "U1", text="We bake bread.")
    draft = replace(RECORD.draft, markup=plain.markup)
    one = fingerprint(draft.text, draft)
    others = [
        fingerprint(draft.text),
        fingerprint(draft.text, replace(draft, platform="x")),
        fingerprint(draft.text, replace(draft, pictures=(Picture("A loaf"),))),
        fingerprint(draft.text, replace(draft, markup=replace(plain, marks=((3, 7, "strike"),)).markup)),
        fingerprint(draft.text, replace(draft, markup=replace(plain, zones=((0, 7),)).markup)),
        fingerprint(draft.text, draft, [("a/b", "Yes")]),
    ]
    assert len({one, *others}) == len(others) + 1
    struck = replace(plain, marks=((3, 7, "strike"),))
    spaced = replace(struck, text="We  bake\nbread.", marks=((4, 8, "strike"),))
    assert struck.markup == spaced.markup != plain.markup


@pytest.mark.parametrize("subject", [NOW, Subject(Source.CLEAN, fingerprint("x"))])
def test_a_subject_survives_a_button(subject: Subject) -> None:
    assert Subject.parse(subject.ref) == subject


@pytest.mark.parametrize("ref", ["", "draft", "draft.abc", f"other.{NOW.fingerprint}", f"draft.{NOW.fingerprint}0"])
def test_anything_else_is_no_subject(ref: str) -> None:
    assert Subject.parse(ref) is None


@pytest.mark.parametrize(
    ("revision", "stands_there", "source"), [("5.0", True, "clean"), ("5.0", False, "draft"), ("4.0", True, "draft")]
)
def test_an_up_to_date_clean_text_in_the_thread_is_what_is_signed(
    revision: str,
    stands_there: bool,  # noqa: FBT001 - parameters of tests
    source: str,
) -> None:
    clean = Reply(ID, "9.0", "a", reserved_at=0.0, kind="clean") if stands_there else None
    subject = subject_of(replace(STATE, clean=clean, made=CleanText(revision, "We bake [number] loaves.")))
    assert subject.source == source
    text = "We bake [number] loaves." if source == "clean" else RECORD.draft.text
    assert subject.fingerprint == fingerprint(text)


def test_without_a_request_or_a_decision_there_is_none() -> None:
    assert sign_off_of(STATE) is None
    erased = replace(STATE, record=replace(RECORD, erased=True), acts=(act(Act.ASKED),))
    assert sign_off_of(erased) is None


@pytest.mark.parametrize(
    ("acts", "stale", "waits", "approved"),
    [
        ([act(Act.ASKED)], False, True, False),
        ([act(Act.ASKED, subject=OLD)], False, True, False),
        ([act(Act.APPROVED)], False, False, True),
        ([act(Act.APPROVED, subject=OLD)], True, True, False),
        ([act(Act.HELD)], False, False, False),
        ([act(Act.HELD, subject=OLD)], True, True, False),
        ([act(Act.CHANGES)], False, False, False),
        ([act(Act.APPROVED), act(Act.ASKED, at=2.0)], False, True, False),
        ([act(Act.HELD, at=2.0), act(Act.APPROVED)], False, False, False),
    ],
)
def test_the_latest_entry_counts_as_long_as_its_text_stands(
    acts: list[SignOffAct],
    stale: bool,  # noqa: FBT001
    waits: bool,  # noqa: FBT001
    approved: bool,  # noqa: FBT001
) -> None:
    found = stands(*acts)
    assert (found.stale, found.waits, found.approved) == (stale, waits, approved)


def test_entries_of_one_moment_have_one_order() -> None:
    one, other = act(Act.APPROVED, key="a"), act(Act.HELD, key="b")
    assert stands(one, other).last == stands(other, one).last == other


def test_open_points_are_those_that_nobody_handled() -> None:
    severe = Finding("a/b", Severity.MUST_FIX, 0, end=2, quote="We", why="Why.")
    mild = Finding("c/d", Severity.SHOULD_FIX, 3, end=7, quote="bake", why="Why.")
    verdict = Verdict(mild.ref, Decision.DISMISSED, "U1", at="1.0", revision="5.0")
    standing = standing_of(Critique(Outcome.FINDINGS, (severe, mild)), [verdict])
    assert open_points(standing) == (OpenPoint(Severity.MUST_FIX, "a/b"),)


@pytest.mark.parametrize(
    ("severities", "state", "care"),
    [
        ((), ReviewState.DONE, False),
        ((), ReviewState.CHECKS_ONLY, False),
        *(
            ((), state, True)
            for state in (ReviewState.AWAITED, ReviewState.GIVEN_UP, ReviewState.REFUSED, ReviewState.PUT_ASIDE)
        ),
        ((Severity.SHOULD_FIX,), ReviewState.DONE, False),
        ((Severity.SHOULD_FIX, Severity.MUST_FIX), ReviewState.DONE, True),
    ],
)
def test_an_approval_asks_first_where_something_must_be_fixed_or_nobody_read_it(
    severities: tuple[Severity, ...],
    state: ReviewState,
    care: bool,  # noqa: FBT001
) -> None:
    points = tuple(OpenPoint(severity, "a/b") for severity in severities)
    assert Prospect(NOW, points, state).needs_care is care


def test_a_new_entry_moves_what_the_thread_should_show() -> None:
    assert replace(STATE, acts=(act(Act.ASKED),)).has_moved_since(STATE)
    assert not STATE.has_moved_since(STATE)


@pytest.mark.parametrize(("round_", "unread"), [(None, True), (0, True), (1, False)])
def test_a_review_of_an_earlier_round_is_not_the_one_asked_for(round_: int | None, unread: bool) -> None:  # noqa: FBT001
    record = replace(RECORD, round=1)
    review = None if round_ is None else Review(ReviewJob(ID, "5.0", round_), Critique(Outcome.NOTHING_TO_FLAG))
    assert DraftState(record, review, None).is_unread is unread


def test_a_text_is_signed_off_where_exactly_this_one_was_approved_and_still_stands() -> None:
    approved = replace(STATE, acts=(act(Act.APPROVED, 7.0),))
    assert approved_at(approved, "We bake bread.") == 7.0
    assert approved_at(approved, "We bake bread!") is None
    assert approved_at(STATE, "We bake bread.") is None
    assert approved_at(replace(STATE, acts=(act(Act.APPROVED, subject=OLD),)), "We bake bread.") is None
    made = CleanText(RECORD.revision, "We bake good bread.")
    state = replace(STATE, made=made, clean=Reply(ID, "2.0", "", reserved_at=0.0))
    clean = replace(state, acts=(act(Act.APPROVED, 8.0, subject_of(state)),))
    assert approved_at(clean, "We bake good bread.") == 8.0
    assert approved_at(clean, "We bake bread.") is None
