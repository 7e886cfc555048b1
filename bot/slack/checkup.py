"""What the doctor asks Slack. Nothing that it returns quotes a token."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, cast

from slack_sdk.errors import SlackApiError

from bot.core.words import doctor as words
from bot.slack.clients import client_for
from bot.slack.failures import UNREACHED
from bot.slack.json import answer, items, part, reason, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.diagnosis import Diagnosis
    from bot.core.ports import Clock
    from bot.slack.json import Json

_CLOCK_MAY_DIFFER = 60.0
"""Seconds; a signed request is refused after five minutes, but sessions and schedules suffer earlier."""
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Patient:
    """A workspace that is looked at. ``which`` names its token without quoting it."""

    which: str
    client: AsyncWebClient
    team: str = ""
    """Its id, once Slack has told it; "" where Slack refuses the token."""


async def look_at_clock(api_url: str, clock: Clock) -> list[Diagnosis]:
    """Whether Slack is there, and whether its clock agrees with ours."""
    try:
        response: object = await client_for("", api_url).api_call("api.test")
    except SlackApiError as error:  # an answer all the same
        response = cast("object", error.response)
    except UNREACHED as error:
        return [words.slack_away(api_url, type(error).__name__)]
    date = _header(response, "date")
    if not date:
        return []
    ahead = clock.now() - parsedate_to_datetime(date).timestamp()
    return [words.clock_wrong(ahead) if abs(ahead) > _CLOCK_MAY_DIFFER else words.clock_right()]


async def look_at_token(patient: Patient, scopes: Iterable[str]) -> tuple[str, list[Diagnosis]]:
    """The workspace's id ("" where the token is no good), and whether it has the scopes of the manifest."""
    try:
        response = await patient.client.auth_test()
    except SlackApiError as error:
        return "", [words.bot_token_refused(patient.which, reason(error))]
    except UNREACHED as error:
        return "", [words.slack_away(patient.client.base_url, type(error).__name__)]
    who = answer(response)
    team = patient.team or text(who, "team_id")
    found = [words.bot_token_works(patient.which, text(who, "team"), team)]
    granted = {scope.strip() for scope in _header(response, "x-oauth-scopes").split(",")}
    missing = sorted(set(scopes) - granted)
    # Without the header nothing is known of the scopes.
    return team, [*found, words.scopes_missing(team, missing)] if missing and granted != {""} else found


async def look_at_app_token(token: str, api_url: str) -> Diagnosis:
    """Whether Socket Mode could connect."""
    try:
        await client_for(token, api_url).apps_connections_open(app_token=token)
    except SlackApiError as error:
        return words.app_token_refused(reason(error))
    except UNREACHED as error:
        return words.slack_away(api_url, type(error).__name__)
    return words.app_token_works()


async def look_at_channels(client: AsyncWebClient, team: str, wanted: Iterable[str]) -> list[Diagnosis]:
    """Whether Candor is in the channels where drafts are to be reviewed."""
    names = sorted(wanted)
    if not names:
        return [words.no_channels(team)]
    try:
        own = {key async for channel in _channels(client, own=True) for key in _keys(channel)}
        absent = [name for name in names if name not in own]
        others = set[str]()
        if absent:
            others = {key async for channel in _channels(client, own=False) for key in _keys(channel)}
    except SlackApiError as error:
        return [words.channels_unread(team, reason(error))]
    except UNREACHED as error:
        return [words.slack_away(client.base_url, type(error).__name__)]
    away = [words.not_in_channel if name in others else words.no_such_channel for name in absent]
    inside = [words.in_channel(team, name) for name in names if name in own]
    return [*inside, *(say(team, name) for say, name in zip(away, absent, strict=True))]


async def _channels(client: AsyncWebClient, *, own: bool) -> AsyncIterator[Json]:
    method, cursor = "users.conversations" if own else "conversations.list", ""
    while True:
        asked: Json = {"types": "public_channel,private_channel", "exclude_archived": "1", "limit": _PAGE}
        page = answer(await client.api_call(method, http_verb="GET", params=asked | {"cursor": cursor}))
        for channel in items(page, "channels"):
            yield channel
        cursor = text(part(page, "response_metadata"), "next_cursor")
        if not cursor:
            return


def _header(response: object, name: str) -> str:
    headers = cast("Mapping[str, str]", getattr(response, "headers", {}))
    return {key.lower(): value for key, value in headers.items()}.get(name, "")


def _keys(channel: Json) -> tuple[str, str]:
    return text(channel, "id"), text(channel, "name")
