"""Models whose library is loaded when somebody first asks them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Literal

import pytest

from bot.core.judging import ModelFailed
from bot.model.language_model import Form, ModelMessage, ModelRequest, SpokenRequest
from bot.model.opening import LateModel, LateSpeaker, open_model
from tests.model.cases import QUICK

if TYPE_CHECKING:
    from bot.model.opening import ModelAddress
    from tests.model.server import ScriptedModel

REQUEST = ModelRequest("Be fair.", (ModelMessage("user", "Hello"),), Form("ready", {"type": "object"}))


def address(url: str, api: Literal["responses", "chat"]) -> ModelAddress:
    return {"api_key": "k", "base_url": url, "model": "m", "effort": "low", "limits": QUICK, "api": api}


async def test_it_answers_as_one_that_is_open_and_opens_once(server: ScriptedModel, api: Any) -> None:
    model = LateModel(address(server.url, api))
    server.will('{"ready": true}', '{"ready": true}')
    replies = await asyncio.gather(model.ask(REQUEST), model.ask(REQUEST))
    assert [reply.text for reply in replies] == ['{"ready": true}'] * 2
    assert await model.opened() is await model.opened()
    assert (await model.opened()).window is model.window
    await model.aclose()
    with pytest.raises(ModelFailed):
        await model.ask(REQUEST)


async def test_it_speaks_as_one_that_is_open(server: ScriptedModel, api: Any) -> None:
    speaker = LateSpeaker(address(server.url, api))
    server.will("Readers may rely on it.")
    async with aclosing(speaker.speak(SpokenRequest("Be fair.", REQUEST.turns))) as pieces:
        assert "".join([piece.text async for piece in pieces]) == "Readers may rely on it."
    assert speaker.model == "m"
    await speaker.aclose()


async def test_nobody_has_to_close_what_was_never_opened() -> None:
    await LateModel(address("http://127.0.0.1:9/v1", "chat")).aclose()


@pytest.mark.parametrize(
    "url", ["", "http://127.0.0.1:9/v1", "http://127.0.0.1:9/v1/", "https://models.example/openai"]
)
async def test_it_has_the_name_of_the_open_one(url: str, api: Any) -> None:
    """What was judged before an update is not judged again."""
    late, opened = LateModel(address(url, api)), open_model(**address(url, api))
    assert late.identity == opened.identity
    await opened.aclose()


def test_the_loop_goes_on_while_the_library_is_loaded() -> None:
    """In a process of its own, as this one has it already. In the loop it would take a third of a second at a time."""
    code = """
import asyncio, sys, time
from bot.model.language_model import ModelLimits
from bot.model.opening import LateModel

async def main():
    at = {"api_key": "k", "base_url": "http://127.0.0.1:9/v1", "model": "m", "effort": "", "limits": ModelLimits()}
    model = LateModel(at)
    assert not {"openai", "pydantic"} & set(sys.modules)
    turns, opening = 0, asyncio.ensure_future(model.opened())
    while not opening.done():
        await asyncio.sleep(0)
        turns += 1
    await model.aclose()
    assert {"openai", "pydantic", "bot.model.forms"} <= set(sys.modules)
    print(turns)

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 10
