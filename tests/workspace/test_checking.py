from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.workspace.checking import check_message_blocks, check_view
from bot.workspace.shapes import ApiRefusal
from tests.workspace.broken_blocks import BROKEN, GOOD, mrkdwn, plain

if TYPE_CHECKING:
    from tests.workspace.sdk import Client

MODAL: dict[str, Any] = {"type": "modal", "title": plain("Review"), "blocks": [{"type": "divider"}]}
INPUT = {"type": "input", "label": plain(), "element": {"type": "plain_text_input", "action_id": "a"}}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_blocks_are_refused_with_the_place(name: str) -> None:
    with pytest.raises(ApiRefusal) as refused:
        check_message_blocks(BROKEN[name])
    assert refused.value.code == "invalid_blocks"
    (first, *_) = refused.value.more["response_metadata"]["messages"]
    assert "json-pointer:/blocks" in first


def test_good_blocks_are_taken_as_they_are() -> None:
    assert check_message_blocks(GOOD) == GOOD


def test_no_list_is_refused() -> None:
    for blocks in ("text", {"type": "divider"}, ["text"]):
        with pytest.raises(ApiRefusal):
            check_message_blocks(blocks)


def test_a_block_that_slack_has_and_its_models_do_not_passes() -> None:
    table = [{"type": "data_table", "caption": "Findings"}]
    assert check_message_blocks(table) == table


async def test_the_answer_says_what_is_wrong(bot: Client) -> None:
    with pytest.raises(SlackApiError) as refused:
        await bot.chat_postMessage(channel="C0DRAFTS", text="x", blocks=BROKEN["table cell"])
    response: Any = refused.value.response  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    assert response["error"] == "invalid_blocks"
    assert "a cell is one of" in response["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    "change",
    [
        {"title": plain("x" * 25)},
        {"title": mrkdwn()},
        {"title": None},
        {"blocks": [INPUT]},
        {"blocks": [{"type": "divider"}] * 101},
        {"private_metadata": "x" * 3001},
        {"type": "home"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_broken_window_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ApiRefusal):
        check_view({**MODAL, **change}, "modal")


def test_a_good_window_is_taken() -> None:
    view = {**MODAL, "submit": plain("Go"), "blocks": [INPUT, {"type": "alert", "text": mrkdwn(), "level": "info"}]}
    assert check_view(view, "modal") == view


def test_all_blocks_of_a_message_together_have_a_limit() -> None:
    code = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x" * 5340}]}
    rows = [[{"type": "raw_text", "text": "x" * 3000}]] * 3
    blocks = [
        *({"type": "section", "text": mrkdwn("x" * 3000)} for _ in range(2)),
        {"type": "rich_text", "elements": [code]},
        {"type": "table", "rows": rows},
    ]
    assert check_message_blocks(blocks) == blocks
    with pytest.raises(ApiRefusal) as refused:
        check_message_blocks([*blocks, {"type": "section", "text": mrkdwn("x")}])
    assert refused.value.code == "msg_blocks_too_long"
