"""The messages in which Candor shows composed drafts, each found again by the key in its metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.compose_window import message
from bot.slack.failures import reading
from bot.slack.json import answer, items, part, reason, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.composing import Composition, Sheet
    from bot.core.message import Place
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_EVENT = "candor_draft"
_LATEST = 100
"""Messages of a channel among which an earlier attempt is looked for."""
_GONE = frozenset({"message_not_found", "channel_not_found", "cant_update_message", "edit_window_closed"})


class SlackDraftBoard:
    """The `DraftBoard` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def find(self, sheet: Sheet) -> str:
        """The ts of the message that was posted for the sheet, "" where there is none."""
        with reading():
            latest = answer(
                await self._client(sheet.team).conversations_history(
                    channel=sheet.channel, limit=_LATEST, include_all_metadata=True
                )
            )
        return next((text(one, "ts") for one in items(latest, "messages") if _key_of(one) == sheet.key), "")

    async def post(self, sheet: Sheet) -> str:
        """Post the draft in its author's name and give its ts."""
        with reading():
            posted = await self._client(sheet.team).chat_postMessage(
                channel=sheet.channel,
                metadata={"event_type": _EVENT, "event_payload": {"key": sheet.key}},
                unfurl_links=False,
                unfurl_media=False,
                **message(sheet.user, sheet.composition),
            )
        return text(answer(posted), "ts")

    async def update(self, place: Place, user: str, composition: Composition) -> bool:
        """Show what it says now; False where the message is gone."""
        with reading():
            try:
                await self._client(place.team).chat_update(
                    channel=place.channel, ts=place.ts, **message(user, composition)
                )
            except SlackApiError as error:
                if reason(error) not in _GONE:
                    raise
                return False
        return True

    async def remove(self, place: Place) -> None:
        """Remove the message; one that is gone already is fine."""
        with reading():
            try:
                await self._client(place.team).chat_delete(channel=place.channel, ts=place.ts)
            except SlackApiError as error:
                if reason(error) not in _GONE:
                    raise

    def _client(self, team: str) -> AsyncWebClient:
        return self._clients.of(team).client


def _key_of(message: Json) -> str:
    metadata = part(message, "metadata")
    return text(part(metadata, "event_payload"), "key") if text(metadata, "event_type") == _EVENT else ""
