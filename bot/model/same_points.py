"""Asks a language model whether later words are the point that people left alone. What it says, code checks."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.core.judging import Failure, ModelFailed
from bot.model.asking import ask, author_hash, short_hash
from bot.model.brief import fenced, same_point_form
from bot.model.language_model import ModelMessage, ModelRequest
from bot.model.masking import Masks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.same_points import PointPair
    from bot.model.forms import PairsAnswer
    from bot.model.language_model import LanguageModel, ModelLimits
    from bot.model.masking import Sensitive

_LOG = logging.getLogger(__name__)
_SENTENCE = 300
"""Characters of the sentence around the later words."""


class ModelComparer:
    """The `Comparer` port. ``prompt`` is the text of its prompt file; nothing of a pair is kept or logged."""

    def __init__(
        self, model: LanguageModel, prompt: str, secret: bytes, *, sensitive: Sensitive, limits: ModelLimits
    ) -> None:
        self._model, self._prompt, self._secret = model, prompt, secret
        self._sensitive, self._limits = sensitive, limits
        self._prompt_hash = short_hash(prompt)

    async def same(self, team: str, author_id: str, pairs: Sequence[PointPair]) -> tuple[bool, ...]:
        request = self.request(team, author_id, pairs)
        try:
            async with asyncio.timeout(self._limits.total):
                asked = await ask(self._model, request, _read)
        except TimeoutError:
            raise ModelFailed(Failure.UNREACHABLE) from None
        verdicts = [{one.verdict for one in asked.answer.pairs if one.number == n} for n in range(1, len(pairs) + 1)]
        same = tuple(said == {"same"} for said in verdicts)
        tokens = (asked.usage.calls, asked.usage.input_tokens, asked.usage.output_tokens)
        _LOG.info("%s: %d of %d pairs the same (team %s, tokens %s)", asked.model, sum(same), len(same), team, tokens)
        return same

    def request(self, team: str, author_id: str, pairs: Sequence[PointPair]) -> ModelRequest:
        """The one request about all of them."""
        texts = [text for pair in pairs for text in (pair.known, pair.words, pair.sentence)]
        masks = Masks(self._sensitive, texts)
        entries = [
            {"number": number, **{name: value for name, value in _entry(pair, masks).items() if value}}
            for number, pair in enumerate(pairs, 1)
        ]
        said = fenced("pairs", {"pairs": entries}, "\n".join(texts), secret=self._secret)
        return ModelRequest(
            self._prompt,
            (ModelMessage("user", said),),
            same_point_form(),
            output_tokens=self._limits.output_tokens,
            author=author_hash(team, author_id),
            cache_key=f"same:{self._prompt_hash}:{short_hash(team)}",
            team=team,
        )


def _entry(pair: PointPair, masks: Masks) -> dict[str, str]:
    """What is not known is left out."""
    return {
        "guideline": pair.title,
        "question": pair.question,
        "reason": pair.reason,
        "left_alone": masks.see(pair.known).text,
        "later": masks.see(pair.words).text,
        "sentence": masks.see(pair.sentence).text[:_SENTENCE] if pair.sentence != pair.words else "",
    }


def _read(text: str, *, last: bool) -> PairsAnswer:  # noqa: ARG001 - an answer is whole or it is not
    from bot.model.forms import PairsAnswer, read_as  # noqa: PLC0415 - not at a start

    return read_as(text, PairsAnswer)
