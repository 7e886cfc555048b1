"""What Candor listens to: one table, from Slack's names to what takes them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.core.commands import NAME
from bot.core.deciding import Decision
from bot.core.drafts import Posted
from bot.core.errors import CandorError, in_short
from bot.core.reading.draft_or_talk import hands_over_a_file
from bot.core.words.people import speaking
from bot.slack import clicks as feedback
from bot.slack import home as home_blocks
from bot.slack import sign_off as sign_off_blocks
from bot.slack.brand import audit as audits
from bot.slack.brand import books
from bot.slack.brand import facts as fact_blocks
from bot.slack.brand import own_guidelines as own
from bot.slack.clicks import draft_in, team_of
from bot.slack.composing import EDIT, EDIT_WINDOW, NEW, REMOVE, SHORTCUT
from bot.slack.conversing import AGAIN, OPENED, STOP
from bot.slack.deciding import ALL, BACK, CHANGED, DISMISSAL, LIFT, NEXT, SCOPE, WIDER
from bot.slack.installing import JOINED, REMOVED, REVOKED, SWITCH_OFF, SWITCH_ON
from bot.slack.points import DISMISS, FACT_CHANGED, MORE, OURS, UNDO, USE, WHY
from bot.slack.privacy import DELETE, KEEP
from bot.slack.private_reviews import REVIEW, STEP
from bot.slack.proof import PROOF
from bot.slack.reviewing import (
    ANSWER,
    ASK,
    CHANGE,
    DOWN,
    EXCEPTED,
    MENU,
    MOST,
    MOST_ANSWERS,
    MUTE_WINDOW,
    THUMBS,
    UNMUTE,
    UP,
)
from bot.slack.settings import FAMILY, PAGE
from bot.slack.sign_off import DECIDE, DECISIONS
from bot.slack.threads import ACCEPT, DECLINE, SHOW_WORDS
from bot.slack.wire.payloads import is_table, items, message_event, part, readable, said_in, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

    from bot.core.drafts import Message, MessageEvent
    from bot.flows.replying import ReplyLanguages
    from bot.slack.brand.audit import AuditClicks
    from bot.slack.brand.books import BookClicks
    from bot.slack.brand.facts import FactWindows
    from bot.slack.brand.own_guidelines import GuidelineWindows
    from bot.slack.channels import SlackNames
    from bot.slack.clicks import Clicks, FeedbackClicks
    from bot.slack.commands import Commands
    from bot.slack.composing import Composing
    from bot.slack.conversing import Talking
    from bot.slack.deciding import Deciding
    from bot.slack.home import HomeTabs
    from bot.slack.installing import Arrivals, Departures
    from bot.slack.muting import MenuClicks
    from bot.slack.points import SlackTextFiles
    from bot.slack.privacy import Deletions
    from bot.slack.private_reviews import Shortcuts, WorkflowSteps
    from bot.slack.proof import ProofWindows
    from bot.slack.sign_off import SignOffClicks
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json

_LOG = logging.getLogger(__name__)
_UNREADABLE = (TypeError, ValueError, LookupError, AttributeError)
"""What a payload raises that is not as Slack's are."""

Kind = Literal["event", "action", "view", "command", "global_shortcut", "message_shortcut", "function"]


class Listener(NamedTuple):
    """``take`` gets the payload; it returns, when all is durable, what Slack's acknowledgement is to say, if anything.

    ``kind`` is the method of Bolt's app by which it listens.
    """

    kind: Kind
    name: str
    take: Callable[[Json], Awaitable[Json | None]]


_BOOKS, _TEXTS = (".pdf", ".docx"), (".md", ".markdown")


def is_book_sent(event: Json) -> bool:
    """True for a direct message of a person's with a file that is no draft; a text file beside words may be one's."""
    said = event.get("subtype") == "file_share" and not event.get("bot_id") and event.get("channel_type") == "im"
    endings = _BOOKS if text(event, "text").strip() else (*_BOOKS, *_TEXTS)
    return said and any(text(file, "name").lower().endswith(endings) for file in items(event, "files"))


def is_table_sent(event: Json) -> bool:
    """True for a person's message in a channel with a file that has a post on each line."""
    shared = event.get("subtype") == "file_share" and not event.get("bot_id") and event.get("channel_type") != "im"
    return shared and any(is_table(file) for file in items(event, "files"))


