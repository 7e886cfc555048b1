"""Chat Completions, piece by piece. Only fields that all servers know, or that are left out once refused."""

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


class SpeakingChat(SpeakingModel):
    """A model behind ``/chat/completions``."""

    def __init__(self, client: AsyncOpenAI, model: str, effort: str, limits: Limits) -> None:
        super().__init__(client, model, effort, limits)
        self.fields = Fields(model, ("stream_options", "max_tokens", "max_completion_tokens"))

    def body(self, request: SpokenRequest) -> dict[str, object]:
        """The request."""
        limit = "max_completion_tokens" if "max_tokens" in self.fields.dropped else "max_tokens"
        turns = [{"role": turn.role, "content": turn.text} for turn in request.turns]
        return {
            "model": self.model,
            "messages": [{"role": "system", "content": request.instructions}, *turns],
            "stream": True,
            "stream_options": {"include_usage": True},
            limit: max(LEAST_OUTPUT, request.output_tokens),
        }

    async def send(self, body: dict[str, object]) -> AsyncIterator[BaseModel]:
        """Send it and give the events as they come."""
        create = cast("Callable[..., Awaitable[AsyncIterator[BaseModel]]]", self.client.chat.completions.create)
        return await create(**body)

    def read(self, event: dict[str, object]) -> Heard | None:
        """What a chunk says. Of several that end the answer the first one counts; the one with the costs may follow."""
        if error := pj.at(event, "error"):
            raise ServerFailed(str(pj.at(error, "code") or "error"))
        model = pj.string(pj.at(event, "model")) or self.model
        choices = pj.items(pj.at(event, "choices"))
        if not choices:
            usage = pj.at(event, "usage")
            return Heard(model=model, last=True, usage=_usage(usage)) if usage else None
        delta, reason = pj.at(choices[0], "delta"), pj.at(choices[0], "finish_reason")
        content = pj.at(delta, "content")
        if reason == "content_filter" or pj.string(pj.at(delta, "refusal")) or pj.refuses(content):
            raise ModelFailed(Failure.REFUSED)
        return Heard(pj.words(content), model, last=bool(reason), cut=reason == "length")


def _usage(usage: object) -> Usage:
    return Usage(
        calls=1,
        input_tokens=pj.count(pj.at(usage, "prompt_tokens")),
        cached_tokens=pj.count(pj.at(usage, "prompt_tokens_details", "cached_tokens")),
        output_tokens=pj.count(pj.at(usage, "completion_tokens")),
    )
