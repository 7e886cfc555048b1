"""Drafts in files: front matter, places, and what a baseline knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.core.errors import FileFault
from bot.core.findings import Edit, Finding
from bot.core.gating import (
    BROKEN,
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
    points_of_all,
    read_baseline,
    status,
)
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome, Question, ReviewState
from bot.core.words import gating as words
from bot.core.words import mcp as mcp_words
from bot.rules.files import yaml_mapping

FRONT = '---\ntitle: Launch day\nplatform: "Insta"\ntags:\n  - a: b\ncontext: For the shop.\n---\n'
FILE = f"{FRONT}\nWe open at six.\nCome by.\n"
BODY = FILE.index("We open")


def test_front_matter_names_platform_and_context_and_the_draft_is_what_comes_after_it() -> None:
    one = document("a.md", FILE, yaml_mapping, platform="tiktok", context="For everybody.")
    assert (one.draft.text, one.draft.platform, one.draft.context) == (
        "We open at six.\nCome by.",
        "instagram",
        "For the shop.",
    )
    assert one.begins == BODY
    bare = document("b.txt", "We open at six.\n", yaml_mapping, platform="tiktok", context="For everybody.")
    assert (bare.draft.platform, bare.draft.context, bare.begins) == ("tiktok", "For everybody.", 0)


def test_a_line_of_dashes_alone_begins_no_front_matter() -> None:
    for text in ("---\nWe open at six.", "----\nWe open.\n---\n", ""):
        assert document("a.md", text, yaml_mapping).begins == 0


def test_points_stand_at_their_lines_of_the_whole_file_and_questions_where_the_draft_begins() -> None:
    one = document("a.md", FILE, yaml_mapping)
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
    result = GateResult("a.md", (made("r2"), made("r1"), made("r1"), made("secret", stays=True)))
    known = read_baseline(baseline_of({"a.md": result, "clean.md": GateResult("clean.md")}))
    assert (known.known, known.counts) == ({"a.md": {"r1": 2, "r2": 1}}, True)
    later = beside(GateResult("a.md", (made("r1"), made("new"), made("secret", stays=True))), known.of("b.md", "a.md"))
    assert [point.ref for point in later.points] == ["new", "secret"]
    assert [point.ref for point in later.known] == ["r1"]
    assert read_baseline(baseline_of({"a.md": later})).known == {"a.md": {"r1": 1, "new": 1}}
    assert known.of("b.md") == {}


def test_a_further_copy_of_a_known_point_is_new_and_an_older_baseline_lets_any_number_pass() -> None:
    once, thrice = GateResult("a.md", (made("r"),)), GateResult("a.md", (made("r"), made("r"), made("r")))
    known = read_baseline(baseline_of({"a.md": once}))
    later = beside(thrice, known.of("a.md"))
    assert (len(later.points), len(later.known)) == (2, 1)
    assert later.known == thrice.points[:1]
    both = read_baseline(baseline_of({"a.md": thrice}))
    assert beside(once, both.of("a.md")).points == ()
    # A model names words once, however often the draft has them.
    copied = GateResult("a.md", (replace(made("r"), places=2),))
    assert len(beside(copied, known.of("a.md")).points) == 1
    assert beside(copied, read_baseline(baseline_of({"a.md": copied})).of("a.md")).points == ()
    old = read_baseline('{"version": 1, "known": {"a.md": ["r"]}}')
    assert (old.counts, beside(thrice, old.of("a.md")).points) == (False, ())


def test_words_are_counted_where_they_stand_by_themselves() -> None:
    text = "Only two left. ONLY  TWO left! Only two lefties, lonely two left."
    one = document("a.md", text, yaml_mapping)
    found = Finding("a/b", Severity.CONSIDER, 0, 13, text[:13], "Why.")
    (point,) = points_of(one, Critique(Outcome.FINDINGS, (found,)), {})
    assert point.places == 2


def test_the_same_point_for_two_platforms_is_told_once() -> None:
    one = document("a.md", "---\nplatforms: [ig, Facebook, Instagram]\n---\nWe open at six.", yaml_mapping)
    assert [draft.platform for draft in one.drafts] == ["instagram", "facebook"]
    found = [Finding("a/b", Severity.CONSIDER, 0, end, one.draft.text[:end], "Why.") for end in (2, 2, 7)]
    critiques = [Critique(Outcome.FINDINGS, tuple(found[at:])) for at in (1, 0)]
    assert [point.quote for point in points_of_all(one, critiques, {})] == ["We", "We open"]


def test_a_mask_covers_all_that_is_told_and_takes_back_a_suggestion_that_holds_a_secret() -> None:
    place = Region(1, 1, end_line=1, end_column=1)
    said: dict[str, Any] = {"title": "hush T", "says": "“hush” is one", "quote": "hush", "region": place}
    points = tuple(GatePoint("r", "a/b", Severity.CONSIDER, **said, replacement=(place, new)) for new in ("hush!", "x"))
    one = GateResult("a", points[:1], points[1:]).masked(lambda text: text.replace("hush", "*"))
    assert [(p.title, p.says, p.quote) for p in (*one.points, *one.known)] == [("* T", "“*” is one", "*")] * 2
    assert [p.replacement for p in (*one.points, *one.known)] == [None, (place, "x")]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 3, "known": {}}', '{"version": 2, "known": {"a": [1]}}'])
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
    broken = GateResult("e.md", fault=FileFault("e.md", 2, "no"))
    assert status([found, broken, unread]) == BROKEN
    assert words.summary([broken, clean]) == "2 drafts: 0 points, 1 couldn't be read."
    assert words.summary([unread, found]) == "2 drafts: 1 point, 1 not reviewed."
    alone = GateResult("d", known=(made("r"),), state=ReviewState.CHECKS_ONLY)
    assert words.summary([alone]).startswith("1 draft: 0 new points, 1 already known. No language model")
    assert words.signed_off(None) == "not signed off"
    assert words.signed_off(0.0) == "signed off on 1 January 1970"
    assert words.baseline_written("b.json", [found]) == "1 point saved as known in b.json."
    assert words.baseline_written("", [found]) == "1 point saved as known."
    assert words.cannot_use("b.json", "it's empty") == "b.json: it's empty."
    assert "candor gate posts/*.md" in words.no_files("candor")
    assert words.no_report("sarif").startswith("“sarif” should be a format and a file")
    assert mcp_words.in_line(2, "no") == "Line 2: no."
    assert "names 2 platforms (x, sms)" in mcp_words.one_platform(["x", "sms"])
