"""An operator finds out by `candor status` and `candor jobs` what Candor does and what is wrong."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession, web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.assemble.tracing import Tracing
from bot.core.operating import reference
from bot.core.words.installing import AWAY, DAMAGED, database_stopped
from bot.terminal.commands import run
from bot.terminal.log import Calm
from tests.journeys.conftest import BAD
from tests.journeys.installing import free_port
from tests.model.server import DROP, Fault, ScriptedModel, critique, issue

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

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
    async with asyncio.timeout(200):
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
    async with asyncio.timeout(200):  # that Slack was reached is noted beside a start
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
    assert (found["reviews"]["by_part"], found["reviews"]["last"]) == ({"off": 1}, "off")
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


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # a server's tables are there from the start
async def test_where_candor_never_ran_both_say_so(
    stage: Stage, candor: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(stage.folder / "elsewhere"))
    for command in ("status", "jobs"):
        said = await candor(command)
        assert said.status == 2
        assert said.err.startswith("There's nothing in ")
        assert not (stage.folder / "elsewhere").exists()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_file_that_is_no_database_and_one_that_was_lost_are_said_in_one_line(
    stage: Stage, candor: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = stage.folder / "elsewhere"
    monkeypatch.setenv("DATA_DIR", str(data))
    assert (await candor("migrate")).status == 0
    for command in ("status", "jobs"):  # no bot ever ran: there are no jobs to look at
        assert (await candor(command)).err.startswith("There's nothing in ")
    (data / "candor.db").write_text("This file was written by something else. " * 50, encoding="utf-8")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    for command in ("facts", "migrate", "serve"):
        said = await candor(command)
        assert (said.status, said.err.splitlines()[-1]) == (2, database_stopped(DAMAGED))
    (data / "candor.db").unlink()
    (data / "engine.db").touch()
    assert (await candor("facts")).err.startswith("The database tables are out of date")


async def test_a_database_server_that_is_away_is_said_in_one_line(
    candor: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/candor")
    for command in ("status", "jobs", "facts", "migrate"):
        said = await candor(command)
        assert (said.status, said.err) == (2, f"{database_stopped(AWAY)}\n")


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


async def _noted(stage: Stage, caplog: pytest.LogCaptureFixture, ts: str) -> str:
    """The line about the draft's first review."""

    def lines() -> list[str]:
        found = [one.getMessage() for one in caplog.records if one.name == "bot.reviews"]
        return [one for one in found if f"draft={id_of(stage, ts)} " in one]

    await stage.until(lines, "a line about the review")
    (line,) = lines()
    return line


@pytest.mark.parametrize(
    ("fault", "part", "answer"),
    [
        (Fault("status", 401, "invalid_api_key"), "key", "key"),
        (Fault("status", 503), "awaited", "unreachable"),
        ("All fine!", "unreadable", "unreadable"),
    ],
)
async def test_a_review_without_the_model_is_a_line_and_a_figure_as_well(
    stage: Stage, caplog: pytest.LogCaptureFixture, fault: Any, part: str, answer: str
) -> None:
    caplog.set_level(logging.INFO, "bot.reviews")
    told = io.StringIO()
    log = Calm(told)
    logging.getLogger("bot.model").addHandler(log)
    async with ScriptedModel() as model:
        model.otherwise = fault
        port = free_port()
        more = {"METRICS_PORT": str(port), "HOST": "127.0.0.1", "MODEL_PATIENCE": "20", "MODEL_DEADLINE": "3"}
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_MODEL="m", OPENAI_API="chat", **more)
        ts = stage.workspace.post("#drafts", BAD)
        await stage.reply(ts)
        line = await _noted(stage, caplog, ts)
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as answered:
            figures = await answered.text()
    logging.getLogger("bot.model").removeHandler(log)
    assert " round=0 outcome=findings " in line
    assert f" model={part} " in line
    assert f" answer={answer} " in line
    assert f'candor_reviews_total{{model="{part}",outcome="findings"}} 1.0' in figures
    assert f" [review:{id_of(stage, ts)}:0:0]\n" in told.getvalue(), "the warning says which draft"