@dataclass(frozen=True, slots=True)
class Messages:
    """What is written, edited and deleted. ``receive`` returns when what it was told is durable."""

    receive: Callable[[MessageEvent], Awaitable[None]]
    names: SlackNames
    clients: Clients
    files: SlackTextFiles | None = None
    books: Callable[[str, Json], Awaitable[bool]] | None = None
    """Takes a brand book that somebody sent in a direct message; False where it's none of a lead's."""
    tables: Callable[[str, Json], Awaitable[None]] | None = None
    """Says what can be done with a table that somebody posted in a channel."""
    unread: Callable[[Message], Awaitable[None]] | None = None
    """Says that a file was not read in which somebody posted a draft."""

    async def take(self, body: Json) -> None:
        """One event; what cannot be read is noted and passed over."""
        team, item = said_in(body)
        if self.books and is_book_sent(part(body, "event")) and await self.books(team, item):
            return
        known = await self.names.of(team, item)
        if self.files:
            await self.files.read(team, text(part(body, "event"), "channel"), item)
        us = self.clients.of(text(body, "team_id")).bot_user
        event = readable(lambda: message_event(body, us, known), "message")
        if event:
            await self.receive(event)
        if self.tables and is_table_sent(part(body, "event")):
            await self.tables(team, part(body, "event"))
        elif self.unread and isinstance(event, Posted) and hands_over_a_file(event.message):
            await self.unread(event.message)


@dataclass(frozen=True, slots=True)
class Takers:
    """Whoever takes what Slack delivers."""

    messages: Messages
    clicks: Clicks
    deciding: Deciding
    menu: MenuClicks
    sign_off: SignOffClicks
    feedback: FeedbackClicks
    shortcuts: Shortcuts
    steps: WorkflowSteps
    talking: Talking
    home: HomeTabs
    proof: ProofWindows
    facts: FactWindows
    audits: AuditClicks
    books: BookClicks
    guidelines: GuidelineWindows
    composing: Composing
    commands: Commands
    deletions: Deletions
    arrivals: Arrivals
    departures: Departures
    speaks: ReplyLanguages


def listeners(to: Takers) -> list[Listener]:
    """Everything that Candor listens to; the manifest has to ask Slack for the same."""
    return [
        Listener("event", "message", to.messages.take),
        Listener("event", OPENED, partial(_opened, to)),
        Listener("event", JOINED, to.arrivals.joined),
        Listener("event", REMOVED, to.departures.leave),
        Listener("event", REVOKED, to.departures.leave),
        Listener("command", NAME, partial(_alone, to.commands.answer)),
        Listener("message_shortcut", REVIEW, to.shortcuts.review),
        Listener("message_shortcut", fact_blocks.FROM_MESSAGE, to.facts.add_from),
        Listener("global_shortcut", SHORTCUT, to.composing.open),
        Listener("function", STEP, to.steps.critique),
        *_in_the_language_of_replies(to, (*_in_replies(to), *_in_windows_of_points(to), *_around_sign_off(to))),
        *_around_home(to),
        *_around_facts(to),
        *_around_guidelines(to),
        *_around_audits(to),
        *_around_books(to),
        Listener("action", STOP, to.talking.stop),
        Listener("action", AGAIN, to.talking.again),
        Listener("action", DELETE, to.deletions.delete),
        Listener("action", KEEP, to.deletions.keep),
        Listener("action", SWITCH_ON, partial(to.arrivals.switched, on=True)),
        Listener("action", SWITCH_OFF, partial(to.arrivals.switched, on=False)),
    ]


def _in_the_language_of_replies(to: Takers, some: Iterable[Listener]) -> Iterable[Listener]:
    """What a click on a reply opens or answers is in the language of that reply."""

    async def speak(take: Callable[[Json], Awaitable[Json | None]], body: Json) -> Json | None:
        with speaking(await to.speaks.of_draft(team_of(body), draft_in(body))):
            return await take(body)

    return (one._replace(take=partial(speak, one.take)) for one in some)


def _in_replies(to: Takers) -> Iterable[Listener]:
    yield Listener("action", USE, partial(to.clicks.decide, decision=Decision.USED))
    yield Listener("action", UNDO, partial(to.clicks.decide, decision=Decision.OPEN))
    yield Listener("action", OURS, to.clicks.own)
    yield Listener("action", WHY, to.clicks.why)
    yield Listener("action", MORE, to.clicks.more)
    for number in range(MOST_ANSWERS):
        yield Listener("action", f"{ANSWER}{number}", partial(to.clicks.answer, number=number))
    yield Listener("action", MENU, to.menu.choose)
    yield Listener("view", MUTE_WINDOW, to.menu.submit)
    yield Listener("action", UNMUTE, to.menu.take_back)
    for name in (THUMBS, UP, DOWN):
        yield Listener("action", name, to.feedback.give)
    yield Listener("view", feedback.WINDOW, to.feedback.submit)


