"""The Responses API, piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.core.judgement import Failure, ModelFailed, Usage
from bot.model import plain_json as pj
from bot.model.fields import Fields
from bot.model.language_model import LEAST_OUTPUT, Heard, ServerFailed
from bot.model.speaking import SpeakingModel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from openai import AsyncOpenAI
    from openai._models import BaseModel

    from bot.model.language_model import Limits, SpokenRequest

_OPTIONAL = ("reasoning", "prompt_cache_key", "safety_identifier", "store", "max_output_tokens")


class SpeakingResponses(SpeakingModel):
    """A model behind ``/responses``. Nothing is stored there, and no conversation is kept on the server."""

    def __init__(self, client: AsyncOpenAI, model: str, effort: str, limits: Limits) -> None:
        super().__init__(client, model, effort, limits)
        self.fields = Fields(model, _OPTIONAL)

    def body(self, request: SpokenRequest) -> dict[str, object]:
        """The request."""
        body: dict[str, object] = {
            "model": self.model,
            "instructions": request.instructions,
            "input": [{"role": turn.role, "content": turn.text} for turn in request.turns],
            "max_output_tokens": max(LEAST_OUTPUT, request.output_tokens),
            "store": False,
            "stream": True,
        }
        if self.effort:
            body["reasoning"] = {"effort": self.effort}
        if request.author:
            body["safety_identifier"] = request.author
        if request.cache_key:
            body["prompt_cache_key"] = request.cache_key
        return body

    async def send(self, body: dict[str, object]) -> AsyncIterator[BaseModel]:
        """Send it and give the events as they come."""
        create = cast("Callable[..., Awaitable[AsyncIterator[BaseModel]]]", self.client.responses.create)
        return await create(**body)

    def read(self, event: dict[str, object]) -> Heard | None:
        """What an event says."""
        match pj.string(pj.at(event, "type")):
            case "response.output_text.delta":
                return Heard(pj.string(pj.at(event, "delta")))
            case "response.refusal.delta" | "response.refusal.done":
                raise ModelFailed(Failure.REFUSED)
            case "response.completed" | "response.incomplete":
                return self._end(pj.at(event, "response"))
            case "response.failed":
                raise ServerFailed(pj.string(pj.at(event, "response", "error", "code")) or "failed")
            case "error":
                raise ServerFailed(pj.string(pj.at(event, "code")) or "error")
            case _:
                return None

    def _end(self, response: object) -> Heard:
        reason = pj.at(response, "incomplete_details", "reason")
        if reason == "content_filter":
            raise ModelFailed(Failure.REFUSED)
        model = pj.string(pj.at(response, "model")) or self.model
        return Heard(model=model, last=True, cut=bool(reason), usage=_usage(pj.at(response, "usage")))


def _usage(usage: object) -> Usage:
    return Usage(
        calls=1,
        input_tokens=pj.count(pj.at(usage, "input_tokens")),
        cached_tokens=pj.count(pj.at(usage, "input_tokens_details", "cached_tokens")),
        output_tokens=pj.count(pj.at(usage, "output_tokens")),
    )
