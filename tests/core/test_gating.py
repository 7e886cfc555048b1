"""Drafts in files: front matter, places, and what a baseline knows."""

from __future__ import annotations

import pytest

from bot.core.findings import Edit, Finding
from bot.core.gating import (
    CLEAN,
    NOT_REVIEWED,
    POINTS,
    GatePoint,
    GateResult,
    Region,
    baseline_of,
    beside,
    document,
    points_of,
    read_baseline,
    status,
)
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome, Question, ReviewState
from bot.core.words import gating as words

FRONT = '---\ntitle: Launch day\nplatform: "Insta"\ntags:\n  - a: b\ncontext: For the shop.\n---\n'
FILE = f"{FRONT}\nWe open at six.\nCome by.\n"
BODY = FILE.index("We open")


def test_front_matter_names_platform_and_context_and_the_draft_is_what_comes_after_it() -> None:
    one = document("a.md", FILE, "tiktok", context="For everybody.")
    assert (one.draft.text, one.draft.platform, one.draft.context) == (
        "We open at six.\nCome by.",
        "instagram",
        "For the shop.",
    )
    assert one.begins == BODY
    bare = document("b.txt", "We open at six.\n", "tiktok", context="For everybody.")
    assert (bare.draft.platform, bare.draft.context, bare.begins) == ("tiktok", "For everybody.", 0)
    with pytest.raises(ValueError, match="faxbook"):
        document("c.md", "---\nplatform: faxbook\n---\nHello.")


def test_a_line_of_dashes_alone_begins_no_front_matter() -> None:
    for text in ("---\nWe open at six.", "----\nWe open.\n---\n", ""):
        assert document("a.md", text).begins == 0


def test_points_stand_at_their_lines_of_the_whole_file_and_questions_where_the_draft_begins() -> None:
    one = document("a.md", FILE)
    quote = "Come by"
    at = one.draft.text.index(quote)
    found = Finding("a/b", Severity.MUST_FIX, at, at + len(quote), quote, "Why.", Edit(at, at + 4, "Drop"))
    moved = Finding("a/b", Severity.CONSIDER, 0, 2, "We", "Why.", Edit(0, 0, "Ad: ", gone=((3, 7),)), dismissable=False)
    critique = Critique(Outcome.FINDINGS, (found, moved), (Question("a/b", "Paid?", ("Yes", "No")),))
    first, second, asked = points_of(one, critique, {})
    assert first.region == Region(10, 1, end_line=10, end_column=8)
    assert first.replacement == (Region(10, 1, end_line=10, end_column=5), "Drop")
    assert (second.region.line, second.replacement, second.stays) == (9, None, True)
    assert (asked.asks, asked.says, asked.region.line, asked.severity) == (True, "Paid?", 9, Severity.CONSIDER)
    assert words.point(asked) == "Question: a/b. Paid?"
    assert words.point(first) == "Must fix: a/b. “Come by”: Why. Suggested: Drop"


def made(ref: str, *, stays: bool = False) -> GatePoint:
    return GatePoint(
        ref, "a/b", Severity.CONSIDER, title="T", says="S", region=Region(1, 1, end_line=1, end_column=1), stays=stays
    )


def test_a_baseline_knows_what_was_there_but_never_a_secret() -> None:
    result = GateResult("a.md", (made("r2"), made("r1"), made("secret", stays=True)))
    written = baseline_of([result, GateResult("clean.md")])
    known = read_baseline(written)
    assert known == {"a.md": frozenset({"r1", "r2"})}
    later = beside(GateResult("a.md", (made("r1"), made("new"), made("secret", stays=True))), known["a.md"])
    assert [point.ref for point in later.points] == ["new", "secret"]
    assert [point.ref for point in later.known] == ["r1"]
    assert read_baseline(baseline_of([later])) == {"a.md": frozenset({"r1", "new"})}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2, "known": {}}', '{"version": 1, "known": [1]}'])
def test_another_file_is_no_baseline(text: str) -> None:
    with pytest.raises(ValueError, match="isn't a baseline"):
        read_baseline(text)


def test_new_points_fail_first_and_what_nobody_read_fails_as_well() -> None:
    clean, found = GateResult("a"), GateResult("b", (made("r"),))
    unread = GateResult("c", reason="Not reviewed.", state=ReviewState.REFUSED, unread=True)
    assert [status(r) for r in ([], [clean], [clean, found], [unread, clean], [unread, found])] == [
        CLEAN,
        CLEAN,
        POINTS,
        NOT_REVIEWED,
        POINTS,
    ]
    assert words.summary([unread, found]) == "2 drafts: 1 point, 1 not reviewed."
    alone = GateResult("d", known=(made("r"),), state=ReviewState.CHECKS_ONLY)
    assert words.summary([alone]).startswith("1 draft: 0 new points, 1 already known. No language model")
    assert words.signed_off(None) == "not signed off"
    assert words.signed_off(0.0) == "signed off on 1 January 1970"
    assert words.baseline_written("b.json", [found]) == "1 point saved as known in b.json."
    assert words.cannot_use("b.json", "it's empty") == "b.json: it's empty."
    assert "candor gate posts/*.md" in words.no_files("candor")
