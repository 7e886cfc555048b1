"""Candor's reply in a draft's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.blocks import reply_blocks, reply_text
from bot.slack.json import answer, items, part, reason, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.critique import Critique
    from bot.core.message import Place
    from bot.core.record import DraftRecord, Reply
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_EVENT = "candor_reply"
_GONE = frozenset({"message_not_found", "thread_not_found", "channel_not_found"})
_CLOSED = frozenset({"edit_window_closed", "cant_update_message", "is_archived"})
_PAGE = 100


class SlackThread:
    """The `Thread` port."""

    def __init__(self, clients: Clients, titles: Mapping[str, str]) -> None:
        self._clients = clients
        self._titles = titles

    async def find(self, record: DraftRecord, reply: Reply) -> str:
        """The ts of the earliest reply that was posted under this key, "" where there is none."""
        cursor = ""
        while True:
            try:
                page = await self._page(record.place, cursor)
            except SlackApiError as error:
                if reason(error) in _GONE:
                    return ""
                raise
            ours = [text(message, "ts") for message in items(page, "messages") if _key(message) == reply.key]
            cursor = text(part(page, "response_metadata"), "next_cursor")
            if ours or not cursor:
                return ours[0] if ours else ""

    async def post(self, record: DraftRecord, reply: Reply, critique: Critique) -> str:
        """Post the reply into the draft's thread and give its ts."""
        posted = await self._client(record.place).chat_postMessage(
            channel=record.place.channel,
            thread_ts=record.place.ts,
            metadata={"event_type": _EVENT, "event_payload": {"key": reply.key}},
            unfurl_links=False,
            unfurl_media=False,
            **self._content(record, critique),
        )
        return text(answer(posted), "ts")

    async def update(self, record: DraftRecord, reply: Reply, critique: Critique) -> bool:
        """Edit the reply in place; False where somebody deleted it."""
        try:
            await self._client(record.place).chat_update(
                channel=record.place.channel, ts=reply.ts, **self._content(record, critique)
            )
        except SlackApiError as error:
            if reason(error) in _GONE | _CLOSED:
                return False
            raise
        return True

    async def delete(self, place: Place, ts: str) -> None:
        """Remove the reply; one that is gone already is fine."""
        try:
            await self._client(place).chat_delete(channel=place.channel, ts=ts)
        except SlackApiError as error:
            if reason(error) not in _GONE:
                raise

    async def _page(self, place: Place, cursor: str) -> Json:
        client = self._client(place)
        return answer(
            await client.conversations_replies(
                channel=place.channel, ts=place.ts, include_all_metadata=True, limit=_PAGE, cursor=cursor
            )
        )

    def _client(self, place: Place) -> AsyncWebClient:
        return self._clients.of(place.team).client

    def _content(self, record: DraftRecord, critique: Critique) -> Json:
        return {"blocks": reply_blocks(critique, record.draft, self._titles), "text": reply_text(critique)}


def _key(message: Json) -> str:
    metadata = part(message, "metadata")
    return text(part(metadata, "event_payload"), "key") if text(metadata, "event_type") == _EVENT else ""
