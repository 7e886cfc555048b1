"""Direct messages of Candor's own accord, each found again by the key in its metadata."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.errors import TryLater
from bot.slack.failures import UNREACHED
from bot.slack.json import answer, items, part, reason, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.presence import Notice
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_LOG = logging.getLogger(__name__)
_EVENT = "candor_notice"
_LATEST = 100
"""Messages of a conversation among which an earlier attempt is looked for."""
_AFTER = 60.0
_NEVER = frozenset({"user_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot", "missing_scope"})
"""Where trying again would not help."""


class SlackDirectMessages:
    """The `DirectMessages` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def tell(self, notice: Notice, text: str) -> None:
        """Send the text (Slack's markup), unless the same notice stands there already.

        A person whom no message can reach is left out. Raises `TryLater` where Slack does not answer.
        """
        try:
            await _tell(self._clients.of(notice.team).client, notice, text)
        except SlackApiError as error:
            if reason(error) not in _NEVER:
                raise TryLater(_AFTER) from None
            _LOG.warning("%s of %s cannot be told anything: %s", notice.user, notice.team, reason(error))
        except UNREACHED:
            raise TryLater(_AFTER) from None


async def _tell(client: AsyncWebClient, notice: Notice, said: str) -> None:
    opened = answer(await client.conversations_open(users=notice.user))
    channel = text(part(opened, "channel"), "id")
    latest = answer(await client.conversations_history(channel=channel, limit=_LATEST, include_all_metadata=True))
    if notice.key in {_key_of(message) for message in items(latest, "messages")}:
        return
    await client.chat_postMessage(
        channel=channel,
        text=said,
        metadata={"event_type": _EVENT, "event_payload": {"key": notice.key}},
        unfurl_links=False,
        unfurl_media=False,
    )


def _key_of(message: Json) -> str:
    metadata = part(message, "metadata")
    return text(part(metadata, "event_payload"), "key") if text(metadata, "event_type") == _EVENT else ""
