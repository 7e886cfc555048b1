"""Whether a model is fit for reviews: one tiny question, asked by the doctor and before a model is connected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.connecting import Fitness, ModelServer
from bot.core.judgement import Failure, ModelFailed
from bot.model import plain_json as pj
from bot.model.language_model import Form, Request, Turn

if TYPE_CHECKING:
    import openai

    from bot.model.language_model import LanguageModel, Reply

_SCHEMA = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
_READY = Request("Answer in JSON.", (Turn("user", "Are you ready?"),), Form("ready", _SCHEMA))
_MISSING = (404, 405)
_UNKNOWN_MODEL = ("model_not_found", "invalid_model", "unknown_model")


@dataclass(frozen=True, slots=True)
class Tried:
    """What the question showed; ``reply`` is None where none came."""

    fitness: Fitness
    reply: Reply | None = None


async def try_model(model: LanguageModel, listed: ModelServer | Fitness, name: str) -> Tried:
    """Ask it once. ``listed`` is what the server says of its models, which helps to tell why it fails."""
    try:
        reply = await model.ask(_READY)
    except ModelFailed as failed:
        return Tried(_fitness(failed, listed, name))
    ready = any(isinstance(pj.at(value, "ready"), bool) for value, _ in pj.objects(reply.text))
    return Tried(Fitness.ANSWERS if ready else Fitness.UNREADABLE, reply)


_SHOWS = {
    Failure.QUOTA: Fitness.NO_CREDIT,
    Failure.KEY: Fitness.KEY_REFUSED,
    Failure.BUSY: Fitness.BUSY,
    Failure.UNREADABLE: Fitness.UNREADABLE,
    Failure.TOO_LONG: Fitness.UNREADABLE,
    Failure.REFUSED: Fitness.UNREADABLE,
}
"""What a failure shows by itself. The others depend on what the server said."""


def _fitness(failed: ModelFailed, listed: ModelServer | Fitness, name: str) -> Fitness:
    if failed.failure in _SHOWS:
        return _SHOWS[failed.failure]
    error = _said(failed)
    status = error.status_code if error else 0
    if _lacks(listed, name) or (error and _is_about_model(error)):
        return Fitness.NO_SUCH_MODEL
    if failed.failure is Failure.UNREACHABLE:
        return Fitness.FAILING if status else Fitness.AWAY
    return Fitness.REFUSES if status and status not in _MISSING else Fitness.OTHER_PROTOCOL


def _lacks(listed: ModelServer | Fitness, name: str) -> bool:
    return isinstance(listed, ModelServer) and bool(listed.models) and not listed.called(name)


def _is_about_model(error: openai.APIStatusError) -> bool:
    said = error.message.lower()
    return error.code in _UNKNOWN_MODEL or (error.status_code in (400, 404) and "model" in said and "not" in said)


def _said(failed: BaseException) -> openai.APIStatusError | None:
    """What the server said. The adapters keep its text from people and logs; here only its kind is read."""
    from openai import APIStatusError  # noqa: PLC0415 - not at a start

    seen: BaseException | None = failed
    while seen is not None and not isinstance(seen, APIStatusError):
        seen = seen.__context__
    return seen
