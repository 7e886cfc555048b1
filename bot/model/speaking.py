"""A language model that answers piece by piece."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import openai

from bot.core.judgement import Failure, ModelFailed
from bot.model.calling import call, is_refusal_of_form, refused
from bot.model.language_model import ServerFailed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from openai import AsyncOpenAI
    from openai._models import BaseModel

    from bot.model.fields import Fields
    from bot.model.language_model import Heard, Limits, SpokenRequest


class SpeakingModel(ABC):
    """A model of some server. What its interface looks like is for each kind to tell."""

    fields: Fields

    def __init__(self, client: AsyncOpenAI, model: str, effort: str, limits: Limits) -> None:
        self.client = client
        self.model = model
        self.effort = effort
        self.limits = limits

    @abstractmethod
    def body(self, request: SpokenRequest) -> dict[str, object]:
        """The request as its interface wants it."""

    @abstractmethod
    async def send(self, body: dict[str, object]) -> AsyncIterator[BaseModel]:
        """Send it and give the events as they come."""

    @abstractmethod
    def read(self, event: dict[str, object]) -> Heard | None:
        """What an event says. Raises `ModelFailed` for a refusal, `ServerFailed` for a failure."""

    async def aclose(self) -> None:
        """Close its connections."""
        await self.client.close()

    async def speak(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The answer. Raises `ModelFailed`, also in the middle of it: what was begun is never asked again."""
        heard = await self._begun(request)
        try:
            async for piece in heard:
                yield piece
        except ServerFailed:
            raise ModelFailed(Failure.UNREACHABLE) from None
        finally:
            await heard.aclose()

    async def _begun(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The pieces, of which the first has arrived; up to there everything can be asked again."""
        while True:
            body = self.fields.without_dropped(self.body(request))
            try:
                return await call(partial(self._begin, body), self.limits)
            except openai.APIStatusError as error:
                if not (is_refusal_of_form(error) and self.fields.drop_named(error, body)):
                    raise refused(error) from None

    async def _begin(self, body: dict[str, object]) -> AsyncGenerator[Heard]:
        pieces = self._pieces(await self.send(body))
        try:
            first = await anext(pieces)
        except BaseException:
            await pieces.aclose()
            raise

        async def all_of_them() -> AsyncGenerator[Heard]:
            try:
                yield first
                async for piece in pieces:
                    yield piece
            finally:
                await pieces.aclose()

        return all_of_them()

    async def _pieces(self, events: AsyncIterator[BaseModel]) -> AsyncGenerator[Heard]:
        """What the events say. A stream that ends without saying so was cut off."""
        ended = False
        try:
            async for event in events:
                piece = self.read(event.to_dict(warnings=False))
                if piece and (piece.text or piece.last):
                    ended = ended or piece.last
                    yield piece
        except (ModelFailed, ServerFailed):
            raise
        except openai.APIError as error:
            raise ServerFailed(error.code or type(error).__name__) from None
        except Exception as error:  # noqa: BLE001 - the client's transport raises errors of its own here
            raise ServerFailed(type(error).__name__) from None
        finally:
            with suppress(AttributeError):
                await events.aclose()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - the client's stream has it
        if not ended:
            code = "cut_stream"
            raise ServerFailed(code)
