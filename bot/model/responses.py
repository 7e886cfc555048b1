"""The Responses API, as OpenAI serves it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, cast

from bot.core.judging import Failure, ModelFailed
from bot.model import answers as pj
from bot.model.calls import ServerModel, SpeakingModel, is_cut, note_thoughts, refuse_errors, usage_of
from bot.model.language_model import Heard, ModelReply, ServerFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from openai._models import BaseModel

    from bot.core.judging import Usage
    from bot.model.language_model import ModelMessage, ModelRequest, SpokenRequest


_OPTIONAL = ("reasoning", "prompt_cache_key", "safety_identifier", "store", "text", "max_output_tokens")


class ResponsesModel(ServerModel):
    """A model behind ``/responses``. Nothing is stored there, and no conversation is kept on the server."""

    path: Literal["/v1/responses"] = "/v1/responses"
    optional = _OPTIONAL

    @property
    def identity(self) -> str:
        """The interface, the server, the model and its effort."""
        return f"responses {self.client.base_url} {self.model} {self.effort}"

    async def ask(self, request: ModelRequest) -> ModelReply:
        return await self.asked(partial(self.body, request), self._once)

    def trimmed(self, request: ModelRequest) -> dict[str, object]:
        return self.fields.without_dropped(self.body(request))

    def read(self, answer: object) -> ModelReply:
        return read(answer, self.model)

    def body(self, request: ModelRequest) -> dict[str, object]:
        """The whole request, before any field is left out."""
        form = {"type": "json_schema", "name": request.form.name, "strict": True, "schema": request.form.schema}
        return _body(self, request, {"text": {"format": form}})

    async def _once(self, body: dict[str, object]) -> ModelReply:
        response = await self.posted("/responses", body)
        answer = pj.load(response.text) or _whole(pj.events(response.text))
        refuse_errors(answer, response)
        return read(answer, self.model)


def _body(
    model: ServerModel | SpeakingModel, request: ModelRequest | SpokenRequest, more: dict[str, object]
) -> dict[str, object]:
    """What both kinds of request hold, and ``more``."""
    body: dict[str, object] = {
        "model": model.model,
        "instructions": request.instructions,
        "input": [_item(turn) for turn in request.turns],
        "max_output_tokens": model.fields.output(request.output_tokens),
        "store": False,
    }
    optional = {
        "reasoning": {"effort": model.effort} if model.effort else None,
        "safety_identifier": request.author,
        "prompt_cache_key": request.cache_key,
    }
    return body | {name: value for name, value in optional.items() if value} | more


def _item(turn: ModelMessage) -> dict[str, object]:
    """A turn. Of an answer llama.cpp wants to know that it is a message; a question needs no more words than ever."""
    kind = {"type": "message"} if turn.role == "assistant" else {}
    return kind | {"role": turn.role, "content": _content(turn)}


def _content(turn: ModelMessage) -> object:
    if not turn.images:
        return turn.text
    images = [{"type": "input_image", "image_url": url, "detail": "auto"} for url in turn.images]
    return [{"type": "input_text", "text": turn.text}, *images]


def read(answer: object, model: str) -> ModelReply:
    """The reply in the body of an answer. Raises `ModelFailed` for a refusal, `ServerFailed` for a failed one."""
    error = pj.at(answer, "error")
    if error and not pj.string(pj.at(answer, "status")):
        raise ServerFailed(str(pj.at(error, "code") or "error"))  # some gateways answer so with status 200
    if not pj.string(pj.at(answer, "status")) and not pj.items(pj.at(answer, "output")):
        raise ModelFailed(Failure.SETTINGS)  # not this API: a web page, or another one
    parts = [
        part
        for item in pj.items(pj.at(answer, "output"))
        if pj.at(item, "type") == "message"
        for part in pj.items(pj.at(item, "content"))
    ]
    if any(pj.at(part, "type") == "refusal" for part in parts):
        raise ModelFailed(Failure.REFUSED)
    cut = _is_cut(answer)
    text = "".join(pj.string(pj.at(part, "text")) for part in parts) or _called(answer)
    note_thoughts(text, any(pj.at(item, "type") == "reasoning" for item in pj.items(pj.at(answer, "output"))))
    name = pj.string(pj.at(answer, "model")) or model
    return ModelReply(text, cut=cut, model=name, usage=_usage(pj.at(answer, "usage")))


def _called(answer: object) -> str:
    """What an answer hands to a tool."""
    calls = (item for item in pj.items(pj.at(answer, "output")) if pj.at(item, "type") == "function_call")
    given = (pj.called(pj.string(pj.at(call, "name")), pj.at(call, "arguments")) for call in calls)
    return next((text for text in given if text), "")


def _whole(events: list[object]) -> object:
    """The answer at the end of what was streamed. One without an end broke off."""
    ends = [response for event in events if pj.string(pj.at(response := pj.at(event, "response"), "status")) in _ENDED]
    error = next((event for event in events if pj.at(event, "type") == "error"), {"code": "cut_stream"})
    return (ends[-1] if ends else {"error": error}) if events else None


_ENDED = ("completed", "incomplete", "failed", "cancelled")


def _is_cut(answer: object, status: str = "") -> bool:
    """Whether the answer ended at its longest length; ``status`` counts where it gives none. Raises like `is_cut`."""
    status = pj.string(pj.at(answer, "status")) or status or "completed"
    if status not in ("completed", "incomplete"):
        raise ServerFailed(pj.string(pj.at(answer, "error", "code")) or status)
    reason = pj.at(answer, "incomplete_details", "reason")
    return is_cut(reason or ("length" if status == "incomplete" else ""))


def _usage(usage: object) -> Usage:
    return usage_of(usage, "input_tokens", "output_tokens")


# The Responses API, piece by piece.


class SpeakingResponses(SpeakingModel):
    """A model behind ``/responses``. Nothing is stored there, and no conversation is kept on the server."""

    optional = tuple(name for name in _OPTIONAL if name != "text")

    def body(self, request: SpokenRequest) -> dict[str, object]:
        return _body(self, request, {"stream": True})

    async def send(self, body: dict[str, object]) -> AsyncIterator[BaseModel]:
        create = cast("Callable[..., Awaitable[AsyncIterator[BaseModel]]]", self.client.responses.create)
        return await create(**body)

    def read(self, event: dict[str, object]) -> Heard | None:
        """What an event says."""
        match pj.string(pj.at(event, "type")):
            case "response.output_text.delta":
                return Heard(pj.string(pj.at(event, "delta")))
            case "response.refusal.delta" | "response.refusal.done":
                raise ModelFailed(Failure.REFUSED)
            case "response.completed" | "response.incomplete" as kind:
                return self._end(pj.at(event, "response"), kind.removeprefix("response."))
            case "response.failed" | "response.cancelled" as kind:
                raise ServerFailed(pj.string(pj.at(event, "response", "error", "code")) or kind)
            case "error":
                raise ServerFailed(pj.string(pj.at(event, "code")) or "error")
            case _:
                return None

    def _end(self, response: object, status: str) -> Heard:
        cut = _is_cut(response, status)
        model = pj.string(pj.at(response, "model")) or self.model
        return Heard(model=model, last=True, cut=cut, usage=_usage(pj.at(response, "usage")))