async def _swept(stage: Stage, **settings: str) -> None:
    """An hour later: a start looks what was left undone, as every minute does."""
    await stage.stop()
    stage.run("UPDATE drafts SET changed_at = changed_at - 3600 RETURNING ts")
    await stage.start(**settings)


@pytest.mark.both_databases
async def test_a_cancelled_review_ends_in_a_reply_that_says_so_and_may_be_tried_again(
    stage: Stage, candor: Command
) -> None:
    async with ScriptedModel() as model:
        model.otherwise = Fault("status", 503)
        settings = {"OPENAI_BASE_URL": model.url, "OPENAI_MODEL": "m", "OPENAI_API": "chat", "MODEL_DEADLINE": "3"}
        await stage.start(**settings)
        ts = stage.workspace.post("#drafts", BAD)
        await stage.reply(ts, "will replace this reply")
        draft = id_of(stage, ts)
        key = f"review:{draft}:0:1"
        async with asyncio.timeout(200):
            while key not in (await candor("jobs")).out:
                await asyncio.sleep(0.1)
        assert (await candor("jobs", "--cancel", key)).out == f"Cancelled: {key}.\n"
        model.otherwise = critique(issue("act now", "user-control/no-false-pressure", why="Pressure."))
        asked = len(model.requests)
        for _ in range(2):
            await _swept(stage, **settings)
            await stage.reply(ts, "so I've put it aside")
        assert len(model.requests) == asked, "nobody asked the model"
        assert f"{key}  review_draft: cancelled" in (await candor("jobs")).out
        assert json.loads((await candor("status", "--json")).out)["drafts"] == 0

        assert key in (await candor("jobs", "--retry", draft)).out
        await _swept(stage, **settings)
        await stage.until(lambda: "put it aside" not in stage.reply_to(ts)["text"], "a review")
        assert len(model.requests) > asked, stage.reply_to(ts)["text"]
        await until_done(candor, draft)
        assert "There's nothing to retry." in (await candor("jobs", "--retry", draft)).out
        assert len(stage.replies(ts)) == 1


async def test_status_says_at_once_who_is_to_blame_and_where(stage: Stage, candor: Command) -> None:
    async with ScriptedModel() as model:
        model.otherwise = Fault("status", 503)
        more = {"OPENAI_BASE_URL": model.url, "OPENAI_MODEL": "m", "OPENAI_API": "chat", "MODEL_DEADLINE": "3"}
        await stage.start(**more)
        ts = stage.workspace.post("#drafts", BAD)
        await stage.reply(ts, "will replace this reply")
        async with asyncio.timeout(200):
            while f"review:{id_of(stage, ts)}:0:1" not in (await candor("jobs")).out:
                await asyncio.sleep(0.1)
        said = await candor("status")
        assert said.status == 1
        assert "Model    no answer in the last hour; 1 draft waiting for one\n" in said.out
        assert "!!  The language model gave no review of 1 draft" in said.out

        model.otherwise = critique()
        stage.workspace.faults.on("chat.postMessage", error="restricted_action", times=99)
        later = stage.workspace.post("#drafts", f"{BAD} Again.")
        await stage.until(
            lambda: stage.run("SELECT 1 FROM reviews WHERE draft_id = :id", id=id_of(stage, later)), "kept"
        )
        stage.run("UPDATE reviews SET reviewed_at = reviewed_at - 100 RETURNING team")
        stage.run("INSERT INTO presence (team, alive_at) SELECT 'T9', max(alive_at) - 200 FROM presence RETURNING team")
        stage.run("INSERT INTO presence (team, alive_at) SELECT 'T8', max(alive_at) - 8e5 FROM presence RETURNING team")
        found = json.loads((await candor("status", "--json")).out)
    assert {"silent", "unposted", "no_answer"} <= set(found["concerns"])
    assert (found["silent"], found["unposted"]) == (["T9"], [stage.workspace.team.id])


async def test_what_cannot_be_retried_because_it_is_nowhere_is_an_error(stage: Stage, candor: Command) -> None:
    await stage.start()
    for which in ("nonsense", "T1:C1:1.0", "review:T1:C1:1.0:0:0", "ABCDEF"):
        said = await candor("jobs", "--retry", which)
        assert (said.status, said.err) == (2, "There's no such job.\n")