def _in_windows_of_points(to: Takers) -> Iterable[Listener]:
    yield Listener("action", DISMISS, to.deciding.open_dismissal)
    yield Listener("view", DISMISSAL, to.deciding.submit_dismissal)
    for name in (WIDER, SCOPE):
        yield Listener("action", name, to.deciding.widen_dismissal)
    for number in range(MOST):
        yield Listener("action", f"{CHANGE}{number}", to.deciding.open_answer)
    yield Listener("view", CHANGED, to.deciding.submit_answer)
    yield Listener("action", EXCEPTED, to.deciding.show_excepted)
    yield Listener("action", LIFT, to.deciding.lift_one)
    yield Listener("action", ACCEPT, partial(to.deciding.answer_proposal, accepted=True))
    yield Listener("action", SHOW_WORDS, to.deciding.show_words)
    yield Listener("action", DECLINE, partial(to.deciding.answer_proposal, accepted=False))
    for name in (ALL, BACK, NEXT):
        yield Listener("action", name, to.deciding.turn_page)


def _around_sign_off(to: Takers) -> Iterable[Listener]:
    yield Listener("action", ASK, to.sign_off.ask)
    for act in DECISIONS:
        yield Listener("action", f"{DECIDE}{act}", partial(to.sign_off.press, act=act))
    yield Listener("view", sign_off_blocks.WINDOW, to.sign_off.submit)


def _around_home(to: Takers) -> Iterable[Listener]:
    yield Listener("action", home_blocks.SETTINGS, to.home.settings)
    yield Listener("action", home_blocks.EXCEPTIONS, to.home.exceptions)
    yield Listener("action", PROOF, to.proof.open)
    yield Listener("action", home_blocks.OPEN, _nothing)
    yield Listener("action", PAGE, to.home.page)
    yield Listener("action", FAMILY, to.home.family)
    yield Listener("view", PAGE, partial(_checked, to.home.save_page))
    yield Listener("view", FAMILY, partial(_checked, to.home.save_family))
    yield Listener("action", home_blocks.NEW, to.composing.open)
    yield Listener("view", NEW, partial(_checked, to.composing.submit))
    yield Listener("action", EDIT, to.composing.open_edit)
    yield Listener("view", EDIT_WINDOW, partial(_checked, to.composing.save))
    yield Listener("action", REMOVE, to.composing.delete)


def _around_facts(to: Takers) -> Iterable[Listener]:
    yield Listener("action", fact_blocks.FACTS, to.facts.open)
    yield Listener("action", fact_blocks.FACT_EDIT, to.facts.edit)
    yield Listener("action", FACT_CHANGED, to.facts.change_of)
    yield Listener("action", fact_blocks.FACT_END, to.facts.end)
    yield Listener("action", fact_blocks.FACT_REMOVE, to.facts.remove)
    yield Listener("action", fact_blocks.FACTS_PASTE, to.facts.paste)
    yield Listener("action", fact_blocks.FACTS_CORRECT, to.facts.correct)
    for name in (fact_blocks.FACTS_NEXT, fact_blocks.FACTS_FIRST):
        yield Listener("action", name, to.facts.turn)
    yield Listener("view", fact_blocks.FACT_WINDOW, to.facts.save)
    yield Listener("view", fact_blocks.PASTE_WINDOW, to.facts.check)
    yield Listener("view", fact_blocks.PREVIEW_WINDOW, to.facts.bring)
    yield Listener("view", fact_blocks.FILE_WINDOW, to.facts.bring_file)


def _around_guidelines(to: Takers) -> Iterable[Listener]:
    yield Listener("action", own.OWN_LIST, to.guidelines.open)
    yield Listener("action", own.OWN_NEW, to.guidelines.new)
    yield Listener("action", own.OWN_PASTE, to.guidelines.paste)
    yield Listener("action", own.OWN_OPEN, to.guidelines.look)
    yield Listener("action", own.OWN_CHANGE, to.guidelines.change)
    yield Listener("action", own.OWN_AGAIN, to.guidelines.again)
    yield Listener("action", own.OWN_STOP, to.guidelines.stop)
    yield Listener("action", own.OWN_OFF, to.guidelines.off)
    yield Listener("action", own.OWN_REMOVE, to.guidelines.remove)
    yield Listener("action", own.OWN_VERSIONS, to.guidelines.versions)
    yield Listener("action", own.OWN_BACK, to.guidelines.back)
    yield Listener("action", own.OWN_MORE, to.guidelines.more)
    yield Listener("action", own.OWN_LINK, _nothing)
    yield Listener("view", own.FORM_WINDOW, to.guidelines.save)
    yield Listener("view", own.FILE_WINDOW, to.guidelines.bring)
    yield Listener("view", own.TRIAL_WINDOW, to.guidelines.decide)


