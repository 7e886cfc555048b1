"""What the doctor asks the language model: one short question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.judgement import ModelFailed
from bot.core.words import doctor as words
from bot.model.language_model import Form, Request, Turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.diagnosis import Diagnosis
    from bot.core.judgement import Usage
    from bot.model.language_model import LanguageModel

_SCHEMA = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
_REQUEST = Request("Answer in JSON.", (Turn("user", "Are you ready?"),), Form("ready", _SCHEMA))


async def look_at_model(model: LanguageModel, name: str, price: Callable[[Usage], float] | None) -> Diagnosis:
    """Whether it answers in the form that is asked for, and what that cost."""
    try:
        reply = await model.ask(_REQUEST)
    except ModelFailed as error:
        return words.model_fails(name, error.failure)
    return words.model_works(reply.model or name, reply.usage, price(reply.usage) if price else None)
