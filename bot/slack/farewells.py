"""The last words of a reply whose draft is stored no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.errors import TryLater
from bot.core.words import privacy as words
from bot.slack.elements import section
from bot.slack.failures import UNREACHED
from bot.slack.json import reason

if TYPE_CHECKING:
    from bot.core.message import Place
    from bot.slack.clients import Clients

_AFTER = 60.0
_BUSY = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})


class SlackFarewells:
    """The `Farewells` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def say(self, place: Place, ts: str, days: int) -> None:
        """Let the reply say that what was stored is deleted. Raises `TryLater`.

        One that is gone, or cannot be edited any more, is fine.
        """
        said = words.expired(days)
        try:
            await self._clients.of(place.team).client.chat_update(
                channel=place.channel, ts=ts, text=said, blocks=[section(said)]
            )
        except SlackApiError as error:
            if reason(error) in _BUSY:
                raise TryLater(_AFTER) from None
        except UNREACHED:
            raise TryLater(_AFTER) from None
