"""A brand book is read into proposals: what that takes first, the model when a lead says so, nothing on by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bot.core.brand.books import Book, BookShown, BookState, ProposalState, parts_of, with_proposed
from bot.core.brand.own_guidelines import guideline_of, id_for
from bot.core.drafts import reference
from bot.core.errors import BrokenFiles, PersonCanFix, TryLater
from bot.core.judging import Failure, ModelFailed
from bot.core.reading.guideline_files import file_of
from bot.core.words.brand import books as words
from bot.core.words.operating import NO_JUDGEMENT
from bot.flows.reviewing import aside

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.core.brand.books import BookBoard, BookFiles, BookJobs, BookPage, Books, Proposer, Usable
    from bot.core.brand.own_guidelines import GuidelineFiles, GuidelineForm
    from bot.core.drafts import Place
    from bot.core.guidelines import Guideline
    from bot.core.ports import Clock, Step
    from bot.core.watching import BrandLeads
    from bot.flows.asking import CallTurns


_TRIES, _AFTER = 5, 5.0
"""How often a book is read again that moved on between reading and noting it, and then after how many seconds."""

# A brand lead asks for it.


@dataclass(frozen=True, slots=True)
class BeginBook:
    """Each returns when what was asked for is durable, and says what the person is told, "" for nothing.

    Safe to repeat: ``wish`` names it. Raises `TryLater` where Slack doesn't say who leads.
    """

    books: Books
    jobs: BookJobs
    leads: BrandLeads
    clock: Clock

    async def of_file(self, place: Place, user: str, wish: str, *, file: str, name: str) -> str:
        """It's attached in the thread that begins at the place."""
        if not await self.leads.includes(place.team, user):
            return words.ONLY_LEADS
        book = Book(reference(wish), user, self.clock.now(), file=file, name=name, place=place.channel, thread=place.ts)
        await self.books.begin(place.team, book)
        await self.jobs.read_book(place.team, book.id, book.round)
        return words.COMING

    async def start(self, team: str, user: str, book_id: str) -> str:
        """Ask the model now that somebody has seen what it takes."""
        if not await self.leads.includes(team, user):
            return words.ONLY_LEADS
        return await self._turn(team, book_id, BookState.RUNNING, out_of=(BookState.ASKING,))

    async def stop(self, team: str, user: str, book_id: str) -> str:
        """It ends after the part that is being read, and nothing of it is kept."""
        if not await self.leads.includes(team, user):
            return words.ONLY_LEADS
        return await self._turn(team, book_id, BookState.STOPPED, out_of=(BookState.ASKING, BookState.RUNNING))

    async def decline(self, team: str, user: str, book_id: str, number: int) -> str:
        """No, thanks."""
        if not await self.leads.includes(team, user):
            return words.ONLY_LEADS
        declined = await self.books.decide(team, book_id, number, state=ProposalState.DECLINED)
        return "" if declined else words.GONE

    async def _turn(self, team: str, book_id: str, state: BookState, *, out_of: Sequence[BookState]) -> str:
        """One that is in the state already gets its job again: a crash may have come between the two."""
        for _ in range(_TRIES):
            book = await self.books.find(team, book_id)
            if book is None or book.state not in (state, *out_of):
                return words.OVER
            turned = book if book.state is state else replace(book, state=state, round=book.round + 1)
            if turned is book or await self.books.note(team, turned, book):
                await self.jobs.read_book(team, book.id, turned.round)
                return ""
        return words.MOVED_ON


# What Candor may say of a proposal in its own name.


@dataclass(frozen=True, slots=True)
class UsableForms:
    """Holds forms against what a guideline may be. ``blank`` is what a new one begins with."""

    blank: Guideline
    files: GuidelineFiles

    def __call__(self, form: GuidelineForm) -> GuidelineForm | None:
        """The form, without words to flag that don't fit its posts; None where the rest may not be said."""
        tries = (form, replace(form, phrases=(), fine=()))
        return next((one for one in tries if self.guideline(one)), None)

    def guideline(self, form: GuidelineForm, taken: Collection[str] = ()) -> Guideline | None:
        """The guideline with an id of its own beside those that are ``taken``."""
        try:
            made = guideline_of(form, self.blank, self.files.catches)
            return None if isinstance(made, dict) else self._read(made, id_for(made.title, taken))
        except BrokenFiles:
            return None

    def _read(self, made: Guideline, named: str) -> Guideline:
        self.files.read(named, file_of(made))
        return replace(made, id=named)


