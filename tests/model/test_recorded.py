"""Answers out of files: found by their request, known as stale, and never taken for what they are not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.assemble.evaluating import CaseModel, Exchange
from bot.core.judging import Failure, ModelFailed, Usage
from bot.evaluation.cases import MISSING, STALE
from bot.model.language_model import Form, ModelMessage, ModelReply, ModelRequest
from bot.model.opening import open_model
from bot.model.recorded import Key, Recorded, RecordedAnswers, recorded_line, request_hash, request_line
from tests.model.cases import QUICK
from tests.model.server import HANG, REFUSAL, ScriptedModel, unsupported

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.model.language_model import Wire
    from tests.model.conftest import Api

REQUEST = ModelRequest(
    "Guidelines.", (ModelMessage("user", "A draft."),), Form("critique", {"type": "object"}), author="a"
)
JSON_TEXT = '{"issues": []}'


@pytest.fixture
async def model(server: ScriptedModel, api: Api) -> AsyncGenerator[Wire]:
    opened = open_model(api_key="k", base_url=server.url, model="m", effort="low", limits=QUICK, api=api)
    yield opened
    await opened.aclose()


def key_of(model: Wire, case: str = "a.b", run: int = 0, call: int = 1) -> Key:
    return Key(case, run, call, request=request_hash(model, REQUEST))


def result(model: Wire, body: Any, status: int = 200, error: Any = None) -> str:
    """A line of a batch's results."""
    response = {"status_code": status, "request_id": "r", "body": body}
    return json.dumps({"id": "b", "custom_id": key_of(model).custom_id, "response": response, "error": error})


def test_a_key_survives_its_way_through_a_file() -> None:
    key = Key("authenticity/x.y/bad-1", 2, 3, request="0f")
    assert Key.parse(key.custom_id) == key
    for other in ("", "a.r0.1", "a.0.1.x", "a.r0.one.x", "a.rx.1.x"):
        assert Key.parse(other) is None


def test_who_asks_does_not_change_the_hash_and_what_is_asked_does(model: Wire) -> None:
    same = request_hash(model, replace(REQUEST, author="b", cache_key="c"))
    assert same == request_hash(model, REQUEST)
    assert same != request_hash(model, replace(REQUEST, instructions="Other guidelines."))
    assert same != request_hash(model, replace(REQUEST, output_tokens=9000))


def test_a_request_line_is_what_the_batch_api_takes(model: Wire, api: Api) -> None:
    line = json.loads(request_line(key_of(model), model.path, model.body(REQUEST)))
    assert (line["custom_id"], line["method"]) == (key_of(model).custom_id, "POST")
    assert line["url"] == {"responses": "/v1/responses", "chat": "/v1/chat/completions"}[api]
    body = line["body"]
    form = body["text"]["format"] if api == "responses" else body["response_format"]["json_schema"]
    assert (body["model"], form["strict"], form["schema"]) == ("m", True, {"type": "object"})
    assert body["max_output_tokens" if api == "responses" else "max_completion_tokens"] == 2000


async def test_the_hash_stays_while_a_server_makes_requests_simpler(
    server: ScriptedModel, model: Wire, api: Api
) -> None:
    before = request_hash(model, REQUEST)
    refused = {"responses": ("reasoning", "max_output_tokens"), "chat": ("max_tokens", "response_format")}[api]
    server.will(*map(unsupported, refused))
    server.otherwise = JSON_TEXT
    await model.ask(REQUEST)
    assert request_hash(model, REQUEST) == before


async def test_a_call_is_recorded_once_and_then_answers_without_a_server(server: ScriptedModel, model: Wire) -> None:
    server.otherwise = JSON_TEXT
    kept: list[str] = []
    said = await CaseModel(Exchange(model, RecordedAnswers(model), kept.append), "a.b", 0).ask(REQUEST)
    answers = RecordedAnswers(model, kept)
    again = CaseModel(Exchange(model, answers), "a.b", 0)
    assert await again.ask(REQUEST) == said
    assert (len(server.requests), len(answers), again.note.fault) == (1, 1, "")
    assert again.note.seconds is not None
    assert said == ModelReply(JSON_TEXT, model="m-2026", usage=Usage(1, 100, 60, output_tokens=20))


