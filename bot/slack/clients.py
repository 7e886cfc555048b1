"""Slack's Web API, per workspace."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.errors import NotInstalled, PersonCanFix
from bot.core.words import setup as words
from bot.slack.json import answer, reason, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.installation import Home

_LOG = logging.getLogger(__name__)
_BOT_TOKEN = "xoxb-"  # noqa: S105 - how every bot token begins
_TIMEOUT = 20


@dataclass(frozen=True, slots=True)
class Installed:
    """Candor in one workspace: who it is there, and its client."""

    team: str
    enterprise: str
    bot_user: str
    bot_id: str
    client: AsyncWebClient


class Clients:
    """The workspaces that Candor is installed in. The client of each is obtained by its team id."""

    def __init__(self, installed: Iterable[Installed]) -> None:
        self._by_team = {one.team: one for one in installed}

    def __iter__(self) -> Iterator[Installed]:
        return iter(tuple(self._by_team.values()))

    def of(self, team: str) -> Installed:
        """The installation in a workspace. Raises `NotInstalled`."""
        try:
            return self._by_team[team]
        except KeyError:
            raise NotInstalled(team) from None

    async def ready(self, team: str, enterprise: str = "") -> bool:  # noqa: ARG002 - for those that come by OAuth
        """True where Candor is installed, also when that happened just now."""
        return team in self._by_team

    def forget(self, home: Home) -> None:
        """Do not talk to it any more."""
        self._by_team.pop(home.team, None)

    async def authorization(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """What Bolt asks before every listener; Slack is not asked for it, so that it cannot fail."""
        one = await self._authorized(enterprise_id or "", team_id or "")
        if one is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=one.bot_user,
            bot_id=one.bot_id,
            bot_token=one.client.token,
        )

    async def _authorized(self, enterprise: str, team: str) -> Installed | None:
        return self._by_team.get(team) if await self.ready(team, enterprise) else None


async def connect(tokens: Iterable[str], api_url: str) -> list[Installed]:
    """Ask Slack once who each token is.

    Raises `PersonCanFix` where Slack cannot be reached or takes none of them; one that it refuses among others is told
    in the log, because the other workspaces are not to wait for it.
    """
    found: list[Installed] = []
    refused: list[TokenRefused] = []
    for token in tokens:
        try:
            found.append(await _installed(token, api_url))
        except TokenRefused as error:
            refused.append(error)
    if refused and not found:
        raise refused[0]
    for error in refused:
        _LOG.warning("%s", error)
    return found


class TokenRefused(PersonCanFix):
    """Slack does not take a token."""


async def _installed(token: str, api_url: str) -> Installed:
    client = client_for(token, api_url)
    try:
        who = answer(await client.auth_test())
    except SlackApiError as error:
        raise TokenRefused(words.token_refused(token[:9], reason(error))) from None
    except OSError as error:
        raise PersonCanFix(words.slack_unreachable(api_url, type(error).__name__)) from None
    return Installed(who["team_id"], text(who, "enterprise_id"), who["user_id"], text(who, "bot_id"), client)


def client_for(token: str, api_url: str, team: str = "") -> AsyncWebClient:
    """A client that waits when Slack says so and never sends a message twice.

    The SDK's own handler for broken connections repeats a post whose answer was lost, so it is left out. ``team`` is
    the workspace that is meant, where the token is that of a whole organisation.
    """
    retries = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
    return AsyncWebClient(token, base_url=api_url, timeout=_TIMEOUT, retry_handlers=[*retries], team_id=team or None)


def is_bot_token(token: str) -> bool:
    """True for ``xoxb-...``; with any other, Bolt no longer knows its own messages."""
    return token.startswith(_BOT_TOKEN)
