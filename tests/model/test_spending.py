"""Calls that are paid out of a budget."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from bot.core.judging import Failure, ModelFailed, Usage
from bot.core.spending import Amount, Hold, Purpose
from bot.model.context_window import ContextWindow, estimated
from bot.model.language_model import Form, Heard, ModelMessage, ModelReply, ModelRequest, SpokenRequest
from bot.model.spending import Meter, MeteredModel, MeteredSpeaker

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

ASKED = ModelRequest("Be brief.", (ModelMessage("user", "Hello", ("data:,",)),), Form("f", {}), 50, team="T1")
SPOKEN = SpokenRequest("Be brief.", (ModelMessage("user", "Hello"),), 50, team="T1")
READ = estimated("Be brief.", "Hello")


class Purse:
    """A budget that writes down what is asked of it."""

    def __init__(self) -> None:
        self.empty = False
        self.begun: list[tuple[str, Purpose, Usage]] = []
        self.paid: list[Usage | None] = []

    async def begin(self, team: str, purpose: Purpose, most: Usage, share: float = 1.0) -> Hold:
        if self.empty:
            raise ModelFailed(Failure.MONTH_SPENT)
        self.begun.append((team, purpose, most))
        return Hold((), purpose, Amount(0, 0))

    async def end(self, hold: Hold, usage: Usage | None) -> None:
        self.paid.append(usage)

    async def reviewed(self, team: str) -> None:
        """Nobody asks here."""


class Answering:
    """A model that gives, raises or waits."""

    identity, model = "m", "m"

    def __init__(self, answer: ModelReply | Exception | None) -> None:
        self.answer, self.window, self.asked, self.closed = answer, ContextWindow(), 0, False

    async def ask(self, request: ModelRequest) -> ModelReply:
        self.asked += 1
        if self.answer is None:
            await asyncio.Event().wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        assert self.answer
        return self.answer

    async def speak(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        self.asked += 1
        yield Heard("Hello ")
        if isinstance(self.answer, Exception):
            raise self.answer
        yield Heard("there", last=True, usage=self.answer.usage if self.answer else None)

    async def aclose(self) -> None:
        self.closed = True


@pytest.fixture
def purse() -> Purse:
    return Purse()


def metered(answer: ModelReply | Exception | None, purse: Purse) -> tuple[MeteredModel, Answering]:
    model = Answering(answer)
    return MeteredModel(model, Meter(purse), Purpose.REVIEW), model


async def test_the_most_is_set_aside_before_a_call_and_its_cost_after_it(purse: Purse) -> None:
    paid, model = metered(ModelReply("{}", usage=Usage(1, 30, 10, 5)), purse)
    assert (await paid.ask(ASKED)).text == "{}"
    assert purse.begun == [("T1", Purpose.REVIEW, Usage(1, READ + 2000, 0, 50))]
    assert purse.paid == [Usage(1, 30, 10, 5)]
    assert (paid.identity, paid.window) == (model.identity, model.window)
    await paid.aclose()
    assert model.closed


async def test_an_empty_purse_makes_no_call(purse: Purse) -> None:
    paid, model = metered(ModelReply("{}"), purse)
    purse.empty = True
    with pytest.raises(ModelFailed):
        await paid.ask(ASKED)
    assert (model.asked, purse.paid) == (0, [])


@pytest.mark.parametrize(
    ("said", "paid"),
    [
        (Usage(1), Usage(1, READ + 2000, 0, 10)),
        (Usage(1, 30), Usage(1, 30, 0, 10)),
        (Usage(1, 0, 0, 5), Usage(1, READ + 2000, 0, 5)),
    ],
)
async def test_what_a_server_does_not_count_is_estimated(purse: Purse, said: Usage, paid: Usage) -> None:
    metered_model, _ = metered(ModelReply("x" * 40, usage=said), purse)
    await metered_model.ask(ASKED)
    assert purse.paid == [paid]


@pytest.mark.parametrize(
    ("failed", "counts"),
    [
        (ModelFailed(Failure.KEY), False),
        (ModelFailed(Failure.BUSY), False),
        (ModelFailed(Failure.UNREACHABLE), False),
        (ModelFailed(Failure.UNREACHABLE, lost=True), True),
        (ModelFailed(Failure.REFUSED), True),
        (RuntimeError(), True),
    ],
)
async def test_a_call_that_failed_costs_nothing_unless_it_may_have_been_paid(
    purse: Purse, failed: Exception, *, counts: bool
) -> None:
    paid, _ = metered(failed, purse)
    with pytest.raises(type(failed)):
        await paid.ask(ASKED)
    assert purse.paid == [Usage(1, READ + 2000, 0, 50) if counts else None]


async def test_a_call_that_is_stopped_counts_as_much_as_it_may_have_cost(purse: Purse) -> None:
    paid, model = metered(None, purse)
    call = asyncio.create_task(paid.ask(ASKED))
    while not model.asked:
        await asyncio.sleep(0)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    assert purse.paid == [Usage(1, READ + 2000, 0, 50)]


@pytest.mark.parametrize(
    ("usage", "paid"), [(Usage(1, 30, 0, 5), Usage(1, 30, 0, 5)), (Usage(), Usage(1, READ, 0, estimated("Hello ") + 1))]
)
async def test_a_conversation_is_paid_at_its_end(purse: Purse, usage: Usage, paid: Usage) -> None:
    model = Answering(ModelReply("", usage=usage))
    speaker = MeteredSpeaker(model, Meter(purse))
    assert "".join([piece.text async for piece in speaker.speak(SPOKEN)]) == "Hello there"
    assert purse.begun == [("T1", Purpose.CONVERSATION, Usage(1, READ, 0, 50))]
    assert purse.paid == [paid]
    assert (speaker.model, speaker.window) == ("m", model.window)
    await speaker.aclose()
    assert model.closed


async def test_a_conversation_that_nobody_hears_to_its_end_counts_in_full(purse: Purse) -> None:
    async with aclosing(MeteredSpeaker(Answering(None), Meter(purse)).speak(SPOKEN)) as pieces:
        assert (await anext(pieces)).text == "Hello "
    assert purse.paid == [Usage(1, READ, 0, 50)]


async def test_at_a_terminal_nothing_is_counted() -> None:
    model = Answering(ModelReply("{}"))
    assert (await MeteredModel(model, Meter(), Purpose.REVIEW).ask(ASKED)).text == "{}"
