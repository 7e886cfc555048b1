"""Posts that were published before, as a file brings them, and how people read of them."""

from __future__ import annotations

import json

import pytest

from bot.core.brand.posts import (
    LONGEST_LINK,
    LONGEST_PLATFORM,
    LONGEST_POST,
    TOLD,
    EarlierPost,
    ReadPosts,
    approved,
    read_posts,
    told,
)
from bot.core.words.brand import posts as words

CSV = (
    "\ufeffPost,Published at,Network,URL,Likes\n"
    '"Delivery costs £4.\nAlways, everywhere.",2026-03-01T10:00:00Z,FB,https://social.example/1,12\n'
    "\n"
    "Founded in 2016,2026-03-02,Bulletin,,3\n"
)


def found(read: ReadPosts) -> list[tuple[int, str, str, str, str]]:
    return [(line, one.text, one.date, one.platform, one.link) for line, one in read.posts]


def test_a_table_names_its_columns_as_tools_do() -> None:
    read = read_posts(CSV)
    assert found(read) == [
        (2, "Delivery costs £4.\nAlways, everywhere.", "2026-03-01", "facebook", "https://social.example/1"),
        (5, "Founded in 2016", "2026-03-02", "Bulletin", ""),
    ]
    assert (read.faults, read.unused) == ((), ("Likes",))
    assert len({one.id for _, one in read.posts}) == 2
    assert found(read_posts(CSV.replace(",", ";").replace("Always;", "Always,"))) == found(read)


def test_json_lines_say_the_same() -> None:
    rows = [{"text": "Delivery costs £4.", "date": "2026-03-01", "link": None}, {"copy": "Hi", "date": "2026-03-02"}]
    read = read_posts("\n".join(map(json.dumps, rows)) + '\n\n[1]\n{"text": \n')
    assert found(read) == [(1, "Delivery costs £4.", "2026-03-01", "", ""), (2, "Hi", "2026-03-02", "", "")]
    assert read.faults == ((4, words.NO_OBJECT), (5, words.NO_OBJECT))


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (",2026-03-01,", [words.NO_TEXT]),
        ("Hi,,", ["the date is missing."]),
        ("Hi,soon,", ["“soon” isn't a date like 2026-09-30."]),
        ("Hi,2026-03-01x,", ["“2026-03-01x” isn't a date like 2026-09-30."]),
        ("Hi,2026-02-30,javascript:x", [words.no_date("2026-02-30"), words.no_link("javascript:x")]),
        ("Hi,2026-03-01,https://a.example/<b>", [words.no_link("https://a.example/<b>")]),
        (f"Hi,2026-03-01,https://{'a' * LONGEST_LINK}", [words.no_link(f"https://{'a' * LONGEST_LINK}")]),
        (f"{'x' * (LONGEST_POST + 1)},2026-03-01,", [words.too_long(LONGEST_POST)]),
        ("Hi,2026-03-01,,more", [words.too_many(3)]),
        ("Same,2026-03-01,", [words.twice(2)]),
    ],
)
def test_each_fault_is_named_with_its_line(row: str, faults: list[str]) -> None:
    read = read_posts(f"text,date,link\nSame,2026-03-01,\n{row}\n")
    assert len(read.posts) == 1
    assert read.faults == tuple((3, one) for one in faults)


def test_what_is_no_table_of_posts_says_so() -> None:
    assert read_posts("").posts == ()
    assert read_posts("Hello\nWorld\n").faults == ((1, words.no_heading(("text", "date"))),)
    (long,) = read_posts(json.dumps({"text": "x", "date": "2026-03-01", "platform": "p" * 41})).faults
    assert long == (1, words.no_platform("p" * (LONGEST_PLATFORM + 1)))
    read = read_posts(f"text,date\nHi,2026-03-01\n{'x' * 200_000},2026-03-01\n")
    assert read.faults == ((3, words.too_long(LONGEST_POST)),)


def test_people_read_when_where_and_by_whom_it_was_said() -> None:
    one = approved("Delivery costs £4", "2026-03-01", "linkedin", draft_id="T1:C1:1.0")
    assert (one.channel, one.is_approved) == ("C1", True)
    assert one.source == "A post approved for LinkedIn on 1 March 2026"
    assert EarlierPost("x", "2026-12-11").source == "A post published on 11 December 2026"
    assert EarlierPost("x", "2026-12-11", "tiktok").source == "A post published on TikTok on 11 December 2026"
    assert words.contradiction("A post", "It\ncosts £4", "https://a.example").startswith(
        "A post says: “It costs £4” https://a.example\n"
    )


def test_a_model_is_told_the_nearest_alone() -> None:
    posts = tuple(EarlierPost(f"post {score}", "2026-03-01", score=score) for score in range(12, 2, -1))
    assert [post.score for post in told(posts)] == [12, 11, 10, 9, 8]
    assert len(told(posts)) == TOLD


def test_what_became_of_a_file() -> None:
    assert words.saved(1, 0, 0) == "1 new post saved. Candor will compare drafts with them from the next review on."
    assert words.saved(2, 3, 1).startswith("2 new posts saved, 3 already there, 1 line skipped.")
    assert words.nothing_saved(1).startswith("1 mistake, so nothing was saved.")
    assert words.unused(("Likes", "Shares")) == "Columns not used: “Likes”, “Shares”."
    assert words.full(20_000).startswith("That would be more than 20,000 posts")
    assert words.which_workspace(["T1", "T2"]).endswith("--workspace: T1, T2.")
    assert words.unknown_workspace("T3").startswith("Candor hasn't been in workspace “T3”.")
    assert words.fault(3, words.NO_TEXT) == "Line 3: the text is missing."
