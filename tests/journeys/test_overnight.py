"""An audit's posts are read overnight: handed in once, whatever dies meanwhile, and read like any other answer."""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partialmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words.brand import audit as words
from bot.core.words.people import CANCEL
from bot.engine.jobs import Engine
from bot.flows.brand import overnight
from bot.slack.brand.audit import AUDIT_MODEL, AUDIT_OVERNIGHT
from bot.slack.commands import DELETE
from tests.journeys.test_a_model import settings
from tests.journeys.test_audits import files
from tests.journeys.test_facts import add, close, sheet
from tests.journeys.test_home import texts
from tests.journeys.test_privacy import ask_for_deletion, direct
from tests.model.server import ScriptedModel, critique, issue, opinions

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.journeys.conftest import Stage
    from tests.model.server import Asked

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST, "limits": False}], indirect=True)
POSTS = 14
ADDRESS = "ana.lindqvist@kestrelyard.com"
PLAN = "date,text\n" + "".join(
    f'2026-01-{day:02},"Notes from day {day} in our zebra yard.{f" Ask {ADDRESS}." if day == 5 else ""}"\n'
    for day in range(1, POSTS + 1)
)


def said(asked: Asked) -> Any:
    if asked.is_second_opinion:
        return opinions("keep")(asked)
    if "day 7 " in asked.draft:
        return critique(issue("day 7 in", "authenticity/claim-evidence", severity="must-fix", why="Day 7 was shut."))(
            asked
        )
    return critique()(asked)


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as model:
        model.otherwise = said
        yield model


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's day takes a moment here, and a stop doesn't wait for it.

    So soon one after the other its message is edited more often than Slack takes it: the limits are off.
    """
    monkeypatch.setattr(Engine, "stop", partialmethod(Engine.stop, 1))
    monkeypatch.setattr(overnight, "_LOOK", 0.05)
    monkeypatch.setattr(overnight, "POLL", 0.2)
    monkeypatch.setattr(overnight, "_AFTER", 0.1)


def summary(stage: Stage, ts: str) -> dict[str, Any]:
    found = [one for one in stage.workspace.channel("#brand").thread(ts) if one.get("bot_id") and "blocks" in one]
    return found[0] if found else {"ts": "", "blocks": []}


async def pressed(stage: Stage, model: ScriptedModel) -> str:
    """The bot runs, and somebody starts it overnight; the ts of the message with the file."""
    await stage.start(**settings(model, "responses"), MODEL_BATCHES="yes", MODEL_GUARD="yes", BRAND_LEADS="U0MIKA")
    await sheet(stage)  # answers are compared with what a brand says of itself, overnight too
    await add(stage, value="Our yard has 14 zebras", source="the keeper's list")
    await close(stage)
    return await started(stage)


async def started(stage: Stage) -> str:
    ts = stage.workspace.share("#brand", "Our plan", PLAN.encode(), name="plan.csv", by="mika")
    await stage.workspace.shortcut("audit_file", "#brand", ts, by="mika")
    await stage.until(lambda: AUDIT_OVERNIGHT in str(summary(stage, ts)), "the report of the fixed checks")
    (row,) = [one for block in summary(stage, ts)["blocks"] if (one := block.get("elements")) and "confirm" in str(one)]
    assert [one["action_id"] for one in row] == [AUDIT_MODEL, AUDIT_OVERNIGHT]
    assert row[1]["confirm"]["text"]["text"].endswith("24 hours.")
    message = summary(stage, ts)["ts"]
    await stage.workspace.click("#brand", message, AUDIT_OVERNIGHT, by="mika", value=row[1]["value"])
    return ts


async def under_way(stage: Stage, model: ScriptedModel) -> None:
    await stage.until(lambda: "batch_1" in str(stage.run("SELECT night FROM audits")), "the batch to be kept")
    assert len(model.batches.batches) == 1


@pytest.mark.both_databases
async def test_what_came_back_overnight_is_read_like_any_other_answer_and_nothing_stays_at_the_server(
    stage: Stage, model: ScriptedModel
) -> None:
    ts = await pressed(stage, model)
    await under_way(stage, model)
    await stage.until(lambda: "reading the posts overnight" in str(summary(stage, ts)), "that it waits")
    lines = model.batches.lines("batch_1")
    asked = len(model.requests)
    assert (asked, len(lines)) == (2, 2 * (POSTS - 2))  # two in the ordinary way; each is also searched for orders
    assert ADDRESS not in str(lines)
    assert {line["url"] for line in lines} == {"/v1/responses"}
    await stage.stop()
    assert model.batches.cancelled == []
    model.batches.ends = "completed"
    await stage.start(**settings(model, "responses"), MODEL_BATCHES="yes", MODEL_GUARD="yes", BRAND_LEADS="U0MIKA")
    await stage.until(lambda: "Day 7 was shut." in str(summary(stage, ts)), "the report of the model")
    shown = texts(summary(stage, ts)["blocks"])
    assert "Not reviewed" not in shown
    assert f"{POSTS} posts: 2 with something to change" in shown
    assert len(files(stage, stage.workspace.channel("#brand").thread(ts))) == 4
    await stage.until(lambda: not model.batches.files, "the files to be deleted")
    assert len(model.batches.batches) == 1
    ordinary = [one for one in model.requests[asked:] if one.headers]
    assert [one.is_second_opinion for one in ordinary] == [True]
    ((calls,),) = stage.run("SELECT sum(calls) FROM spending WHERE team <> '' AND purpose = 'review'")
    assert calls == 4 + len(lines) + 1
    assert stage.run("SELECT night FROM audits WHERE night IS NOT NULL") == []


@pytest.mark.both_databases
async def test_a_batch_whose_making_nobody_heard_of_is_found_and_not_made_again(
    stage: Stage, model: ScriptedModel
) -> None:
    model.batches.dies = True
    ts = await pressed(stage, model)
    await stage.until(lambda: model.batches.batches, "a batch that nobody heard of")
    model.batches.ends = "completed"
    await stage.until(lambda: "Day 7 was shut." in str(summary(stage, ts)), "the report of the model")
    assert len(model.batches.batches) == 1
    await stage.until(lambda: not model.batches.files, "the files to be deleted")


async def test_cancelled_it_is_cancelled_at_the_server_too_and_the_first_report_stays(
    stage: Stage, model: ScriptedModel
) -> None:
    ts = await pressed(stage, model)
    await under_way(stage, model)
    await stage.until(lambda: CANCEL in str(summary(stage, ts)), "the button")
    (stop,) = [one for block in summary(stage, ts)["blocks"] for one in block.get("elements", ()) if "value" in one]
    await stage.workspace.click("#brand", summary(stage, ts)["ts"], stop["action_id"], by="mika", value=stop["value"])
    await stage.until(lambda: words.STOPPED_LATER in str(summary(stage, ts)), "that it is cancelled")
    await stage.until(lambda: model.batches.cancelled == ["batch_1"] and not model.batches.files, "nothing to be left")


async def test_what_expired_is_said_to_be_unread_where_it_is_much(stage: Stage, model: ScriptedModel) -> None:
    model.batches.ends, model.batches.unanswered = "expired", 24
    ts = await pressed(stage, model)
    await stage.until(
        lambda: "Not reviewed" in str(summary(stage, ts)) and words.FILES in str(summary(stage, ts)), "it"
    )
    await stage.until(lambda: not model.batches.files, "the files to be deleted")


@pytest.mark.both_databases
async def test_whoever_has_their_data_deleted_leaves_nothing_at_the_server(stage: Stage, model: ScriptedModel) -> None:
    ts = await pressed(stage, model)
    await under_way(stage, model)
    await ask_for_deletion(stage, DELETE, by="mika")
    await stage.until(lambda: "*Deleted for good*" in str(direct(stage, "mika")), "the receipt")
    await stage.until(lambda: model.batches.cancelled == ["batch_1"] and not model.batches.files, "nothing to be left")
    await stage.until(lambda: words.WITHDRAWN in str(summary(stage, ts)), "the report to be withdrawn")


class Process:
    """`candor serve` in a process of its own, on a stage's workspace and data."""

    def __init__(self, stage: Stage, model: ScriptedModel, root: Path) -> None:
        bot = stage.workspace.team.bot
        self._folder = stage.folder
        self._environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(root),
            "SLACK_BOT_TOKEN": bot.token,
            "SLACK_APP_TOKEN": bot.app_token,
            "SLACK_API_URL": stage.workspace.api_url,
            "DATA_DIR": str(stage.folder),
            "DATABASE_URL": "" if stage.database_url.startswith("sqlite") else stage.database_url,
            **settings(model, "responses"),
            "MODEL_BATCHES": "yes",
            "MODEL_GUARD": "yes",
            "PROMPTS_DIR": str(root / "prompts"),
        }
        self._running: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        arguments = (sys.executable, "-m", "tests.journeys.hurried", "serve")
        environment, out = self._environment, asyncio.subprocess.PIPE
        running = await asyncio.create_subprocess_exec(*arguments, env=environment, cwd=self._folder, stdout=out)
        self._running = running
        assert running.stdout
        async with asyncio.timeout(60):
            assert (await running.stdout.readline()).startswith(b"Candor is running")

    async def kill(self) -> None:
        if self._running:
            self._running.kill()
            await self._running.wait()
            self._running = None


@pytest.mark.both_databases
@pytest.mark.timeout(300)
@pytest.mark.parametrize("when", ["nobody heard of it", "it is kept"])
async def test_killed_between_its_making_and_its_end_a_batch_is_not_made_again(
    stage: Stage, model: ScriptedModel, root: Path, when: str
) -> None:
    process = Process(stage, model, root)
    try:
        await process.start()
        model.batches.hangs = when == "nobody heard of it"
        ts = await started(stage)
        await stage.until(lambda: model.batches.batches, "a batch")
        if not model.batches.hangs:
            await under_way(stage, model)
        assert ("batch_1" in str(stage.run("SELECT night FROM audits"))) is not model.batches.hangs
        await process.kill()
        model.batches.hangs, model.batches.ends = False, "completed"
        asked = len(model.requests)
        await process.start()
        await stage.workspace.until(lambda: "Day 7 was shut." in str(summary(stage, ts)), 120, "the report")
    finally:
        await process.kill()
    assert len(model.batches.batches) == 1
    assert [one.is_second_opinion for one in model.requests[asked:] if one.headers] == [True]
    assert model.batches.files == {}
