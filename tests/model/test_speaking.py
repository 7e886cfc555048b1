"""Answers piece by piece over both interfaces, through the unmodified client."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.judging import Failure, ModelFailed, Usage
from bot.model.language_model import Heard, ModelMessage, SpokenRequest
from bot.model.opening import open_speaker
from tests.model.cases import QUICK
from tests.model.server import DROP, Fault, ScriptedModel, too_many, unsupported
from tests.model.sse import Stream

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.model.calls import SpeakingModel

REQUEST = SpokenRequest("Be fair.", (ModelMessage("user", "Hello"),), author="a" * 64, cache_key="key")
WORDS = "Readers may rely on it."


@pytest.fixture
async def speaker(server: ScriptedModel, api: Any) -> AsyncGenerator[SpeakingModel]:
    made = open_speaker(api_key="k", base_url=server.url, model="m", effort="low", limits=QUICK, api=api)
    yield made
    await made.aclose()


@pytest.fixture
async def opened_chat(server: ScriptedModel) -> AsyncGenerator[SpeakingModel]:
    made = open_speaker(api_key="k", base_url=server.url, model="m", effort="low", limits=QUICK, api="chat")
    yield made
    await made.aclose()


async def heard(speaker: SpeakingModel) -> list[Heard]:
    async with aclosing(speaker.speak(REQUEST)) as pieces:
        return [piece async for piece in pieces]


async def test_the_pieces_come_as_they_are_and_the_last_one_says_what_it_cost(
    server: ScriptedModel, speaker: SpeakingModel, api: str
) -> None:
    server.will(WORDS)
    pieces = await heard(speaker)
    assert [piece.text for piece in pieces if piece.text] == ["Readers ", "may ", "rely ", "on ", "it."]
    assert [piece.usage for piece in pieces if piece.usage] == [Usage(1, 100, 60, output_tokens=20)]
    assert not any(piece.cut for piece in pieces)
    assert {piece.model for piece in pieces if piece.model} == {"m-2026"}
    body = server.requests[0].body
    if api == "responses":
        assert body == {
            "model": "m",
            "instructions": "Be fair.",
            "input": [{"role": "user", "content": "Hello"}],
            "max_output_tokens": 2000,
            "store": False,
            "stream": True,
            "reasoning": {"effort": "low"},
            "safety_identifier": "a" * 64,
            "prompt_cache_key": "key",
        }
    else:
        assert body == {
            "model": "m",
            "messages": [{"role": "system", "content": "Be fair."}, {"role": "user", "content": "Hello"}],
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": 2000,
        }


def test_the_costs_may_come_with_the_last_words(opened_chat: SpeakingModel) -> None:
    costs = {"prompt_tokens": 9, "completion_tokens": 4, "prompt_tokens_details": {"cached_tokens": 8}}
    last = {"index": 0, "delta": {"content": "it."}, "finish_reason": "stop"}
    piece = opened_chat.read({"model": "m", "choices": [last], "usage": costs})
    assert piece == Heard("it.", "m", last=True, usage=Usage(1, 9, 8, output_tokens=4))


async def test_pieces_in_parts_are_read_without_their_thoughts(server: ScriptedModel, speaker: SpeakingModel) -> None:
    server.parts = True
    server.will(WORDS)
    assert "".join(piece.text for piece in await heard(speaker)) == WORDS


@pytest.mark.parametrize("end", ["cut", "short"])
async def test_a_cut_answer_says_so(server: ScriptedModel, speaker: SpeakingModel, end: str) -> None:
    server.will(Stream(WORDS, end))
    assert any(piece.cut for piece in await heard(speaker))


@pytest.mark.parametrize("end", ["refusal", "filtered"])
async def test_a_refusal_is_one_also_after_words(server: ScriptedModel, speaker: SpeakingModel, end: str) -> None:
    for text in ("", WORDS):
        server.will(Stream(text, end))
        with pytest.raises(ModelFailed) as raised:
            await heard(speaker)
        assert raised.value.failure is Failure.REFUSED


@pytest.mark.parametrize("end", ["drop", "silence", "failed", "error", "unsaid"])
async def test_a_stream_that_breaks_after_words_is_not_asked_again(
    server: ScriptedModel, speaker: SpeakingModel, end: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.will(Stream(WORDS, end))
    said: list[str] = []

    async def listen() -> None:
        async with aclosing(speaker.speak(REQUEST)) as pieces:
            async for piece in pieces:
                said.extend(piece.text)

    with pytest.raises(ModelFailed) as raised:
        await listen()
    assert raised.value.failure is Failure.UNREACHABLE
    assert "".join(said) == WORDS
    assert len(server.requests) == 1
    assert "rely" not in caplog.text


@pytest.mark.parametrize(
    "fault",
    [
        too_many({"retry-after-ms": "5"}),
        DROP,
        Fault("status", 503),
        Fault("page"),
        Stream("", "drop"),
        Stream("", "failed"),
    ],
    ids=["429", "dropped", "503", "page", "empty", "failed"],
)
async def test_what_fails_before_the_first_word_is_asked_again(
    server: ScriptedModel, speaker: SpeakingModel, fault: Any
) -> None:
    server.will(fault, WORDS)
    assert "".join(piece.text for piece in await heard(speaker)) == WORDS
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (too_many({"retry-after": "60"}), Failure.BUSY),
        (too_many(code="insufficient_quota"), Failure.QUOTA),
        (Fault("status", 401), Failure.KEY),
        (DROP, Failure.UNREACHABLE),
    ],
    ids=["busy", "quota", "key", "down"],
)
async def test_what_keeps_failing_is_named(
    server: ScriptedModel, speaker: SpeakingModel, fault: Any, failure: Failure
) -> None:
    server.otherwise = fault
    with pytest.raises(ModelFailed) as raised:
        await heard(speaker)
    assert raised.value.failure is failure


async def test_a_field_that_is_refused_is_left_out_from_then_on(
    server: ScriptedModel, speaker: SpeakingModel, api: str
) -> None:
    refused = "reasoning" if api == "responses" else "stream_options"
    server.will(unsupported(refused), WORDS, WORDS)
    for _ in range(2):
        assert "".join(piece.text for piece in await heard(speaker)) == WORDS
    assert [refused in asked.body for asked in server.requests] == [True, False, False]


async def test_a_request_that_is_refused_as_a_whole_fails(server: ScriptedModel, speaker: SpeakingModel) -> None:
    server.will(Fault("status", 400, "invalid_value"))
    with pytest.raises(ModelFailed) as raised:
        await heard(speaker)
    assert raised.value.failure is Failure.SETTINGS


async def test_who_stops_listening_stops_the_model(server: ScriptedModel, speaker: SpeakingModel) -> None:
    stream = Stream(WORDS, hold=2)
    server.will(stream)
    async with aclosing(speaker.speak(REQUEST)) as pieces:
        async for piece in pieces:
            if piece.text == "may ":
                break
    async with asyncio.timeout(5):
        while not stream.gone:
            await asyncio.sleep(0.01)
    assert stream.said == 2
