"""What Candor listens to. A listener turns the payload, hands it on, and returns; nothing works in here."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.slack.json import part, text
from bot.slack.payloads import message_event

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp, AsyncBoltContext

    from bot.core.message import MessageEvent
    from bot.slack.json import Json

_LOG = logging.getLogger(__name__)


def register(app: AsyncApp, receive: Callable[[MessageEvent], Awaitable[None]]) -> None:
    """Listen. ``receive`` returns only when what it was told is durable, because then Slack is answered."""

    @app.event("message")
    async def on_message(body: Json, context: AsyncBoltContext) -> None:
        if event := message_event(body, context.bot_user_id or ""):
            await receive(event)

    @app.error
    async def on_error(error: Exception, body: Json) -> BoltResponse:
        """What nobody listens to is fine; anything else is not acknowledged, so that Slack repeats it."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200)
        kind = text(part(body, "event") or body, "type")
        # Where it happened, but never the error's message: it may quote what people wrote.
        place = "".join(traceback.format_tb(error.__traceback__))
        _LOG.error("a %s from Slack could not be taken: %s\n%s", kind, type(error).__name__, place)
        return BoltResponse(status=500)

    del on_message, on_error
