"""What stands around a review, and the blocks and windows of a sign-off: calm, safe, and within Slack's limits."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.deciding import Decision, Mute, Rated, Verdict
from bot.core.drafts import Click, Draft, Place, Target
from bot.core.findings import Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome, ReviewState
from bot.core.reviewing import DraftRecord, standing_of
from bot.core.sign_off import (
    Act,
    OpenPoint,
    Prospect,
    Refusal,
    Refused,
    SignOff,
    SignOffAct,
    Source,
    Subject,
    Wish,
    fingerprint,
)
from bot.core.words import sign_off as words
from bot.slack.clicks import feedback_window
from bot.slack.deciding import opened_by
from bot.slack.reviewing import mute_window, muted_blocks, reply_blocks, with_tools
from bot.slack.sign_off import approve_window, note_window, sign_off_blocks
from bot.workspace.checking import check_message_blocks, check_view
from tests.listening import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
RECORD = DraftRecord(
    Place("T0123456789", "C0123456789", "1700000000.000100"), "U1", Draft("We bake bread."), revision="0"
)
FOUND = Finding("a/b", Severity.SHOULD_FIX, 0, end=2, quote="We", why="Why.")
NOW = Subject(Source.DRAFT, fingerprint("We bake bread."))
OLD = Subject(Source.CLEAN, fingerprint("We baked bread."))
LEADS = tuple(f"U{n}" for n in range(2, 9))
MARKED = "<!channel> & <@U1> " * 50
TITLES = {"a/b": "Pressure without reason & more"}


def tools(critique: Critique, *verdicts: Verdict, simple: bool = False) -> list[Json]:
    made = with_tools(reply_blocks(standing_of(critique, verdicts), RECORD, TITLES), RECORD, simple=simple)
    assert check_message_blocks(made) == made
    return made


def act(what: Act, at: float = 1.0, **more: Any) -> SignOffAct:
    return replace(SignOffAct(f"k{at}", what, f"U{at:.0f}", at=at, subject=NOW), **more)


def shown(
    *history: SignOffAct, subject: Subject = NOW, leads: tuple[str, ...] = LEADS[:2], now: Prospect | None = None
) -> list[Json]:
    made = sign_off_blocks(SignOff(subject, history, leads, now=now), RECORD, TITLES)
    assert check_message_blocks(made) == made
    return made


def labels(made: list[Json]) -> list[str]:
    return [e["text"]["text"] for block in made if block["type"] == "actions" for e in block["elements"]]


def small_print(made: list[Json]) -> list[str]:
    return made[-1]["elements"][0]["text"].split("\n")


@pytest.mark.parametrize("critique", [Critique(Outcome.NOTHING_TO_FLAG), Critique(Outcome.FINDINGS, (FOUND,))])
def test_around_a_review_stand_one_menu_and_one_row_of_thumbs(critique: Critique) -> None:
    plain = reply_blocks(standing_of(critique), RECORD, TITLES)
    made = tools(critique)
    assert len(made) == len(plain) + 1
    menu = made[0]["accessory"]
    assert [option["text"]["text"] for option in menu["options"]] == [
        "Ask for sign-off",
        "Approve (brand leads)",
        "Ask for changes (brand leads)",
        "Hold (brand leads)",
        "Mute this thread",
    ]
    assert made[-1]["type"] == "context_actions"


def test_an_option_names_the_draft_in_fewer_characters_than_slack_takes() -> None:
    values = [option["value"] for option in tools(Critique(Outcome.NOTHING_TO_FLAG))[0]["accessory"]["options"]]
    assert max(map(len, values)) <= 75
    assert {Target.parse(value) for value in values} >= {Target(RECORD.id, "asked"), Target(RECORD.id, "mute")}


def test_when_all_is_handled_the_sign_off_is_what_comes_next() -> None:
    made = tools(
        Critique(Outcome.FINDINGS, (FOUND,)), Verdict(FOUND.ref, Decision.DISMISSED, "U1", at="1.0", revision="0")
    )
    assert labels(made) == ["Ask for sign-off", "Show more"]
    assert made[0]["accessory"]["type"] == "overflow"


def test_without_newer_blocks_the_thumbs_are_plain_buttons() -> None:
    made = tools(Critique(Outcome.NOTHING_TO_FLAG), simple=True)
    assert labels(made) == ["👍 Helpful", "👎 Not helpful"]


def test_of_a_muted_thread_one_line_is_left() -> None:
    made = muted_blocks(Mute("U7", 1.0), RECORD)
    assert check_message_blocks(made) == made
    assert made[0]["text"]["text"].startswith("Muted by <@U7>.")
    assert len(made) == 2


@pytest.mark.parametrize(("must", "said"), [(1, "1 point must be fixed and is still open."), (3, "3 points must be")])
def test_muting_what_must_be_fixed_asks_first(must: int, said: str) -> None:
    view = check_view(mute_window(Click(Target(RECORD.id), "U1", "7.0"), must), "modal")
    assert view["blocks"][0]["text"]["text"].startswith(said)
    assert opened_by(view, "U1") == (Click(Target(RECORD.id), "U1", "7.0"), "")


def test_a_request_names_a_few_leads_and_offers_every_decision() -> None:
    made = shown(act(Act.ASKED), leads=LEADS)
    assert "Waiting for <@U2>, <@U3>, <@U4>, <@U5>, <@U6> and 2 more." in made[0]["text"]["text"]
    assert labels(made) == ["Approve", "Ask for changes", "Hold"]
    above = made[[block["type"] for block in made].index("actions") - 1]
    assert above["elements"][0]["text"].startswith("Only brand leads can use these buttons (here: <@U2>, <@U3>")
    assert words.for_leads(()).startswith("Only brand leads can use these buttons. ")
    assert "Waiting for a brand lead." in shown(act(Act.ASKED), leads=())[0]["text"]["text"]


@pytest.mark.parametrize(
    ("what", "left"),
    [
        (Act.APPROVED, ["Ask for changes", "Hold"]),
        (Act.CHANGES, ["Approve", "Hold"]),
        (Act.HELD, ["Approve", "Ask for changes"]),
    ],
)
def test_what_was_decided_is_not_offered_again_until_the_text_changes(what: Act, left: list[str]) -> None:
    assert labels(shown(act(what))) == left
    assert labels(shown(act(what), subject=OLD)) == ["Approve", "Ask for changes", "Hold"]


ANOTHER = "If a word, link, picture, answer or the platform changes, so does the version."


def test_a_stale_decision_says_so_and_what_is_open_in_the_text_of_now() -> None:
    open_now = Prospect(OLD, (OpenPoint(Severity.MUST_FIX, "a/b"),), ReviewState.DONE)
    made = shown(act(Act.APPROVED), subject=OLD, now=open_now)
    first, second = made[0]["text"]["text"].split("\n")
    assert first == f"*{words.STALE}*"
    assert second.startswith("Approved by <@U1>, <!date^1^")
    assert second.endswith(", for an earlier version. Waiting for <@U2>, <@U3>.")
    text = "the clean text in this thread, with the changes that were used"
    assert small_print(made)[:3] == [
        f"It covers {text}. Still open: 1 must fix (Pressure without reason &amp; more).",
        "In the earlier text, there were no open points.",
        f"Text version `{OLD.short}`; the decision was on version `{NOW.short}`. {ANOTHER}",
    ]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (Prospect(NOW, (), ReviewState.DONE), " It has no open points."),
        (
            Prospect(NOW, (), ReviewState.CHECKS_ONLY),
            " No language model has reviewed this text, only fixed checks. It has no open points.",
        ),
        (Prospect(NOW, (), ReviewState.AWAITED), " Its full review is still to come."),
        (
            Prospect(NOW, (OpenPoint(Severity.MUST_FIX, "a/b"),), ReviewState.AWAITED),
            " Its full review is still to come. Still open: 1 must fix (Pressure without reason &amp; more).",
        ),
        (Prospect(NOW, (), ReviewState.GIVEN_UP), " It has had no full review."),
        (Prospect(NOW, (), ReviewState.PUT_ASIDE), " It has had no review."),
        (None, ""),
    ],
)
def test_a_request_says_what_is_open(now: Prospect | None, said: str) -> None:
    assert small_print(shown(act(Act.ASKED), now=now))[0] == f"It covers the draft as it is now.{said}"


def test_what_came_up_after_a_decision_is_told_beside_what_was_open_then() -> None:
    later = Prospect(NOW, (OpenPoint(Severity.MUST_FIX, "a/b"),), ReviewState.DONE)
    assert "Still open: 1 must fix" in small_print(shown(act(Act.APPROVED), now=later))[0]
    by_checks = Prospect(NOW, (), ReviewState.CHECKS_ONLY)
    assert small_print(shown(act(Act.APPROVED), now=by_checks))[1] == (
        "No language model has reviewed this text, only fixed checks. At the time, there were no open points."
    )
    same = Prospect(NOW, (), ReviewState.DONE)
    assert small_print(shown(act(Act.APPROVED), now=same))[:2] == [
        "It covers the draft as it is now.",
        "At the time, there were no open points.",
    ]


@pytest.mark.parametrize(
    ("done", "said"), [(Act.ASKED, "Sign-off requested."), (Act.APPROVED, "The sign-off is further down")]
)
def test_the_top_of_the_thread_says_that_a_sign_off_goes_on_below(done: Act, said: str) -> None:
    plain = reply_blocks(standing_of(Critique(Outcome.NOTHING_TO_FLAG)), RECORD, TITLES)
    made = with_tools(plain, RECORD, done)
    assert check_message_blocks(made) == made
    assert made[1]["elements"][0]["text"].startswith(said)


@pytest.mark.parametrize(
    ("reviewed", "points", "said"),
    [
        (False, (), "There was no full review of this text at the time."),
        (
            False,
            (OpenPoint(Severity.MUST_FIX, "a/b"),),
            (
                "There was no full review of this text at the time. "
                "Still open then: 1 must fix (Pressure without reason &amp; more)."
            ),
        ),
        (True, (), "At the time, there were no open points."),
        (
            True,
            (OpenPoint(Severity.MUST_FIX, "a/b"), OpenPoint(Severity.CONSIDER, "a/b")),
            "At the time, still open: 1 must fix, 1 consider (Pressure without reason &amp; more).",
        ),
        (
            True,
            tuple(OpenPoint(Severity.SHOULD_FIX, f"<{n}>") for n in range(5)),
            "At the time, still open: 5 should fix (&lt;0&gt;, &lt;1&gt;, &lt;2&gt; and 2 others).",
        ),
    ],
)
def test_what_was_open_is_told_in_numbers_and_titles(reviewed: object, points: Any, said: str) -> None:
    assert small_print(shown(act(Act.APPROVED, open=points, reviewed=reviewed)))[1] == said


def test_typed_words_can_become_no_mention_and_long_histories_are_cut() -> None:
    acts = [act(Act.HELD, float(n), note=MARKED) for n in range(1, 20)]
    made = shown(*acts)
    assert made[1]["elements"][0]["elements"][0]["text"] == MARKED
    print_ = "\n".join(small_print(made))
    assert "<!channel>" not in print_
    assert "; 10 earlier entries." in print_
    assert print_.index("U18") < print_.index("U11")


@pytest.mark.parametrize("state", list(ReviewState))
@pytest.mark.parametrize("severities", [(), (Severity.MUST_FIX, Severity.SHOULD_FIX), (Severity.MUST_FIX,) * 40])
def test_windows_fit_slack_and_carry_what_they_are_about(state: ReviewState, severities: tuple[Severity, ...]) -> None:
    wish = Wish(RECORD.id, "U2", Act.APPROVED, subject=NOW, key="k")
    prospect = Prospect(NOW, tuple(OpenPoint(severity, "a/b") for severity in severities), state)
    windows = [approve_window(wish, prospect, TITLES)]
    windows += [note_window(replace(wish, act=what)) for what in (Act.CHANGES, Act.HELD)]
    for window in (*windows, feedback_window(Rated(RECORD.id, "0"))):
        assert check_view(window, "modal") == window
    assert json.loads(windows[0]["private_metadata"]) == [RECORD.id, "approved", NOW.ref, "k"]
    severe = [block for block in windows[0]["blocks"] if block["type"] == "rich_text"]
    assert bool(severe) is bool(severities)
    asked = [block["text"]["text"] for block in windows[0]["blocks"] if block["type"] == "section"]
    assert any("Approve anyway?" in said for said in asked) is (
        state not in (ReviewState.DONE, ReviewState.CHECKS_ONLY)
    )


def test_the_plain_text_says_where_it_stands() -> None:
    assert words.summary(SignOff(NOW, (act(Act.APPROVED),))).startswith("Candor: Approved by <@U1>, <!date^1^")


@pytest.mark.parametrize("why", list(Refusal))
def test_every_refusal_is_told_in_a_sentence_or_two(why: Refusal) -> None:
    said = words.refused(Refused(why, LEADS[:1]))
    assert said.endswith(".")
    assert ("<@U2>" in said) is (why in {Refusal.NOT_A_LEAD, Refusal.OWN_DRAFT, Refusal.NO_LEADS_INSIDE})


def test_every_button_and_window_has_a_listener() -> None:
    handled = Verdict(FOUND.ref, Decision.DISMISSED, "U1", at="1.0", revision="0")
    drawn = [tools(Critique(Outcome.FINDINGS, (FOUND,)), handled, simple=simple) for simple in (True, False)]
    drawn += [muted_blocks(Mute("U7", 1.0), RECORD), shown(act(Act.ASKED))]
    named = set(actions_in(drawn))
    windows = {
        note_window(Wish("d", "U2", Act.HELD, subject=NOW, key="k"))["callback_id"],
        feedback_window(Rated("d", "0"))["callback_id"],
        mute_window(Click(Target("d"), "U1", "7.0"), 1)["callback_id"],
    }
    assert named <= names_of("action")
    assert windows <= names_of("view")


def actions_in(drawn: list[list[Json]]) -> Iterator[str]:
    for block in (block for blocks in drawn for block in blocks):
        found: list[Json] = [*block.get("elements", []), block.get("accessory") or {}]
        yield from (element["action_id"] for element in found if "action_id" in element)