async def test_a_reply_that_slack_refuses_is_logged_with_its_method_and_its_draft(stage: Stage) -> None:
    told = io.StringIO()
    log = Calm(told)
    logging.getLogger("bot.engine").addHandler(log)
    await stage.start()
    stage.workspace.faults.on("chat.postMessage", error="fatal_error", times=1)
    ts = stage.workspace.post("#drafts", BAD)
    await stage.reply(ts)
    logging.getLogger("bot.engine").removeHandler(log)
    assert "reply failed: SlackApiError (fatal_error, chat.postMessage) at " in told.getvalue()
    assert f" [review:{id_of(stage, ts)}:0:0]\n" in told.getvalue()


@dataclass(frozen=True)
class Collected:
    """A span as the collector got it."""

    name: str
    trace: bytes
    id: bytes
    parent: bytes
    facts: dict[str, Any]
    failed: str


@asynccontextmanager
async def collector() -> AsyncGenerator[tuple[str, list[Collected], list[bytes]]]:
    """Takes traces by OTLP over HTTP: its address, the spans, and what came over the wire."""
    spans: list[Collected] = []
    raw: list[bytes] = []

    async def take(request: web.Request) -> web.Response:
        raw.append(await request.read())
        said = ExportTraceServiceRequest.FromString(raw[-1])
        for one in (span for part in said.resource_spans for scope in part.scope_spans for span in scope.spans):
            facts = {fact.key: getattr(fact.value, fact.value.WhichOneof("value") or "") for fact in one.attributes}
            failed = one.status.message if one.status.code == one.status.STATUS_CODE_ERROR else ""
            spans.append(Collected(one.name, one.trace_id, one.span_id, one.parent_span_id, facts, failed))
        return web.Response(body=b"", content_type="application/x-protobuf")

    app = web.Application()
    app.router.add_post("/v1/traces", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", spans, raw
    finally:
        await runner.cleanup()


async def test_a_drafts_way_is_one_trace_from_the_event_to_the_post_and_holds_no_word(stage: Stage) -> None:
    async with ScriptedModel() as model, collector() as (url, spans, raw):
        model.will(DROP, critique(issue("act now", "user-control/no-false-pressure", why="Zanzibar.")))
        more = {"OTEL_EXPORTER_OTLP_ENDPOINT": url, "MODEL_PATIENCE": "20", "OPENAI_API": "chat"}
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_MODEL="m", **more)
        ts = stage.workspace.post("#drafts", f"{BAD} Zanzibar.")
        await stage.reply(ts)
        await stage.stop()
    draft = id_of(stage, ts)
    named = {span.name: span for span in reversed(spans) if span.facts.get("candor.draft", draft) == draft}
    way = ("slack event message", "ask for a review", "job review", "step judge", "chat m")
    for before, after in pairwise(way):
        assert named[after].parent == named[before].id
    assert named["slack chat.postMessage"].parent == named["step reply"].id
    assert named["step reply"].parent == named["job review"].id
    assert len({span.trace for span in spans if span.name in {*way, "slack chat.postMessage"}}) == 1
    facts = {name: fact for span in named.values() for name, fact in span.facts.items()}
    assert facts["candor.reference"] == reference(draft)
    assert facts["candor.answer"] == "answered"
    assert facts["gen_ai.usage.output_tokens"] == 20
    assert named["step reply"].facts["candor.outcome"] == "findings"
    assert b"candor" in b"".join(raw)
    assert not [word for word in (b"Zanzibar", b"CHANCE") if word in b"".join(raw)]


async def test_what_fails_is_marked_in_its_trace_and_nobodys_words_with_it() -> None:
    async with collector() as (url, spans, raw):
        tracing = Tracing(f"{url}/v1/traces", "m")
        with pytest.raises(ValueError, match="Zanzibar"), tracing.span("step reply"):
            int("Zanzibar")
        await tracing.close()
    (span,) = spans
    assert span.failed.startswith("ValueError")
    assert b"Zanzibar" not in raw[0]
