"""What the adapters to both kinds of servers share: fields that a server refuses, answers piece by piece."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

import openai
import regex

from bot.core.judging import Failure, ModelFailed
from bot.model.language_model import (
    Heard,
    ModelLimits,
    ServerFailed,
    SpokenRequest,
)
from bot.model.retrying import call, is_refusal_of_form, refused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping

    from openai import AsyncOpenAI
    from openai._models import BaseModel

    from bot.model.context_window import ContextWindow


# Fields of a request that some servers refuse: left out once refused, and remembered.

_log = logging.getLogger(__name__)
_LIMITS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
_MOST_OUTPUT = regex.compile(
    r"(?:at most|less than or equal to|no more than|up to|maximum(?: value)?(?: is| of)|<=)\D{0,12}([1-9]\d{1,6})"
)


class Fields:
    """Which optional fields a model takes. ``optional`` are tried in that order when an error names several."""

    def __init__(self, model: str, optional: Iterable[str]) -> None:
        self._model = model
        self._optional = tuple(optional)
        self._longest = 0
        self.dropped: set[str] = set()

    def without_dropped(self, body: Mapping[str, object]) -> dict[str, object]:
        """The request without what this model refused before."""
        return {name: value for name, value in body.items() if name not in self.dropped}

    def output(self, tokens: int) -> int:
        """So many tokens for an answer, or as many as the model gives at most."""
        return min(tokens, self._longest) if self._longest else tokens

    def drop_named(self, error: openai.APIStatusError, body: Mapping[str, object]) -> str:
        """The one field of the request that the error names, from now on left out; "" where it names none.

        Where only the longest answer is too long, that gives way to the longest one that the error names.
        """
        name = self._named(error, body)
        most = _MOST_OUTPUT.search(error.message.lower()) if name in _LIMITS else None
        if most and int(most[1]) < cast("int", body[name]):
            self._longest = int(most[1])
            _log.warning("the model %s gives %d tokens at most", self._model, self._longest)
            return name
        if name:
            self.drop(name)
        return name

    def drop(self, name: str) -> None:
        """Leave the field out from now on."""
        if name not in self.dropped:
            self.dropped.add(name)
            _log.warning("the model %s refuses %s; it is left out from now on", self._model, name)

    def _named(self, error: openai.APIStatusError, body: Mapping[str, object]) -> str:
        present = [name for name in self._optional if name in body]
        parameter = str(error.param or "").partition(".")[0].partition("[")[0]
        if parameter in present:
            return parameter
        words = frozenset(_words(str(error.body)))
        return next((name for name in present if name in words), "")


def _words(text: str) -> Iterable[str]:
    """The words of an error; a dot ends one, so that ``reasoning.effort`` names ``reasoning``."""
    return "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


# A language model that answers piece by piece.


class SpeakingModel(ABC):
    """A model of some server. What its interface looks like is for each kind to tell."""

    fields: Fields

    def __init__(
        self, client: AsyncOpenAI, model: str, effort: str, limits: ModelLimits, window: ContextWindow
    ) -> None:
        self.client = client
        self.model = model
        self.effort = effort
        self.limits = limits
        self.window = window

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
        await self.client.close()

    async def speak(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The answer. Raises `ModelFailed`, also in the middle of it: what was begun is never asked again."""
        heard = await self._begun(request)
        try:
            async for piece in heard:
                yield piece
        except ServerFailed:
            raise ModelFailed(Failure.UNREACHABLE, lost=True) from None
        finally:
            await heard.aclose()

    async def _begun(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The pieces, of which the first has arrived; up to there everything can be asked again."""
        while True:
            body = self.fields.without_dropped(self.body(request))
            try:
                return await call(partial(self._begin, body), self.limits, self.window)
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
