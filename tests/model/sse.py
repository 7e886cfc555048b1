"""How the scripted server answers piece by piece, in the words of both of OpenAI's interfaces."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


@dataclass(eq=False)
class Stream:
    """A text that comes word by word. ``end`` is stop, cut, refusal, filtered, failed, error, drop or silence,
    or short (cut, and not why) or unsaid (all but the end itself).

    After ``hold`` words it waits for `go`; ``pause`` is in seconds, between words. ``gone``: the caller hung up.
    """

    text: str
    end: str = "stop"
    pause: float = 0.0
    hold: int | None = None
    go: asyncio.Event = field(default_factory=asyncio.Event)
    said: int = 0
    gone: bool = False

    def words(self) -> Iterator[str]:
        """The pieces, each with the space behind it."""
        at = 0
        while at < len(self.text):
            end = self.text.find(" ", at) + 1 or len(self.text)
            yield self.text[at:end]
            at = end


@dataclass(frozen=True, slots=True)
class Manner:
    """How the server speaks: over Chat Completions or Responses, and there in strings or in lists of parts."""

    tokens: Json
    model: str
    chat: bool
    parts: bool = False


def in_parts(text: str) -> list[Json]:
    """A text as a list of parts, after a thought."""
    thought: Json = {"type": "thinking", "thinking": [{"type": "text", "text": 'Hm. {"issues": []}'}]}
    return [thought, {"type": "text", "text": text[:3]}, {"type": "text", "text": text[3:]}]


async def send(request: web.Request, stream: Stream, how: Manner) -> web.StreamResponse:
    """Say it."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    model = f"{how.model}-2026"
    form = _Chat(model, how.tokens, parts=how.parts) if how.chat else _Responses(model, how.tokens)
    try:
        await _say(response, form, stream)
    except (ConnectionResetError, asyncio.CancelledError) as gone:
        stream.gone = True
        if isinstance(gone, asyncio.CancelledError):
            raise
    if stream.end == "drop" and request.transport:
        request.transport.abort()
    return response


async def _say(response: web.StreamResponse, form: _Chat | _Responses, stream: Stream) -> None:
    for event in form.begin():
        await _write(response, event)
    for number, word in enumerate(stream.words()):
        if number == stream.hold:
            await _wait(response, stream)
        await _write(response, form.word(word))
        stream.said = number + 1
        await asyncio.sleep(stream.pause)
    if stream.hold is not None and stream.said <= stream.hold:
        await _wait(response, stream)
    if stream.end not in ("drop", "silence"):
        for event in form.end(stream.end):
            await _write(response, event)


async def _wait(response: web.StreamResponse, stream: Stream) -> None:
    """With a sign of life now and then, which also tells whether anybody listens."""
    while not stream.go.is_set():
        await response.write(b": still thinking\n\n")
        await asyncio.sleep(0.02)


async def _write(response: web.StreamResponse, event: Json | str) -> None:
    name = f"event: {event['type']}\n" if isinstance(event, dict) and "type" in event else ""
    data = event if isinstance(event, str) else json.dumps(event)
    await response.write(f"{name}data: {data}\n\n".encode())


class _Chat:
    def __init__(self, model: str, tokens: Json, *, parts: bool) -> None:
        self.model, self.tokens, self.parts = model, tokens, parts

    def begin(self) -> Iterator[Json]:
        yield self._chunk({"role": "assistant", "content": ""})

    def word(self, word: str) -> Json:
        return self._chunk({"content": in_parts(word) if self.parts else word})

    def end(self, kind: str) -> Iterator[Json | str]:
        reasons = {"cut": "length", "short": "length", "filtered": "content_filter"}
        if kind in ("failed", "error"):
            yield {"error": {"message": "made up", "type": "server_error", "code": "server_error"}}
            return
        if kind == "refusal":
            yield self._chunk({"refusal": "I would rather not."})
        if kind != "unsaid":
            yield self._chunk({}, reasons.get(kind, "stop"))
        usage = {"prompt_tokens": self.tokens["in"], "completion_tokens": self.tokens["out"]}
        usage |= {"prompt_tokens_details": {"cached_tokens": self.tokens["cached"]}}
        yield {**self._chunk({}), "choices": [], "usage": usage}
        yield "[DONE]"

    def _chunk(self, delta: Json, reason: str | None = None) -> Json:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        common: Json = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": self.model}
        return {**common, "choices": [choice]}


class _Responses:
    def __init__(self, model: str, tokens: Json) -> None:
        self.model, self.tokens, self.number = model, tokens, 0

    def begin(self) -> Iterator[Json]:
        yield self._event("response.created", response=self._response("in_progress"))

    def word(self, word: str) -> Json:
        where: Json = {"item_id": "msg_1", "output_index": 0, "content_index": 0, "logprobs": []}
        return self._event("response.output_text.delta", delta=word, **where)

    def end(self, kind: str) -> Iterator[Json]:
        if kind == "refusal":
            where: Json = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
            yield self._event("response.refusal.delta", delta="I would rather not.", **where)
        if kind == "error":
            yield self._event("error", code="server_error", message="made up", param=None)
        elif kind == "failed":
            error = {"code": "server_error", "message": "made up"}
            yield self._event("response.failed", response=self._response("failed") | {"error": error})
        elif kind in ("cut", "filtered", "short"):
            reason = "max_output_tokens" if kind == "cut" else "content_filter"
            details = None if kind == "short" else {"reason": reason}
            yield self._event(
                "response.incomplete", response=self._response("incomplete") | {"incomplete_details": details}
            )
        elif kind == "unsaid":
            yield self._event("response.completed", response=self._response("failed"))
        else:
            yield self._event("response.completed", response=self._response("completed"))

    def _response(self, status: str) -> Json:
        usage: Json = {"input_tokens": self.tokens["in"], "output_tokens": self.tokens["out"], "total_tokens": 120}
        usage |= {"input_tokens_details": {"cached_tokens": self.tokens["cached"]}}
        common: Json = {"id": "resp_1", "object": "response", "created_at": 1, "model": self.model, "output": []}
        return {**common, "status": status, "error": None, "incomplete_details": None, "usage": usage}

    def _event(self, kind: str, **more: object) -> Json:
        self.number += 1
        return {"type": kind, "sequence_number": self.number, **more}
