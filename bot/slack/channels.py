"""The channels that Candor is in: which are switched on, and what was posted there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.errors import Unreadable
from bot.core.message import Changed, Deleted, Place, Posted
from bot.core.presence import Trouble
from bot.slack.failures import reading
from bot.slack.json import answer, items, part, reason, text
from bot.slack.payloads import is_tombstone, message_of, readable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.message import MessageEvent
    from bot.core.ports import Clock
    from bot.core.settings_ports import WorkspaceSettingsOf
    from bot.slack.clients import Clients, Installed
    from bot.slack.json import Json
    from bot.slack.names import SlackNames

_KNOWN_FOR = 600.0
"""Seconds that a channel's name is believed; channels are renamed now and then."""
_MOST = 2000
"""Channels in memory above which those that were heard of long ago are forgotten."""
_PAGE = 200
_PAUSE = 1.2
"""Seconds between two pages of history: Slack allows about 50 such calls a minute."""
_GONE = frozenset({"thread_not_found", "message_not_found"})
_UNREADABLE = frozenset({"channel_not_found", "not_in_channel", "missing_scope"})


class SlackChannels:
    """The `Channels` port."""

    def __init__(
        self, clients: Clients, settings: WorkspaceSettingsOf, shared: frozenset[str], clock: Clock, names: SlackNames
    ) -> None:
        """``shared`` holds the channel names (with or without #) and ids that the installation switches on."""
        self._clients = clients
        self._settings = settings
        self.shared = frozenset(name.removeprefix("#") for name in shared)
        self._clock, self._names_in = clock, names
        self._names: dict[tuple[str, str], tuple[str, float]] = {}
        self._with_others: set[tuple[str, str]] = set()
        self._asking: dict[tuple[str, str], asyncio.Lock] = {}

    async def is_switched_on(self, team: str, channel: str) -> bool:
        """True where drafts are reviewed without being asked."""
        wanted = await self.wanted(team)
        if channel in wanted:
            return True
        return not channel.startswith("D") and bool(wanted) and await self._name(team, channel) in wanted

    async def is_member(self, team: str, channel: str) -> bool:
        """True where Candor can post at this moment. Slack is asked each time: people add Candor and go on at once."""
        try:
            about = answer(await self._clients.of(team).client.conversations_info(channel=channel))
        except SlackApiError as error:
            if reason(error) not in _UNREADABLE:
                raise
            return False
        return bool(part(about, "channel").get("is_member"))

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces that Candor is in."""
        return tuple(installed.team for installed in self._clients)

    async def wanted(self, team: str) -> frozenset[str]:
        """The names and ids by which the workspace's settings switch channels on."""
        return frozenset((await self._settings.of(team)).draft_channels)

    async def switched_on(self, team: str) -> dict[str, frozenset[str]]:
        """The ids of those that Candor is in, each with what it is wanted by. Raises `Unreadable`."""
        found: dict[str, frozenset[str]] = {}
        wanted = await self.wanted(team)
        with reading():
            async for channel in self._joined(self._clients.of(team)):
                name = text(channel, "name")
                self._names[team, channel["id"]] = (name, self._clock.now())
                self._note_sharing(team, channel)
                if words := wanted & {name, channel["id"]}:
                    found[channel["id"]] = words
        return found

    async def history(self, team: str, channel: str, oldest: float) -> AsyncIterator[MessageEvent]:
        """What was posted since then, as it stands now, paced for Slack's limits. Raises `Unreadable`."""
        installed = self._clients.of(team)
        shared, cursor = await self._is_shared(team, channel), ""
        while True:
            with reading():
                page = answer(
                    await installed.client.conversations_history(
                        channel=channel, oldest=f"{oldest:.6f}", limit=_PAGE, cursor=cursor
                    )
                )
            for item in items(page, "messages"):
                place = Place(team, channel, text(item, "ts"), installed.enterprise)
                if event := await self._event(item, place, shared=shared):
                    yield event
            cursor = text(part(page, "response_metadata"), "next_cursor")
            if not cursor:
                return
            await self._clock.sleep(_PAUSE)

    async def look(self, place: Place) -> MessageEvent:
        """What stands at one place now, thread or not, paced for Slack's limits. Raises `Unreadable`."""
        installed = self._clients.of(place.team)
        await self._clock.sleep(_PAUSE)
        with reading():
            found = await _at(installed.client, place)
        for item in found:
            if item["ts"] == place.ts:
                shared = await self._is_shared(place.team, place.channel)
                if event := await self._event(item, place, shared=shared):
                    return event
        if found:
            raise Unreadable(Trouble.ABSENT)  # not what was asked for: a deletion must be beyond doubt
        return Deleted(place)

    async def _event(self, item: Json, place: Place, *, shared: bool) -> MessageEvent | None:
        """What stands there; None where it cannot be read."""
        if is_tombstone(item):
            return Deleted(place)
        us, names = self._clients.of(place.team).bot_user, await self._names_in.of(place.team, item)
        message = readable(lambda: message_of(item, place, us, shared=shared, names=names), "message of the history")
        if message is None:
            return None
        return Changed(message) if item.get("edited") else Posted(message)

    async def _is_shared(self, team: str, channel: str) -> bool:
        """True where people of other organisations are. Raises `Unreadable`."""
        if channel.startswith("D"):
            return False
        with reading():
            await self._name(team, channel)
        return (team, channel) in self._with_others

    def _note_sharing(self, team: str, about: Json) -> None:
        key = (team, text(about, "id"))
        (self._with_others.add if about.get("is_ext_shared") else self._with_others.discard)(key)

    async def _name(self, team: str, channel: str) -> str:
        """Asked of Slack once, however many messages wait for it."""
        self._forget_old()
        async with self._asking.setdefault((team, channel), asyncio.Lock()):
            name, read_at = self._names.get((team, channel), ("", float("-inf")))
            if self._clock.now() - read_at > _KNOWN_FOR:
                name = await self._ask_name(team, channel)
                self._names[team, channel] = (name, self._clock.now())
            return name

    def _forget_old(self) -> None:
        """Of channels that were heard of long ago nothing stays in memory; to forget too much costs a question."""
        if len(self._names) + len(self._asking) <= _MOST:
            return
        long_ago = self._clock.now() - _KNOWN_FOR
        for key in [key for key, (_, read_at) in self._names.items() if read_at < long_ago]:
            del self._names[key]
        self._with_others &= self._names.keys()
        for key in [key for key, asking in self._asking.items() if not asking.locked()]:
            del self._asking[key]

    async def _ask_name(self, team: str, channel: str) -> str:
        try:
            about = answer(await self._clients.of(team).client.conversations_info(channel=channel))
        except SlackApiError as error:
            if reason(error) not in _UNREADABLE:
                raise
            return ""
        self._note_sharing(team, part(about, "channel"))
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


async def _at(client: AsyncWebClient, place: Place) -> list[Json]:
    """The message there, and perhaps the one whose thread it is in; nothing where it is gone."""
    ts = place.ts
    try:
        found = await client.conversations_replies(
            channel=place.channel, ts=ts, oldest=ts, latest=ts, inclusive=True, limit=2
        )
    except SlackApiError as error:
        if reason(error) not in _GONE:
            raise
        return []
    return items(answer(found), "messages")
