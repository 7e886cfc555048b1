"""The windows of a workspace's own guidelines fit Slack's limits, and say what there is to say."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.core.brand.own_guidelines import (
    LONGEST_FILE,
    GuidelineAct,
    GuidelineChange,
    GuidelineForm,
    GuidelineTrial,
    GuidelineVersion,
    Hit,
    KeptGuideline,
    KeptSet,
    TrialState,
    TriedExample,
)
from bot.core.guidelines import Severity
from bot.core.reading.guideline_files import file_of, with_id
from bot.core.words.brand import own_guidelines as words
from bot.flows.brand.trying import ShownHit, ShownTrial
from bot.slack import blocks as forms
from bot.slack.brand.audit import audit_window
from bot.slack.brand.own_guidelines import (
    ListedSet,
    SlackTrialBoard,
    form_window,
    list_window,
    paste_window,
    pasted_file,
    trial_window,
    typed_form,
    versions_window,
)
from bot.slack.wire.clients import Clients, WorkspaceClient, client_for
from bot.workspace.checking import check_view
from bot.workspace.server import Workspace
from tests.core.test_own_guidelines import GUESTS, made
from tests.core.test_own_guidelines import shipped as library
from tests.flows.test_own_guidelines import Desk
from tests.slack.test_windows_of_settings import filled

FIRST = GuidelineVersion("own/guests", 1, "text", user="U1", at=1.0)
KEPT = KeptGuideline(replace(FIRST, number=2), FIRST, "U1", at=2.0)
TRIAL = GuidelineTrial("own/guests", 2, "U1", at=3.0, state=TrialState.DONE, total=30, checked=30)
HITS = tuple(ShownHit(f"T1:C1:{n}.0", f"Dear customers {n}, " + "x" * 900, "customers", link="x") for n in range(20))


def said(view: dict[str, Any]) -> str:
    check_view(view, "modal")
    return json.dumps(view, ensure_ascii=False)


def shown(**trial: Any) -> ShownTrial:
    hits = (Hit("T1:C1:1.0", "0", 0, end=3),) * 30
    return ShownTrial(KEPT, made(), replace(TRIAL, **{"hits": hits, **trial}), hits=HITS)


def test_the_list_shows_what_is_on_and_who_did_what() -> None:
    change = GuidelineChange("own/guests", GuidelineAct.SWITCHED_ON, "Guests", version=1, user="U1", at=2.0)
    off = KeptGuideline(GuidelineVersion("user-control/way-out", 3, "text", user="U1", at=1.0))
    listed = ListedSet(KeptSet(1, (KEPT, off)), {"own/guests": "Guests"}, frozenset([off.id]), changes=(change,))
    view = said(list_window(listed))
    assert "Guests\\nOn, version 1" in view
    assert "Off, version 3, your version of a built-in guideline" in view
    assert "<@U1> switched on version 1 of" in view
    assert "saved version 3 of" in words.change(GuidelineAct.CHANGED, 3, "U1", 2.0)
    assert words.NONE_YET in said(list_window(ListedSet(KeptSet(), {})))


def test_what_the_window_shows_is_what_comes_back() -> None:
    view = form_window(replace(GUESTS, severity=Severity.MUST_FIX, platforms=("instagram",), certain=False), "own/x")
    check_view(view, "modal")
    assert view["title"]["text"] == words.CHANGE_TITLE
    back = typed_form(forms.given(filled(view)))
    assert back == replace(GUESTS, severity=Severity.MUST_FIX, platforms=("instagram",), certain=False)
    check_view(paste_window(), "modal")


@pytest.mark.parametrize("unfolded", [False, True])
def test_what_a_guideline_needs_is_marked_and_the_rest_is_folded_away(unfolded: bool) -> None:  # noqa: FBT001
    empty = form_window(GuidelineForm(), unfolded=unfolded)
    check_view(empty, "modal")
    inputs = {block["block_id"]: block["optional"] for block in empty["blocks"] if block["type"] == "input"}
    assert [name for name, optional in inputs.items() if not optional] == list(words.MISSING)
    assert len(inputs) == (len(words.LABELS) if unfolded else 7)
    assert (words.MORE in said(empty)) is not unfolded
    assert typed_form(forms.given(filled(empty))) == GuidelineForm()


def test_a_guideline_of_which_more_is_filled_in_is_shown_whole() -> None:
    short = replace(GUESTS, problem="", not_when=(), bad=GUESTS.bad[:1], fine=())
    assert words.MORE in said(form_window(short, "own/x"))
    for more in ({"fine": ("guest",)}, {"certain": False}, {"good": ("a", "b")}, {"platforms": ("x",)}):
        view = form_window(replace(short, **more), "own/x")
        assert words.MORE not in said(view)
        assert typed_form(forms.given(filled(view))) == replace(short, **more)


def test_texts_from_a_file_fit_though_nobody_could_type_as_much() -> None:
    long = replace(GUESTS, title="Guests " * 20, why="We welcome them. " * 60, fine=("customer service " * 7,) * 20)
    view = form_window(long, "own/x")
    check_view(view, "modal")
    assert typed_form(forms.given(filled(view))) == replace(long, fine=tuple(one.strip() for one in long.fine))
    check_view(trial_window(shown(), ""), "modal")


@pytest.mark.parametrize("words_of_it", [("customer service " * 190,), ("customer service",) * 200])
def test_a_list_that_no_input_can_hold_is_left_as_it_is(words_of_it: tuple[str, ...]) -> None:
    view = trial_window(replace(shown(), guideline=made(replace(GUESTS, fine=words_of_it))), "")
    check_view(view, "modal")
    assert "fine" not in forms.showed(view)


def test_a_channel_with_the_longest_name_can_be_chosen() -> None:
    (menu,) = (
        block["element"]
        for block in check_view(audit_window({"C1": "x" * 80, "C2": "drafts"}), "modal")["blocks"]
        if block.get("block_id") == "channel"
    )
    assert [option["text"]["text"] for option in menu["options"]] == ["#drafts", f"#{'x' * 73}…"]


def test_the_window_for_an_audit_says_that_it_does_not_have_every_channel() -> None:
    few, many = ({f"C{n}": f"c{1000 - n}" for n in range(number)} for number in (100, 101))
    blocks = check_view(audit_window(many), "modal")["blocks"]
    assert "first 100 of 101 channels" in str(blocks)
    (menu,) = (block["element"] for block in blocks if block.get("block_id") == "channel")
    assert [option["value"] for option in menu["options"][:2]] == ["C0", "C100"]  # c1000, c900
    assert "first 100" not in str(audit_window(few))


@pytest.mark.parametrize(
    ("trial", "says"),
    [
        ({}, words.spoken(30, 0, 30)),
        ({"hits": HITS[:1], "checked": 1}, words.spoken(1, 0, 1)),
        ({"hits": (), "asked": 2}, words.spoken(0, 2, 30)),
        ({"state": TrialState.STOPPED}, words.STOPPED),
        ({"state": TrialState.GIVEN_UP}, words.GIVEN_UP),
        ({"total": 0}, words.NO_DRAFTS),
        ({"state": TrialState.RUNNING, "checked": 4}, "4 of 30 drafts so far."),
    ],
)
def test_a_trial_says_what_it_came_to(trial: dict[str, Any], says: str) -> None:
    assert says in said(trial_window(shown(**trial), words.noted(2)))


def test_every_guideline_fits_into_the_window_where_files_are_pasted() -> None:
    boxes = [block["block_id"] for block in paste_window()["blocks"]]
    longest = 0
    for guideline in library().guidelines:
        text, given, lines = with_id(guideline.id, file_of(guideline)), dict[str, str](), list[str]()
        for line in text.splitlines(keepends=True):
            if sum(map(len, lines)) + len(line) > forms.LONGEST_TYPED:
                given[boxes[len(given)]] = "".join(lines)
                lines = []
            lines.append(line)
        given[boxes[len(given)]] = "".join(lines).rstrip("\n")
        assert pasted_file(given) == text.strip("\n")
        longest = max(longest, len(text))
    assert longest > 2 * forms.LONGEST_TYPED
    assert len(boxes) * forms.LONGEST_TYPED >= LONGEST_FILE


def test_a_trial_holds_what_a_lead_can_do_with_it() -> None:
    view = said(trial_window(shown()))
    assert words.SWITCH_OFF in view
    assert words.VERSIONS in view
    assert words.shown_only(20) in view
    assert "Version 1 has been on since" in view
    assert "It's off." in said(trial_window(ShownTrial(replace(KEPT, on=None), made())))
    differs = (("severity", "Should fix", "Consider"), ("fine", "", "x" * 2000))
    assert words.NOTHING_LEFT in said(trial_window(replace(shown(), differs=differs)))
    assert trial_window(ShownTrial(replace(KEPT, on=KEPT.newest), made()))["title"]["text"] == words.ONE_TITLE
    assert "Version 2 (same as version 1). It's off." in said(
        trial_window(ShownTrial(replace(KEPT, on=None), made(), same_as=1))
    )
    nothing = replace(TRIAL, state=TrialState.NOTHING_RAN)
    wordless = ShownTrial(KEPT, made(replace(GUESTS, phrases=(), fine=())), nothing)
    assert words.NO_WORDS in said(trial_window(wordless))
    assert words.NO_TRIAL in said(trial_window(wordless))
    assert "flagged" not in said(trial_window(wordless))
    assert words.noted(1) == "Thanks. I've kept this sentence as fine and am trying it again."
    assert words.noted(-1) == "I've changed the words and am trying it again."


def test_what_is_on_has_nothing_to_switch_on() -> None:
    on = replace(shown(), kept=replace(KEPT, on=KEPT.newest))
    plain = replace(on, hits=(), guideline=made(replace(GUESTS, phrases=(), fine=())))
    for one, submit in ((shown(), words.SWITCH_ON), (on, words.SAVE), (plain, None)):
        view = trial_window(one)
        assert view.get("submit", {}).get("text") == submit
        assert view["title"]["text"] == (words.TRIAL_TITLE if one.kept is KEPT else words.ONE_TITLE)


EXAMPLES = (
    TriedExample(0, bad=True, flagged=True),
    TriedExample(1, bad=True, flagged=None),
    TriedExample(0, bad=False, flagged=True),
)


def test_the_examples_stand_above_the_drafts_and_wrong_ones_first() -> None:
    view = said(trial_window(shown(examples=EXAMPLES)))
    assert words.examples((1, 2), (0, 1)) in view
    told = [
        words.example(flagged=None, bad=True, with_model=False),
        words.example(flagged=True, bad=False, with_model=False),
        words.example(flagged=True, bad=True, with_model=False),
        words.spoken(30, 0, 30),
    ]
    assert [view.index(one) for one in told] == sorted(view.index(one) for one in told)
    assert "the language model didn't answer" in said(trial_window(shown(examples=EXAMPLES, with_model=True)))
    kinds = {words.example(flagged=f, bad=b, with_model=True) for f in (True, False, None) for b in (True, False)}
    assert len(kinds) == 5
    assert words.examples((1, 2), (0, 1)) not in said(trial_window(shown(examples=EXAMPLES, state=TrialState.RUNNING)))


def test_what_replies_leave_out_is_told() -> None:
    view = said(trial_window(shown(excepted=2, held=3)))
    assert words.left_out(2, 3) in view
    assert words.left_out(1, 0) == "Not included: 1 place left out by exceptions."
    assert words.left_out(0, 2) == "Not included: 2 places only counted, because the channel is set to quiet."


@pytest.mark.parametrize("state", [TrialState.STOPPED, TrialState.GIVEN_UP, TrialState.NOTHING_RAN])
def test_what_was_not_tried_to_the_end_is_switched_on_only_by_somebody_who_says_so(state: TrialState) -> None:
    assert words.UNTRIED_BOX["yes"] in said(trial_window(shown(state=state)))
    assert words.UNTRIED_BOX["yes"] not in said(trial_window(shown()))
    on = replace(shown(state=state), kept=replace(KEPT, on=KEPT.newest))
    assert words.UNTRIED_BOX["yes"] not in said(trial_window(on))


def test_earlier_versions_can_be_tried_again() -> None:
    view = said(versions_window(KEPT, (KEPT.newest, FIRST)))
    assert "*Version 2* (same as version 1)" in view
    assert f"({words.ON_NOW})" in view
    assert view.count(words.USE_THIS) == 1


REFUSED = "the window “Try it out” could not be shown: invalid_arguments"


@pytest.mark.parametrize("times", [1, 2])
async def test_a_trial_whose_window_slack_refuses_is_shown_without_the_words(
    times: int, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk()
    await desk.post("Our customers swim in the harbour.")
    await desk.saved()
    async with Workspace() as workspace:
        client = client_for(workspace.team.bot.token, workspace.api_url)
        board = SlackTrialBoard(Clients([WorkspaceClient("T1", "", "U0BOT", bot_id="B1", client=client)]), desk.show)
        lead = workspace.person("mika")
        running = workspace.hub.views.open(workspace.team, lead.id, {"type": "modal", "blocks": []})
        trial = replace(await desk.tried(), view=running["id"])
        workspace.faults.on("views.update", error="invalid_arguments", times=times)
        await board.show("T1", trial)
        told = json.dumps(workspace.views(by="mika")[-1]["blocks"])
        assert "swim in" not in told
        assert ("It would have flagged 1 place" in told) is (times == 1)
        assert [one.getMessage() for one in caplog.records] == [REFUSED] * times
        caplog.clear()
        await board.show("T1", trial)
        assert "swim in" in json.dumps(workspace.views(by="mika")[-1]["blocks"])
        workspace.hub.views.close(workspace.team.id, lead.id)
        await board.show("T1", trial)
        assert not caplog.records
