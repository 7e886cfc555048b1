"""The one message of a job that somebody watches, in a thread or a channel, and the file that it is about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from slack_sdk.errors import SlackApiError

from bot.core.errors import PersonCanFix, TryLater
from bot.slack.points import download, may_have_token
from bot.slack.threads import thread_of
from bot.slack.wire.clients import UNREACHED
from bot.slack.wire.payloads import (
    answer,
    is_gone,
    items,
    key_of,
    part,
    post_under,
    reason,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json

_LATEST = 100
_AFTER = 60.0
_ABSENT = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})


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
            client, channel, thread = self._client(team), one.place, one.thread
            if channel:
                try:
                    return channel, thread, await self._send(client, channel, thread, key=one.id, blocks=blocks)
                except SlackApiError as error:
                    if reason(error) not in _ABSENT and not is_gone(error):
                        raise
            opened = answer(await client.conversations_open(users=one.user))
            channel = text(part(opened, "channel"), "id")
            return channel, "", await self._send(client, channel, "", key=one.id, blocks=blocks)

    async def _send(self, client: AsyncWebClient, channel: str, thread: str, *, key: str, blocks: list[Json]) -> str:
        for message in await messages_of(client, channel, thread):
            if key_of(message, self._event) == key:
                return text(message, "ts")
        where: Json = {"channel": channel} | ({"thread_ts": thread} if thread else {})
        return await post_under(self._event, key, client, **where, **_content(blocks))

    async def edit(self, team: str, one: InThread, blocks: list[Json]) -> None:
        """Edit it; one that is gone is fine."""
        with later():
            try:
                await self._client(team).chat_update(channel=one.place, ts=one.ts, **_content(blocks))
            except SlackApiError as error:
                if not is_gone(error):
                    raise

    def _client(self, team: str) -> AsyncWebClient:
        return self._clients.of(team).client


async def messages_of(client: AsyncWebClient, channel: str, thread: str) -> list[Json]:
    """All of a thread, or the latest of a channel."""
    if thread:
        return [message async for message in thread_of(client, channel, thread)]
    latest = await client.conversations_history(channel=channel, limit=_LATEST, include_all_metadata=True)
    return items(answer(latest), "messages")


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
