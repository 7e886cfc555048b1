"""What is deleted, and files for one person by direct message."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.errors import TryLater
from bot.core.words import privacy as words
from bot.slack.blocks import section
from bot.slack.clicks import pressed, respond, team_of, user_of
from bot.slack.wire.clients import UNREACHED
from bot.slack.wire.payloads import answer, items, part, reason, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.drafts import Place
    from bot.core.privacy import PersonJobs
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# Files in direct messages, each found again by its name.

_LOG = logging.getLogger(__name__)
_LATEST = 50
"""Messages among which an earlier attempt is looked for."""
_AFTER = 60.0
_NEVER = frozenset({"missing_scope", "no_permission", "file_uploads_disabled", "not_allowed", "restricted_action"})
_NOBODY = frozenset({"user_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot"})


class SlackFileMessages:
    """The `FileMessages` port."""

    def __init__(self, clients: Clients, title: str = words.FILE_TITLE, says: str = words.FILE_SAYS) -> None:
        """``title`` and ``says`` stand above each file."""
        self._clients, self._title, self._says = clients, title, says

    async def send(self, team: str, user: str, name: str, content: str) -> None:
        """Send a file, unless one of that name stands there. Raises `TryLater` where Slack does not answer."""
        client = self._clients.of(team).client
        try:
            await self._send(client, user, name, content=content)
        except SlackApiError as error:
            if reason(error) in _NOBODY:
                _LOG.warning("%s of %s cannot be sent anything: %s", user, team, reason(error))
            elif reason(error) in _NEVER:
                await _excuse(client, user)
            else:
                raise TryLater(_AFTER) from None
        except UNREACHED:
            raise TryLater(_AFTER) from None

    async def _send(self, client: AsyncWebClient, user: str, name: str, content: str) -> None:
        channel = await _channel(client, user)
        latest = answer(await client.conversations_history(channel=channel, limit=_LATEST))
        there = {text(file, "name") for message in items(latest, "messages") for file in items(message, "files")}
        if name not in there:
            await client.files_upload_v2(
                channel=channel, filename=name, title=self._title, content=content, initial_comment=self._says
            )


async def _excuse(client: AsyncWebClient, user: str) -> None:
    try:
        await client.chat_postMessage(channel=await _channel(client, user), text=words.NO_FILE)
    except SlackApiError as error:
        _LOG.warning("a person cannot be told that their file cannot be sent: %s", reason(error))


async def _channel(client: AsyncWebClient, user: str) -> str:
    return text(part(answer(await client.conversations_open(users=user)), "channel"), "id")


# The last words of a reply whose draft is stored no longer.

_BUSY = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})


class SlackExpiryNotices:
    """The `ExpiryNotices` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def say(self, place: Place, ts: str, days: int) -> None:
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


# The answer to the question whether somebody's data is to be deleted.

DELETE, KEEP = "candor_delete_my_data", "candor_keep_my_data"


@dataclass(frozen=True, slots=True)
class Deletions:
    """Each returns only when what was answered is durable."""

    people: PersonJobs

    async def delete(self, body: Json) -> None:
        """A click that is repeated counts once."""
        key = pressed(body)
        await self.people.forget_person(team_of(body), user_of(body), key)
        await _instead(body, words.DELETING)

    async def keep(self, body: Json) -> None:
        await _instead(body, words.KEPT)


async def _instead(body: Json, said: str) -> None:
    content: Json = {"replace_original": True, "text": said, "blocks": [section(said)]}
    await respond(text(body, "response_url"), content)
