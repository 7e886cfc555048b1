"""Language models whose calls are paid out of a budget: what a call may cost is set aside before it is made."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.judging import ModelFailed, Usage
from bot.core.spending import Purpose
from bot.model.context_window import estimated

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.spending import Budget
    from bot.model.context_window import ContextWindow
    from bot.model.language_model import Heard, LanguageModel, ModelReply, ModelRequest, Speaker, SpokenRequest

_PICTURE = 2000
"""Tokens of a picture, rather too many than too few."""


@dataclass(slots=True)
class Meter:
    """Where calls are counted. Without a ``budget``, as at a terminal, they are not."""

    budget: Budget | None = None

    @asynccontextmanager
    async def call(self, team: str, purpose: Purpose, most: Usage) -> AsyncGenerator[_Bill]:
        """Around one call. Raises `ModelFailed` where the budget is used, and then nothing is called."""
        bill = _Bill(most)
        if self.budget is None:
            yield bill
            return
        hold = await self.budget.begin(team, purpose, most)
        try:
            yield bill
        except ModelFailed as failed:
            bill.usage = most if failed.may_cost else None
            raise
        finally:
            await self.budget.end(hold, bill.usage)


@dataclass(slots=True)
class _Bill:
    """What a call cost: the most that it may cost, until somebody knows better."""

    most: Usage
    usage: Usage | None = None

    def __post_init__(self) -> None:
        self.usage = self.most

    def pay(self, usage: Usage | None, said: int) -> None:
        """What its server says; what some leave out is estimated. ``said`` is the length of the answer."""
        counted = usage or Usage(1)
        self.usage = replace(
            counted,
            calls=counted.calls or 1,
            input_tokens=counted.input_tokens or self.most.input_tokens,
            output_tokens=counted.output_tokens or min(self.most.output_tokens, said),
        )


def most_of(request: ModelRequest | SpokenRequest) -> Usage:
    """What the request costs at most, as far as can be told beforehand."""
    pictures = sum(len(turn.images) for turn in request.turns)
    read = estimated(request.instructions, *(turn.text for turn in request.turns)) + pictures * _PICTURE
    return Usage(1, read, output_tokens=request.output_tokens)


class MeteredModel:
    """The `LanguageModel` port, for calls of one purpose."""

    def __init__(self, model: LanguageModel, meter: Meter, purpose: Purpose) -> None:
        self._model, self._meter, self._purpose = model, meter, purpose

    @property
    def identity(self) -> str:
        return self._model.identity

    @property
    def window(self) -> ContextWindow:
        return self._model.window

    async def ask(self, request: ModelRequest) -> ModelReply:
        """The answer. Raises `ModelFailed`, also where the budget is used."""
        async with self._meter.call(request.team, self._purpose, most_of(request)) as bill:
            reply = await self._model.ask(request)
            bill.pay(reply.usage, estimated(reply.text))
            return reply

    async def aclose(self) -> None:
        await self._model.aclose()


class MeteredSpeaker:
    """The `Speaker` port."""

    def __init__(self, speaker: Speaker, meter: Meter) -> None:
        self._speaker, self._meter = speaker, meter
        self.model = speaker.model

    @property
    def window(self) -> ContextWindow:
        return self._speaker.window

    async def speak(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The answer. Raises `ModelFailed`; an answer that nobody heard to its end counts in full."""
        said = 0
        async with self._meter.call(request.team, Purpose.CONVERSATION, most_of(request)) as bill:
            pieces = self._speaker.speak(request)
            try:
                async for piece in pieces:
                    said += estimated(piece.text)
                    if piece.last or piece.usage:
                        bill.pay(piece.usage, said)
                    yield piece
            finally:
                await pieces.aclose()

    async def aclose(self) -> None:
        await self._speaker.aclose()
