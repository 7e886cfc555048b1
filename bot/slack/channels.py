"""Channels, people and brand leads, asked of Slack and remembered briefly."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, cast

from slack_sdk.errors import SlackApiError

from bot.core.drafts import Changed, Deleted, Place, Posted
from bot.core.errors import NotInstalled, Trouble, TryLater, Unreadable
from bot.core.watching import is_channel_id
from bot.slack.audience import Remembered
from bot.slack.points import SlackTextFiles
from bot.slack.wire.clients import UNREACHED, reading
from bot.slack.wire.payloads import (
    MOST_PAGES,
    answer,
    is_tombstone,
    items,
    listed,
    message_of,
    part,
    readable,
    reason,
    text,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.core.drafts import MessageEvent
    from bot.core.ports import Clock
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.watching import MeantChannels
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# The names of people and channels that a message mentions by their ids, as its author sees them.

_NAMES_KNOWN_FOR, _UNKNOWN_FOR = 600.0, 60.0
"""Seconds that a name is believed, and that Slack is not asked again for one that it did not give."""
_NAMED_AT_ONCE = 20
"""Names of one message: Slack allows about 100 calls a minute for people and 50 for channels."""
_KEPT = 5_000
"""Names in memory."""
_PATIENCE = 1.0
"""Seconds for all of a message's names: Slack waits three for what it told."""
_PEOPLE = ("U", "W")
_CALLS = ("@U", "@W", "#C", "#G")


class SlackNames:
    """Asks Slack and remembers for a while, in memory only. A name that cannot be had is left out: nothing waits."""

    def __init__(self, clients: Clients, clock: Clock, patience: float = _PATIENCE) -> None:
        self._clients, self._patience = clients, patience
        self._known = Remembered[str](clock, _KEPT)

    async def of(self, team: str, item: Json) -> dict[str, str]:
        """The names by id for a message as Slack gives it."""
        try:
            installed = self._clients.of(team)
        except NotInstalled:
            return {}
        wanted = [one for one in dict.fromkeys(_ids(item)) if one != installed.bot_user][:_NAMED_AT_ONCE]
        if new := [one for one in wanted if self._fresh(team, one) is None]:
            await self._ask(team, new, installed.client)
        return {one: name for one in wanted if (name := self._known.last((team, one)))}

    def _fresh(self, team: str, one: str) -> str | None:
        return self._known.fresh((team, one), _NAMES_KNOWN_FOR) or self._known.fresh((team, one), _UNKNOWN_FOR)

    async def _ask(self, team: str, new: list[str], client: AsyncWebClient) -> None:
        tasks = {one: self._known.asking((team, one), partial(_name_of, one, client)) for one in new}
        _, late = await asyncio.wait(tasks.values(), timeout=self._patience)
        for one in (one for one, task in tasks.items() if task in late):  # until Slack says something
            self._known.keep((team, one), "")


async def _name_of(one: str, client: AsyncWebClient) -> str:
    """Of a person or a channel; "" where Slack gives none."""
    try:
        return await (_person(one, client) if one.startswith(_PEOPLE) else _channel(one, client))
    except (SlackApiError, *UNREACHED):
        return ""


async def _person(user: str, client: AsyncWebClient) -> str:
    about = part(answer(await client.users_info(user=user)), "user")
    profile = part(about, "profile")
    return text(profile, "display_name") or text(profile, "real_name") or text(about, "name")


async def _channel(channel: str, client: AsyncWebClient) -> str:
    """Nothing for one that isn't public: who reads the message may not know of it, and Slack hides its name too."""
    about = part(answer(await client.conversations_info(channel=channel)), "channel")
    return text(about, "name") if about.get("is_private") is False else ""


def _ids(item: Json) -> Iterator[str]:
    """The ids of people and channels whose names the message does not say, whatever shape it has."""
    blocks: object = item.get("blocks")
    yield from _in_blocks(blocks)
    if not blocks:
        yield from _in_markup(item.get("text"))
    yield from _in_blocks(item.get("attachments"))


