"""Recorded answers are given to the requests that they answered, and to no others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.judging import Failure, ModelFailed
from bot.model.language_model import Form, Heard, ModelMessage, ModelReply, ModelRequest, SpokenRequest
from bot.model.recorded import (
    Key,
    Recorded,
    RecordedCall,
    RecordedModel,
    RecordedSpeaker,
    Recordings,
    body_hash,
    recorded_line,
    request_hash,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

REQUEST = ModelRequest(
    "Guidelines.", (ModelMessage("user", "A draft."),), Form("critique", {"type": "object"}), author="a"
)
SPOKEN = SpokenRequest("Talk.", (ModelMessage("user", "Why?"),))
SAID = ModelReply('{"issues": []}', model="recorded 2026-11-29")


@pytest.fixture
async def calls() -> list[RecordedCall]:
    return []


@pytest.fixture
async def empty(calls: list[RecordedCall]) -> AsyncGenerator[Recordings]:
    recordings = Recordings((), calls.append)
    yield recordings
    await recordings.aclose()


def of(*answers: tuple[str, ModelReply | Failure]) -> Recordings:
    return Recordings([recorded_line(Key("a", 1, 1, request=request), Recorded(said)) for request, said in answers])


async def test_the_same_request_gets_its_answer_whoever_asks_and_another_gets_none(empty: Recordings) -> None:
    model = RecordedModel(of((request_hash(empty.wire, REQUEST), SAID)))
    assert await model.ask(replace(REQUEST, author="b", cache_key="c")) == SAID
    with pytest.raises(ModelFailed) as failed:
        await model.ask(replace(REQUEST, turns=(ModelMessage("user", "A draft!"),)))
    assert (failed.value.failure, failed.value.passing) == (Failure.ABSENT, False)
    await model.aclose()


async def test_a_recorded_refusal_is_one_again(empty: Recordings) -> None:
    model = RecordedModel(of((request_hash(empty.wire, REQUEST), Failure.REFUSED)))
    with pytest.raises(ModelFailed) as failed:
        await model.ask(REQUEST)
    assert failed.value.failure is Failure.REFUSED


async def test_a_conversation_is_answered_from_the_file_as_well(empty: Recordings, calls: list[RecordedCall]) -> None:
    with pytest.raises(ModelFailed):
        _ = [piece async for piece in RecordedSpeaker(empty).speak(SPOKEN)]
    (call,) = calls
    assert (call.answered, call.body["instructions"]) == (False, "Talk.")
    assert call.request == body_hash(call.path, call.body)
    speaker = RecordedSpeaker(of((call.request, replace(SAID, text="Because."))))
    first, last = [piece async for piece in speaker.speak(SPOKEN)]
    assert first == Heard("Because.", SAID.model)
    assert (last.text, last.last, last.cut) == ("", True, False)
    await speaker.aclose()


def test_other_answers_are_another_model() -> None:
    one, same, other = of(("1", SAID)), of(("1", SAID)), of(("1", replace(SAID, text="{}")))
    assert RecordedModel(one).identity == RecordedModel(same).identity != RecordedModel(other).identity
