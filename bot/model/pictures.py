"""Lets a model look at pictures, and takes from its answer only what Candor may say."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from typing import TYPE_CHECKING

from bot.core.judging import LONGEST_TEXT, Drop, Failure, Hint, Look, ModelFailed, PicturePoint
from bot.core.ports import Viewed
from bot.core.reading.variants import split_variants
from bot.model.answers import Unusable
from bot.model.asking import ask, author_hash, short_hash
from bot.model.language_model import Form, ModelMessage, ModelRequest
from bot.model.own_words import OwnWords, cleaned
from bot.model.quotes import FoldedText, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.drafts import Draft
    from bot.core.guidelines import Guideline
    from bot.core.judging import Image
    from bot.model.asking import ReadAnswer
    from bot.model.brief import Brief
    from bot.model.forms import PictureEntry
    from bot.model.language_model import LanguageModel, ModelLimits


# From the model's issues to points about words in pictures.


def point_in_picture(quote: str, why: str, brief: Brief, guideline: Guideline) -> PicturePoint | Drop:
    """The point, where the quote stands in a picture's words and the guideline is for a platform of the draft."""
    for (number, look), seen in zip(brief.case.looks, brief.in_pictures, strict=True):
        if found := FoldedText(seen.text).find(quote):
            if guideline.platforms and _platforms(brief.case.draft).isdisjoint(guideline.platforms):
                return Drop.GUARD
            start, end = seen.span(*found)
            # Nobody confirms it, so that a higher severity than the file's own is never taken.
            return PicturePoint(number, guideline.id, guideline.severity, quote=look.text[start:end], why=why)
    return Drop.UNGROUNDED


def _platforms(draft: Draft) -> set[str]:
    return {variant.platform for variant in split_variants(draft.text, draft.zones, draft.platform)}


# Lets a model look at pictures, and takes from its answer only what Candor may say.

_LOG = logging.getLogger(__name__)
_DESCRIPTION, _ALT_TEXT = 300, 160
_SAYS_AI = ("ai generated", "ai-generated", "by ai", "deepfake", "ki-generiert", "with ai")
_ENTRY: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "number": {"type": "integer"},
        "description": {"type": "string"},
        "text_in_picture": {"type": "string"},
        "alt_text": {"type": "string"},
        "made_with_ai": {"type": "string", "enum": [hint.value for hint in Hint]},
    },
    "required": ["number", "description", "text_in_picture", "alt_text", "made_with_ai"],
    "additionalProperties": False,
}
_FORM = Form(
    "pictures",
    {
        "type": "object",
        "properties": {"pictures": {"type": "array", "items": _ENTRY}},
        "required": ["pictures"],
        "additionalProperties": False,
    },
)


class ModelViewer:
    """The `Viewer` port. ``prompt`` is the text of its prompt file; nothing of a picture is kept or logged."""

    def __init__(self, model: LanguageModel, prompt: str, limits: ModelLimits) -> None:
        self._model, self._prompt, self._limits = model, prompt, limits
        self._own_words = OwnWords([prompt])
        parts = (model.identity, prompt, json.dumps(_FORM.schema))
        self._sight = short_hash(*parts)

    @property
    def sight(self) -> str:
        return self._sight

    async def view(self, team: str, author_id: str, images: Sequence[Image]) -> Viewed:
        shown = tuple(f"data:{image.kind};base64,{base64.b64encode(image.content).decode()}" for image in images)
        request = ModelRequest(
            self._prompt,
            (ModelMessage("user", f"Pictures: {len(images)}", shown),),
            _FORM,
            output_tokens=self._limits.output_tokens,
            author=author_hash(team, author_id),
            team=team,
        )
        asked = await self._ask(request, len(images))
        tokens = (asked.usage.calls, asked.usage.input_tokens, asked.usage.output_tokens)
        _LOG.info("%s: looked at %d pictures (team %s, tokens %s)", asked.model, len(images), team, tokens)
        return Viewed(tuple(self._look(entry) for entry in asked.answer), asked.model, asked.usage)

    async def _ask(self, request: ModelRequest, wanted: int) -> ReadAnswer[list[PictureEntry]]:
        def read(text: str, *, last: bool) -> list[PictureEntry]:
            return _read(text, wanted, last=last)

        try:
            async with asyncio.timeout(self._limits.total):
                return await ask(self._model, request, read)
        except TimeoutError:
            raise ModelFailed(Failure.UNREACHABLE) from None

    def _look(self, entry: PictureEntry) -> Look:
        return Look(
            self._said(entry.description, _DESCRIPTION),
            entry.text_in_picture.strip()[:LONGEST_TEXT],
            self._said(entry.alt_text, _ALT_TEXT),
            made_with_ai=entry.made_with_ai,
        )

    def _said(self, text: str, most: int) -> str:
        """The model's own words about a picture; nothing where it says what Candor does not, or how it was made."""
        said = cleaned(text, most)
        folded = fold(said)
        allowed = self._own_words.may_say(said) and not any(words in folded for words in _SAYS_AI)
        return said if allowed else ""


def _read(text: str, wanted: int, *, last: bool) -> list[PictureEntry]:  # noqa: ARG001 - an answer is whole or it is not
    """An entry for each picture, in order. Raises `Unusable`."""
    from bot.model.forms import PicturesAnswer, read_as  # noqa: PLC0415 - not at a start

    answer = read_as(text, PicturesAnswer)
    entries = {entry.number: entry for entry in answer.pictures}
    if sorted(entries) != [*range(1, wanted + 1)] or len(answer.pictures) != wanted:
        message = f"it needs one entry for each of the {wanted} pictures, numbered from 1"
        raise Unusable(message)
    return [entries[number] for number in range(1, wanted + 1)]
