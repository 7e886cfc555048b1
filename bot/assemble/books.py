"""A brand book read at a terminal: the same proposals as in Slack, without a workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from bot.assemble.judging import open_proposer
from bot.assemble.own_guidelines import OwnGuidelineFiles
from bot.assemble.rules import whole_library
from bot.core.brand.books import Book, parts_of, with_proposed
from bot.core.guidelines import OWN, Guideline, Severity
from bot.core.judging import Usage
from bot.core.reading.guideline_files import file_of
from bot.core.words.brand import books as words
from bot.core.words.people import OPERATOR
from bot.flows.brand.books import UsableForms
from bot.rules.books import read_book

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.core.brand.books import BookPage, GuidelineProposal
    from bot.settings import Settings


@dataclass
class BookReading:
    """What has come of it so far. Raises `ModelFailed` where the model gives up; what was found by then stays."""

    settings: Settings
    parts: Sequence[tuple[BookPage, ...]]
    book: Book
    usage: Usage = field(default_factory=Usage)

    async def estimate(self) -> str:
        """What it takes, in words; nothing is sent."""
        async with open_proposer(self.settings) as proposer:
            return proposer.takes(self.parts) if proposer else ""

    async def run(self, told: Callable[[], None]) -> None:
        """Read each part; ``told`` is called before each."""
        async with open_proposer(self.settings) as proposer:
            while proposer and self.book.done < len(self.parts) and not self.book.is_full:
                told()
                known = [one.title for one in self.book.proposals]
                found = await proposer.propose("", OPERATOR, self.parts[self.book.done], known=known)
                self.usage += found.usage
                self.book = with_proposed(self.book, found, self._forms)

    @property
    def took(self) -> str:
        """What it cost, in words."""
        model = self.settings.model
        dollars = model.prices.of(self.usage) if model.prices else None
        tokens = self.usage.input_tokens + self.usage.output_tokens
        return words.took(self.usage.calls, tokens, dollars, model=model.name)

    def files(self) -> list[tuple[str, str, GuidelineProposal]]:
        """The name of a file, its text, and the proposal that it is."""
        made: dict[str, tuple[str, GuidelineProposal]] = {}
        for one in self.book.guidelines:
            guideline = self._forms.guideline(one.form, [f"{OWN}/{name}" for name in made])
            if guideline:
                made[guideline.id.removeprefix(f"{OWN}/")] = file_of(guideline), one
        return [(f"{name}.md", *kept) for name, kept in made.items()]

    @cached_property
    def _forms(self) -> UsableForms:
        library = whole_library(self.settings)
        blank = Guideline(f"{OWN}/new", "", Severity.SHOULD_FIX, question="", why="", fix="")
        return UsableForms(blank, OwnGuidelineFiles(library))


async def open_book(settings: Settings, name: str, content: bytes) -> BookReading:
    """Raises `PersonCanFix` for a file that cannot be read."""
    parts = parts_of(await read_book(content))
    return BookReading(settings, parts, Book("", OPERATOR, 0.0, file="", name=name, place=""))
