"""The checkers themselves: they pass what is right and reject what is broken."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.contracts.checking import check_blocks, check_event, check_view
from tests.workspace.broken_blocks import BROKEN, GOOD, mrkdwn, plain

MODAL: dict[str, Any] = {"type": "modal", "title": plain("Review"), "blocks": GOOD}
MENTION: dict[str, Any] = {
    "token": "t",
    "team_id": "T0HARBOR",
    "api_app_id": "A0CANDOR",
    "type": "event_callback",
    "event_id": "Ev1",
    "event_time": 1,
    "event": {
        "type": "app_mention",
        "user": "U0DANA",
        "text": "<@U0CANDOR>",
        "ts": "1.0",
        "channel": "C0DRAFTS",
        "event_ts": "1.0",
    },
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_blocks_are_rejected(name: str) -> None:
    assert check_blocks(BROKEN[name]) != []


def test_good_blocks_pass_and_stay_as_they_are() -> None:
    blocks = deepcopy(GOOD)
    assert check_blocks(blocks) == []
    assert blocks == GOOD


def test_a_fault_says_where_it_is() -> None:
    (fault,) = check_blocks([*GOOD, *BROKEN["header in mrkdwn"]])
    assert fault == "/blocks/10 (header): /text/type: 'mrkdwn' is no kind that fits"


@pytest.mark.parametrize(
    "change",
    [
        {"title": mrkdwn()},
        {"colour": "red"},
        {"type": "window"},
        {"blocks": [{"type": "divider"}] * 101},
        *({"blocks": blocks} for name, blocks in BROKEN.items() if name not in {"51 blocks", "alert outside a window"}),
    ],
    ids=lambda change: str(change)[:40],
)
def test_broken_windows_are_rejected(change: dict[str, Any]) -> None:
    assert check_view({**MODAL, **change}) != []


def test_good_windows_pass() -> None:
    assert check_view({**MODAL, "blocks": [*GOOD, *BROKEN["alert outside a window"]]}) == []


def test_a_good_event_passes() -> None:
    assert check_event(MENTION) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"event_time": "now"}, "/event_time: 'now' is not of type 'number'"),
        ({"event": {**MENTION["event"], "colour": "red"}}, "/colour: unknown"),
        ({"event": {"type": "app_mention"}}, "/event_ts: missing"),
        ({"event": {"type": "app_jumped"}}, "no type for the event app_jumped"),
        ({"type": "dialog_submission"}, "no type for dialog_submission"),
    ],
    ids=str,
)
def test_a_broken_event_is_rejected(change: dict[str, Any], fault: str) -> None:
    assert fault in check_event({**MENTION, **change})


def test_slack_says_message_changed_only_with_both_messages() -> None:
    event = {"type": "message", "subtype": "message_changed", "channel": "C0DRAFTS", "message": {"type": "message"}}
    faults = check_event({**MENTION, "event": event})
    assert "/previous_message: missing" in faults
    assert "/message/user: missing" in faults
