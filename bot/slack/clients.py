"""Slack's Web API, per workspace."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.errors import NotInstalled, PersonCanFix
from bot.core.words import setup as words
from bot.slack.failures import UNREACHED
from bot.slack.json import answer, reason, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.installation import Home
    from bot.core.ports import Clock

_LOG = logging.getLogger(__name__)
_TIMEOUT = 20
_FOR_GOOD = frozenset(
    {
        *("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "access_denied"),
        *("not_allowed_token_type", "missing_scope", "no_permission", "org_login_required", "ekm_access_denied"),
        *("enterprise_is_restricted", "team_access_not_granted", "user_removed_from_team", "two_factor_setup_required"),
    }
)
"""Slack's names for a token that it does not take. Whatever else goes wrong may be over in a moment."""
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 60.0
"""Seconds between two questions about a token that Slack had no answer for."""


@dataclass(frozen=True, slots=True)
class Installed:
    """Candor in one workspace: who it is there, and its client."""

    team: str
    enterprise: str
    bot_user: str
    bot_id: str
    client: AsyncWebClient
    since: float = 0.0
    """When Slack was first asked for it (seconds since 1970), where the answer came late; else 0."""


class Clients:
    """The workspaces that Candor is installed in. The client of each is obtained by its team id."""

    def __init__(self, installed: Iterable[Installed], late: Late | None = None) -> None:
        self._by_team = {one.team: one for one in installed}
        self._late = late
        self._closed = False
        self._news = asyncio.Event()

    def __iter__(self) -> Iterator[Installed]:
        return iter(tuple(self._by_team.values()))

    def of(self, team: str) -> Installed:
        """The installation in a workspace. Raises `NotInstalled`."""
        try:
            return self._by_team[team]
        except KeyError:
            raise NotInstalled(team) from None

    def since(self, team: str) -> float:
        """When Slack was first asked for a workspace that joined late; 0 for every other."""
        return self._by_team[team].since if team in self._by_team else 0.0

    @property
    def awaits(self) -> bool:
        """True while Slack has not said who some token is: a workspace that is unknown may be that one's."""
        return self._late is not None and bool(self._late.tokens)

    async def ready(self, team: str, enterprise: str = "") -> bool:  # noqa: ARG002 - for those that come by OAuth
        """True where Candor is installed, also when that happened just now."""
        return team in self._by_team

    async def settled(self, team: str) -> bool:
        """As `ready`, but waits while that cannot be known yet. A stop cancels who waits."""
        while not await self.ready(team):
            if not self.awaits:
                return False
            if self._closed:
                raise asyncio.CancelledError
            await self._news.wait()
        return True

    async def ask_again(self) -> bool:
        """Ask for the tokens that Slack had no answer for, where it is time; True where a workspace joined."""
        joined = await self._late.ask() if self._late else None
        if joined is None:
            return False
        for one in joined:
            self._join(one)
        self._tell()
        return bool(joined)

    def close(self) -> None:
        """Let go of who waits in `settled`."""
        self._closed = True
        self._tell()

    def forget(self, home: Home) -> None:
        """Do not talk to it any more."""
        self._by_team.pop(home.team, None)

    def _join(self, one: Installed) -> None:
        self._by_team[one.team] = one

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

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


class Late:
    """Tokens that Slack had no answer for when Candor started. They are asked for until it has one."""

    def __init__(self, api_url: str, clock: Clock) -> None:
        self.tokens: list[str] = []
        self._api_url, self._clock = api_url, clock
        self._began, self._pause = clock.now(), _FIRST_PAUSE
        self._due = self._began + self._pause

    async def ask(self) -> list[Installed] | None:
        """The workspaces that answered now; None where nothing is to be asked yet, or nothing was settled."""
        if not self.tokens or self._clock.now() < self._due:
            return None
        found: list[Installed] = []
        before = tuple(self.tokens)
        for token in before:
            try:
                found.append(replace(await _installed(token, self._api_url), since=self._began))
            except TokenRefused as error:
                _LOG.warning("%s", error)
            except _Unanswered:
                continue
            self.tokens.remove(token)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        self._due = self._clock.now() + self._pause
        return found if len(self.tokens) < len(before) else None


async def connect(tokens: Iterable[str], api_url: str, late: Late) -> list[Installed]:
    """Ask Slack once who each token is. Those that it has no answer for are put into ``late``.

    Raises `PersonCanFix` where Slack cannot be reached or refuses all of them; one that it refuses among others is told
    in the log, because the other workspaces are not to wait for it.
    """
    found: list[Installed] = []
    refused: list[TokenRefused] = []
    unanswered: list[_Unanswered] = []
    for token in tokens:
        try:
            found.append(await _installed(token, api_url))
        except TokenRefused as error:
            refused.append(error)
        except _Unanswered as error:
            unanswered.append(error)
            late.tokens.append(token)
    if not found and any(error.unreachable for error in unanswered):
        raise PersonCanFix(words.slack_unreachable(api_url, unanswered[0].why))
    if refused and not found and not unanswered:
        raise refused[0]
    for error in refused:
        _LOG.warning("%s", error)
    if unanswered:
        _LOG.warning("%s", words.token_unanswered(len(unanswered), unanswered[0].why))
    return found


class TokenRefused(PersonCanFix):
    """Slack does not take a token."""


class _Unanswered(Exception):
    """Slack did not say who a token is; that says nothing about the token."""

    def __init__(self, why: str, *, unreachable: bool = False) -> None:
        super().__init__(why)
        self.why, self.unreachable = why, unreachable


async def _installed(token: str, api_url: str) -> Installed:
    client = client_for(token, api_url)
    try:
        who = answer(await client.auth_test())
    except SlackApiError as error:
        if (code := reason(error)) in _FOR_GOOD:
            raise TokenRefused(words.token_refused(token[:9], code)) from None
        raise _Unanswered(code or "no JSON") from None
    except UNREACHED as error:
        unreachable = isinstance(error, OSError) and not isinstance(error, TimeoutError)
        raise _Unanswered(type(error).__name__, unreachable=unreachable) from None
    return Installed(who["team_id"], text(who, "enterprise_id"), who["user_id"], text(who, "bot_id"), client)


def client_for(token: str, api_url: str, team: str = "") -> AsyncWebClient:
    """A client that waits when Slack says so and never sends a message twice.

    The SDK's own handler for broken connections repeats a post whose answer was lost, so it is left out. ``team`` is
    the workspace that is meant, where the token is that of a whole organisation.
    """
    retries = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
    return AsyncWebClient(token, base_url=api_url, timeout=_TIMEOUT, retry_handlers=[*retries], team_id=team or None)
