"""What Candor listens to. A listener turns the payload, hands it on, and returns; nothing works in here."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.core.errors import CandorError, in_short
from bot.core.verdict import Decision
from bot.slack.blocks import ANSWER, MOST_ANSWERS
from bot.slack.json import items, text
from bot.slack.payloads import message_event, readable, said_in
from bot.slack.points import MORE, OURS, UNDO, USE, WHY
from bot.slack.shortcuts import REVIEW

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

    from bot.core.message import MessageEvent
    from bot.slack.clicks import Clicks
    from bot.slack.json import Json
    from bot.slack.names import SlackNames
    from bot.slack.shortcuts import Shortcuts

_LOG = logging.getLogger(__name__)
_UNREADABLE = (TypeError, ValueError, LookupError, AttributeError)
"""What a payload raises that is not as Slack's are."""


def register(app: AsyncApp, receive: Callable[[MessageEvent], Awaitable[None]], names: SlackNames) -> None:
    """Listen. ``receive`` returns only when what it was told is durable, because then Slack is answered."""

    @app.event("message")
    async def on_message(body: Json, context: AsyncBoltContext) -> None:
        known = await names.of(*said_in(body))
        if event := readable(lambda: message_event(body, context.bot_user_id or "", known), "message"):
            await receive(event)

    @app.error
    async def on_error(error: Exception, body: Json) -> BoltResponse:
        """What nobody listens to is fine; anything else is not acknowledged, so that Slack repeats it."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200)
        # Where it happened, but never the error's message: it may quote what people wrote.
        _LOG.error("a %s from Slack could not be taken: %s", _kind(body), in_short(error))
        unreadable = isinstance(error, _UNREADABLE) and not isinstance(error, CandorError)
        return BoltResponse(status=400 if unreadable else 500)

    del on_message, on_error


def register_clicks(app: AsyncApp, clicks: Clicks) -> None:
    """Listen to the buttons. Slack is answered only when what was clicked is durable."""
    decisions = {USE: Decision.USED, UNDO: Decision.OPEN}

    async def on_decision(body: Json, ack: AsyncAck) -> None:
        await clicks.decide(body, decisions[_clicked(body)])
        await ack()

    async def on_answer(body: Json, ack: AsyncAck) -> None:
        await clicks.answer(body, int(_clicked(body).removeprefix(ANSWER)))
        await ack()

    def doing(work: Callable[[Json], Awaitable[None]]) -> Callable[[Json, AsyncAck], Awaitable[None]]:
        async def on(body: Json, ack: AsyncAck) -> None:
            await work(body)
            await ack()

        return on

    for name in decisions:
        app.action(name)(on_decision)
    for number in range(MOST_ANSWERS):
        app.action(f"{ANSWER}{number}")(on_answer)
    for name, work in ((OURS, clicks.own), (WHY, clicks.why), (MORE, clicks.more)):
        app.action(name)(doing(work))


def register_shortcuts(app: AsyncApp, shortcuts: Shortcuts) -> None:
    """Listen to what stands in a message's menu."""

    @app.message_shortcut(REVIEW)
    async def on_review(body: Json, ack: AsyncAck) -> None:
        await shortcuts.review(body)
        await ack()

    del on_review


def _kind(body: Json) -> str:
    """What Slack calls it, as far as that is a name."""
    event: object = body.get("event")
    named: object = (event if isinstance(event, dict) else body).get("type") or body.get("command")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return named[:40] if isinstance(named, str) and named.replace("_", "").isalnum() and named.isascii() else "request"


def _clicked(body: Json) -> str:
    return text(items(body, "actions")[0], "action_id")
