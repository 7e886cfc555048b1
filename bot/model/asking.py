"""Asks until the answer can be read: with less where the window is small, once more where it was cut or is broken."""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.core.judging import Failure, ModelFailed
from bot.core.words.operating import NO_JUDGEMENT
from bot.model.answers import Unusable
from bot.model.context_window import LEAST_ANSWER, at_least
from bot.model.language_model import ModelMessage

if TYPE_CHECKING:
    from bot.core.judging import Usage
    from bot.model.answers import AnswerReader
    from bot.model.language_model import LanguageModel, ModelReply, ModelRequest

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_REPEATED = 8000
"""Characters of a broken answer that are shown to the model again."""
_FAULT = 600


def author_hash(team: str, author_id: str) -> str:
    """Whose words a request is about, as its server may know it: the same for one person, and nobody's name."""
    return hashlib.sha256(f"{team}:{author_id}".encode()).hexdigest()[:64]


def short_hash(*parts: str) -> str:
    """Another one as soon as any of the parts is another one; hexadecimal."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ReadAnswer(Generic[_T]):
    """A readable answer with the model that gave it and what all its calls cost."""

    answer: _T
    model: str
    usage: Usage


async def ask(model: LanguageModel, request: ModelRequest, read: AnswerReader[_T]) -> ReadAnswer[_T]:
    """The answer, read. Raises `ModelFailed`."""
    reply = await _whole(model, request)
    try:
        return ReadAnswer(read(reply.text, last=False), reply.model, reply.usage)
    except Unusable as fault:
        repaired = await _whole(model, _with_fault(request, reply.text, str(fault)))
    usage = reply.usage + repaired.usage
    for text in (repaired.text, reply.text):  # what could be read of the first one is more than nothing
        with suppress(Unusable):
            return ReadAnswer(read(text, last=True), repaired.model, usage)
    sizes = len(reply.text), len(repaired.text)
    _log.warning("%s (%s, twice, %d and %d characters)", NO_JUDGEMENT[Failure.UNREADABLE], repaired.model, *sizes)
    raise ModelFailed(Failure.UNREADABLE)


async def _whole(model: LanguageModel, request: ModelRequest) -> ModelReply:
    """A reply that is not cut; a second attempt may take twice as long, where the model's window has the room."""
    first = await _fitting(model, request)
    if not first.cut:
        return first
    left = await model.window.left_beside(*_texts(request))
    if left and left <= request.output_tokens:
        raise ModelFailed(Failure.NO_ROOM)
    second = await _fitting(model, replace(request, output_tokens=2 * request.output_tokens))
    if second.cut:
        raise ModelFailed(Failure.TOO_LONG)
    return replace(second, usage=first.usage + second.usage)


async def _fitting(model: LanguageModel, request: ModelRequest) -> ModelReply:
    """The reply to a request that leaves room for its answer in the model's window.

    Raises `ModelFailed` also for a reply to less than was asked: some servers cut what is too long and do not say so.
    """
    known = await model.window.tokens()
    try:
        reply = await model.ask(await _within(model, request))
    except ModelFailed as failed:
        left = await model.window.left_beside(*_texts(request))
        if failed.failure is not Failure.NO_ROOM or known or left < LEAST_ANSWER:
            raise
        reply = await model.ask(await _within(model, request))
    read = max(reply.usage.input_tokens, reply.usage.cached_tokens)
    if await model.window.is_cut(read, *_texts(request)):
        sent = at_least(*_texts(request))
        _log.warning("%s has read %d tokens of more than %d: its context is too small", reply.model, read, sent)
        raise ModelFailed(Failure.NO_ROOM)
    return reply


async def _within(model: LanguageModel, request: ModelRequest) -> ModelRequest:
    left = await model.window.left_beside(*_texts(request))
    return replace(request, output_tokens=min(request.output_tokens, max(left, LEAST_ANSWER))) if left else request


def _texts(request: ModelRequest) -> tuple[str, ...]:
    return request.instructions, *(turn.text for turn in request.turns)


def _with_fault(request: ModelRequest, answer: str, fault: str) -> ModelRequest:
    said = f"That answer cannot be used: {fault[:_FAULT]}. Give the whole answer again, in the form asked for."
    return replace(
        request,
        turns=(*request.turns, ModelMessage("assistant", answer[:_REPEATED] or "-"), ModelMessage("user", said)),
    )
