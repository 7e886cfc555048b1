from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drafts import Draft, Place
from bot.core.findings import Edit, Finding, joined
from bot.core.guidelines import Checks, Severity
from bot.core.judging import Critique, ModelPart, Outcome, Question
from bot.core.operating import reference
from bot.core.reviewing import DraftRecord, standing_of
from bot.core.words import reviewing as words
from bot.slack.blocks import MOST_BYTES
from bot.slack.points import TextChange, word_diff
from bot.slack.reviewing import reply_blocks, reply_text
from bot.workspace.checking import check_message_blocks

if TYPE_CHECKING:
    from bot.core.deciding import Verdict
    from bot.slack.wire.payloads import Json

PLACE = Place("T1", "C1", "1.0")
TEXT = "Act now <!channel> & win"
TITLES = {"user-control/no-false-pressure": "Pressure without reason"}


def finding(start: int = 0, end: int = 7, edit: Edit | None = None, text: str = TEXT) -> Finding:
    return Finding(
        "user-control/no-false-pressure",
        Severity.SHOULD_FIX,
        start,
        end=end,
        quote=text[start:end],
        why="It hurries people.",
        edit=edit,
    )


def blocks_of(critique: Critique, draft: Draft | None = None, *verdicts: Verdict) -> list[Json]:
    record = DraftRecord(PLACE, "U1", draft or Draft(TEXT), revision="0")
    made = reply_blocks(standing_of(critique, verdicts), record, TITLES)
    assert check_message_blocks(made) == made
    return made


def reply(*findings: Finding, text: str = TEXT, platform: str = "") -> str:
    critique = Critique(Outcome.FINDINGS if findings else Outcome.NOTHING_TO_FLAG, findings, guidelines=25)
    return json.dumps(blocks_of(critique, Draft(text, platform)), ensure_ascii=False)


def test_a_clean_draft_gets_one_line_and_the_footer() -> None:
    critique = Critique(Outcome.NOTHING_TO_FLAG, checks=Checks(14, 14))
    head, foot = blocks_of(critique, Draft("Bread is back.", "instagram"))
    assert head["text"]["text"] == (
        "Not reviewed: no language model is connected. 14 fixed checks ran and found nothing."
    )
    assert (
        foot["elements"][0]["text"] == "Automated reply from Candor, 14 characters read for Instagram. People decide."
    )


def test_what_is_only_worth_a_look_is_one_line_for_each_guideline_without_buttons() -> None:
    leads = tuple(finding(i, i + 3) for i in (0, 4, 8, 12))
    critique = Critique(Outcome.NOTHING_TO_FLAG, leads=leads, checks=Checks(14, 14))
    head, looks, _ = blocks_of(critique)
    assert head["text"]["text"].endswith("14 fixed checks ran and found 4 things worth a look.")
    (line,) = looks["elements"][1]["elements"]
    assert line["elements"][0]["text"] == (
        "Pressure without reason: “Act”: It hurries people. Also “now”, “<!c” and 1 more."
    )


def test_a_contact_that_is_only_worth_a_look_is_made_the_brands_own_with_one_tap() -> None:
    found = Finding(
        "user-control/safe-to-publish",
        Severity.CONSIDER,
        0,
        end=12,
        quote="ed@x.example",
        why="“ed@x.example” is one.",
        lead=True,
    )
    blocks = blocks_of(Critique(Outcome.NOTHING_TO_FLAG, leads=(found,), checks=Checks(14, 14)))
    _, looks, line, _ = blocks
    assert (looks["type"], len(looks["elements"])) == ("rich_text", 1)
    assert line["text"] == {"type": "mrkdwn", "text": "“ed@x.example” is one.", "verbatim": True}
    assert sum("ed@x" in json.dumps(block.get("text", block)) for block in blocks) == 1
    button = line["accessory"]
    assert (button["action_id"], button["text"]["text"]) == ("candor_ours", "This is our public address")
    assert button["accessibility_label"] == "This is our public address: ed@x.example"


def test_what_is_worth_a_look_is_set_apart_from_the_points() -> None:
    blocks = blocks_of(Critique(Outcome.FINDINGS, (finding(),), leads=(finding(8, 12),)))
    assert [block["type"] for block in blocks] == [
        *("section", "divider", "rich_text", "actions"),
        *("divider", "rich_text", "context"),
    ]


def test_a_finding_shows_severity_title_word_diff_and_reason() -> None:
    blocks = blocks_of(Critique(Outcome.FINDINGS, (finding(edit=Edit(0, 7, "Now")),)))
    label, quote, why = blocks[2]["elements"]
    assert label["elements"][0]["text"] == "🟠 1. Should fix: Pressure without reason"
    assert quote["elements"] == [
        {"type": "text", "text": "Act now", "style": {"strike": True}},
        {"type": "text", "text": " Now", "style": {"bold": True}},
    ]
    assert why["elements"][0]["text"] == "It hurries people."


def test_several_places_in_a_sentence_are_counted_on_their_one_point() -> None:
    places = joined([finding(0, 3), finding(4, 7)], TEXT)
    assert "🟠 1. Should fix: Pressure without reason, 2 places" in reply(places)


