"""Candor was away for longer than it can read back, or cannot read at all: a brand lead hears of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot.assemble import bot
from bot.assemble.clock import SystemClock
from tests.journeys.conftest import BAD

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

HOUR = 3600.0
FORGETFUL = pytest.mark.parametrize("stage", [{"retries": (), "patience": 0.05}], indirect=True)
"""Slack gives up on an event at once, so that only a look can find it."""


class Hours:
    """The bot's clock and the workspace's, ahead of the machine's by the same."""

    def __init__(self, stage: Stage) -> None:
        self.ahead = 0.0
        self._stage = stage

    def now(self) -> float:
        return time.time() + self.ahead

    def pass_by(self, hours: float) -> None:
        self.ahead += hours * HOUR
        self._stage.workspace.advance(hours * HOUR)


@pytest.fixture
def hours(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Hours:
    """Time that a test moves; Candor notes that it is there ten times a second."""
    made = Hours(stage)

    def now(_: SystemClock) -> float:
        return made.now()

    monkeypatch.setattr(SystemClock, "now", now)
    monkeypatch.setattr(bot, "_BEAT", 0.1)
    return made


def told(stage: Stage, who: str = "mika") -> list[str]:
    """What Candor wrote to somebody of its own accord."""
    said = stage.workspace.messages(f"@{who}")
    return [message["text"] for message in said if message.get("bot_id") and "thread_ts" not in message]


async def noted(stage: Stage, moment: float) -> None:
    """Wait until Candor has noted that it is there at that moment or later."""
    alive = "SELECT 1 FROM presence WHERE alive_at >= :moment"
    await stage.until(lambda: stage.run(alive, moment=moment), "Candor to note that it is there")


@FORGETFUL
async def test_after_26_hours_away_a_lead_gets_one_message_and_a_day_is_caught_up(stage: Stage, hours: Hours) -> None:
    await stage.start()
    await noted(stage, hours.now() - 1)
    await stage.stop()
    too_old = stage.workspace.post("#drafts", f"{BAD} too old")
    hours.pass_by(26)
    missed = stage.workspace.post("#drafts", f"{BAD} missed")
    await stage.start()
    await stage.reply(missed)
    await stage.until(lambda: told(stage), "the message to the brand lead")
    await stage.stop()
    await stage.start()
    await stage.quiet()
    await noted(stage, hours.now())
    (said,) = told(stage)
    assert said.startswith("I was offline for 26 hours, from <!date^")
    assert "I'm catching up on the last 24 hours in <#C0DRAFTS>." in said
    assert "*Review this draft*" in said
    assert told(stage, "dana") == []
    assert stage.replies(too_old) == []


async def test_a_channel_that_was_quiet_for_two_days_is_no_gap(stage: Stage, hours: Hours) -> None:
    await stage.start()
    await stage.reply(stage.workspace.post("#drafts", BAD))
    for _ in range(8):
        hours.pass_by(6)
        await noted(stage, hours.now())
    await stage.stop()
    await stage.start()
    await stage.quiet()
    assert told(stage) == []


@pytest.mark.both_databases
async def test_a_named_lead_is_told_instead_of_the_admins(stage: Stage, hours: Hours) -> None:
    await stage.start(BRAND_LEADS="U0DANA")
    await noted(stage, hours.now() - 1)
    await stage.stop()
    hours.pass_by(30)
    await stage.start(BRAND_LEADS="U0DANA")
    await stage.until(lambda: told(stage, "dana"), "the message to the brand lead")
    assert told(stage) == []


async def test_a_channel_without_candor_is_named_once_and_the_others_are_read(stage: Stage) -> None:
    await stage.start(DRAFT_CHANNELS="drafts,general")
    await stage.reply(stage.workspace.post("#drafts", BAD))
    await stage.until(lambda: told(stage), "the message to the brand lead")
    await stage.stop()
    await stage.start(DRAFT_CHANNELS="drafts,general")
    await stage.quiet()
    (said,) = told(stage)
    assert "Drafts in #general aren't being reviewed" in said
    assert "`/invite @Candor` in #general" in said


@FORGETFUL
async def test_one_unreadable_channel_does_not_keep_the_others_from_being_caught_up(stage: Stage) -> None:
    both = {"DRAFT_CHANNELS": "brand,drafts"}
    await stage.start(**both)
    await stage.quiet()
    await stage.stop()
    missed = [stage.workspace.post(channel, f"{BAD} {channel}") for channel in ("#drafts", "#brand")]
    stage.workspace.faults.on("conversations.history", error="missing_scope")
    await stage.start(**both)
    await stage.workspace.until(lambda: stage.replies(missed[0]) or stage.replies(missed[1], "#brand"), 10)
    await stage.until(lambda: told(stage), "the message to the brand lead")
    assert "the app is missing a permission" in told(stage)[0]


@FORGETFUL
async def test_a_draft_outside_those_channels_that_was_deleted_meanwhile_is_erased(stage: Stage) -> None:
    workspace = stage.workspace
    await stage.start()
    direct = workspace.post("@dana", BAD)
    called = workspace.post("#brand", f"@candor {BAD}")
    kept = workspace.post("#brand", f"@candor {BAD} kept")
    await stage.reply(direct, channel="@dana")
    for ts in (called, kept):
        await stage.reply(ts, channel="#brand")
    await stage.stop()
    workspace.delete("@dana", direct)
    workspace.delete("#brand", called)
    await stage.start()
    await stage.until(lambda: not stage.replies(direct, "@dana"), "the reply to the direct message to be gone")
    await stage.until(lambda: not stage.replies(called, "#brand"), "the reply to the mention to be gone")
    assert len(stage.replies(kept, "#brand")) == 1


@pytest.mark.both_databases
async def test_a_workspace_that_slack_had_no_answer_for_at_the_start_joins_and_nothing_is_missed(stage: Stage) -> None:
    """The first start of all: no mark says since when its channel was to be watched."""
    stage.workspace.faults.on("auth.test", error="internal_error", times=2)
    await stage.start()
    posted = stage.workspace.post("#drafts", BAD)
    await stage.reply(posted)
    assert len(stage.replies(posted)) == 1
