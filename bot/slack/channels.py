"""The channels that Candor is in: which are switched on, and what was posted there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.message import Changed, Deleted, Place, Posted
from bot.slack.json import answer, items, part, reason, text
from bot.slack.payloads import is_tombstone, message_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.core.message import MessageEvent
    from bot.core.ports import Clock
    from bot.slack.clients import Clients, Installed
    from bot.slack.json import Json

_KNOWN_FOR = 600.0
"""Seconds that a channel's name is believed; channels are renamed now and then."""
_PAGE = 200
_PAUSE = 1.2
"""Seconds between two pages of history: Slack allows about 50 such calls a minute."""
_UNREADABLE = frozenset({"channel_not_found", "not_in_channel", "missing_scope"})


class SlackChannels:
    """The `Channels` port."""

    def __init__(self, clients: Clients, switched_on: frozenset[str], clock: Clock) -> None:
        """``switched_on`` holds channel names (with or without #) and ids."""
        self._clients = clients
        self._wanted = frozenset(name.removeprefix("#") for name in switched_on)
        self._clock = clock
        self._names: dict[tuple[str, str], tuple[str, float]] = {}
        self._asking: dict[tuple[str, str], asyncio.Lock] = {}

    async def is_switched_on(self, team: str, channel: str) -> bool:
        """True where drafts are reviewed without being asked."""
        if channel in self._wanted:
            return True
        return not channel.startswith("D") and await self._name(team, channel) in self._wanted

    async def switched_on(self) -> list[tuple[str, str]]:
        """The (team, channel id) of all of them that Candor is in."""
        found: list[tuple[str, str]] = []
        for installed in self._clients:
            async for channel in self._joined(installed):
                self._names[installed.team, channel["id"]] = (text(channel, "name"), self._clock.now())
                if await self.is_switched_on(installed.team, channel["id"]):
                    found.append((installed.team, channel["id"]))
        return found

    async def history(self, team: str, channel: str, oldest: float) -> AsyncIterator[MessageEvent]:
        """What was posted since then, as it stands now, paced for Slack's limits."""
        installed = self._clients.of(team)
        cursor = ""
        while True:
            page = answer(
                await installed.client.conversations_history(
                    channel=channel, oldest=f"{oldest:.6f}", limit=_PAGE, cursor=cursor
                )
            )
            for item in items(page, "messages"):
                yield _event(item, Place(team, channel, item["ts"], installed.enterprise), installed.bot_user)
            cursor = text(part(page, "response_metadata"), "next_cursor")
            if not cursor:
                return
            await self._clock.sleep(_PAUSE)

    async def _name(self, team: str, channel: str) -> str:
        """Asked of Slack once, however many messages wait for it."""
        async with self._asking.setdefault((team, channel), asyncio.Lock()):
            name, read_at = self._names.get((team, channel), ("", float("-inf")))
            if self._clock.now() - read_at > _KNOWN_FOR:
                name = await self._ask_name(team, channel)
                self._names[team, channel] = (name, self._clock.now())
            return name

    async def _ask_name(self, team: str, channel: str) -> str:
        try:
            about = answer(await self._clients.of(team).client.conversations_info(channel=channel))
        except SlackApiError as error:
            if reason(error) not in _UNREADABLE:
                raise
            return ""
        return text(part(about, "channel"), "name")

    async def _joined(self, installed: Installed) -> AsyncIterator[Json]:
        cursor = ""
        while True:
            page = answer(
                await installed.client.users_conversations(
                    types="public_channel,private_channel", exclude_archived=True, limit=_PAGE, cursor=cursor
                )
            )
            for channel in items(page, "channels"):
                yield channel
            cursor = text(part(page, "response_metadata"), "next_cursor")
            if not cursor:
                return


def _event(item: Json, place: Place, us: str) -> MessageEvent:
    if is_tombstone(item):
        return Deleted(place)
    message = message_of(item, place, us)
    return Changed(message) if item.get("edited") else Posted(message)
