"""Candor was away for longer than it can read back, or cannot read at all: a brand lead hears of it."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.assemble import bot
from bot.assemble.trying import settings_for
from bot.core.ports import SystemClock
from bot.core.words import installing as setup
from bot.flows import watching
from bot.settings import read_settings
from bot.workspace.server import Workspace
from tests.journeys.conftest import BAD, Stage
from tests.journeys.installing import free_port
from tests.outspoken import outspoken_prompts

if TYPE_CHECKING:
    from pathlib import Path

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
    return moved_by_hand(stage, monkeypatch)


def moved_by_hand(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Hours:
    """The clock of `hours`, for a stage of a test's own."""
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


class Gate:
    """Stands between Slack and the bot, as a proxy does; shut, it lets nothing through."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._shut = False
        self._open: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None

    async def open(self) -> int:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    def shut(self, *, to_all: bool) -> None:
        self._shut = to_all
        for writer in self._open:
            writer.close()

    async def close(self) -> None:
        self.shut(to_all=True)
        if self._server:
            self._server.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._shut:
            writer.close()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        self._open += [writer, back]
        await asyncio.gather(_pass_on(reader, back), _pass_on(there, writer))


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while (data := await reader.read(65536)) and not writer.is_closing():
            writer.write(data)
        writer.close()


async def said_of(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_what_slack_could_not_deliver_over_http_is_reviewed_without_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address cannot be reached until Slack's retries are over; the process never stops."""
    monkeypatch.setattr(bot, "_DELIVERY", 0.1)
    # The hour passes at once here, but the process was there: that is no break after which it reads back by itself.
    monkeypatch.setattr(watching, "_NO_BREAK", 7200.0)
    port = free_port()
    gate, ready = Gate(port), f"http://127.0.0.1:{port}/readyz"
    url = f"http://127.0.0.1:{await gate.open()}/slack/events"
    async with Workspace(delivery="http", request_url=url, retries=(0.05,)) as workspace:
        stage = Stage(workspace, tmp_path, "sqlite")
        hours = moved_by_hand(stage, monkeypatch)
        settings = settings_for(workspace, tmp_path, read_settings({"PROMPTS_DIR": str(outspoken_prompts())}))
        secret = workspace.team.bot.signing_secret
        running = bot.Bot(replace(settings, app_token="", signing_secret=secret, host="127.0.0.1", port=port))
        try:
            await running.start()
            await stage.reply(workspace.post("#drafts", BAD))
            gate.shut(to_all=True)
            missed = workspace.post("#drafts", f"{BAD} missed")
            await stage.until(lambda: workspace.courier.lost, "Slack to give up")
            hours.pass_by(1)
            await stage.reply(missed)
            await stage.until(lambda: told(stage), "the message to the brand lead")
            assert "I found 1 draft I hadn't heard about in <#C0DRAFTS>" in told(stage)[0]
            assert await said_of(ready) == setup.BEHIND
            gate.shut(to_all=False)
            await stage.quiet()
            assert await said_of(ready) == setup.READY
            assert len(stage.replies(missed)) == len(told(stage)) == 1
        finally:
            await running.stop()
            await gate.close()
