"""Candor's reply in a draft's thread."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.standing import Standing
from bot.core.words import reply as words
from bot.slack.blocks import reply_blocks, reply_text
from bot.slack.json import text
from bot.slack.messages import SlackMessages, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.message import Place
    from bot.core.record import DraftRecord
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_WORKING = "eyes"


class SlackThread(SlackMessages[Standing]):
    """The `Thread` port."""

    def __init__(self, clients: Clients, titles: Mapping[str, str]) -> None:
        super().__init__(clients)
        self._titles = titles

    async def announce(self, record: DraftRecord, key: str, must_fix: int) -> None:
        """Say in one line that the reply has new points that must be fixed; once per key."""
        if not await self._find(record.place, key):
            await self._post(record.place, key, {"text": words.news(must_fix)})

    async def clear(self, place: Place) -> None:
        """Remove everything that Candor said in a thread."""
        for message in [message async for message in self._thread(place) if key_of(message)]:
            await self.delete(place, text(message, "ts"))

    async def show_working(self, record: DraftRecord, *, working: bool) -> None:
        """Show on the draft that it is being read, or no longer. A failure does not matter."""
        client, place = self._client(record.place), record.place
        with suppress(SlackApiError, OSError, TimeoutError):
            if working:
                await client.reactions_add(channel=place.channel, timestamp=place.ts, name=_WORKING)
            else:
                await client.reactions_remove(channel=place.channel, timestamp=place.ts, name=_WORKING)

    def _content(self, record: DraftRecord, content: Standing) -> Json:
        return {"blocks": reply_blocks(content, record, self._titles), "text": reply_text(content)}
