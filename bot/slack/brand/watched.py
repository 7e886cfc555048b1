"""The one message of a job that somebody watches, in a thread or a channel, and the file that it is about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from slack_sdk.errors import SlackApiError

from bot.core.errors import PersonCanFix, TryLater
from bot.slack.points import download, may_have_token
from bot.slack.threads import is_closed, thread_of
from bot.slack.wire.clients import FOR_GOOD, UNREACHED
from bot.slack.wire.payloads import (
    MOST_PAGES,
    answer,
    is_gone,
    items,
    key_of,
    listed,
    part,
    post_under,
    reason,
    remove_message,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Collection, Generator

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json

_LATEST = 100
_AFTER = 60.0
_ABSENT = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})
_BUSY = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
_PASSING = _BUSY | FOR_GOOD - {"missing_scope", "no_permission"}
"""What Slack says of a bad moment of its own, or of a token: neither says anything about a message."""


class InThread(Protocol):
    """Something with one message, in a thread or a channel; without a place, in a direct message to whoever asked."""

    @property
    def id(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def thread(self) -> str: ...
    @property
    def ts(self) -> str: ...


class JobMessage:
    """The one message of a job that somebody watches. It carries a key, by which a later attempt finds it."""

    def __init__(self, clients: Clients, event: str) -> None:
        self._clients, self._event = clients, event

    async def send(self, team: str, one: InThread, blocks: list[Json]) -> tuple[str, str, str]:
        """Post it unless it stands there; channel, thread and ts.

        Where Candor isn't in the channel, the person gets it as a direct message: they can read the file.
        """
        with later():
            channel, thread, ts, _ = await self._stand(self._client(team), one, one.id, blocks=blocks)
        return channel, thread, ts

    async def _stand(
        self, client: AsyncWebClient, one: InThread, key: str, *, blocks: list[Json]
    ) -> tuple[str, str, str, bool]:
        """Channel, thread and ts of the message with that key; True where it was posted just now."""
        channel, thread = one.place, one.thread
        if channel:
            try:
                return channel, thread, *await self._send(client, channel, thread, key=key, blocks=blocks)
            except SlackApiError as error:
                if not is_absent(error):
                    raise
        channel = await direct_to(client, one.user)
        return channel, "", *await self._send(client, channel, "", key=key, blocks=blocks)

    async def _send(
        self, client: AsyncWebClient, channel: str, thread: str, *, key: str, blocks: list[Json]
    ) -> tuple[str, bool]:
        for message in await messages_of(client, channel, thread, since=key.partition("@")[2]):
            if key_of(message, self._event) == key:
                return text(message, "ts"), False
        where: Json = {"channel": channel} | ({"thread_ts": thread} if thread else {})
        return await post_under(self._event, key, client, **where, **_content(blocks)), True

    async def edit(self, team: str, one: InThread, blocks: list[Json], *, anew: bool) -> None:
        """Edit it; one that somebody deleted is fine.

        Where Slack lets nobody edit it any more, it is posted once more if it should stand ``anew``: so no message
        is posted for every step on the way. The next edit finds that one by its key.
        """
        with later():
            client, channel, ts = self._client(team), one.place, one.ts
            while not await _edited(client, channel, ts, blocks=blocks) and anew:
                channel, _, ts, posted = await self._stand(client, one, _after(one, ts), blocks=blocks)
                if posted:
                    return

    async def take_back(self, team: str, one: InThread, files: Collection[str], blocks: list[Json]) -> None:
        """Replace its words with others, wherever they stand, and take away messages with one of the files.

        What Slack won't let Candor touch stays: nothing else may wait for that.
        """
        client = self._client(team)
        places = [(one.place, one.thread or one.ts)]
        with suppress_final():
            places.append((await direct_to(client, one.user), ""))
        for channel, thread in dict.fromkeys(places):
            for message in await self._readable(client, channel, thread, since=one.ts):
                with suppress_final():
                    if {*files} & {text(file, "id") for file in items(message, "files")}:
                        await remove_message(client, channel, text(message, "ts"))
                    elif key_of(message, self._event).startswith(_after(one, "")):
                        await _replace(client, channel, text(message, "ts"), blocks=blocks)
        with suppress_final():
            await _replace(client, one.place, one.ts, blocks=blocks)

    async def _readable(self, client: AsyncWebClient, channel: str, thread: str, *, since: str) -> list[Json]:
        with suppress_final():
            return await messages_of(client, channel, thread, since=since)
        return []

    def _client(self, team: str) -> AsyncWebClient:
        return self._clients.of(team).client


async def messages_of(client: AsyncWebClient, channel: str, thread: str, *, since: str) -> list[Json]:
    """All of a thread; of a channel all since that ts, or the latest where it is ""."""
    if thread:
        return [message async for message in thread_of(client, channel, thread)]

    def page_at(cursor: str) -> Awaitable[AsyncSlackResponse]:
        return client.conversations_history(
            channel=channel, oldest=since or None, limit=_LATEST, include_all_metadata=True, cursor=cursor
        )

    return [message async for message in listed(page_at, "messages", most=MOST_PAGES if since else 1)]


async def direct_to(client: AsyncWebClient, user: str) -> str:
    """The id of the direct messages with somebody."""
    return text(part(answer(await client.conversations_open(users=user)), "channel"), "id")


async def _edited(client: AsyncWebClient, channel: str, ts: str, blocks: list[Json]) -> bool:
    """False where the message can't be edited any more."""
    try:
        await client.chat_update(channel=channel, ts=ts, **_content(blocks))
    except SlackApiError as error:
        if is_closed(error) or is_absent(error):
            return False
        if not is_gone(error):
            raise
    return True


async def _replace(client: AsyncWebClient, channel: str, ts: str, blocks: list[Json]) -> None:
    """Edit it; what can't be edited is removed."""
    if not await _edited(client, channel, ts, blocks=blocks):
        await remove_message(client, channel, ts)


def is_absent(error: SlackApiError) -> bool:
    """Whether Slack says that Candor can't write there any more."""
    return reason(error) in _ABSENT


def _after(one: InThread, ts: str) -> str:
    """The key of the message in the place of the one with that ts."""
    return f"{one.id}@{ts}"


@contextmanager
def suppress_final() -> Generator[None]:
    """What Slack refuses for good is let be; what it can't do at this moment is raised."""
    try:
        yield
    except SlackApiError as error:
        if not reason(error) or reason(error) in _PASSING:
            raise


@contextmanager
def later() -> Generator[None]:
    """What cannot be done now is done another time."""
    try:
        yield
    except (SlackApiError, *UNREACHED):
        raise TryLater(_AFTER) from None


def _content(blocks: list[Json]) -> Json:
    return {"blocks": blocks, "text": text(part(blocks[0], "text"), "text")}


async def content_of(client: AsyncWebClient, file: str, most: int, *, cannot: str) -> bytes:
    """A file's bytes. Raises `PersonCanFix`, which says ``cannot``, or `TryLater`. Nothing is written to a disk."""
    try:
        url = text(part(answer(await client.files_info(file=file)), "file"), "url_private")
        content = await download(client, url, most) if may_have_token(url, client.base_url) else None
    except SlackApiError as error:
        raise PersonCanFix(cannot) from error
    except UNREACHED:
        raise TryLater(_AFTER) from None
    if not isinstance(content, bytes):
        raise PersonCanFix(cannot)
    return content
