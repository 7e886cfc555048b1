"""The posts inside one message: headings, variants, quotes and the parts of a thread."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.reading.variants import has_heading, split_variants, told_apart


def pairs(text: str) -> list[tuple[str, str]]:
    return [(variant.platform, variant.text) for variant in split_variants(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IG: Bread is back", [("instagram", "Bread is back")]),
        ("IG:\nBread is back", [("instagram", "Bread is back")]),
        ("*IG:* Bread is *back*", [("instagram", "Bread is *back*")]),
        ("**Facebook post:** Bread", [("facebook", "Bread")]),
        ("*LinkedIn version*\nBread", [("linkedin", "Bread")]),
        ("FB caption 2 -\nBread", [("facebook", "Bread")]),
        ("FB / IG caption (2):\nBread", [("facebook", "Bread")]),
        ("LinkedIn + Threads: Bread", [("linkedin", "Bread")]),
        ("X thread:\nBread", [("x", "Bread")]),
        ("Twitter option B\nBread", [("x", "Bread")]),
        ("LinkedIn: text on the same line\nand the next", [("linkedin", "text on the same line\nand the next")]),
        ("LinkedIn: https is a protocol: really", [("linkedin", "https is a protocol: really")]),
        ("# Newsletter\nBread", [("email", "Bread")]),
        ("## Push notification\nBread", [("push", "Bread")]),
        ("- TikTok caption:\nBread", [("tiktok", "Bread")]),
        ("LinkedIn\n\nBread\n\nInstagram\n\nButter", [("linkedin", "Bread"), ("instagram", "Butter")]),
        ("IG: Bread\nLI: Butter\n", [("instagram", "Bread"), ("linkedin", "Butter")]),
        ("IG: Bread\n\nIG: Butter", [("instagram", "Bread"), ("instagram", "Butter")]),
        ("IG:\nLI: Butter", [("linkedin", "Butter")]),
        ("IG: #ad We love bread", [("instagram", "#ad We love bread")]),
        ("IG: *Bread* is back", [("instagram", "*Bread* is back")]),
        ("SMS: - 20% today", [("sms", "- 20% today")]),
        ("X: 🎉", [("x", "🎉")]),
        ("TikTok - POV: the oven sleeps", [("tiktok", "POV: the oven sleeps")]),
        ("*IG* – bread is back", [("instagram", "bread is back")]),
        ("Tweet\nLast loaf of the day", [("x", "Last loaf of the day")]),
        ("Instagram: Sunday is rye day!", [("instagram", "Sunday is rye day!")]),
        ("Instagram: Tuesday, 9:00\nBread is back.", [("instagram", "Bread is back.")]),
        (
            "- IG: Bread is back\n- X: We open on Sunday, come in.",
            [("instagram", "Bread is back"), ("x", "We open on Sunday, come in.")],
        ),
    ],
)
def test_a_heading_names_the_platform_of_what_stands_below_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


def test_what_stands_above_the_first_heading_is_a_note_to_colleagues() -> None:
    text = "Hey Mika, two versions, the second is braver:\n\nLinkedIn:\nWe opened a bakery.\n\nIG: Bread!"
    assert pairs(text) == [("linkedin", "We opened a bakery."), ("instagram", "Bread!")]


@pytest.mark.parametrize(
    "text",
    [
        "X marks the spot",
        "Facebook is down",
        "Facebook is down: here is what we do",
        "We are on Instagram: come and see",
        "Story: how it began",
        "Follow us!\nInstagram: @brio\nEmail: hi@brio.example\nYouTube: https://youtu.be/brio\nSMS: +44 7700 900123",
        "We are on:\n- Instagram\n- TikTok\n• YouTube",
        "We are everywhere:\nInstagram\nTikTok",
        "Bread is back\n\n#instagram",
        "#TikTok: made me buy it",
        "Love, Mika\n\nx",
        "Bread is back. See you on\nFacebook",
        "Instagram",
        "1:0 for bread",
        "Instagram - @brio",
        "Plan for June:\n- LinkedIn: Tuesday, 9:00\n- Instagram: Wednesday, 17:00\n- Twitter: 3.6., 8:00\n\nTell me.",
        "LinkedIn: Tue 9am\nInstagram: reel about rye, Wed\nX: tbd",
        "Content calendar July:\n- LinkedIn: the new oven\n- TikTok: Ewa and the dough",
        "- Newsletter: Thursday",
        "LinkedIn: Dienstag 9 Uhr\nInstagram: Mittwoch, 17 Uhr",
        "The week:\n\nYouTube: done",
        "",
    ],
)
def test_prose_contact_lines_lists_and_hashtags_are_no_headings(text: str) -> None:
    assert not has_heading(text)
    assert pairs(text) == ([("", text)] if text else [])


@pytest.mark.parametrize("line", ["---", "———", "——", "***", "_____", "==="])
def test_lines_part_the_variants_of_one_platform(line: str) -> None:
    assert pairs(f"IG: Bread\n{line}\nButter\nand jam") == [("instagram", "Bread"), ("instagram", "Butter\nand jam")]
    assert pairs(f"Bread\n{line}\n{line}\nButter\n{line}") == [("", "Bread"), ("", "Butter")]


@pytest.mark.parametrize("line", ["--", "—", "-", "-- -", "--> look"])
def test_other_dashes_part_nothing(line: str) -> None:
    assert len(split_variants(f"Bread\n{line}\nButter")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/3 Why bread?\n2/3 Because.\nReally.\n3/3 Bye", ["Why bread?\n", "Because.\nReally.\n", "Bye"]),
        ("1/ Why\n\n2/ Because", ["Why\n\n", "Because"]),
        ("(1/2) Why\n(2/2) Because", ["Why\n", "Because"]),
        ("1/n Why\n2/n Because", ["Why\n", "Because"]),
        ("Tweet 1: Why\nTweet 2: Because", ["Why\n", "Because"]),
        ("Tweet 1.\nWhy\ntweet 2.", ["Why\n", ""]),
        ("1/2\nWhy\n2/2", ["Why\n", ""]),
        ("1/1 Why", []),
        ("1/2 cup of flour\n1/4 cup of sugar", []),
        ("24/7 support\n9/5 jobs", []),
        ("Tweet me: now\nTweet 1 or 2", []),
        ("100/ a\n101/ b", []),
        ("and/or\n1/x2", []),
    ],
)
def test_the_numbered_parts_of_a_thread_are_found(text: str, expected: list[str]) -> None:
    (variant,) = split_variants(text)
    assert [variant.text[start:end] for start, end in variant.parts] == expected


def test_parts_count_from_their_own_variant() -> None:
    text = "A note.\nX thread:\n\n1/2 Why\n2/2 Because\nIG: Bread"
    thread, post = split_variants(text)
    assert [thread.text[start:end] for start, end in thread.parts] == ["Why\n", "Because"]
    assert (post.text, post.parts) == ("Bread", ())


def test_without_headings_the_quoted_posts_are_the_variants() -> None:
    text = "Two ideas:\nBread is back.\nso?\nButter as well."
    zones = tuple(
        (text.index(quote), text.index(quote) + len(quote)) for quote in ("Bread is back.", "Butter as well.")
    )
    found = split_variants(text, zones, "x")
    assert [(v.platform, v.text, v.start) for v in found] == [
        ("x", "Bread is back.", zones[0][0]),
        ("x", "Butter as well.", zones[1][0]),
    ]


def test_a_short_quote_inside_a_longer_post_is_part_of_the_post() -> None:
    text = "Three years ago a customer wrote to us:\nTastes like home.\nToday we open our second shop."
    start = text.index("Tastes")
    (whole,) = split_variants(text, ((start, start + len("Tastes like home.")),))
    assert whole.text == text


def test_headings_count_more_than_quotes() -> None:
    assert [v.text for v in split_variants("IG: Bread is back.", ((4, 18),))] == ["Bread is back."]


def test_without_a_heading_the_platform_is_the_one_given() -> None:
    assert [v.platform for v in split_variants("Bread", platform="x")] == ["x"]
    assert [v.platform for v in split_variants("IG: Bread", platform="x")] == ["instagram"]


@pytest.mark.parametrize("text", ["IG:", "*LinkedIn post*", "IG:\nLI:", "---"])
def test_words_are_never_lost(text: str) -> None:
    assert [v.text for v in split_variants(text)] == [text]


PIECES = [
    "IG:",
    "*IG:* ",
    "LinkedIn post",
    "---",
    "1/2",
    "2/",
    "Tweet 3:",
    "#",
    "Instagram",
    "\n",
    "\n\n",
    " ",
    "\r",
    "é😀",
]
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=14).map("".join)


@settings(max_examples=300)
@given(text=TEXTS, data=st.data())
def test_offsets_are_exact_and_nothing_overlaps_whatever_people_write(text: str, data: st.DataObject) -> None:
    zone = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    found = split_variants(text, ((zone[0], zone[1]),) if zone[0] < zone[1] else ())
    assert bool(found) == bool(text.strip())
    end = 0
    for variant in found:
        assert variant.text == variant.text.strip() != ""
        assert text[variant.start : variant.start + len(variant.text)] == variant.text
        assert variant.start >= end
        end = variant.start + len(variant.text)
        before = 0
        for start, stop in variant.parts:
            assert before <= start <= stop <= len(variant.text)
            before = stop


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Students:\n£5\n---\nFor parents:\n£7", [("Students", "£5"), ("parents", "£7")]),
        ("Students: £5 --- Parents: £7", [("Students", "£5"), ("Parents", "£7")]),
        ("*Students*\n£5\nnow\n\n## Young parents\n£7", [("Students", "£5\nnow"), ("Young parents", "£7")]),
        ("Audience: students\n£5\n***\nAudience: parents\n£7", [("students", "£5"), ("parents", "£7")]),
        ("Students\n£5\n---\nParents\n£7", [("Students", "£5"), ("Parents", "£7")]),
        ("Students\n£5\n---\nIt's only £7.", [("Students", "£5"), ("", "It's only £7.")]),
        ("Spring sale\n£5\n---\nIt's only £7.", [("", "Spring sale\n£5"), ("", "It's only £7.")]),
        ("Students: £5\nand more\n\nParents: £7", [("Students", "£5\nand more"), ("Parents", "£7")]),
        ("Students: £5\nParents: £7", [("Students", "£5"), ("Parents", "£7")]),
        ("#students love it\n£5\n---\n£7", [("", "#students love it\n£5"), ("", "£7")]),
        ("Students:\n---\nParents: £7", [("", "Students:"), ("", "Parents: £7")]),
        ("Price: £5\nand that's all of it", [("", "Price: £5\nand that's all of it")]),
        ("Just one", [("", "Just one")]),
        ("", []),
    ],
)
def test_variants_are_told_apart_by_their_audiences(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.audience, one.text) for one in told_apart(text)] == expected


def test_variants_of_platforms_stay_those_of_platforms() -> None:
    assert [(one.platform, one.audience, one.text) for one in told_apart("IG:\n£5\n---\nLinkedIn:\n£7")] == [
        ("instagram", "", "£5"),
        ("linkedin", "", "£7"),
    ]
    assert [one.platform for one in told_apart("IG: £5 now.\n\nLinkedIn: £7 now.")] == ["instagram", "linkedin"]


@pytest.mark.parametrize(
    "text",
    [
        "A) The lamp costs £20.\nB) The lamp costs £25.",
        "A) The lamp costs £20. B) The lamp costs £25.",
        "*A:* The lamp costs £20.\n\n*B:* The lamp costs £25.",
        "(A)\nThe lamp costs £20.\n(B)\nThe lamp costs £25.",
        "1. The lamp costs £20.\n2. The lamp costs £25.",
        "Two versions:\n1) The lamp costs £20.\n2) The lamp costs £25.",
        "Variant A: The lamp costs £20.\nVariant B: The lamp costs £25.",
        "Option 1 – The lamp costs £20.\nOption 2 – The lamp costs £25.",
        *(
            f"The lamp costs £20.\n{line}\nThe lamp costs £25."
            for line in ("--", "––––", "- - -", "* * *", "—", "-----")
        ),
    ],
)
def test_variants_that_somebody_asks_to_compare_are_told_apart(text: str) -> None:
    assert [one.text for one in told_apart(text.replace("—\n", "——\n"))] == [
        "The lamp costs £20.",
        "The lamp costs £25.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Three ways to use the lamp:\n1. Read a book in bed.\n2. Light the whole hall.\n3. Signal to the neighbours.",
        "1. Switch it on\n2. Read",
        "1. Switch the lamp on first.\n2. Find yourself some book.",
        "Which is it?\nA) The blue lamp\nB) The red lamp",
        "2. The lamp costs £20.\n3. The lamp costs £25.",
        "A) The lamp costs £20.\nC) The lamp costs £25.",
        "A lamp costs £20.\nB is for book.",
        "1. The lamp costs £20 only.",
        "1.\n2. The lamp costs £20.",
    ],
)
def test_a_list_inside_of_a_post_is_none(text: str) -> None:
    assert [one.text for one in told_apart(text)] == [text]