def _in_blocks(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for one in cast("list[object]", value):
            yield from _in_blocks(one)
    elif isinstance(value, dict):
        element = cast("dict[str, object]", value)
        yield from (one for one in (element.get("user_id"), element.get("channel_id")) if isinstance(one, str))
        yield from _in_markup(element.get("text"))
        for one in element.values():
            yield from _in_blocks(one)


def _in_markup(words: object) -> Iterator[str]:
    """``<@U1>`` and ``<#C1>``, but not ``<@U1|mika>``."""
    for piece in words.split("<")[1:] if isinstance(words, str) else ():
        target, closing, _ = piece.partition(">")
        if closing and target.startswith(_CALLS) and target[1:].isalnum():
            yield target[1:]


# What the Home tab asks of Slack: which channels Candor is in, and where messages stand.

_JOINED_KNOWN_FOR = 60.0
_PAGE, _PAGES = 200, 10


def joined_channels(client: AsyncWebClient, *, most: int = MOST_PAGES) -> AsyncIterator[Json]:
    """The channels that Candor is in, without those that are archived."""

    def page_at(cursor: str) -> Awaitable[AsyncSlackResponse]:
        return client.users_conversations(
            types="public_channel,private_channel", exclude_archived=True, limit=_PAGE, cursor=cursor
        )

    return listed(page_at, "channels", most=most)


class SlackJoinedChannels:
    """The `JoinedChannels` port."""

    def __init__(self, clients: Clients, clock: Clock) -> None:
        self._clients = clients
        self._known = Remembered[dict[str, str]](clock)

    async def of(self, team: str) -> dict[str, str]:
        # A Home asks three times at once, and Slack allows 50 questions a minute.
        return await self._known.get(team, lambda: self._ask(team), _JOINED_KNOWN_FOR)

    def forget(self, team: str) -> None:
        """Ask Slack next time: people invite Candor and look again at once."""
        self._known.forget(team)

    async def _ask(self, team: str) -> dict[str, str]:
        with reading():
            joined = joined_channels(self._clients.of(team).client, most=_PAGES)
            return {channel["id"]: text(channel, "name") async for channel in joined}


async def channel_named(client: AsyncWebClient, named: str) -> tuple[str, str]:
    """The id and name of a channel that Candor is in, by either; "" where there is none. Raises `Unreadable`."""
    with reading():
        if is_channel_id(named):
            about = part(answer(await client.conversations_info(channel=named)), "channel")
            return (text(about, "id"), text(about, "name")) if about.get("is_member") else ("", "")
        async for channel in joined_channels(client):
            if text(channel, "name") == named:
                return text(channel, "id"), named
    return "", ""


class SlackLinks:
    """The `Links` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def to(self, place: Place) -> str:
        client = self._clients.of(place.team).client
        try:
            async with asyncio.timeout(_PATIENCE):
                found = await client.chat_getPermalink(channel=place.channel, message_ts=place.ts)
        except (SlackApiError, *UNREACHED):
            return ""
        return text(answer(found), "permalink")


# The channels that Candor is in: which are switched on, and what was posted there.

_CHANNELS_KNOWN_FOR = 600.0
"""Seconds that a channel's name is believed; channels are renamed now and then."""
_MEANT_KNOWN_FOR = 60.0
"""Seconds that what a name means is believed; another process may learn it."""
_CHANNELS_PAUSE = 1.2
"""Seconds between two pages of history: Slack allows about 50 such calls a minute."""
_GONE = frozenset({"thread_not_found", "message_not_found"})
_UNREADABLE = frozenset({"channel_not_found", "not_in_channel", "missing_scope"})


class SlackChannels:
    """The `Channels` port."""

    def __init__(
        self,
        clients: Clients,
        settings: WorkspaceSettingsOf,
        shared: frozenset[str],
        clock: Clock,
        names: SlackNames,
        meant: MeantChannels | None = None,
    ) -> None:
        """``shared`` holds the channel names (with or without #) and ids that the installation switches on.

        Without ``meant`` no channel is known by a name that it had before.
        """
        self._clients = clients
        self._settings = settings
        self.shared = frozenset(name.removeprefix("#") for name in shared)
        self._clock, self._names_in = clock, names
        self.files = SlackTextFiles(clients, self.is_switched_on)
        self._about = Remembered[tuple[str, bool]](clock)
        """For each channel its name, and whether people of other organisations are there."""
        self._meant = meant
        self._meant_in = Remembered[dict[str, str]](clock)

    async def is_switched_on(self, team: str, channel: str) -> bool:
        wanted = await self.wanted(team)
        if channel in wanted:
            return True
        if channel.startswith("D") or not wanted:
            return False
        meant = await self._meant_in.get(team, lambda: self._read(team), _MEANT_KNOWN_FOR)
        return channel in (meant.get(name) for name in wanted) or (await self._known(team, channel))[0] in wanted

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
        return tuple(installed.team for installed in self._clients)

    async def wanted(self, team: str) -> frozenset[str]:
        return frozenset((await self._settings.of(team)).draft_channels)

    async def switched_on(self, team: str) -> dict[str, frozenset[str]]:
        """The ids of those that Candor is in, each with what it is wanted by. Raises `Unreadable`.

        A name means a channel by its id, also when people rename it, until another channel has the name.
        """
        wanted, joined = await self.wanted(team), dict[str, str]()
        with reading():
            async for channel in joined_channels(self._clients.of(team).client):
                joined[channel["id"]] = text(channel, "name")
                self._about.keep((team, channel["id"]), _told(channel))
        meant = await self._learned(team, {n: channel for channel, n in joined.items() if n in wanted}, wanted)
        on = {channel: wanted & {channel, *(n for n, one in meant.items() if one == channel)} for channel in joined}
        return {channel: names for channel, names in on.items() if names}

    async def _learned(self, team: str, now: dict[str, str], wanted: frozenset[str]) -> dict[str, str]:
        """What the names that are ``wanted`` mean: what has the name ``now``, or else what had it."""
        known = await self._read(team)
        meant = {name: channel for name, channel in known.items() if name in wanted} | now
        if self._meant and meant != known:
            await self._meant.keep(team, meant)
        self._meant_in.keep(team, meant)
        return meant

    async def _read(self, team: str) -> dict[str, str]:
        return await self._meant.of(team) if self._meant else {}

    async def history(self, team: str, channel: str, oldest: float) -> AsyncIterator[MessageEvent]:
        client = self._clients.of(team).client

        def page_at(cursor: str) -> Awaitable[AsyncSlackResponse]:
            return client.conversations_history(channel=channel, oldest=f"{oldest:.6f}", limit=_PAGE, cursor=cursor)

        async for event in self._events(team, channel, page_at):
            yield event

    async def thread(self, root: Place) -> AsyncIterator[MessageEvent]:
        client = self._clients.of(root.team).client

        def page_at(cursor: str) -> Awaitable[AsyncSlackResponse]:
            return client.conversations_replies(channel=root.channel, ts=root.ts, limit=_PAGE, cursor=cursor)

        async for event in self._events(root.team, root.channel, page_at):
            yield event

    async def _events(
        self, team: str, channel: str, page_at: Callable[[str], Awaitable[AsyncSlackResponse]]
    ) -> AsyncIterator[MessageEvent]:
        enterprise = self._clients.of(team).enterprise
        shared = await self._is_shared(team, channel)

        async def paced(cursor: str) -> AsyncSlackResponse:
            if cursor:
                await self._clock.sleep(_CHANNELS_PAUSE)
            with reading():
                return await page_at(cursor)

        async for item in listed(paced, "messages"):
            place = Place(team, channel, text(item, "ts"), enterprise=enterprise)
            if event := await self._event(item, place, shared=shared):
                yield event

    async def look(self, place: Place) -> MessageEvent:
        installed = self._clients.of(place.team)
        await self._clock.sleep(_CHANNELS_PAUSE)
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
        await self.files.read(place.team, place.channel, item)
        message = readable(lambda: message_of(item, place, us, shared=shared, names=names), "message of the history")
        if message is None:
            return None
        return Changed(message) if item.get("edited") else Posted(message)

    async def _is_shared(self, team: str, channel: str) -> bool:
        """True where people of other organisations are. Raises `Unreadable`."""
        if channel.startswith("D"):
            return False
        with reading():
            return (await self._known(team, channel))[1]

    async def _known(self, team: str, channel: str) -> tuple[str, bool]:
        return await self._about.get((team, channel), lambda: self._ask(team, channel), _CHANNELS_KNOWN_FOR)

    async def _ask(self, team: str, channel: str) -> tuple[str, bool]:
        try:
            about = answer(await self._clients.of(team).client.conversations_info(channel=channel))
        except SlackApiError as error:
            if reason(error) not in _UNREADABLE:
                raise
            return "", False
        return _told(part(about, "channel"))


def _told(channel: Json) -> tuple[str, bool]:
    return text(channel, "name"), bool(channel.get("is_ext_shared"))


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


# Who the brand leads of a workspace are.

_LOG = logging.getLogger(__name__)
_LEADS_KNOWN_FOR = 600.0
"""Seconds that the list is believed: people come, go and change their roles."""
_LEADS_PAUSE = 3.0
"""Seconds between two pages of people: Slack allows about 20 such calls a minute."""
_PEOPLE_PAGE = 1_000
"""People on a page, the most that Slack gives."""
_LEADS_PATIENCE = 1.0
"""Seconds that anybody waits for the list: a click has three for everything."""
_SOON = 10.0
_AFTER = 60.0
_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found", "missing_scope"})


class SlackBrandLeads:
    """The `BrandLeads` port: whom the settings name, or else the workspace's admins and owners.

    In a large workspace it takes many seconds to find them, because Slack lists people page by page. Whether one person
    is among them takes one question, and nobody waits for the list to ask it.
    """

    def __init__(self, clients: Clients, named: tuple[str, ...], clock: Clock) -> None:
        """``named`` are user ids of any of the workspaces."""
        self._clients = clients
        self._named = named
        self._clock = clock
        self._lists = Remembered[tuple[str, ...]](clock, is_slow=True)

    async def of(self, team: str) -> tuple[str, ...]:
        """The list, or that of before while a new one is read. Raises `TryLater` while there is none yet."""
        if self._are_taken_at_their_word():
            return self._named
        if (known := self._lists.fresh(team, _LEADS_KNOWN_FOR)) is not None:
            return known
        scan = self._lists.asking(team, lambda: self._read(team))
        if (await asyncio.wait({scan}, timeout=_LEADS_PATIENCE))[0]:
            return scan.result()
        if (before := self._lists.last(team)) is not None:
            return before
        raise TryLater(_SOON)

    async def includes(self, team: str, user: str) -> bool:
        """Whether somebody is one at this moment. Raises `TryLater` where Slack does not say."""
        if self._are_taken_at_their_word():
            return user in self._named
        known = self._lists.fresh(team, _LEADS_KNOWN_FOR)
        if known is not None and user not in known:
            return False
        person = await self._person(team, user)
        if not self._is_here(team, person):
            return False
        return user in self._named or (_is_in_charge(person) and not await self._named_in(team, known))

    def _are_taken_at_their_word(self) -> bool:
        return bool(self._named) and len(list(self._clients)) == 1

    async def _read(self, team: str) -> tuple[str, ...]:
        return await self._named_in(team) or await self._admins(team)

    async def _named_in(self, team: str, known: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Those whom the settings name that belong to the workspace; ``known`` are its leads, if they are known."""
        asked = self._named if known is None else tuple(user for user in self._named if user in known)
        return tuple([user for user in asked if self._is_here(team, await self._person(team, user))])

    async def _admins(self, team: str) -> tuple[str, ...]:
        try:
            people = [person async for person in self._people(team) if not _is_gone(person)]
        except SlackApiError as error:
            if reason(error) != "missing_scope":
                raise TryLater(_AFTER) from None
            _LOG.warning("the brand leads of %s are unknown: the app lacks the scope users:read", team)
            return ()
        except UNREACHED:
            raise TryLater(_AFTER) from None
        return tuple(person["id"] for person in people if _is_in_charge(person))

    async def _person(self, team: str, user: str) -> Json:
        """What Slack tells of somebody, nothing where it knows nobody of the name. Raises `TryLater`."""
        try:
            return part(answer(await self._clients.of(team).client.users_info(user=user)), "user")
        except SlackApiError as error:
            if reason(error) not in _NOBODY:
                raise TryLater(_AFTER) from None
            return {}
        except UNREACHED:
            raise TryLater(_AFTER) from None

    @staticmethod
    def _is_here(team: str, person: Json) -> bool:
        """True for people of this very workspace: Slack tells of others too, who are in a channel that it shares."""
        teams = (text(person, "team_id"), *(part(person, "enterprise_user").get("teams") or ()))
        return team in teams and not person.get("is_stranger") and not _is_gone(person)

    def _people(self, team: str) -> AsyncIterator[Json]:
        async def page_at(cursor: str) -> AsyncSlackResponse:
            if cursor:
                await self._clock.sleep(_LEADS_PAUSE)
            return await self._clients.of(team).client.users_list(limit=_PEOPLE_PAGE, cursor=cursor)

        return listed(page_at, "members")


def _is_gone(person: Json) -> bool:
    return bool(person.get("is_bot") or person.get("deleted"))


def _is_in_charge(person: Json) -> bool:
    return bool(person.get("is_admin") or person.get("is_owner"))