# The job behind it.


@dataclass(frozen=True, slots=True)
class ReadBook:
    """One step, which a crash repeats: parts that were read by then aren't read again.

    Without a ``proposer`` there is no model.
    """

    books: Books
    files: BookFiles
    board: BookBoard
    usable: Usable
    turns: CallTurns
    proposer: Proposer | None = None

    async def __call__(self, step: Step, team: str, book_id: str, number: int) -> str:
        """Run it; the result says in a word how it ended."""

        async def run(_: str) -> str:
            book = await self.books.find(team, book_id)
            if book is None or book.round != number:
                return "over"
            if book.state is not BookState.DONE:
                return await self._run(team, book)
            await self.board.show(team, book, BookShown())  # it was noted, and perhaps not shown
            return book.state.value

        return await step("book", run, f"book:{team}:{book_id}:{number}")

    async def _run(self, team: str, book: Book) -> str:
        if book.state is BookState.STOPPED:
            return await self._end(team, book, words.STOPPED)
        if self.proposer is None:
            return await self._end(team, book, words.NO_MODEL)
        try:
            parts = parts_of(await self.files.pages(team, book.file))
        except PersonCanFix as wrong:
            return await self._end(team, book, str(wrong))
        shown = BookShown(len(parts), self.proposer.takes(parts))
        if not book.ts:
            place, thread, ts = await self.board.post(team, book, shown)
            placed = await self._noted(team, replace(book, place=place, thread=thread, ts=ts), book)
            if placed is None:
                return "over"
            book = placed
        elif book.state is BookState.ASKING:  # an attempt before this one noted it
            await self.board.show(team, book, shown)
        if book.state is BookState.ASKING:
            return book.state.value
        return await self._through(team, book, parts, proposer=self.proposer)

    async def _through(self, team: str, book: Book, parts: Sequence[Sequence[BookPage]], proposer: Proposer) -> str:
        shown = BookShown(len(parts))
        while book.done < len(parts) and not book.is_full:
            await self.board.show(team, book, shown)
            known = [one.title for one in book.proposals]
            try:
                async with self.turns.of(team, urgent=False):
                    found = await proposer.propose(team, book.user, parts[book.done], known=known)
            except ModelFailed as failed:
                waits = replace(book, state=BookState.ASKING)
                said = words.interrupted(NO_JUDGEMENT.get(failed.failure, NO_JUDGEMENT[Failure.UNREACHABLE]))
                return await self._shown(team, waits, book, shown=BookShown(len(parts), said))
            further = await aside(0, partial(with_proposed, book, found, self.usable), own=True)
            noted = await self._noted(team, further, book)
            if noted is None:
                return "over"
            book = noted
        return await self._shown(team, replace(book, state=BookState.DONE), book, shown=shown)

    async def _shown(self, team: str, book: Book, before: Book, shown: BookShown) -> str:
        noted = await self._noted(team, book, before)
        if noted is None:
            return "over"
        await self.board.show(team, noted, shown)
        return noted.state.value

    async def _noted(self, team: str, book: Book, before: Book) -> Book | None:
        """It as it is kept, with what leads decided meanwhile; None where they stopped it or it began anew."""
        for _ in range(_TRIES):
            if await self.books.note(team, book, before):
                return book
            there = await self.books.find(team, book.id)
            if there is None or (there.state, there.round) != (before.state, before.round):
                return None
            before, book = there, book.with_decisions_of(there)
        raise TryLater(_AFTER)

    async def _end(self, team: str, book: Book, said: str) -> str:
        """There is nothing to read, or nobody wants it."""
        ended, shown = replace(book, state=BookState.STOPPED), BookShown(said=said)
        await (self.board.show(team, ended, shown) if book.ts else self.board.post(team, ended, shown))
        await self.books.remove(team, book.id)
        return "nothing"
