from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from bot.flows import reconciling
from bot.slack import app
from bot.slack.wire import clients
from bot.workspace.api.limits import Limits
from tests.journeys.conftest import BAD, CLEAN

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage


FORGETFUL = pytest.mark.parametrize("stage", [{"retries": (), "patience": 0.05}], indirect=True)
"""Slack gives up on an event at once, so that only a look into the history can find it."""


@FORGETFUL
async def test_what_happened_while_the_bot_was_down_is_caught_up(stage: Stage) -> None:
    workspace = stage.workspace
    await stage.start()
    edited, deleted, kept = (workspace.post("#drafts", f"{BAD} {i}") for i in range(3))
    for ts in (edited, deleted, kept):
        await stage.reply(ts)
    await stage.stop()
    workspace.edit("#drafts", edited, CLEAN)
    workspace.delete("#drafts", deleted)
    missed = workspace.post("#drafts", f"{BAD} missed")
    gone = workspace.post("#drafts", f"{BAD} gone")
    workspace.delete("#drafts", gone)
    talk = workspace.post("#drafts", "Thanks Mika, looks good")
    await stage.start()
    await stage.reply(missed, "LAST CHANCE")
    await stage.reply(edited, "found nothing")
    await stage.until(lambda: not stage.replies(deleted), "the reply to the deleted draft to be gone")
    await stage.quiet()
    assert [len(stage.replies(ts)) for ts in (edited, deleted, kept, missed, talk)] == [1, 0, 1, 1, 0]


@FORGETFUL
async def test_messages_from_before_candor_came_are_left_alone(stage: Stage) -> None:
    old = stage.workspace.post("#drafts", BAD)
    await stage.workspace.delivered()
    await stage.start()
    await stage.quiet()
    assert stage.replies(old) == []


async def test_the_same_event_delivered_again_changes_nothing(played: Stage) -> None:
    played.workspace.faults.hold_acks = 1
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    await played.workspace.delivered(15)
    await played.quiet()
    assert len(played.replies(ts)) == 1


async def test_slack_asking_to_wait_delays_the_reply_and_nothing_else(played: Stage) -> None:
    played.workspace.faults.on("chat.postMessage", retry_after=1)
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    assert len(played.replies(ts)) == 1


async def test_a_failing_slack_is_asked_again(played: Stage) -> None:
    played.workspace.faults.on("chat.postMessage", status=500, times=2)
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    assert len(played.replies(ts)) == 1


async def test_a_reply_whose_answer_was_lost_is_found_and_not_posted_twice(played: Stage) -> None:
    played.workspace.faults.on("chat.postMessage", drop=True)
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    played.workspace.edit("#drafts", ts, CLEAN)
    await played.reply(ts, "found nothing")
    assert len(played.replies(ts)) == 1


async def test_a_post_that_slack_carries_out_after_nobody_waits_any_more_is_not_repeated(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A quarter of what these are: to wait for Slack's answer, for the post, and between two looks.
    for module in (clients, app):
        monkeypatch.setattr(module, "TIMEOUT", 5)
    monkeypatch.setattr(reconciling, "_ON_ITS_WAY", 7.5)
    monkeypatch.setattr(reconciling, "_LOOK", 1.0)
    await stage.start()
    stage.workspace.faults.on("chat.postMessage", delay=5.6)
    ts = stage.workspace.post("#drafts", BAD)
    await asyncio.sleep(9.5)  # longer than the post and the wait for it
    assert len(stage.replies(ts)) == 1


async def taken(played: Stage) -> None:
    """Wait until the bot has acknowledged what was posted."""
    await played.until(lambda: any(e["kind"] == "ack" for e in played.workspace.traffic), "the draft to be taken")


async def test_a_draft_edited_while_its_reply_is_posted_ends_with_the_right_reply(played: Stage) -> None:
    played.workspace.faults.on("chat.postMessage", delay=0.6)
    ts = played.workspace.post("#drafts", BAD)
    await taken(played)
    played.workspace.edit("#drafts", ts, CLEAN)
    await played.reply(ts, "found nothing")
    assert len(played.replies(ts)) == 1


async def test_a_draft_deleted_while_its_reply_is_posted_ends_without_one(played: Stage) -> None:
    played.workspace.faults.on("chat.postMessage", delay=0.6)
    ts = played.workspace.post("#drafts", BAD)
    await taken(played)
    played.workspace.delete("#drafts", ts)
    await played.quiet()
    await played.until(lambda: not played.replies(ts), "no reply to be left")


async def test_a_refused_ticket_and_a_dropped_socket_are_survived(played: Stage) -> None:
    played.workspace.faults.refuse_tickets = 1
    played.workspace.sockets.drop()
    ts = played.workspace.post("#drafts", BAD)
    await played.workspace.until(lambda: bool(played.replies(ts)), 30, "a reply after the reconnect")
    assert len(played.replies(ts)) == 1


async def test_a_ticket_that_is_refused_at_the_start_is_not_used_again(stage: Stage) -> None:
    stage.workspace.faults.refuse_tickets = 1
    await stage.start()
    ts = stage.workspace.post("#drafts", BAD)
    await stage.reply(ts)


async def test_a_burst_under_slacks_limits_gets_one_reply_each(played: Stage) -> None:
    def refused() -> bool:
        return any(call["status"] == 429 for call in played.workspace.traffic.calls("chat.postMessage"))

    # However slow the machine is: for the limits no time goes by before they were met once.
    began = time.time()
    played.workspace.hub.limits = Limits(lambda: time.time() if refused() else began)
    drafts = [played.workspace.post("#drafts", f"{BAD} {number}") for number in range(16)]
    for ts in drafts:
        await played.reply(ts)
    statuses = [call["status"] for call in played.workspace.traffic.calls("chat.postMessage")]
    assert 429 in statuses
    assert statuses.count(200) == len(drafts)
