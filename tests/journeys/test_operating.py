"""An operator finds out by `candor status` and `candor jobs` what Candor does and what is wrong."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from bot.core.operating import reference
from bot.terminal.commands import run
from tests.journeys.conftest import BAD
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.journeys.conftest import Stage

    Command = Callable[..., Awaitable["Said"]]


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture
def candor(stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """A command on the stage's data, beside the bot."""
    monkeypatch.setenv("DATA_DIR", str(stage.folder))
    if not stage.database_url.startswith("sqlite"):
        monkeypatch.setenv("DATABASE_URL", stage.database_url)

    async def command(*arguments: str) -> Said:
        capsys.readouterr()
        status = await asyncio.to_thread(run, arguments)
        printed = capsys.readouterr()
        return Said(status, printed.out, printed.err)

    return command


async def until_done(candor: Command, draft: str) -> None:
    """Until the job behind a reply has ended: the reply stands a moment earlier."""
    async with asyncio.timeout(30):
        while "review_draft: done" not in (await candor("jobs", "--show", draft)).out:
            await asyncio.sleep(0.1)


def id_of(stage: Stage, ts: str) -> str:
    return f"{stage.workspace.team.id}:C0DRAFTS:{ts}"


@pytest.mark.both_databases
async def test_status_says_what_runs_and_what_needs_attention(stage: Stage, candor: Command) -> None:
    await stage.start()
    ts = stage.workspace.post("#drafts", BAD)
    await stage.reply(ts)
    await until_done(candor, id_of(stage, ts))
    async with asyncio.timeout(30):  # that Slack was reached is noted beside a start
        while "never connected" in (await candor("status")).out:
            await asyncio.sleep(0.1)
    said = await candor("status")
    assert (said.status, said.err) == (0, "")
    lines = dict(line.split(None, 1) for line in said.out.splitlines())
    assert lines["Process"] in ("running", "1 process running")
    assert lines["Slack"].startswith("last heard from")
    assert lines["Jobs"] == "0 waiting, 0 running"
    assert lines["Drafts"] == "0 waiting for a reply"
    assert lines["Reviews"].startswith("1 in the last hour, 0 by the model; median")
    assert said.out.endswith("Nothing needs attention.\n")

    await stage.stop()
    away = await candor("status", "--json")
    assert away.status == 1
    found = json.loads(away.out)
    assert (found["ok"], found["concerns"]) == (False, ["nobody_works"])
    assert found["reviews"]["by_part"] == {"off": 1}
    assert "Hurry" not in away.out


@pytest.mark.both_databases
async def test_a_draft_is_followed_through_its_jobs_by_the_reference_that_people_read(
    stage: Stage, candor: Command
) -> None:
    await stage.start()
    ts = stage.workspace.post("#drafts", BAD)
    await stage.reply(ts)
    draft = id_of(stage, ts)
    await until_done(candor, draft)
    for which in (draft, reference(draft)):
        shown = await candor("jobs", "--show", which)
        assert shown.out.startswith(f"review:{draft}:0:0  review_draft: done")
        assert "    judge: done" in shown.out
        assert "    reply: done" in shown.out
        assert BAD[:8] not in shown.out
    assert (await candor("jobs")).out == "Nothing is waiting, running, failed or put aside.\n"
    for option in ("--show", "--cancel"):
        unknown = await candor("jobs", option, "T1:C1:1.0")
        assert (unknown.status, unknown.err) == (2, "There's no such job.\n")
    assert "There's nothing to retry." in (await candor("jobs", "--retry", "all")).out


async def test_where_candor_never_ran_both_say_so(
    stage: Stage, candor: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(stage.folder / "elsewhere"))
    for command in ("status", "jobs"):
        said = await candor(command)
        assert said.status == 2
        assert said.err.startswith("There's nothing in ")
        assert not (stage.folder / "elsewhere").exists()


async def test_each_review_is_a_line_and_a_figure_and_neither_holds_a_word(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.reviews")
    async with ScriptedModel() as model:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        await stage.start(
            OPENAI_BASE_URL=model.url, OPENAI_MODEL="m", METRICS_PORT=str(port), HOST="127.0.0.1", MODEL_PATIENCE="20"
        )
        ts = stage.workspace.post("#drafts", BAD)
        await stage.reply(ts)
        await stage.until(lambda: caplog.messages, "a line about the review")
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as answer:
            figures = await answer.text()
    draft = id_of(stage, ts)
    (line,) = caplog.messages
    assert line.startswith(f"review draft={draft} reference={reference(draft)} revision=0 round=0 outcome=findings")
    assert " model=answered " in line
    assert " waited=" in line
    assert " answer=answered answer_seconds=" in line
    assert 'candor_reviews_total{model="answered",outcome="findings"} 1.0' in figures
    assert 'candor_model_answers_total{outcome="answered"} 1.0' in figures
    assert "candor_review_wait_seconds_count 1.0" in figures
    assert not {word for word in BAD.split() if word.isalpha() and len(word) > 4} & set(line.split())
    assert "CHANCE" not in figures
