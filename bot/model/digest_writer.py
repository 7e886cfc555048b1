"""Lets the model put a week's figures into words. It sees counts only, and code checks every figure in its answer."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from typing import TYPE_CHECKING

from pydantic import BaseModel

from bot.core.digest import Written
from bot.core.digest_text import OPENERS, holds
from bot.core.judgement import Failure, ModelFailed
from bot.core.words.digest import told
from bot.model.answers import Unusable, read_as
from bot.model.asking import ask
from bot.model.language_model import Form, Request, Turn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from string import Template

    from bot.core.digest import Digest
    from bot.core.digest_text import Told
    from bot.model.language_model import LanguageModel, Limits

_LOG = logging.getLogger(__name__)
_SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}
_FORM = Form("digest", _SCHEMA)


class _Answer(BaseModel):
    text: str


class ModelDigestWriter:
    """The `DigestWriter` port. ``titles`` say what is wrong, by the guidelines' ids."""

    def __init__(self, model: LanguageModel, prompt: Template, titles: Mapping[str, str], limits: Limits) -> None:
        self._model = model
        self._instructions = prompt.substitute(openers=", ".join(OPENERS))
        self._titles = titles
        self._limits = limits

    async def write(self, team: str, digest: Digest) -> Written:
        """A few sentences, checked against the figures. Raises `ModelFailed` where none can be used."""
        figures = told(digest, self._titles)
        request = Request(
            self._instructions,
            (Turn("user", "\n".join(figures.lines)),),
            _FORM,
            self._limits.output_tokens,
            author=hashlib.sha256(f"{team}:digest".encode()).hexdigest(),
        )

        def read(text: str, *, last: bool) -> str:
            return _read(text, figures, last=last)

        try:
            async with asyncio.timeout(self._limits.total):
                asked = await ask(self._model, request, read)
        except TimeoutError:
            raise ModelFailed(Failure.UNREACHABLE) from None
        _LOG.info("%s: digest (team %s, tokens %s)", asked.model, team, asked.usage.output_tokens)
        return Written(asked.answer, asked.model)


def _read(text: str, figures: Told, *, last: bool) -> str:  # noqa: ARG001 - a text holds or it does not
    """The sentences in an answer. Raises `Unusable`."""
    said = read_as(text, _Answer).text.strip()
    if not holds(said, figures):
        message = "the text breaks one of the rules: figures that were not given, a name, markup, or it is too long"
        raise Unusable(message)
    return said
