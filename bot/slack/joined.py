"""What the Home tab asks of Slack: which channels Candor is in, and where messages stand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.failures import UNREACHED, reading
from bot.slack.json import answer, items, part, text

if TYPE_CHECKING:
    from bot.core.message import Place
    from bot.core.ports import Clock
    from bot.slack.clients import Clients

_KNOWN_FOR = 60.0
_PAGE, _PAGES = 200, 10
_PATIENCE = 1.0
"""Seconds for the address of a message: without one the draft is still named."""


class SlackJoinedChannels:
    """The `JoinedChannels` port."""

    def __init__(self, clients: Clients, clock: Clock) -> None:
        self._clients = clients
        self._clock = clock
        self._known: dict[str, tuple[dict[str, str], float]] = {}

    async def of(self, team: str) -> dict[str, str]:
        """Their names by id, as known for at most a minute. Raises `Unreadable`."""
        names, read_at = self._known.get(team, ({}, float("-inf")))
        if self._clock.now() - read_at > _KNOWN_FOR:
            names = await self._ask(team)
            self._known[team] = (names, self._clock.now())
        return names

    def forget(self, team: str) -> None:
        """Ask Slack next time: people invite Candor and look again at once."""
        self._known.pop(team, None)

    async def _ask(self, team: str) -> dict[str, str]:
        names: dict[str, str] = {}
        cursor = ""
        with reading():
            for _ in range(_PAGES):
                page = answer(
                    await self._clients.of(team).client.users_conversations(
                        types="public_channel,private_channel", exclude_archived=True, limit=_PAGE, cursor=cursor
                    )
                )
                names |= {channel["id"]: text(channel, "name") for channel in items(page, "channels")}
                cursor = text(part(page, "response_metadata"), "next_cursor")
                if not cursor:
                    break
        return names


class SlackLinks:
    """The `Links` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def to(self, place: Place) -> str:
        """The address of a message, "" where Slack gives none."""
        client = self._clients.of(place.team).client
        try:
            async with asyncio.timeout(_PATIENCE):
                found = await client.chat_getPermalink(channel=place.channel, message_ts=place.ts)
        except (SlackApiError, *UNREACHED):
            return ""
        return text(answer(found), "permalink")