async def test_a_refusal_is_kept_and_what_may_pass_is_asked_again(server: ScriptedModel, model: Wire) -> None:
    server.will(REFUSAL)
    kept: list[str] = []
    exchange = Exchange(model, RecordedAnswers(model), kept.append)
    with pytest.raises(ModelFailed):
        await CaseModel(exchange, "a", 0).ask(REQUEST)
    assert [json.loads(line)["failure"] for line in kept] == ["refused"]
    with pytest.raises(ModelFailed) as told:
        await CaseModel(Exchange(model, RecordedAnswers(model, kept)), "a", 0).ask(REQUEST)
    assert told.value.failure is Failure.REFUSED
    assert len(server.requests) == 1


async def test_a_server_that_is_away_leaves_nothing_behind(server: ScriptedModel) -> None:
    server.will(*[HANG] * 5)
    quick = open_model(
        api_key="k", base_url=server.url, model="m", effort="", limits=replace(QUICK, call=0.05, attempts=1)
    )
    kept: list[str] = []
    with pytest.raises(ModelFailed):
        await CaseModel(Exchange(quick, RecordedAnswers(quick), kept.append), "a", 0).ask(REQUEST)
    assert kept == []
    await quick.aclose()


async def test_an_answer_to_another_request_is_stale_and_no_answer_is_missing(model: Wire) -> None:
    line = recorded_line(key_of(model), Recorded(ModelReply(JSON_TEXT)))
    exchange = Exchange(model, RecordedAnswers(model, [line]))
    changed, new = CaseModel(exchange, "a.b", 0), CaseModel(exchange, "c", 0)
    for one in (changed, new):
        with pytest.raises(ModelFailed):
            await one.ask(replace(REQUEST, instructions="New guidelines."))
    assert (changed.note.fault, new.note.fault) == (STALE, MISSING)
    assert [json.loads(wanted)["custom_id"].split(".r")[0] for wanted in exchange.wanted] == ["a.b", "c"]


async def test_batch_results_answer_as_the_server_would(server: ScriptedModel, model: Wire) -> None:
    server.will(JSON_TEXT)
    said = await model.ask(REQUEST)
    asked = server.requests[0]
    read = RecordedAnswers(model, ["", result(model, server.body(asked, JSON_TEXT)), "{}", "no JSON"])
    found = read.find(key_of(model))
    assert found == Recorded(said, None)
    assert (read.unread, read.failed) == (2, 0)
    one = CaseModel(Exchange(model, read), "a.b", 0)
    await one.ask(REQUEST)
    assert one.note.seconds is None
    refused = RecordedAnswers(model, [result(model, server.body(asked, "", "refusal"))]).find(key_of(model))
    assert refused == Recorded(Failure.REFUSED)


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (400, "content_filter", Failure.REFUSED),
        (400, "context_length_exceeded", Failure.TOO_LONG),
        (400, "unknown_parameter", Failure.SETTINGS),
        (429, "rate_limit_exceeded", None),
        (503, "", None),
    ],
)
def test_an_error_in_a_batch_is_a_failure_or_to_be_asked_again(
    model: Wire, status: int, code: str, said: Failure | None
) -> None:
    read = RecordedAnswers(model, [result(model, {"error": {"code": code}}, status)])
    assert read.find(key_of(model)) == (Recorded(said) if said else None)
    assert read.failed == (said is None)


def test_an_expired_request_and_a_failed_answer_are_asked_again(model: Wire, api: Api) -> None:
    expired = {"custom_id": key_of(model).custom_id, "response": None, "error": {"code": "batch_expired"}}
    error = {"error": {"code": "server_error"}}
    body: dict[str, Any] = error | ({"status": "failed"} if api == "responses" else {})
    read = RecordedAnswers(model, [json.dumps(expired), result(model, body)])
    assert (read.failed, read.find(key_of(model))) == (2, None)


def test_an_unknown_failure_in_a_recording_is_no_answer(model: Wire) -> None:
    line = json.dumps({"custom_id": key_of(model).custom_id, "failure": "tired"})
    assert RecordedAnswers(model, [line]).failed == 1
