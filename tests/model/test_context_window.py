"""Models that read little at once: what their servers say of it, what they refuse, and what they silently leave out."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from bot.core.judging import Failure, ModelFailed
from bot.model.brief import judged, parted, short_names
from bot.model.context_window import at_least, estimated, window_in, window_of
from tests.model.cases import CLAIM, POST, PRESSURE, TIE, case
from tests.model.server import Asked, Fault, ScriptedModel, critique, issue, taking

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from bot.core.guidelines import Library
    from bot.model.critic import ModelCritic

    CriticOf = Callable[..., ModelCritic]

HURRY = "so hurry over before your neighbour does"
EVERYBODY = "Everybody in town wants one"
FAMILIES = {
    "authenticity": "claim-evidence",
    "transparency": "commercial-disclosure",
    "user-control": "no-false-pressure",
}


@pytest.mark.parametrize("names_it", [True, False])
async def test_eight_thousand_tokens_do_for_a_whole_review(
    server: ScriptedModel, critic: ModelCritic, *, names_it: bool
) -> None:
    server.otherwise = taking(8000, issue(HURRY, PRESSURE), issue(EVERYBODY, CLAIM), names_it=names_it)
    judgement = await critic.judge(case())
    assert {f.quote for f in judgement.findings} == {HURRY, EVERYBODY}
    asked = [r for r in server.requests if r.tokens <= 8000]
    for name in FAMILIES.values():
        assert any(f"### {name}:" in one.instructions for one in asked)
    before = len(server.requests)
    await critic.judge(case())
    assert 2 <= len(server.requests) - before <= 3
    assert all(one.tokens <= 8000 for one in server.requests[before:])


async def test_a_large_window_is_asked_once_with_the_same_bytes_as_ever(
    server: ScriptedModel, critic: ModelCritic
) -> None:
    server.otherwise = taking(32_000)
    await critic.judge(case())
    (asked,) = server.requests
    assert all(f"### {name}:" in asked.instructions for name in FAMILIES.values())


async def test_an_answer_is_shorter_where_only_its_longest_length_is_too_much(
    server: ScriptedModel, critic: ModelCritic
) -> None:
    server.otherwise = taking(12_000)
    await critic.judge(case())
    lengths = [r.body.get("max_tokens") or r.body["max_output_tokens"] for r in server.requests]
    assert lengths[0] == 4000
    assert 1000 <= lengths[1] < 4000
    assert len(lengths) == 2


@pytest.mark.parametrize("tokens", [2050, 4096])
async def test_a_prompt_that_is_cut_silently_never_counts_as_a_review(
    server: ScriptedModel, critic: ModelCritic, tokens: int, caplog: pytest.LogCaptureFixture
) -> None:
    server.window = tokens
    with pytest.raises(ModelFailed) as raised:
        await critic.judge(case())
    assert raised.value.failure is Failure.NO_ROOM
    assert f"has read {tokens} tokens of more than" in caplog.text


async def test_a_silent_server_with_room_for_parts_gets_parts(server: ScriptedModel, critic: ModelCritic) -> None:
    server.window = 6800
    server.otherwise = taking(99_999, issue(HURRY, PRESSURE))
    assert [f.quote for f in (await critic.judge(case())).findings] == [HURRY]
    before = len(server.requests)
    await critic.judge(case())
    assert len(server.requests) - before > 1
    assert all(one.tokens < 6800 for one in server.requests[before:])


async def test_a_long_draft_is_told_from_a_small_window(server: ScriptedModel, critic: ModelCritic) -> None:
    server.otherwise = taking(8000)
    with pytest.raises(ModelFailed) as raised:
        await critic.judge(case(POST * 120))
    assert raised.value.failure is Failure.TOO_LONG
    assert (await critic.judge(case())).findings == ()
    server.otherwise = taking(3000)
    with pytest.raises(ModelFailed) as raised:
        await critic.judge(case("Other words."))
    assert raised.value.failure is Failure.NO_ROOM


async def test_an_output_limit_below_the_usual_is_taken(server: ScriptedModel, critic: ModelCritic) -> None:
    def limited(asked: Asked) -> Any:
        name = "max_tokens" if asked.chat else "max_output_tokens"
        said = f"{name} is too large: 4000. This model supports at most 1024 completion tokens."
        too_much = asked.body[name] > 1024
        return Fault("status", 400, "invalid_value", param=name, message=said) if too_much else critique()(asked)

    server.otherwise = limited
    await critic.judge(case())
    await critic.judge(case("Other words."))
    lengths = [r.body.get("max_tokens") or r.body["max_output_tokens"] for r in server.requests]
    assert lengths == [4000, 1024, 1024]


def test_families_stay_together_while_there_are_calls_enough(in_force: Library) -> None:
    guidelines, names = judged(in_force), short_names(in_force)
    for calls in range(1, 6):
        groups = parted(guidelines, names, calls)
        assert [g for group in groups for g in group] == list(guidelines)
        assert len(groups) == calls
    assert [{g.family for g in group} for group in parted(guidelines, names, 3)] == [{family} for family in FAMILIES]


@pytest.mark.parametrize(
    ("said", "tokens"),
    [
        ("This model's maximum context length is 12288 tokens. However, you requested 4000 output tokens", 12288),
        ("the request exceeds the available context size (8192 tokens), try increasing it", 8192),
        ("the model is loaded with context length of only 4096 tokens, which is not enough", 4096),
        ("prompt is too long: 9000 tokens > 8192 maximum", 8192),
        ("`inputs` tokens + `max_new_tokens` must be <= 8193. Given: 8554 `inputs` tokens", 8193),
        ("greater than the context length", 0),
    ],
)
def test_a_refusal_names_the_window(said: str, tokens: int) -> None:
    assert window_in({}, said) == tokens
    assert window_in({"n_ctx": 7000}, said) == 7000


def test_estimates_are_above_and_below() -> None:
    text = "It was a bright cold day in April, and the clocks were striking thirteen. " * 20
    assert at_least(text) < len(text) / 4.8 < len(text) / 4.3 < estimated(text)
    assert at_least(" " * 4000) < 10
    assert at_least("日本語" * 100) < 300 <= estimated("日本語" * 100) + 60


@asynccontextmanager
async def serving(**paths: Any) -> AsyncGenerator[str]:
    """A server that answers these paths with these values, to whoever asks as it wants it."""
    app = web.Application()

    def handler(value: Any) -> Callable[[web.Request], Any]:
        async def answer(_: web.Request) -> web.Response:
            return web.json_response(value)

        return answer

    for path, value in paths.items():
        app.router.add_route("*", f"/{path.replace('__', '/')}", handler(value))
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1/"
    finally:
        await runner.cleanup()


def listing(**entry: Any) -> dict[str, Any]:
    return {"object": "list", "data": [{"id": "other", "max_model_len": 99}, {"id": "m", **entry}]}


@pytest.mark.parametrize(
    ("paths", "tokens"),
    [
        ({"v1__models": listing(max_model_len=8192)}, 8192),
        ({"v1__models": listing(meta={"n_ctx": 8192, "n_ctx_train": 32768})}, 8192),
        ({"v1__models": listing(), "props": {"default_generation_settings": {"n_ctx": 4096}}}, 4096),
        ({"api__v0__models__m": {"loaded_context_length": 4096, "max_context_length": 32768}}, 4096),
        ({"api__ps": {"models": [{"name": "m:latest", "context_length": 4096}]}}, 4096),
        ({"api__show": {"parameters": "temperature 0.6\nnum_ctx                 16384"}}, 16384),
        ({"v1__models": listing(context_length=131072), "props": "no"}, 131072),
        ({"v1__models": listing(context_length="8192")}, 0),
        ({}, 0),
    ],
    ids=[
        "vLLM",
        "llama.cpp",
        "llama.cpp props",
        "LM Studio",
        "Ollama running",
        "Ollama set",
        "OpenRouter",
        "text",
        "none",
    ],
)
async def test_servers_tell_their_window_each_in_its_way(paths: dict[str, Any], tokens: int) -> None:
    async with serving(**paths) as address:
        assert await window_of(address, "k", "m") == tokens
    assert await window_of(address, "k", "m", patience=1.0) == 0


async def test_a_window_that_is_told_is_kept_to_from_the_first_call(server: ScriptedModel, critic: ModelCritic) -> None:
    server.models, server.more = ("m",), {"max_model_len": 8000}
    server.otherwise = taking(8000, issue(HURRY, PRESSURE), issue("Our new lamp", TIE))
    judgement = await critic.judge(case())
    assert len(judgement.findings) == 2
    assert all(r.tokens + (r.body.get("max_tokens") or r.body["max_output_tokens"]) <= 8000 for r in server.requests)
    assert 2 <= len(server.requests) <= 4
