"""Chat Completions, as compatible servers serve them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, cast

from bot.core.judging import Failure, ModelFailed
from bot.model import answers as pj
from bot.model.calls import (
    Fields,
    ServerModel,
    SpeakingModel,
    is_about_form,
    is_cut,
    note_thoughts,
    refuse_errors,
    usage_of,
)
from bot.model.language_model import Heard, ModelReply, ServerFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from openai import APIStatusError
    from openai._models import BaseModel

    from bot.core.judging import Usage
    from bot.model.language_model import Form, ModelMessage, ModelRequest, SpokenRequest


# Chat Completions, the interface that every compatible server speaks. Only fields that all of them know.

_FORMS = ("json_schema", "json_object", "")
"""How an answer is held to its form, the best first; "" is by words alone."""


class ChatModel(ServerModel):
    """A model behind ``/chat/completions``. What a server refuses is replaced by the next simpler thing."""

    path: Literal["/v1/chat/completions"] = "/v1/chat/completions"
    optional = ("response_format", "max_tokens", "max_completion_tokens")
    _form = 0

    @property
    def identity(self) -> str:
        """The interface, the server and the model. The effort is no portable field and stays unsaid."""
        return f"chat {self.client.base_url} {self.model}"

    async def ask(self, request: ModelRequest) -> ModelReply:
        def body() -> dict[str, object]:
            return self._body(request, _FORMS[self._form], _limit(self.fields))

        return await self.asked(body, self._once)

    def gives_way(self, error: APIStatusError, body: dict[str, object]) -> bool:
        """A form that the server refuses gives way to the next simpler one."""
        if not (form := pj.string(pj.at(body, "response_format", "type"))) or not is_about_form(error):
            return super().gives_way(error, body)
        self._form = max(self._form, _FORMS.index(form) + 1)
        if not _FORMS[self._form]:
            self.fields.drop("response_format")
        return True

    def trimmed(self, request: ModelRequest) -> dict[str, object]:
        return self.fields.without_dropped(self.body(request))

    def read(self, answer: object) -> ModelReply:
        return read(answer, self.model)

    def body(self, request: ModelRequest) -> dict[str, object]:
        """The whole request to a server that takes every field, with the name that OpenAI has for the limit."""
        return self._body(request, _FORMS[0], "max_completion_tokens")

    def _body(self, request: ModelRequest, kind: str, limit: str) -> dict[str, object]:
        words = "" if kind == "json_schema" else f"\n\n{_in_words(request.form)}"
        turns = [{"role": turn.role, "content": _content(turn)} for turn in request.turns]
        return {
            "model": self.model,
            "messages": [{"role": "system", "content": request.instructions + words}, *turns],
            "response_format": _format(kind, request.form),
            limit: self.fields.output(request.output_tokens),
        }

    async def _once(self, body: dict[str, object]) -> ModelReply:
        response = await self.posted("/chat/completions", body)
        answer = pj.load(response.text) or _whole(pj.events(response.text))
        refuse_errors(answer, response)
        return read(answer, self.model)


def _limit(fields: Fields) -> str:
    return "max_completion_tokens" if "max_tokens" in fields.dropped else "max_tokens"


def _content(turn: ModelMessage) -> object:
    if not turn.images:
        return turn.text
    images = [{"type": "image_url", "image_url": {"url": url}} for url in turn.images]
    return [{"type": "text", "text": turn.text}, *images]


def read(answer: object, model: str) -> ModelReply:
    """The reply in the body of an answer. Raises `ModelFailed` for a refusal, `ServerFailed` for a failed one."""
    if error := pj.at(answer, "error"):
        raise ServerFailed(str(pj.at(error, "code") or "error"))  # some gateways answer so with status 200
    choices = pj.items(pj.at(answer, "choices"))
    if not choices:
        raise ModelFailed(Failure.SETTINGS)  # not this API: a web page, or another one
    message, reason = pj.at(choices[0], "message"), pj.at(choices[0], "finish_reason")
    content = pj.at(message, "content")
    if pj.string(pj.at(message, "refusal")) or pj.refuses(content):
        raise ModelFailed(Failure.REFUSED)
    text = pj.words(content) or _called(message)
    note_thoughts(text, any(pj.at(message, name) for name in _THOUGHTS))
    name = pj.string(pj.at(answer, "model")) or model
    return ModelReply(text, cut=is_cut(reason), model=name, usage=_usage(pj.at(answer, "usage")))


_THOUGHTS = ("reasoning", "reasoning_content", "thinking")
"""Where servers put what a model thinks."""


def _called(message: object) -> str:
    """What a message hands to a tool."""
    tools = (pj.at(call, "function") for call in pj.items(pj.at(message, "tool_calls")))
    given = (pj.called(pj.string(pj.at(tool, "name")), pj.at(tool, "arguments")) for tool in tools)
    return next((text for text in given if text), "")


def _whole(events: list[object]) -> object:
    """The answer that streamed pieces belong to, as if it had come at once. One without an end broke off."""
    choices = [choice for event in events for choice in pj.items(pj.at(event, "choices"))[:1]]
    ends = [end for choice in choices if (end := pj.at(choice, "finish_reason"))]
    error = next((error for event in events if (error := pj.at(event, "error"))), None)
    if error or not ends:
        return {"error": error or {"code": "cut_stream"}} if events else None
    said = {
        name: "".join(pj.words(pj.at(choice, "delta", name)) for choice in choices) for name in ("content", "refusal")
    }
    last = {name: next((v for event in events[::-1] if (v := pj.at(event, name))), None) for name in ("model", "usage")}
    return {"choices": [{"message": said, "finish_reason": ends[-1]}], **last}


def _format(kind: str, form: Form) -> dict[str, object]:
    if kind == "json_schema":
        return {"type": kind, "json_schema": {"name": form.name, "strict": True, "schema": form.schema}}
    return {"type": kind}


def _in_words(form: Form) -> str:
    schema = json.dumps(form.schema, ensure_ascii=False, separators=(",", ":"))
    return f"Answer with one JSON object and nothing else. It keeps to this JSON schema:\n{schema}"


def _usage(usage: object) -> Usage:
    return usage_of(usage, "prompt_tokens", "completion_tokens")


# Chat Completions, piece by piece. Only fields that all servers know, or that are left out once refused.


class SpeakingChat(SpeakingModel):
    """A model behind ``/chat/completions``."""

    optional = ("stream_options", "max_tokens", "max_completion_tokens")

    def body(self, request: SpokenRequest) -> dict[str, object]:
        turns = [{"role": turn.role, "content": turn.text} for turn in request.turns]
        return {
            "model": self.model,
            "messages": [{"role": "system", "content": request.instructions}, *turns],
            "stream": True,
            "stream_options": {"include_usage": True},
            _limit(self.fields): self.fields.output(request.output_tokens),
        }

    async def send(self, body: dict[str, object]) -> AsyncIterator[BaseModel]:
        create = cast("Callable[..., Awaitable[AsyncIterator[BaseModel]]]", self.client.chat.completions.create)
        return await create(**body)

    def read(self, event: dict[str, object]) -> Heard | None:
        """What a chunk says. The costs may follow the end, come with every chunk, or come though there was no end."""
        if error := pj.at(event, "error"):
            raise ServerFailed(str(pj.at(error, "code") or "error"))
        model = pj.string(pj.at(event, "model")) or self.model
        choices = pj.items(pj.at(event, "choices"))
        usage = _usage(costs) if (costs := pj.at(event, "usage")) else None
        if not choices:
            return Heard(model=model, usage=usage) if usage else None
        delta, reason = pj.at(choices[0], "delta"), pj.at(choices[0], "finish_reason")
        content = pj.at(delta, "content")
        if pj.string(pj.at(delta, "refusal")) or pj.refuses(content):
            raise ModelFailed(Failure.REFUSED)
        return Heard(pj.words(content), model, last=bool(reason), cut=is_cut(reason), usage=usage if reason else None)