def _around_audits(to: Takers) -> Iterable[Listener]:
    yield Listener("message_shortcut", audits.AUDIT_FILE, to.audits.from_message)
    yield Listener("message_shortcut", audits.COMPARE_FILE, to.commands.compare_message)
    yield Listener("action", audits.AUDIT, to.audits.open)
    yield Listener("view", audits.AUDIT_WINDOW, to.audits.submit)
    yield Listener("action", audits.AUDIT_FINE, to.audits.open_fine)
    yield Listener("view", audits.FINE_WINDOW, to.audits.submit_fine)
    yield Listener("action", audits.AUDIT_STOP, to.audits.stop)
    yield Listener("action", audits.AUDIT_MODEL, to.audits.with_model)
    yield Listener("action", audits.AUDIT_OVERNIGHT, to.audits.overnight)


def _around_books(to: Takers) -> Iterable[Listener]:
    yield Listener("message_shortcut", books.BOOK_FILE, to.books.from_message)
    yield Listener("action", books.BOOK_START, to.books.start)
    yield Listener("action", books.BOOK_STOP, to.books.stop)
    yield Listener("action", own.BOOK_SEE, to.books.see)
    yield Listener("action", books.BOOK_EDIT, to.books.edit)
    yield Listener("action", books.BOOK_FACT, to.books.add_fact)
    yield Listener("action", books.BOOK_DECLINE, to.books.decline)
    yield Listener("view", books.BOOK_WINDOW, to.books.save)
    yield Listener("view", books.BOOK_FACT_WINDOW, to.books.save_fact)


async def _opened(to: Takers, body: Json) -> None:
    """Somebody opened the app: its Home tab or its messages."""
    is_home = text(part(body, "event"), "tab") == "home"
    await (to.home.opened(body) if is_home else to.talking.suggest(body))


async def _checked(submit: Callable[[Json], Awaitable[dict[str, str]]], body: Json) -> Json | None:
    """A window closes when nothing is wrong."""
    wrong = await submit(body)
    return {"response_action": "errors", "errors": wrong} if wrong else None


async def _alone(answer: Callable[[Json], Awaitable[Json]], body: Json) -> Json | None:
    """The person alone sees the answer to a command."""
    said = await answer(body)
    return {"response_type": "ephemeral", **said} if said else None


async def _nothing(_: Json) -> None:
    """A button that is a link: Slack tells of the click all the same."""


# How Bolt is told.


def register(app: AsyncApp, heard: Iterable[Listener]) -> None:
    """Listen. Slack is answered only when what it delivered is durable."""
    for kind, name, take in heard:
        if kind == "event":
            app.event(name)(_hearing(take))
        elif kind == "function":
            app.function(name, auto_acknowledge=False)(_answering(take))
        else:
            getattr(app, kind)(name)(_answering(take))

    @app.error
    async def on_error(error: Exception, body: Json, context: AsyncBoltContext) -> BoltResponse:
        """What nobody listens to is fine. What failed is not acknowledged, so that Slack repeats it.

        An event that nobody can read would only come again; nor is a workspace heard in which Candor is not installed.
        """
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200)
        # Where it happened, but never the error's message: it may quote what people wrote.
        _LOG.error("a %s from Slack could not be taken: %s", _kind(body), in_short(error))
        unreadable = isinstance(error, _UNREADABLE) and not isinstance(error, CandorError)
        if context.authorize_result is None or (unreadable and "event" in body):
            return BoltResponse(status=200)
        return BoltResponse(status=400 if unreadable else 500)

    del on_error


def _hearing(take: Callable[[Json], Awaitable[object]]) -> Callable[[Json], Awaitable[None]]:
    async def on(body: Json) -> None:
        await take(body)

    return on


def _answering(take: Callable[[Json], Awaitable[Json | None]]) -> Callable[[Json, AsyncAck], Awaitable[None]]:
    async def on(body: Json, ack: AsyncAck) -> None:
        await ack(**(await take(body) or {}))

    return on


def _kind(body: Json) -> str:
    """What Slack calls it, as far as that is a name."""
    event: object = body.get("event")
    named: object = (event if isinstance(event, dict) else body).get("type") or body.get("command")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return named[:40] if isinstance(named, str) and named.replace("_", "").isalnum() and named.isascii() else "request"
