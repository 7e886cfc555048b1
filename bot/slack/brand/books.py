"""Brand books: asked for on a message with a file; what reading one takes, how far it is, and its proposals."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from bot.core.brand.books import BookState, FactProposal, GuidelineProposal, ProposalState, sourced
from bot.core.drafts import Place
from bot.core.errors import NotInstalled, TryLater
from bot.core.words.brand import books as words
from bot.core.words.brand import facts as fact_words
from bot.core.words.brand import own_guidelines as own_words
from bot.core.words.people import CANCEL, brief
from bot.slack.blocks import DIVIDER, actions, button, context, harmless, row, section, told_window, window
from bot.slack.brand.facts import fact_window
from bot.slack.brand.own_guidelines import BOOK_SEE, form_window
from bot.slack.brand.watched import JobMessage, content_of
from bot.slack.clicks import pressed, replace_window, respond, show_on_top, team_of, user_of, whisper
from bot.slack.wire.payloads import escaped, items, part, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bot.core.brand.books import Book, BookPage, BookProposal, Books, BookShown
    from bot.flows.brand.books import BeginBook
    from bot.slack.brand.facts import FactWindows
    from bot.slack.brand.own_guidelines import GuidelineWindows
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# The message and the window as Slack's blocks. Pure.

BOOK_FILE, BOOK_WINDOW = "read_brand_book", "candor_book_form"
BOOK_START, BOOK_STOP = "candor_book_start", "candor_book_stop"
BOOK_EDIT, BOOK_DECLINE = "candor_book_edit", "candor_book_decline"
BOOK_FACT, BOOK_FACT_WINDOW = "candor_book_fact", "candor_book_fact_form"
_EVENT = "candor_book"
_NAME, _QUOTE, _LISTED = 80, 300, 24
_LARGEST = 20 * 2**20


def book_blocks(book: Book, shown: BookShown) -> list[Json]:
    """How far it is, with what can be done about it."""
    name = harmless(brief(book.name, _NAME))
    see = [button(BOOK_SEE, words.SEE, book.id)] if book.open else []
    stop = button(BOOK_STOP, CANCEL, book.id)
    match book.state:
        case BookState.ASKING:
            start = button(BOOK_START, words.START, book.id) | {"style": "primary"}
            said = [section(words.title(name)), section(escaped(words.ASKED)), section(shown.said)]
            return [*said, actions(start, *see, stop)]
        case BookState.RUNNING:
            said = words.progress(book.done, shown.total, len(book.proposals))
            return [section(words.title(name)), section(escaped(said)), actions(stop)]
        case BookState.STOPPED:
            return [section(words.title(name)), section(shown.said)]
        case BookState.DONE:
            return list(_ended(book, name, see))


def _ended(book: Book, name: str, see: list[Json]) -> Iterator[Json]:
    yield section(words.ended(len(book.guidelines), len(book.facts), name))
    if not book.proposals:
        yield section(escaped(words.NOTHING))
    if said := words.left_out(book.unfounded, book.unusable):
        yield context(said)
    if see:
        yield actions(*see)
    yield context(words.MADE_BY)


def proposals_window(book: Book | None) -> Json:
    """What nobody has decided yet, guidelines first."""
    blocks: list[Json] = [context(words.ABOUT)]
    left = sorted(book.open, key=lambda pair: isinstance(pair[1], FactProposal)) if book else []
    for number, one in left[:_LISTED]:
        blocks.append(DIVIDER)
        blocks += _proposal(book.id if book else "", number, one)
    if not left:
        blocks.append(section(escaped(words.NONE_LEFT)))
    if len(left) > _LISTED:
        blocks.append(context(words.more(len(left) - _LISTED)))
    return window(words.WINDOW, blocks)


def _proposal(book_id: str, number: int, one: BookProposal) -> Iterator[Json]:
    value = json.dumps([book_id, number])
    if isinstance(one, FactProposal):
        fact, take = one.fact, button(BOOK_FACT, words.ADD_FACT, value)
        yield row(words.fact(fact_words.KINDS[fact.kind.value], fact.value, fact.about))
    else:
        take = button(BOOK_EDIT, words.EDIT, value)
        yield row(words.proposed(one.form.title, one.form.problem))
    yield context(words.rests_on(brief(one.quote, _QUOTE), one.where))
    yield actions(take, button(BOOK_DECLINE, words.NO_THANKS, value))


# Where it is in Slack.


class SlackBookBoard(JobMessage):
    """The `BookBoard` port."""

    def __init__(self, clients: Clients) -> None:
        super().__init__(clients, _EVENT)

    async def post(self, team: str, book: Book, shown: BookShown) -> tuple[str, str, str]:
        return await self.send(team, book, book_blocks(book, shown))

    async def show(self, team: str, book: Book, shown: BookShown) -> None:
        await self.edit(team, book, book_blocks(book, shown), anew=book.state is not BookState.RUNNING)


class SlackBookFiles:
    """The `BookFiles` port."""

    def __init__(self, clients: Clients, read: Callable[[bytes], Awaitable[tuple[BookPage, ...]]]) -> None:
        self._clients, self._read = clients, read

    async def pages(self, team: str, file: str) -> tuple[BookPage, ...]:
        client = self._clients.of(team).client
        return await self._read(await content_of(client, file, _LARGEST, cannot=words.CANNOT_OPEN))


# What people do.

_BOOKS = (".pdf", ".docx", ".doc", ".md", ".markdown", ".txt")


def book_in(item: Json) -> Json:
    """The first file of a message that may be a brand book; empty where there is none."""
    found = [file for file in items(item, "files") if text(file, "name").lower().endswith(_BOOKS)]
    return found[0] if found else {}


@dataclass(frozen=True, slots=True)
class BookClicks:
    """Returns only when what was asked for is durable."""

    begin: BeginBook
    books: Books
    guidelines: GuidelineWindows
    facts: FactWindows
    clients: Clients

    async def from_message(self, body: Json) -> None:
        """The shortcut on a message with a file."""
        item, team, user = part(body, "message"), team_of(body), user_of(body)
        said, file = words.NO_FILE, book_in(item)
        if file:
            place = Place(team, text(part(body, "channel"), "id"), text(item, "thread_ts") or text(item, "ts"))
            wish, name = text(body, "action_ts"), text(file, "name")
            try:
                said = await self.begin.of_file(place, user, wish, file=text(file, "id"), name=name)
            except TryLater:
                said = own_words.LATER
        with suppress(TryLater, OSError, TimeoutError):  # a line that is missing harms nobody
            await respond(text(body, "response_url"), {"text": said})

    async def sent(self, team: str, event: Json) -> bool:
        """A file in a direct message: True where it is a lead's brand book, so that nobody else needs to read it."""
        file, user, ts = book_in(event), text(event, "user"), text(event, "ts")
        if not file:
            return False
        place = Place(team, text(event, "channel"), text(event, "thread_ts") or ts)
        said = await self.begin.of_file(place, user, f"{team}:{ts}", file=text(file, "id"), name=text(file, "name"))
        return said == words.COMING

    async def start(self, body: Json) -> None:
        await self._told(body, await self.begin.start(team_of(body), user_of(body), pressed(body)))

    async def stop(self, body: Json) -> None:
        await self._told(body, await self.begin.stop(team_of(body), user_of(body), pressed(body)))

    async def see(self, body: Json) -> None:
        """The window with the proposals: from the message, or on top of the list of guidelines."""
        await show_on_top(self.clients, body, await self._window(body, pressed(body)))

    async def edit(self, body: Json) -> None:
        """The window of a new guideline, filled in; from there everything is as with any other."""
        _, one = await self._open(body)
        named = {"callback_id": BOOK_WINDOW, "private_metadata": pressed(body)}
        window = form_window(one.form) | named if isinstance(one, GuidelineProposal) else _said(words.GONE)
        await show_on_top(self.clients, body, window)

    async def add_fact(self, body: Json) -> None:
        """The window of a new fact, filled in; one that is on the sheet already is done with."""
        book, one = await self._open(body)
        named = {"callback_id": BOOK_FACT_WINDOW, "private_metadata": pressed(body)}
        window = _said(words.GONE)
        if book and isinstance(one, FactProposal):
            fact = sourced(book.name, one)
            window = fact_window(None, fact) | named
            if await self.facts.has(team_of(body), fact):
                await self._taken(body, pressed(body), text(part(body, "view"), "id"))
                window = _said(words.ON_SHEET)
        await show_on_top(self.clients, body, window)

    async def save_fact(self, body: Json) -> Json | None:
        """It is put on the sheet as any new fact is, and the proposal is done with."""
        view = part(body, "view")
        alone = {**view, "private_metadata": "", "root_view_id": ""}  # the window below is not the sheet
        wrong = await self.facts.save({**body, "view": alone})
        if wrong is None:
            await self._taken(body, text(view, "private_metadata"), text(view, "previous_view_id"))
        return wrong

    async def save(self, body: Json) -> Json:
        """It is kept and tried out as any new guideline is, and the proposal is done with."""
        view = part(body, "view")
        told = await self.guidelines.save({**body, "view": {**view, "private_metadata": ""}})
        if told["response_action"] == "update":
            await self._taken(body, text(view, "private_metadata"), text(view, "previous_view_id"))
        return told

    async def decline(self, body: Json) -> None:
        book_id, number = _proposal_of(pressed(body))
        await self.begin.decline(team_of(body), user_of(body), book_id, number=number)
        await self._show_anew(body, book_id, text(part(body, "view"), "id"))

    async def _open(self, body: Json) -> tuple[Book | None, BookProposal | None]:
        """The proposal of the button and its book; None where somebody else isn't a lead, or has decided on it."""
        (book_id, number), team = _proposal_of(pressed(body)), team_of(body)
        book = await self.books.find(team, book_id) if await self.guidelines.is_lead(team, user_of(body)) else None
        return book, dict(book.open).get(number) if book else None

    async def _taken(self, body: Json, value: str, view: str) -> None:
        book_id, number = _proposal_of(value)
        await self.books.decide(team_of(body), book_id, number, state=ProposalState.TAKEN)
        await self._show_anew(body, book_id, view)

    async def _show_anew(self, body: Json, book_id: str, view: str) -> None:
        await replace_window(self.clients, body, view, view=await self._window(body, book_id))

    async def _window(self, body: Json, book_id: str) -> Json:
        if not await self.guidelines.is_lead(team_of(body), user_of(body)):
            return _said(words.ONLY_LEADS)
        return proposals_window(await self.books.find(team_of(body), book_id))

    async def _told(self, body: Json, said: str) -> None:
        if said:
            with suppress(NotInstalled):
                await whisper(self.clients, body, said)


def _said(said: str) -> Json:
    return told_window(words.WINDOW, escaped(said))


def _proposal_of(value: str) -> tuple[str, int]:
    return cast("tuple[str, int]", tuple(json.loads(value)))
