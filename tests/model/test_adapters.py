"""Both interfaces, through the unmodified client, against a server that misbehaves on purpose."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.judging import Failure, ModelFailed, Usage
from bot.model import responses
from bot.model.calls import ServerModel, asked_pause
from bot.model.language_model import Form, ModelLimits, ModelMessage, ModelRequest, ServerFailed
from bot.model.opening import open_model, open_speaker
from tests.model.cases import QUICK
from tests.model.server import CUT, DROP, HANG, REFUSAL, Asked, Fault, ScriptedModel, too_many, unsupported

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.model.language_model import LanguageModel

    Open = Callable[..., LanguageModel]

SCHEMA: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
REQUEST = ModelRequest(
    "Be fair.", (ModelMessage("user", "Hello"),), Form("form", SCHEMA), author="a" * 64, cache_key="key"
)
ANSWER = '{"fine": true}'


async def test_a_request_holds_what_its_interface_knows(server: ScriptedModel, opened: Open, api: str) -> None:
    server.will(ANSWER)
    reply = await opened().ask(REQUEST)
    assert (reply.text, reply.cut, reply.model) == (ANSWER, False, "m-2026")
    assert reply.usage == Usage(1, 100, 60, output_tokens=20)
    body = server.requests[0].body
    if api == "responses":
        assert body == {
            "model": "m",
            "instructions": "Be fair.",
            "input": [{"role": "user", "content": "Hello"}],
            "text": {"format": {"type": "json_schema", "name": "form", "strict": True, "schema": SCHEMA}},
            "reasoning": {"effort": "low"},
            "max_output_tokens": 2000,
            "store": False,
            "safety_identifier": "a" * 64,
            "prompt_cache_key": "key",
        }
    else:
        assert body == {
            "model": "m",
            "messages": [{"role": "system", "content": "Be fair."}, {"role": "user", "content": "Hello"}],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "form", "strict": True, "schema": SCHEMA},
            },
            "max_tokens": 2000,
        }


async def test_what_is_not_set_is_not_sent(server: ScriptedModel, opened: Open) -> None:
    server.will(ANSWER)
    await opened(effort="").ask(replace(REQUEST, author="", cache_key=""))
    assert not {"reasoning", "safety_identifier", "prompt_cache_key"} & set(server.requests[0].body)


@pytest.mark.parametrize(
    "fault",
    [
        too_many(),
        too_many({"retry-after-ms": "5"}),
        too_many({"retry-after": "0.01"}),
        too_many({"retry-after": "soon"}),
        Fault(status=500),
        Fault(status=503),
        Fault(status=408),
        Fault(status=409),
        DROP,
        Fault("failed"),
    ],
    ids=str,
)
async def test_what_may_pass_is_asked_again(server: ScriptedModel, opened: Open, fault: Fault) -> None:
    server.will(fault, fault, ANSWER)
    assert (await opened().ask(REQUEST)).text == ANSWER
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("fault", "failure", "asked"),
    [
        (too_many(), Failure.BUSY, 3),
        (too_many({"retry-after": "60"}), Failure.BUSY, 1),
        (too_many(code="insufficient_quota"), Failure.QUOTA, 1),
        (Fault(status=402), Failure.QUOTA, 1),
        (Fault(status=500), Failure.UNREACHABLE, 3),
        (Fault(status=409), Failure.UNREACHABLE, 3),
        (DROP, Failure.UNREACHABLE, 3),
        (Fault("failed"), Failure.UNREACHABLE, 3),
        (Fault(status=401), Failure.KEY, 1),
        (Fault(status=403, message="Your API key does not have permission to use it"), Failure.KEY, 1),
        (Fault(status=403), Failure.SETTINGS, 1),
        (Fault("body", 403, body="<title>Access denied: your token expired</title>"), Failure.SETTINGS, 1),
        (Fault(status=404, code="model_not_found"), Failure.MODEL, 1),
        (Fault(status=404, message="model 'phi' not found, try pulling it first"), Failure.MODEL, 1),
        (Fault(status=400, message="Invalid model name passed in model=gpt-9"), Failure.MODEL, 1),
        (Fault(status=404, message="page is gone"), Failure.SETTINGS, 1),
        (Fault(status=403, message="The input was flagged by moderation."), Failure.REFUSED, 1),
        (Fault(status=400, message="Your credit balance is too low to access the API."), Failure.QUOTA, 1),
        (Fault(status=400, message="prompt is too long: 9000 tokens > 8192 maximum"), Failure.NO_ROOM, 1),
        (Fault(status=400, message="tokens to keep is greater than the context length"), Failure.NO_ROOM, 1),
        (Fault(status=400, message="no such thing"), Failure.SETTINGS, 1),
        (Fault(status=400, message="API key not valid. Please pass a valid API key."), Failure.KEY, 1),
        (Fault(status=400, code="invalid_api_key", message="no"), Failure.KEY, 1),
        (Fault(status=403, code="unsupported_country_region_territory"), Failure.SETTINGS, 1),
        (Fault(status=403, message="Country, region, or territory not supported"), Failure.SETTINGS, 1),
        (Fault(status=403, message="Your billing is not set up."), Failure.QUOTA, 1),
        (Fault(status=429, message="You exceeded your current quota, please check your plan."), Failure.QUOTA, 1),
        (Fault(status=429, code="credit_balance_too_low"), Failure.QUOTA, 1),
        (Fault(status=429, message="Quota exceeded for requests per minute"), Failure.BUSY, 3),
        (Fault(status=400, code="content_filter"), Failure.REFUSED, 1),
        (Fault(status=400, code="context_length_exceeded"), Failure.NO_ROOM, 1),
        (Fault(status=400, code="exceed_context_size_error"), Failure.NO_ROOM, 1),
        (Fault(status=400, message="This model's maximum context length is 8192 tokens."), Failure.NO_ROOM, 1),
        (Fault("page"), Failure.SETTINGS, 1),
        (REFUSAL, Failure.REFUSED, 1),
        (Fault("filtered"), Failure.REFUSED, 1),
    ],
    ids=str,
)
async def test_what_stays_is_named(
    server: ScriptedModel, opened: Open, fault: Fault, failure: Failure, asked: int
) -> None:
    server.otherwise = fault
    with pytest.raises(ModelFailed) as raised:
        await opened().ask(REQUEST)
    assert raised.value.failure is failure
    assert len(server.requests) == asked
    assert raised.value.__cause__ is None


async def test_a_silent_server_is_given_up(server: ScriptedModel, opened: Open) -> None:
    server.otherwise = HANG
    with pytest.raises(ModelFailed) as raised:
        # Longer than a busy machine takes to reach the server: it shall hear each call.
        await opened(ModelLimits(call=1.0, attempts=2, pause=0.001)).ask(REQUEST)
    assert raised.value.failure is Failure.UNREACHABLE
    assert len(server.requests) == 2


async def test_a_cut_answer_says_so(server: ScriptedModel, opened: Open) -> None:
    server.will(CUT)
    assert (await opened().ask(REQUEST)).cut


@pytest.mark.parametrize("key", ["ключ", "a\nb"])
async def test_a_key_that_no_header_can_hold_is_a_wrong_setting(server: ScriptedModel, key: str, api: Any) -> None:
    model = open_model(api_key=key, base_url=server.url, model="m", effort="", limits=QUICK, api=api)
    with pytest.raises(ModelFailed) as raised:
        await model.ask(REQUEST)
    assert raised.value.failure in (Failure.SETTINGS, Failure.UNREACHABLE)
    await model.aclose()


async def test_nobody_there_is_unreachable() -> None:
    model = open_model(api_key="", base_url="http://127.0.0.1:9/v1", model="m", effort="", limits=QUICK)
    with pytest.raises(ModelFailed) as raised:
        await model.ask(REQUEST)
    assert raised.value.failure is Failure.UNREACHABLE
    assert model.identity == "chat http://127.0.0.1:9/v1/ m"
    await model.aclose()


async def test_without_an_address_it_is_the_responses_interface_of_openai() -> None:
    model = open_model(api_key="k", base_url="", model="m", effort="low", limits=QUICK)
    assert model.identity == "responses https://api.openai.com/v1/ m low"
    await model.aclose()


@pytest.mark.parametrize("api", ["chat", "responses"])
async def test_what_the_library_loads_late_is_loaded_before_anybody_waits(api: Any) -> None:
    speaker = open_speaker(api_key="k", base_url="", model="m", effort="low", limits=QUICK, api=api)
    assert api in vars(speaker.client)  # so the first conversation does not import it in the loop
    await speaker.aclose()


@pytest.mark.parametrize("api", ["chat", "responses"])
async def test_a_review_is_asked_for_without_what_only_conversations_need(server: ScriptedModel, api: Any) -> None:
    server.will(ANSWER)
    model = open_model(api_key="k", base_url=server.url, model="m", effort="", limits=QUICK, api=api)
    assert isinstance(model, ServerModel)
    await model.ask(REQUEST)
    assert api not in vars(model.client)  # it takes megabytes, and most workspaces are at rest most of the time
    await model.aclose()


def refusing(*names: str) -> Callable[[Asked], Any]:
    """Refuses the first of the parameters that a request holds, as OpenAI does."""

    def answer(asked: Asked) -> Any:
        held = [name for name in names if name.partition(".")[0] in asked.body]
        return unsupported(held[0]) if held else ANSWER

    return answer


@pytest.mark.parametrize("api", ["responses"], indirect=True)
async def test_exactly_what_a_model_refuses_is_left_out_and_remembered(
    server: ScriptedModel, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    server.otherwise = refusing("reasoning.effort", "prompt_cache_key")
    model = opened()
    caplog.set_level(logging.WARNING, "bot.model.language_model")
    await asyncio.gather(model.ask(REQUEST), model.ask(REQUEST))
    asked = len(server.requests)
    await model.ask(REQUEST)
    assert len(server.requests) == asked + 1
    last = set(server.requests[-1].body)
    assert not {"reasoning", "prompt_cache_key"} & last
    assert {"safety_identifier", "store", "text", "max_output_tokens"} <= last
    assert [r.getMessage() for r in caplog.records] == [
        "the model m refuses reasoning; it is left out from now on",
        "the model m refuses prompt_cache_key; it is left out from now on",
    ]


@pytest.mark.parametrize("api", ["chat"], indirect=True)
async def test_the_newer_name_of_the_limit_is_used_where_the_old_one_is_refused(
    server: ScriptedModel, opened: Open
) -> None:
    message = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead."
    server.will(Fault("status", 400, "unsupported_parameter", param="max_tokens", message=message), ANSWER)
    await opened().ask(REQUEST)
    assert server.requests[-1].body["max_completion_tokens"] == 2000
    assert "max_tokens" not in server.requests[-1].body


@pytest.mark.parametrize("api", ["chat"], indirect=True)
async def test_no_limit_is_sent_where_both_names_are_refused(server: ScriptedModel, opened: Open) -> None:
    server.otherwise = refusing("max_tokens", "max_completion_tokens")
    await opened().ask(REQUEST)
    assert set(server.requests[-1].body) == {"model", "messages", "response_format"}


@pytest.mark.parametrize("api", ["chat"], indirect=True)
@pytest.mark.parametrize("status", [400, 422, 501])
async def test_without_json_schema_the_schema_goes_into_the_words(
    server: ScriptedModel, opened: Open, status: int
) -> None:
    refusal = Fault("status", status, message="response_format: json_schema is not supported")
    server.will(refusal, ANSWER, refusal, f"Gladly! {ANSWER} Anything else?")
    model = opened()
    await model.ask(REQUEST)
    assert server.requests[1].body["response_format"] == {"type": "json_object"}
    assert '{"type":"object"' in server.requests[1].instructions
    reply = await model.ask(REQUEST)
    assert "response_format" not in server.requests[3].body
    assert '{"type":"object"' in server.requests[3].instructions
    assert reply.text == f"Gladly! {ANSWER} Anything else?"


@pytest.mark.parametrize("api", ["chat"], indirect=True)
@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, 'Unknown name "additionalProperties" at generation_config.response_schema'),
        (404, "No endpoints found that support response_format"),
    ],
)
async def test_the_next_simpler_form_is_tried_in_whatever_words_the_first_is_refused(
    server: ScriptedModel, opened: Open, status: int, message: str
) -> None:
    server.will(Fault("status", status, message=message), ANSWER)
    await opened().ask(REQUEST)
    assert server.requests[1].body["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("api", ["chat"], indirect=True)
async def test_a_form_that_a_model_breaks_once_is_asked_for_again(server: ScriptedModel, opened: Open) -> None:
    server.will(Fault("status", 400, "json_validate_failed"), ANSWER)
    await opened().ask(REQUEST)
    assert server.requests[0].body == server.requests[1].body


@pytest.mark.parametrize("api", ["chat"], indirect=True)
@pytest.mark.parametrize(
    ("end", "failure"),
    [
        ("SAFETY", Failure.REFUSED),
        ("FinishReason.SAFETY", Failure.REFUSED),
        ("content_filter: PROHIBITED_CONTENT", Failure.REFUSED),
        ("content-filter", Failure.REFUSED),
        ("CONTENT_FILTERED", Failure.REFUSED),
        ("sensitive", Failure.REFUSED),
        ("guardrail_intervened", Failure.REFUSED),
        ("blocked", Failure.REFUSED),
        ("error", Failure.UNREACHABLE),
        ("abort", Failure.UNREACHABLE),
    ],
)
async def test_an_end_that_is_no_good_one_is_no_answer(
    server: ScriptedModel, opened: Open, end: str, failure: Failure
) -> None:
    server.otherwise = Fault("end", message=end)
    with pytest.raises(ModelFailed) as raised:
        await opened().ask(REQUEST)
    assert raised.value.failure is failure


@pytest.mark.parametrize("api", ["chat"], indirect=True)
@pytest.mark.parametrize(
    ("end", "cut"),
    [
        ("STOP", False),
        ("eos_token", False),
        ("COMPLETE", False),
        ("FinishReason.STOP", False),
        ("done", False),
        ("function_call", False),
        ("MAX_TOKENS", True),
        ("FinishReason.MAX_TOKENS", True),
    ],
)
async def test_good_ends_have_many_names(server: ScriptedModel, opened: Open, end: str, *, cut: bool) -> None:
    server.will(Fault("end", message=end))
    assert (await opened().ask(REQUEST)).cut is cut


def streamed(asked: Asked, *, ends: bool) -> Fault:
    """An answer piece by piece, to a request that asked for all of it at once."""
    begun, rest = ANSWER[:5], ANSWER[5:]
    pieces: list[dict[str, Any]] = [{"delta": {"role": "assistant", "content": begun}}, {"delta": {"content": rest}}]
    chat: list[Any] = [{"choices": [piece], "model": "m-2026"} for piece in pieces]
    chat += [{"choices": [{"delta": {}, "finish_reason": "stop"}]}] if ends else []
    chat += [{"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3}}]
    message = {"type": "message", "content": [{"type": "output_text", "text": ANSWER}]}
    whole: dict[str, Any] = {"status": "completed", "model": "m-2026", "output": [message]}
    whole |= {"usage": {"input_tokens": 7, "output_tokens": 3}}
    other: list[Any] = [{"type": "response.created", "response": {"status": "in_progress"}}]
    other += [{"type": "response.completed", "response": whole}] if ends else []
    lines = "\n\n".join(f"data: {json.dumps(one)}" for one in (chat if asked.chat else other))
    return Fault("body", 200, body=f": wait\n\n{lines}\n\ndata: [DONE]\n\n")


async def test_a_server_that_streams_unasked_is_read(server: ScriptedModel, opened: Open) -> None:
    server.will(partial(streamed, ends=True))
    reply = await opened().ask(REQUEST)
    assert (reply.text, reply.cut, reply.model, reply.usage) == (ANSWER, False, "m-2026", Usage(1, 7, output_tokens=3))


async def test_a_stream_without_an_end_is_no_answer(server: ScriptedModel, opened: Open) -> None:
    server.otherwise = partial(streamed, ends=False)
    with pytest.raises(ModelFailed) as raised:
        await opened().ask(REQUEST)
    assert raised.value.failure is Failure.UNREACHABLE


@pytest.mark.parametrize("arguments", [ANSWER, json.loads(ANSWER)], ids=type)
async def test_what_is_handed_to_a_tool_is_the_answer(server: ScriptedModel, opened: Open, arguments: object) -> None:
    tool = {"name": "json_tool_call", "arguments": arguments}
    message = {"role": "assistant", "content": None, "tool_calls": [{"type": "function", "function": tool}]}
    chat: dict[str, Any] = {"choices": [{"message": message, "finish_reason": "tool_calls"}]}
    other: dict[str, Any] = {"status": "completed", "output": [{"type": "function_call", **tool}]}
    server.will(lambda asked: Fault("body", 200, body=chat if asked.chat else other))
    assert (await opened().ask(REQUEST)).text == ANSWER


async def test_an_answer_that_is_all_thoughts_is_told_of_in_the_log(
    server: ScriptedModel, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    chat: dict[str, Any] = {
        "choices": [{"message": {"content": "", "reasoning": "I should flag it."}, "finish_reason": "stop"}]
    }
    other: dict[str, Any] = {"status": "completed", "output": [{"type": "reasoning", "summary": []}]}
    server.will(lambda asked: Fault("body", 200, body=chat if asked.chat else other))
    assert (await opened().ask(REQUEST)).text == ""
    assert ("it only thought" in caplog.text, "flag it" in caplog.text) == (True, False)


async def test_an_answer_that_a_filter_stopped_may_come_as_an_error(server: ScriptedModel, opened: Open) -> None:
    choice = {"message": {"role": "assistant", "content": ""}, "finish_reason": "content_filter"}
    server.otherwise = Fault("body", 400, body={"object": "chat.completion", "choices": [choice]})
    with pytest.raises(ModelFailed) as raised:
        await opened().ask(REQUEST)
    assert (raised.value.failure, len(server.requests)) == (Failure.REFUSED, 1)


@pytest.mark.parametrize("api", ["responses"], indirect=True)
async def test_an_answer_among_the_turns_is_called_a_message(server: ScriptedModel, opened: Open) -> None:
    server.will(ANSWER)
    await opened().ask(replace(REQUEST, turns=(*REQUEST.turns, ModelMessage("assistant", "No"))))
    assert server.requests[0].body["input"][1] == {"type": "message", "role": "assistant", "content": "No"}


async def test_a_server_that_refuses_everything_is_not_asked_for_ever(server: ScriptedModel, opened: Open) -> None:
    names = "response_format max_tokens max_completion_tokens reasoning text store prompt_cache_key"
    server.otherwise = Fault("status", 400, message=f"unknown: {names} safety_identifier max_output_tokens")
    with pytest.raises(ModelFailed) as raised:
        await opened().ask(REQUEST)
    assert raised.value.failure is Failure.SETTINGS
    assert len(server.requests) < 10


async def test_usage_that_a_server_does_not_count_is_nought(server: ScriptedModel, opened: Open) -> None:
    server.tokens = {"in": 0, "cached": 0, "out": 0} | {"cached": None}
    server.will(ANSWER)
    assert (await opened().ask(REQUEST)).usage == Usage(1)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "nan"}, 0),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:30 GMT", "date": "Sat, 21 Nov 2026 10:00:00 GMT"}, 30),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:30 GMT"}, 0),
    ],
)
def test_a_server_says_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert asked_pause(headers) == seconds


@pytest.mark.parametrize("status", ["in_progress", "queued", "failed", "cancelled"])
def test_what_a_server_calls_unfinished_is_no_answer(status: str) -> None:
    said = {"type": "message", "content": [{"type": "output_text", "text": ANSWER}]}
    with pytest.raises(ServerFailed):
        responses.read({"status": status, "output": [said]}, "m")
    assert responses.read({"status": "completed", "output": [said]}, "m").text == ANSWER
    assert responses.read({"output": [said]}, "m").text == ANSWER


@pytest.mark.parametrize("shape", ["list", "string"])
@pytest.mark.parametrize(
    ("status", "message", "failure"),
    [
        (400, "API key not valid. Please pass a valid API key.", Failure.KEY),
        (404, "Model m not found", Failure.MODEL),
        (400, "The input token count exceeds the maximum context length", Failure.NO_ROOM),
        (429, "You exceeded your current quota, please check your plan", Failure.QUOTA),
    ],
)
async def test_errors_in_other_shapes_are_called_by_their_names(
    server: ScriptedModel, opened: Open, shape: str, status: int, message: str, failure: Failure
) -> None:
    server.otherwise = Fault(shape, status, message=message)
    with pytest.raises(ModelFailed) as raised:
        await opened().ask(REQUEST)
    assert raised.value.failure is failure


IN_200 = [
    ({"code": "invalid_api_key", "message": "no"}, Failure.KEY, 1),
    ({"code": 401, "message": "no"}, Failure.KEY, 1),
    ({"type": "authentication_error", "message": "no"}, Failure.KEY, 1),
    ({"code": 402, "message": "Insufficient credits"}, Failure.QUOTA, 1),
    ({"code": "insufficient_quota", "message": "no"}, Failure.QUOTA, 1),
    ({"code": "402", "message": "no"}, Failure.QUOTA, 1),
    ({"message": "model 'phi' not found, try pulling it first"}, Failure.MODEL, 1),
    ("model 'phi' not found", Failure.MODEL, 1),
    ({"code": "context_length_exceeded", "message": "no"}, Failure.NO_ROOM, 1),
    ({"type": "invalid_request_error", "message": "no such thing"}, Failure.SETTINGS, 1),
    ({"code": 403, "message": "Country, region, or territory not supported"}, Failure.SETTINGS, 1),
    ({"code": "rate_limit_exceeded", "message": "no"}, Failure.BUSY, 3),
    ({"status": "RESOURCE_EXHAUSTED", "message": "no"}, Failure.BUSY, 3),
    ({"code": 502, "message": "no"}, Failure.UNREACHABLE, 3),
    ({"message": "something went wrong"}, Failure.UNREACHABLE, 3),
    ("something went wrong", Failure.UNREACHABLE, 3),
]


@pytest.mark.parametrize(("error", "failure", "asked"), IN_200, ids=str)
async def test_an_error_that_comes_with_status_200_is_called_by_its_name(
    server: ScriptedModel, opened: Open, error: object, failure: Failure, asked: int
) -> None:
    server.otherwise = Fault("body", 200, body={"error": error})
    with pytest.raises(ModelFailed) as raised:
        await opened().ask(REQUEST)
    assert raised.value.failure is failure
    assert len(server.requests) == asked


@pytest.mark.parametrize(
    "body",
    [
        [{"error": {"code": 402, "message": "no"}}],
        {"choices": [{"error": {"code": 402, "message": "no"}}]},
        {"object": "error", "code": 402, "message": "no"},
    ],
    ids=str,
)
async def test_such_an_error_is_found_where_servers_put_it(server: ScriptedModel, opened: Open, body: object) -> None:
    server.otherwise = Fault("body", 200, body=body)
    with pytest.raises(ModelFailed) as raised:
        await opened().ask(REQUEST)
    assert raised.value.failure is Failure.QUOTA
