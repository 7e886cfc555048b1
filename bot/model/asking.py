"""Asks until the answer can be read: once more where it was cut, once more where it breaks its form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from bot.core.judgement import Failure, ModelFailed
from bot.model.answers import Unusable
from bot.model.language_model import Turn

if TYPE_CHECKING:
    from bot.core.judgement import Usage
    from bot.model.language_model import LanguageModel, Reply, Request

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)
_REPEATED = 8000
"""Characters of a broken answer that are shown to the model again."""
_FAULT = 600


class Reader(Protocol[_T_co]):
    """Reads an answer. Raises `Unusable`, less readily where no other will come."""

    def __call__(self, text: str, *, last: bool) -> _T_co:
        """What the text says."""
        ...


@dataclass(frozen=True, slots=True)
class Asked(Generic[_T]):
    """A readable answer with the model that gave it and what all its calls cost."""

    answer: _T
    model: str
    usage: Usage


async def ask(model: LanguageModel, request: Request, read: Reader[_T]) -> Asked[_T]:
    """The answer, read. Raises `ModelFailed`."""
    reply = await _whole(model, request)
    try:
        return Asked(read(reply.text, last=False), reply.model, reply.usage)
    except Unusable as fault:
        repaired = await _whole(model, _with_fault(request, reply.text, str(fault)))
    usage = reply.usage + repaired.usage
    try:
        return Asked(read(repaired.text, last=True), repaired.model, usage)
    except Unusable:
        raise ModelFailed(Failure.UNREADABLE) from None


async def _whole(model: LanguageModel, request: Request) -> Reply:
    """A reply that is not cut; a second attempt may take twice as long."""
    first = await model.ask(request)
    if not first.cut:
        return first
    second = await model.ask(replace(request, output_tokens=2 * request.output_tokens))
    if second.cut:
        raise ModelFailed(Failure.TOO_LONG)
    return replace(second, usage=first.usage + second.usage)


def _with_fault(request: Request, answer: str, fault: str) -> Request:
    said = f"That answer cannot be used: {fault[:_FAULT]}. Give the whole answer again, in the form asked for."
    return replace(request, turns=(*request.turns, Turn("assistant", answer[:_REPEATED] or "-"), Turn("user", said)))