def test_what_to_add_and_what_to_leave_out_is_said_in_words() -> None:
    assert "Add at the start: " in reply(finding(edit=Edit(0, 0, "#ad ")))
    moved = reply(finding(edit=Edit(0, 0, "#ad ", gone=((4, 7),))))
    assert "Take it out here and add this at the start: " in moved
    assert "Add at the start" not in moved
    assert "Leave it out." in reply(finding(edit=Edit(0, 7, "")))


def test_three_are_shown_and_the_rest_counted() -> None:
    written = reply(*(finding(i, i + 3) for i in range(5)))
    assert "found 5 points." in written
    assert "And 2 more points." in written


def test_with_several_platforms_a_finding_names_its_own() -> None:
    text = "LinkedIn: We bake.\nIG: Act now"
    written = reply(finding(text.index("Act"), len(text), text=text), text=text)
    assert "Pressure without reason (Instagram)" in written
    assert "for LinkedIn, Instagram" in written


def test_nothing_people_wrote_can_ping_anybody() -> None:
    critique = Critique(Outcome.FINDINGS, (finding(0, len(TEXT)),))
    assert "<!channel>" not in reply_text(standing_of(critique))
    for block in blocks_of(critique):
        if block["type"] != "rich_text":
            assert "<!" not in json.dumps(block)


def test_long_japanese_quotes_keep_the_plain_text_within_what_an_edit_takes() -> None:
    text = "".join(f"この商品は{number}日で必ず効きます。今だけ、みんなが買っています。" * 20 for number in range(3))
    third = len(text) // 3
    long_why = "読者は根拠のない約束だと思います。" * 30
    findings = [replace(finding(n * third, n * third + 700, text=text), why=long_why) for n in range(3)]
    said = reply_text(standing_of(Critique(Outcome.FINDINGS, tuple(findings))))
    assert 3_900 < len(said.encode()) <= MOST_BYTES


def test_a_very_long_quote_stays_within_slacks_limits() -> None:
    text = "a" * 40_000
    critique = Critique(Outcome.FINDINGS, (finding(0, 40_000, Edit(0, 40_000, "b"), text=text),))
    assert len(reply_text(standing_of(critique)).encode()) <= MOST_BYTES
    assert len(json.dumps(blocks_of(critique, Draft(text)))) < 5_000


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_word_diff_rebuilds_both_sides_and_cuts_no_emoji(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(text for change, text in pieces if change is not TextChange.NEW) == old
    assert "".join(text for change, text in pieces if change is not TextChange.OLD) == new


def test_a_small_rewording_keeps_what_stays() -> None:
    assert word_diff("Act now 👩‍👩‍👧 friends", "Order by [date] 👩‍👩‍👧 friends")[-1] == (
        TextChange.SAME,
        " 👩‍👩‍👧 friends",
    )


def test_there_are_words_for_every_outcome_and_footer() -> None:
    asked = Question("transparency/commercial-disclosure", "Was it paid for?", ("Paid", "Neither"))
    critique = Critique(Outcome.FINDINGS, (finding(),), (asked,), fixed_rules_only=False)
    blocks = json.dumps(blocks_of(critique))
    assert "*1 change, 1 question*" in blocks
    assert "AI reply from Candor, " in blocks
    assert reply_text(standing_of(Critique(Outcome.COULD_NOT_REVIEW))).startswith(
        "Candor: I couldn't review this draft"
    )


@pytest.mark.parametrize(
    ("critique", "says"),
    [
        (Critique(Outcome.NOT_A_DRAFT), words.NO_TEXT_LEFT),
        (Critique(Outcome.NOT_A_DRAFT, fixed_rules_only=False, guidelines=25), words.NO_DRAFT_LEFT),
        (Critique(Outcome.NOT_A_DRAFT, guidelines=25, checks=Checks(14, 14)), "Not reviewed: no language model"),
        (Critique(Outcome.NOT_A_DRAFT, guidelines=25, model_part=ModelPart.AWAITED), "Not reviewed yet"),
    ],
)
def test_where_an_edit_left_no_draft_the_reply_says_so_and_nothing_else(critique: Critique, says: str) -> None:
    head, *rest = blocks_of(critique)
    assert head["text"]["text"].startswith(says)
    assert (rest[0]["elements"][0]["text"] == words.AGAIN_A_DRAFT) == says.startswith("Th")


@pytest.mark.parametrize(
    ("critique", "named"),
    [
        (Critique(Outcome.COULD_NOT_REVIEW), True),
        (Critique(Outcome.NOTHING_TO_FLAG, model_part=ModelPart.GIVEN_UP), True),
        (Critique(Outcome.NOTHING_TO_FLAG), False),
    ],
)
def test_a_review_that_failed_names_a_reference_to_ask_with(critique: Critique, *, named: bool) -> None:
    record = DraftRecord(Place("T1", "C1", "1700000000.000100"), "U1", Draft("We bake bread."), revision="0")
    said = json.dumps(reply_blocks(standing_of(critique), record, {}))
    assert (f"give this reference: {reference(record.id)}." in said) is named
