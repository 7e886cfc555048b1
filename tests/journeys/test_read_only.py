"""A channel where only some people may post, and Candor isn't one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import BAD
from tests.journeys.test_absence import told

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage


async def test_who_wrote_a_draft_and_the_leads_hear_where_the_answer_is(stage: Stage) -> None:
    channel = stage.workspace.channel("#drafts")
    await stage.start()
    channel.is_read_only = True
    drafts = [stage.workspace.post("#drafts", f"{BAD} {number}") for number in range(3)]
    await stage.until(lambda: told(stage, "dana") and told(stage), "both to be told")

    def refused() -> set[str]:
        calls = stage.workspace.traffic.calls("chat.postMessage")
        return {call["args"]["thread_ts"] for call in calls if call["args"].get("thread_ts")}

    await stage.until(lambda: refused() == set(drafts), "every answer to be refused")
    assert [len(told(stage, who)) for who in ("dana", "mika")] == [1, 1]
    (lead,), (author,) = told(stage), told(stage, "dana")
    assert "I've read a draft in <#C0DRAFTS>, but Slack doesn't let me answer there" in lead
    assert "choose *Review this draft* in the message's menu" in author
    assert [stage.replies(ts) for ts in drafts] == [[], [], []]


@pytest.mark.parametrize(
    ("code", "why", "leads"),
    [
        ("restricted_action_thread_locked", "the thread is locked", 1),
        ("restricted_action_non_threadable_channel", "nobody can reply in threads there", 1),
        ("no_permission", "only some people can post in that channel", 1),
        ("not_in_channel", "I'm not in that channel any more", 0),
        ("is_archived", "it's been archived", 0),
    ],
)
async def test_each_of_slacks_reasons_is_told_in_words(
    stage: Stage, caplog: pytest.LogCaptureFixture, code: str, why: str, leads: int
) -> None:
    await stage.start()
    stage.workspace.faults.on("chat.postMessage", error=code, times=1)
    stage.workspace.post("#drafts", BAD)
    await stage.until(lambda: bool(told(stage, "dana")), "the author to be told")
    assert f"Slack doesn't let me answer there: {why}. To see the review" in told(stage, "dana")[0]
    assert [why in one for one in told(stage)] == [True] * leads
    await stage.until(lambda: f"MayNotPost ({code})" in caplog.text, "the log to name it")
