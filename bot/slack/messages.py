"""Messages of Candor's in a draft's thread, each found again by the key in its metadata."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from slack_sdk.errors import SlackApiError

from bot.slack.json import answer, items, part, reason, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.message import Place
    from bot.core.record import DraftRecord, Reply
    from bot.slack.clients import Clients
    from bot.slack.json import Json

Content = TypeVar("Content")

_EVENT = "candor_reply"
_GONE = frozenset({"message_not_found", "thread_not_found", "channel_not_found"})
_CLOSED = frozenset({"edit_window_closed", "cant_update_message", "is_archived"})
_PAGE = 100


class SlackMessages(ABC, Generic[Content]):
    """The `ThreadMessage` port; what a message says is for each kind to tell."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    @abstractmethod
    def _content(self, record: DraftRecord, content: Content) -> Json:
        """The blocks, and the text for notifications."""

    async def find(self, record: DraftRecord, reply: Reply) -> str:
        """The ts of the earliest message that was posted under this key, "" where there is none."""
        return await self._find(record.place, reply.key)

    async def post(self, record: DraftRecord, reply: Reply, content: Content) -> str:
        """Post the message into the draft's thread and give its ts."""
        return await self._post(record.place, reply.key, self._content(record, content))

    async def update(self, record: DraftRecord, reply: Reply, content: Content) -> bool:
        """Edit the message in place; False where somebody deleted it."""
        try:
            await self._client(record.place).chat_update(
                channel=record.place.channel, ts=reply.ts, **self._content(record, content)
            )
        except SlackApiError as error:
            if reason(error) in _GONE | _CLOSED:
                return False
            raise
        return True

    async def delete(self, place: Place, ts: str) -> None:
        """Remove the message; one that is gone already is fine."""
        try:
            await self._client(place).chat_delete(channel=place.channel, ts=ts)
        except SlackApiError as error:
            if reason(error) not in _GONE:
                raise

    async def _post(self, place: Place, key: str, content: Json) -> str:
        posted = await self._client(place).chat_postMessage(
            channel=place.channel,
            thread_ts=place.ts,
            # An opaque id: every app and member with access to the channel can read it.
            metadata={"event_type": _EVENT, "event_payload": {"key": key}},
            unfurl_links=False,
            unfurl_media=False,
            **content,
        )
        return text(answer(posted), "ts")

    async def _find(self, place: Place, key: str) -> str:
        async for message in self._thread(place):
            if key_of(message) == key:
                return text(message, "ts")
        return ""

    async def _thread(self, place: Place) -> AsyncIterator[Json]:
        """What stands in a draft's thread, the earliest first; nothing where the draft is gone."""
        cursor = ""
        while True:
            try:
                page = await self._page(place, cursor)
            except SlackApiError as error:
                if reason(error) in _GONE:
                    return
                raise
            for message in items(page, "messages"):
                yield message
            cursor = text(part(page, "response_metadata"), "next_cursor")
            if not cursor:
                return

    async def _page(self, place: Place, cursor: str) -> Json:
        client = self._client(place)
        return answer(
            await client.conversations_replies(
                channel=place.channel, ts=place.ts, include_all_metadata=True, limit=_PAGE, cursor=cursor
            )
        )

    def _client(self, place: Place) -> AsyncWebClient:
        return self._clients.of(place.team).client


def key_of(message: Json) -> str:
    """The key that a message of Candor's was posted under, "" for any other message."""
    metadata = part(message, "metadata")
    return text(part(metadata, "event_payload"), "key") if text(metadata, "event_type") == _EVENT else ""
