"""The windows behind decisions: what they offer at first, what comes of them, and that Slack takes them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.deciding import Answer, Decision, Dismissal, GuidelineException, Lasting, Scope, Verdict, VerdictReason
from bot.core.drafts import Click, Draft, Place, Target
from bot.core.findings import Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome, Question, Strictness
from bot.core.reviewing import Delta, DraftRecord, Held, News, Point, Standing
from bot.core.watching import Hidden
from bot.core.words import deciding as words
from bot.slack.blocks import showed, told_window
from bot.slack.deciding import (
    Page,
    answer_window,
    chosen_in,
    dismissal_of,
    dismissal_window,
    exception_blocks,
    exceptions_window,
    lifted_by,
    number_of,
    opened_by,
    undo_blocks,
)
from bot.slack.reviewing import more_window, reply_blocks
from bot.workspace.checking import check_message_blocks, check_view

if TYPE_CHECKING:
    from bot.slack.wire.payloads import Json

ID = "T1:C1:1.0"
TEXT = "Act now <!channel>! #Spring #Sale #One #Two"
FINDING = Finding("a/b", Severity.SHOULD_FIX, 0, end=19, quote="Act now <!channel>!", why="It hurries people.")
RECORD = DraftRecord(Place("T1", "C1", "1.0"), "U1", Draft(TEXT), revision="5.0")
CLICK = Click(Target(ID, FINDING.ref), "U1", "7.0")
NOW = 1_700_000_000.0
CRITIQUE = Critique(Outcome.FINDINGS, (FINDING,))
EXCEPTION = GuidelineException(
    team="T1",
    id="e1",
    guideline="a/b",
    ref=FINDING.ref,
    quote=FINDING.quote,
    scope=Scope.ALWAYS,
    note="<@U2> said so",
    author="U1",
    draft_id=ID,
    created_at=NOW,
)


WHY = {"reason": "not_a_problem"}


def window(draft: str = TEXT, parent: str = "", **chosen: str) -> Json:
    """As it is at first; and where somebody wants more, with what they chose so far."""
    return check_view(dismissal_window((FINDING, draft), CLICK, parent, now=NOW, chosen=chosen or None), "modal")


def submitted(view: Json, **chosen: str) -> Json:
    """The window with what it showed at first, but for what is chosen."""
    inputs = [block for block in view["blocks"] if block["type"] in ("input", "section")]
    kinds = {block["block_id"]: block.get("element") or block.get("accessory") for block in inputs}
    values = {name: _given(kinds[name], value) for name, value in (showed(view) | chosen).items()}
    return view | {"state": {"values": values}}


def _given(element: Json, value: str) -> Json:
    kind = element["type"]
    given: Any = {"value": value} if kind == "plain_text_input" else {"selected_option": {"value": value}}
    return {element["action_id"]: {"type": kind, **given}}


def test_at_first_a_dismissal_goes_least_far() -> None:
    assert dismissal_of(submitted(window(), reason="not_a_problem"), TEXT) == Dismissal()
    assert opened_by(window(parent="V9"), "U1") == (CLICK, "V9")
    assert opened_by({"private_metadata": "nonsense"}, "U1") is None
    assert opened_by({"private_metadata": CLICK.target.value}, "U1") is None


def test_nobody_is_made_to_say_what_they_did_not_choose() -> None:
    assert "reason" not in {name for name, value in showed(window()).items() if value}
    unsent: list[Json] = [submitted(window()), window() | {"state": {"values": {}}}]
    for nothing in unsent:
        assert dismissal_of(nothing, TEXT) == {"reason": words.NO_REASON}


def test_the_drafts_hashtags_are_offered_as_campaigns() -> None:
    assert _scopes(window(scope="here")) == [
        "Only in this draft",
        "In drafts with #Spring",
        "In drafts with #Sale",
        "In drafts with #One",
        "In another campaign",
        "In all drafts",
    ]
    assert _scopes(dismissal_window((FINDING, "Act now!"), CLICK, "", now=NOW, always=True, chosen={})) == [
        "Only in this draft",
        "In one campaign",
        "In all drafts",
    ]
    long = check_view(dismissal_window((FINDING, f"#{'a' * 80}"), CLICK, "", now=NOW, chosen={}), "modal")
    assert "aaaa" not in json.dumps(long)


def test_nothing_that_reaches_other_drafts_is_offered_to_who_may_not_choose_it() -> None:
    view = check_view(dismissal_window((FINDING, TEXT), CLICK, "", now=NOW, always=False, chosen={}), "modal")
    assert _scopes(view) == ["Only in this draft"]
    assert words.ASK_A_LEAD in json.dumps(view)
    first = [json.dumps(dismissal_window((FINDING, TEXT), CLICK, "", now=NOW, always=may)) for may in (False, True)]
    assert [words.WIDER in said for said in first] == [False, True]
    assert [words.ASK_A_LEAD in said for said in first] == [True, False]


@pytest.mark.parametrize(
    ("dismissal", "said"),
    [(Dismissal(), "in this draft."), (Dismissal(scope=Scope.ALWAYS), "here and in other drafts")],
)
def test_after_a_dismissal_the_way_back_is_where_the_person_is(dismissal: Dismissal, said: str) -> None:
    (line,) = check_message_blocks(undo_blocks(CLICK, dismissal))
    assert said in line["text"]["text"]
    assert (line["accessory"]["action_id"], line["accessory"]["value"]) == ("candor_undo", CLICK.target.value)


def _scopes(view: Json) -> list[str]:
    (scope,) = [block for block in view["blocks"] if block.get("block_id") == "scope"]
    return [option["text"]["text"] for option in scope["accessory"]["options"]]


def _asked(view: Json) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block.get("element") or block.get("accessory")]


def test_a_dismissal_asks_one_thing_and_more_only_of_who_wants_more() -> None:
    assert _asked(window()) == ["reason"]
    assert _asked(window(scope="here")) == ["reason", "note", "scope"]
    assert _asked(window(scope="tag:#Spring")) == ["reason", "note", "scope", "lasting"]
    assert _asked(window(scope="other")) == ["reason", "note", "scope", "campaign", "lasting"]


def test_what_was_chosen_and_typed_stays_when_the_window_shows_more() -> None:
    said = {"reason": "proof", "note": "See here.", "scope": "other", "campaign": "Spring", "lasting": "365"}
    wide = window(**said)
    assert {name: showed(wide)[name] for name in said} == said
    pressed = {"actions": [{"selected_option": {"value": "always"}}], "view": submitted(wide)}
    assert chosen_in(pressed) == said | {"scope": "always"}
    opened = {"actions": [{"value": "x"}], "view": submitted(window(), reason="proof")}
    assert chosen_in(opened) == {"reason": "proof"}


def test_a_long_note_is_kept_whole_or_refused_with_its_limit() -> None:
    kept = dismissal_of(submitted(window(scope="here", **WHY), note="x" * 500), TEXT)
    assert isinstance(kept, Dismissal)
    assert len(kept.note) == 500
    refused = dismissal_of(submitted(window(scope="here", **WHY), note="x" * 501), TEXT)
    assert refused == {"note": "That's 501 characters; the limit is 500. Please shorten it."}
    named = dismissal_of(submitted(window(scope="other", **WHY), scope="other", campaign="x" * 81), TEXT)
    assert named == {"campaign": "That's 81 characters; the limit is 80. Please shorten it."}


@pytest.mark.parametrize(
    ("chosen", "dismissal"),
    [
        ({"scope": "tag:#Spring"}, Dismissal(scope=Scope.CAMPAIGN, campaign="#Spring")),
        ({"scope": "other", "campaign": " act NOW "}, Dismissal(scope=Scope.CAMPAIGN, campaign="act NOW")),
        ({"scope": "here"}, Dismissal()),
        (
            {"scope": "always", "reason": "proof", "note": "See here.", "lasting": "never"},
            Dismissal(VerdictReason.PROOF, "See here.", Scope.ALWAYS, lasting=Lasting.FOREVER),
        ),
    ],
)
def test_what_somebody_chose(chosen: dict[str, str], dismissal: Dismissal) -> None:
    assert dismissal_of(submitted(window(scope=chosen["scope"], **WHY), **chosen), TEXT) == dismissal


@pytest.mark.parametrize(("name", "said"), [("", "Name the campaign"), ("autumn", "doesn't contain")])
def test_a_campaign_needs_a_name_that_the_draft_carries(name: str, said: str) -> None:
    wrong = dismissal_of(submitted(window(scope="other", **WHY), scope="other", campaign=name), TEXT)
    assert isinstance(wrong, dict)
    assert said in wrong["campaign"]


def test_peoples_words_ping_nobody_in_a_window() -> None:
    for view in (window(scope="other"), exceptions_window(([EXCEPTION], Hidden()), {}, Page())):
        for block in check_view(view, "modal")["blocks"]:
            assert block["type"] == "rich_text" or "<!" not in json.dumps(block)
    check_view(told_window("Title", "Words"), "modal")


def test_an_answer_is_chosen_among_those_that_were_offered() -> None:
    answer = Answer("a/c", "No", "U1", at="1.0", question="Was it <!here> paid for?", options=("Yes", "No", "x" * 90))
    view = check_view(answer_window(answer, CLICK), "modal")
    assert number_of(submitted(view)) == 1
    assert number_of(submitted(view, answer="2")) == 2
    assert number_of(view) is None
    assert opened_by(view, "U1") == (CLICK, "")
    unknown = check_view(answer_window(replace(answer, answer="Perhaps"), CLICK), "modal")
    assert "initial_option" not in json.dumps(unknown)


def actions(blocks: list[Json]) -> list[str]:
    return [e["text"]["text"] for b in blocks if b["type"] == "actions" for e in b["elements"]]


def test_a_long_list_of_exceptions_has_pages() -> None:
    many = [replace(EXCEPTION, id=f"e{n}", author="U1" if n else "") for n in range(45)]
    first = exceptions_window((many, Hidden()), {"a/b": "Title"}, Page())
    assert actions(check_view(first, "modal")["blocks"]) == ["Lift"] * 20 + ["Next"]
    assert "somebody" in json.dumps(first)
    assert actions(check_message_blocks(exception_blocks((many, Hidden()), {}, Page("", 1)))) == ["Lift"] * 20 + [
        "Back",
        "Next",
    ]
    last = exception_blocks((many, Hidden()), {}, Page(ID, 9), note="A note.")
    assert actions(last) == ["Lift"] * 5 + ["Back", "All exceptions"]
    assert last[0]["elements"][0]["text"] == "A note."
    assert len(check_message_blocks(exception_blocks((many[:20], Hidden(3)), {}, Page()))) <= 50


def test_nobody_sees_a_button_that_they_may_not_press() -> None:
    for only_of, lifts in ((EXCEPTION.author, True), ("U7", False)):
        own = exception_blocks(([EXCEPTION], Hidden()), {}, Page(), only_of=only_of)
        assert actions(own) == (["Lift"] if lifts else [])


def test_an_empty_list_says_so() -> None:
    elsewhere = json.dumps(exception_blocks(([], Hidden(2)), {}, Page()))
    assert "2 exceptions were made in channels you're not in." in elsewhere
    assert "There are no exceptions." not in elsewhere
    assert "There are no exceptions." in json.dumps(exception_blocks(([], Hidden()), {}, Page()))
    assert "applies to this draft" in json.dumps(exception_blocks(([], Hidden()), {}, Page(ID)))


def test_an_exception_whose_words_were_deleted_can_still_be_lifted() -> None:
    made = check_message_blocks(exception_blocks(([replace(EXCEPTION, quote="", author="")], Hidden()), {}, Page()))
    assert "(the words were deleted with their draft)" in json.dumps(made)
    assert actions(made) == ["Lift"]


def test_a_page_comes_back_from_its_button() -> None:
    assert Page.parse(Page(ID, 3).value) == Page(ID, 3)
    assert Page.parse("nonsense") == Page()
    assert lifted_by(f"{Page(ID, 3).value}|e1") == (Page(ID, 3), "e1")


def blocks(standing: Standing) -> str:
    made = reply_blocks(standing, RECORD, {"a/b": "Pressure without reason", "a/c": "Not labelled as an ad"})
    return json.dumps(check_message_blocks(made), ensure_ascii=False)


def test_the_reply_tells_what_an_edit_did() -> None:
    fixed = replace(FINDING, quote="Hurry up", start=20, end=28)
    point = Point(FINDING, news=News.MISSED)
    said = blocks(Standing(CRITIQUE, (point,), delta=Delta(fixed=(fixed,))))
    assert "Since the edit: " in said
    assert "1 fixed (Pressure without reason, “Hurry up”), 1 missed before." in said
    assert "1. Should fix: Pressure without reason (missed before)" in said
    clean = Critique(Outcome.NOTHING_TO_FLAG)
    assert "1 fixed (Pressure without reason" in blocks(Standing(clean, delta=Delta(fixed=(fixed,))))
    assert "Since the edit" not in blocks(Standing(clean))


def test_the_reply_lists_what_was_answered_and_offers_to_change_it() -> None:
    asked = Answer("a/c", "Paid <!here>", "U2", at="1.0", question="Paid?", options=("Paid", "No"))
    told = Answer("a/b", "No", "U1", at="1.0")
    said = blocks(Standing(CRITIQUE, answers=(asked, told, replace(asked, guideline="a/d"))))
    assert "Paid <!here>, on “Not labelled as an ad” (" in said
    assert '{"type": "user", "user_id": "U2"}' in said
    assert said.count("candor_change_answer_") == 2
    assert "candor_change" not in blocks(Standing(CRITIQUE, answers=(told,)))


def test_the_reply_says_that_an_exception_left_something_out() -> None:
    made = reply_blocks(Standing(CRITIQUE, excepted=((FINDING, EXCEPTION),)), RECORD, {})
    assert made[0]["text"]["text"].endswith("found nothing new.")
    assert made[1]["text"]["text"] == "1 point left out by an exception."
    assert made[1]["accessory"]["action_id"] == "candor_excepted"
    assert len(check_message_blocks(made)) == 3


def test_the_window_says_who_dismissed_a_point_and_why() -> None:
    verdict = Verdict(
        FINDING.ref, Decision.DISMISSED, "U2", at="1.0", revision="0", reason=VerdictReason.AGREED, note="<!here>"
    )
    standing = Standing(CRITIQUE, (Point(FINDING, Decision.DISMISSED, verdict=verdict),))
    said = json.dumps(check_view(more_window(standing, RECORD, {}), "modal"), ensure_ascii=False)
    assert "Dismissed by " in said
    assert ": agreed with the brand lead. “<!here>”" in said


def test_what_a_quiet_channel_leaves_out_is_counted_and_stands_in_the_window_with_its_buttons() -> None:
    look = replace(FINDING, guideline="authenticity/claim-evidence", lead=True)
    asked = Question("a/paid", "Was it paid for?", ("Yes", "No"))
    held = Held((Point(FINDING),), (asked,), (look,))
    standing = Standing(replace(CRITIQUE, strictness=Strictness.QUIET), held=held)
    blocks = reply_blocks(standing, RECORD, {})
    check_message_blocks(blocks)
    assert "1 point, 1 question and 1 thing worth a look left out" in json.dumps(blocks)
    assert "hurries" not in json.dumps(blocks)
    window_ = check_view(more_window(standing, RECORD, {}), "modal")
    for button in ("candor_dismiss", "candor_answer_0", "candor_fact_changed"):
        assert button in json.dumps(window_)


def test_what_a_model_let_go_is_told_as_that() -> None:
    read = replace(CRITIQUE, fixed_rules_only=False, leads=(replace(FINDING, lead=True),))
    assert "didn't think they were a problem" in json.dumps(reply_blocks(Standing(read), RECORD, {}))
