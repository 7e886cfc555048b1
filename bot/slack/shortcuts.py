"""The shortcut in a message's menu: review this one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import TryLater
from bot.core.message import Place
from bot.core.request import Request
from bot.core.words import shortcut as words
from bot.slack.clicks import team_of
from bot.slack.json import part, text
from bot.slack.payloads import message_of
from bot.slack.responding import respond

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.flows.review_on_request import ReviewOnRequest
    from bot.slack.clients import Clients
    from bot.slack.json import Json
    from bot.slack.names import SlackNames

REVIEW = "review_this_draft"
_PATIENCE = 1.0
"""Seconds for the private line: Slack itself waits three for all of it."""


def request_of(body: Json, us: str, names: Mapping[str, str] | None = None) -> Request:
    """The request in a shortcut's payload; ``us`` is the user id of Candor in that workspace, ``names`` as in `Said`.

    The payload does not tell whether its channel is shared, so the author's own workspace decides who is an outsider.
    """
    item, channel = part(body, "message"), text(part(body, "channel"), "id")
    place = Place(team_of(body), channel, text(item, "ts"), text(part(body, "enterprise"), "id"))
    message = message_of(item, place, us, shared=True, names=names)
    return Request(message, text(part(body, "user"), "id"), text(body, "action_ts"), text(body, "response_url"))


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """Returns only when what was asked for is durable."""

    review_on_request: ReviewOnRequest
    clients: Clients
    names: SlackNames

    async def review(self, body: Json) -> None:
        """Take the request, and tell the person in private what comes of it."""
        known = await self.names.of(team_of(body), part(body, "message"))
        request = request_of(body, self.clients.of(team_of(body)).bot_user, known)
        taken = await self.review_on_request(request)
        if told := words.TOLD.get(taken):
            thread = {"thread_ts": request.message.thread} if request.message.thread else {}
            with suppress(TryLater, OSError, TimeoutError):  # a line that is missing harms nobody
                async with asyncio.timeout(_PATIENCE):
                    await respond(request.answer_to, thread | {"text": told})
