"""Asked before every click, window, shortcut and command: is the person one of ours, and in the channel it is about?

It stands before all listeners, so that a new one is guarded without knowing of it.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.core.errors import NotInstalled, TryLater
from bot.core.words import audience as words
from bot.slack.dismissal import told_window
from bot.slack.failures import UNREACHED
from bot.slack.json import items, part, text
from bot.slack.responding import respond

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.audience import Audience
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_PATIENCE = 1.5
"""Seconds for the question, and for the answer to somebody who is refused: Slack waits three for all of it."""
_KINDS = frozenset({"block_actions", "view_submission", "message_action", "shortcut"})
_BETWEEN = str.maketrans(dict.fromkeys('|\n"[], ', " "))
_PARTS = 3


class Guard:
    """Refuses with one sentence that only the person sees. Where Slack does not answer, it refuses as well."""

    def __init__(self, audience: Audience, clients: Clients) -> None:
        self._audience = audience
        self._clients = clients

    async def check(self, body: Json, next_: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        """A middleware of Bolt's."""
        refusal = await self.refusal(body)
        return await self._refuse(body, refusal) if refusal else await next_()

    async def refusal(self, body: Json) -> str:
        """What the person is told, "" where they may go on."""
        if text(body, "type") not in _KINDS and not text(body, "command"):
            return ""
        team, user = _team_of(body), text(part(body, "user"), "id") or text(body, "user_id")
        try:
            async with asyncio.timeout(_PATIENCE):
                if not await self._audience.is_ours(team, user, text(part(body, "user"), "team_id")):
                    return words.NOT_OURS
                asked = channels_in(body, team)
                return "" if asked <= await self._audience.of(team, user, asked) else words.NOT_INSIDE
        except (TryLater, TimeoutError):
            return words.NOT_SURE
        except NotInstalled:  # the listeners know what to do about that
            return ""

    async def _refuse(self, body: Json, said: str) -> BoltResponse:
        if text(body, "command"):
            return _answered({"response_type": "ephemeral", "text": said})
        if text(body, "type") == "view_submission":
            return _answered({"response_action": "update", "view": told_window(words.TITLE, said)})
        with suppress(SlackApiError, NotInstalled, TryLater, *UNREACHED):
            async with asyncio.timeout(_PATIENCE):
                await self._tell(body, said)
        return BoltResponse(status=200)

    async def _tell(self, body: Json, said: str) -> None:
        client: AsyncWebClient = self._clients.of(_team_of(body)).client
        container, view, window = part(body, "container"), part(body, "view"), told_window(words.TITLE, said)
        if text(view, "type") == "modal":  # what it shows is not for the person any more
            await client.views_update(view_id=text(view, "id"), view=window)
        elif text(container, "channel_id"):
            thread = text(container, "thread_ts") or text(container, "message_ts")
            channel, user = text(container, "channel_id"), text(part(body, "user"), "id")
            await client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread, text=said)
        elif text(body, "response_url"):
            await respond(text(body, "response_url"), {"text": said})
        else:
            await client.views_open(trigger_id=text(body, "trigger_id"), view=window)


def channels_in(body: Json, team: str) -> frozenset[str]:
    """The channels that a click or a window is about: those of the drafts that it names, and that of its message.

    A message's own menu is offered by Slack to those alone who read the message, wherever Candor is.
    """
    named = {channel for value in _values(body) for channel in _named(value, team)}
    clicked = text(part(body, "container"), "channel_id") if text(body, "type") == "block_actions" else ""
    return frozenset({*named, *([clicked] if clicked else [])})


def _values(body: Json) -> Iterator[str]:
    yield text(part(body, "view"), "private_metadata")
    for action in items(body, "actions"):
        yield text(action, "value")
        yield text(part(action, "selected_option"), "value")


def _named(value: str, team: str) -> Iterator[str]:
    """A draft, or a turn of a conversation, is named by its workspace, channel and moment."""
    for word in value.translate(_BETWEEN).split():
        parts = word.split(":")
        if len(parts) == _PARTS and parts[0] == team:
            yield parts[1]


def _team_of(body: Json) -> str:
    return text(part(body, "team"), "id") or text(part(body, "user"), "team_id") or text(body, "team_id")


def _answered(content: Json) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(content), headers={"content-type": "application/json"})
