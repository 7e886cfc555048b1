"""Candor's reply in a draft's thread."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.mute import Mute
from bot.core.standing import Standing
from bot.core.words import mute as mutes
from bot.core.words import reply as words
from bot.slack.blocks import reply_blocks, reply_text
from bot.slack.json import reason, text
from bot.slack.messages import SlackMessages, key_of
from bot.slack.tools import muted_blocks, with_tools

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.message import Place
    from bot.core.record import DraftRecord, Reply
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_WORKING = "eyes"
_REFUSED = "invalid_blocks"


class SlackThread(SlackMessages[Standing | Mute]):
    """The `Thread` port. Where Slack does not know the newer blocks yet, older ones take their place."""

    def __init__(self, clients: Clients, titles: Mapping[str, str]) -> None:
        super().__init__(clients)
        self._titles = titles
        self._simple: set[str] = set()

    async def post(self, record: DraftRecord, reply: Reply, content: Standing | Mute) -> str:
        """Post the reply into the draft's thread and give its ts."""
        try:
            return await super().post(record, reply, content)
        except SlackApiError as error:
            self._simplify(record, error)
            return await super().post(record, reply, content)

    async def update(self, record: DraftRecord, reply: Reply, content: Standing | Mute) -> bool:
        """Edit the reply in place; False where somebody deleted it."""
        try:
            return await super().update(record, reply, content)
        except SlackApiError as error:
            self._simplify(record, error)
            return await super().update(record, reply, content)

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

    def _simplify(self, record: DraftRecord, error: SlackApiError) -> None:
        """From now on without newer blocks in that workspace; the error goes on where they were not the reason."""
        if reason(error) != _REFUSED or record.place.team in self._simple:
            raise error
        self._simple.add(record.place.team)

    def _content(self, record: DraftRecord, content: Standing | Mute) -> Json:
        if isinstance(content, Mute):
            return {"blocks": muted_blocks(content, record), "text": mutes.FALLBACK}
        blocks = reply_blocks(content, record, self._titles)
        shown = with_tools(blocks, record, content.sign_off, simple=record.place.team in self._simple)
        return {"blocks": shown, "text": reply_text(content)}
