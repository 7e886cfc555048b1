"""Asks a language model which rules, facts and terms a brand book states.

Code checks that each rests on words of the book, and that a fact says no number and no name that they don't.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.core.brand.books import FactProposal, GuidelineProposal, Proposed
from bot.core.brand.facts import LONGEST_ABOUT, LONGEST_VALUE, Fact, FactKind
from bot.core.brand.own_guidelines import LONGEST_TEXT, LONGEST_TITLE, GuidelineForm
from bot.core.judging import Failure, ModelFailed, Usage
from bot.core.words.people import brief
from bot.model.asking import ask, author_hash, short_hash
from bot.model.brief import fenced, proposals_form
from bot.model.context_window import estimated
from bot.model.guards import stated, words_of
from bot.model.language_model import ModelMessage, ModelRequest
from bot.model.masking import Masks
from bot.model.quotes import FoldedText, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.core.brand.books import BookPage
    from bot.model.forms import BookAnswer, FactAnswer, ProposalAnswer
    from bot.model.language_model import LanguageModel, ModelLimits
    from bot.model.masking import Sensitive

_LOG = logging.getLogger(__name__)
_LEAST_QUOTE, _LONGEST_QUOTE = 12, 400
"""Characters of the words that a proposal rests on."""
_EXAMPLES, _LINES = 2, 10
_TERMS = (FactKind.PREFER, FactKind.AVOID)
_STEM, _SHARE = 5, 0.5
"""Letters by which two forms of a word know each other, and how many of a fact's words the page has at least."""
_ANSWER = 900
"""Tokens of a usual answer about a part."""


class ModelProposer:
    """The `Proposer` port. ``prompt`` is the text of its prompt file; nothing of a book is kept or logged."""

    def __init__(
        self,
        model: LanguageModel,
        prompt: str,
        secret: bytes,
        *,
        sensitive: Sensitive,
        limits: ModelLimits,
        told: Callable[[Usage], str],
    ) -> None:
        """``told`` says in words what calls take."""
        self._model, self._prompt, self._secret = model, prompt, secret
        self._sensitive, self._limits, self._told = sensitive, limits, told

    def takes(self, parts: Sequence[Sequence[BookPage]]) -> str:
        read = len(parts) * estimated(self._prompt) + sum(estimated(page.text) for part in parts for page in part)
        return self._told(Usage(len(parts), read, output_tokens=_ANSWER * len(parts)))

    async def propose(self, team: str, user: str, pages: Sequence[BookPage], known: Sequence[str]) -> Proposed:
        masks = Masks(self._sensitive, [page.text for page in pages])
        try:
            async with asyncio.timeout(self._limits.total):
                asked = await ask(self._model, self.request(team, user, pages, known=known, masks=masks), _read)
        except TimeoutError:
            raise ModelFailed(Failure.UNREACHABLE) from None
        part = _BookPart(pages, masks)
        made = [*map(part.guideline, asked.answer.proposals), *map(part.fact, asked.answer.facts)]
        founded = tuple(one for one in made if one)
        tokens = (asked.usage.calls, asked.usage.input_tokens, asked.usage.output_tokens)
        _LOG.info("%s: %d of %d proposals (team %s, tokens %s)", asked.model, len(founded), len(made), team, tokens)
        return Proposed(founded, len(made) - len(founded), asked.usage)

    def request(
        self, team: str, user: str, pages: Sequence[BookPage], *, known: Sequence[str], masks: Masks
    ) -> ModelRequest:
        """The one request about a part."""
        numbered = [{"page": number, "text": masks.see(page.text).text} for number, page in enumerate(pages, 1)]
        content = {"proposed_before": list(known), "pages": numbered}
        said = fenced("book", content, "\n".join(page.text for page in pages), secret=self._secret)
        return ModelRequest(
            self._prompt,
            (ModelMessage("user", said),),
            proposals_form(),
            output_tokens=self._limits.output_tokens,
            author=author_hash(team, user),
            cache_key=f"book:{short_hash(self._prompt)}:{short_hash(team)}",
            team=team,
        )


class _BookPart:
    """The pages that were read, and what of an answer stands in them."""

    def __init__(self, pages: Sequence[BookPage], masks: Masks) -> None:
        self._pages, self._masks = pages, masks
        self._folded = [FoldedText(page.text) for page in pages]

    def guideline(self, one: ProposalAnswer) -> GuidelineProposal | None:
        """None where its words aren't on the page that it names."""
        quote = self._quote(one)
        return GuidelineProposal(_form(one), quote, self._pages[one.page - 1].where) if quote else None

    def fact(self, one: FactAnswer) -> FactProposal | None:
        """None where its words aren't on the page that it names, or it says what they don't."""
        quote, value = self._quote(one), _flat(self._masks.unmask(one.value))
        if not quote or not value or len(value) > LONGEST_VALUE:
            return None
        page = self._pages[one.page - 1]
        rests = fold(value) in fold(quote) if one.kind in _TERMS else _rests(value, quote, page.text)
        if not rests:
            return None
        about = _flat(one.about)
        known = len(about) <= LONGEST_ABOUT and fold(about) in fold(page.text)
        return FactProposal(Fact(value, one.kind, about=about if known else ""), quote, page.where)

    def _quote(self, one: ProposalAnswer | FactAnswer) -> str:
        """The book's own words, "" where they aren't on the page that it names."""
        quote = self._masks.unmask(one.quote).strip()
        if not 1 <= one.page <= len(self._pages) or len(quote) < _LEAST_QUOTE:
            return ""
        found = self._folded[one.page - 1].find(quote)
        if found is None or found[1] - found[0] < _LEAST_QUOTE:
            return ""
        return brief(_flat(self._pages[one.page - 1].text[slice(*found)]), _LONGEST_QUOTE)


def _rests(value: str, quote: str, page: str) -> bool:
    """Numbers, amounts and dates are those of the quote, names those of the page, and of the rest so many words."""
    if fold(value) in fold(quote):
        return True
    if set(stated(value)) - set(stated(quote)):
        return False
    stems = {word[:_STEM].casefold() for word in words_of(page)}
    words = [word for word in words_of(value) if not word.isdecimal()]
    there = [word[:_STEM].casefold() in stems for word in words]
    named = [known for word, known in zip(words[1:], there[1:], strict=True) if word != word.lower()]
    return all(named) and sum(there) >= _SHARE * len(there)


def _form(one: ProposalAnswer) -> GuidelineForm:
    return GuidelineForm(
        brief(_flat(one.title), LONGEST_TITLE - 1),
        brief(_flat(one.problem), LONGEST_TITLE - 1),
        brief(_flat(one.question), LONGEST_TEXT - 1),
        why=brief(_flat(one.why), LONGEST_TEXT - 1),
        fix=brief(_flat(one.fix), LONGEST_TEXT - 1),
        severity=one.severity,
        not_when=_few(one.not_when, _LINES),
        bad=_few(one.bad, _EXAMPLES),
        good=_few(one.good, _EXAMPLES),
        phrases=_few(one.words, _LINES),
    )


def _few(lines: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(brief(_flat(line), LONGEST_TEXT) for line in lines if line.strip())[:most]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _read(text: str, *, last: bool) -> BookAnswer:  # noqa: ARG001 - an answer is whole or it is not
    from bot.model.forms import BookAnswer, read_as  # noqa: PLC0415 - not at a start

    return read_as(text, BookAnswer)
