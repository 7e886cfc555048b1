"""The clients that speak with Slack, by tokens of the settings or of an installation; what refusals mean."""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.errors import NotInstalled, PersonCanFix, Trouble, Unreadable, distrusted
from bot.core.installing import Home, is_here
from bot.core.words import installing as words
from bot.slack.wire.payloads import answer, named, part, reason, text

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.core.ports import Clock
    from bot.slack.wire.payloads import Json


# What Slack refuses and what only failed, told apart in one place.

UNREACHED = (OSError, TimeoutError, aiohttp.ClientError)
"""What a call raises where no answer of Slack's arrives."""


def how_unreached(error: BaseException) -> str:
    """Which of them it was; of a proxy what it answered."""
    at_proxy = isinstance(error, aiohttp.ClientHttpProxyError)
    return f"the proxy answered {error.status}" if at_proxy else type(error).__name__


_ABSENT = frozenset({"channel_not_found", "not_in_channel", "is_archived"})
_NO_SCOPE = frozenset({"missing_scope", "no_permission"})


@contextmanager
def reading() -> Generator[None]:
    """Around calls that read a channel: what goes wrong is raised as `Unreadable`."""
    try:
        yield
    except SlackApiError as error:
        raise Unreadable(_trouble(why := reason(error)), why) from None
    except UNREACHED:
        raise Unreadable(Trouble.LATER) from None


@contextmanager
def writing() -> Generator[None]:
    """Around calls that may be carried out although no answer arrives: whatever says so is raised as an OSError."""
    try:
        yield
    except aiohttp.ClientError as error:
        if isinstance(error, OSError):
            raise
        raise ConnectionError(type(error).__name__) from None


def _trouble(why: str) -> Trouble:
    if why in _ABSENT:
        return Trouble.ABSENT
    return Trouble.NO_SCOPE if why in _NO_SCOPE else Trouble.LATER


# The library's client, mended: it takes a proxy for this machine too, and trips over a page that is no JSON object.


def is_reached_directly(address: str) -> bool:
    """True where no proxy is to stand between: on this machine, and at hosts that NO_PROXY names."""
    return is_here(address) or bool(proxy_bypass(urlsplit(address).hostname or ""))


class SlackClient(AsyncWebClient):
    """For one token at one address."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as the client that it is
        super().__init__(*args, **options)
        if is_reached_directly(self.base_url):
            self.proxy = None

    async def _request(self, **how: Any) -> Json:  # noqa: ANN401 - as the method that it is
        answered = await super()._request(**how)
        return answered if isinstance(answered["data"], dict) else answered | {"data": None}


# Slack's Web API, per workspace.

_LOG = logging.getLogger(__name__)
TIMEOUT = 20
"""Seconds that a call may take."""
FOR_GOOD = frozenset(
    {
        *("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "access_denied"),
        *("not_allowed_token_type", "missing_scope", "no_permission", "org_login_required", "ekm_access_denied"),
        *("enterprise_is_restricted", "team_access_not_granted", "user_removed_from_team", "two_factor_setup_required"),
    }
)
"""Slack's names for a token that it does not take. Whatever else goes wrong may be over in a moment."""
ENDED = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "team_access_not_granted"})
"""Slack's names for a token of an app that was removed. One that is only too old does not say so."""
_FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0
"""Seconds between two questions about a token that Slack had no answer for."""


@dataclass(frozen=True, slots=True)
class WorkspaceClient:
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

    def __init__(self, installed: Iterable[WorkspaceClient], late: Late | None = None) -> None:
        self._by_team = {one.team: one for one in installed}
        self._late = late
        self._session: aiohttp.ClientSession | None = None
        self._closed = False
        self._news = asyncio.Event()

    def __iter__(self) -> Iterator[WorkspaceClient]:
        return iter(tuple(self._by_team.values()))

    def of(self, team: str) -> WorkspaceClient:
        try:
            one = self._by_team[team]
        except KeyError:
            raise NotInstalled(team) from None
        if self._session:
            one.client.session = self._session
        return one

    def share(self, session: aiohttp.ClientSession) -> None:
        """Let calls of all workspaces share connections (`bot.slack.app.kept_connections`)."""
        self._session = session

    def since(self, team: str) -> float:
        """When Slack was first asked for a workspace that joined late; 0 for every other."""
        return self._by_team[team].since if team in self._by_team else 0.0

    @property
    def awaits(self) -> bool:
        """True while Slack has not said who some token is: a workspace that is unknown may be that one's."""
        return self._late is not None and bool(self._late.tokens)

    async def ready(self, team: str, enterprise: str = "") -> bool:  # noqa: ARG002 - for those that come by OAuth
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
        self._by_team.pop(home.team, None)

    async def ended(self, home: Home) -> float | None:  # noqa: ARG002 - for those that come by OAuth
        """Up to which moment of installing the home's installations have ended: nothing here uses any."""
        return float("inf")

    def _join(self, one: WorkspaceClient) -> None:
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

    async def _authorized(self, enterprise: str, team: str) -> WorkspaceClient | None:
        return self._by_team.get(team) if await self.ready(team, enterprise) else None


class Late:
    """Tokens that Slack had no answer for when Candor started. They are asked for until it has one."""

    def __init__(self, api_url: str, clock: Clock) -> None:
        self.tokens: list[str] = []
        self._api_url, self._clock = api_url, clock
        self._began, self._pause = clock.now(), _FIRST_PAUSE
        self._due = self._began + self._pause

    async def ask(self) -> list[WorkspaceClient] | None:
        """The workspaces that answered now; None where nothing is to be asked yet, or nothing was settled."""
        # One that is further off than the pause was set before the clock was set back.
        if not self.tokens or 0 < self._due - self._clock.now() <= self._pause:
            return None
        found: list[WorkspaceClient] = []
        before = tuple(self.tokens)
        for token in before:
            try:
                found.append(replace(await _installed(token, self._api_url), since=self._began))
            except TokenRefused as error:
                _LOG.warning("%s", error)
            except _Unanswered:
                continue
            self.tokens.remove(token)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        self._due = self._clock.now() + self._pause
        return found if len(self.tokens) < len(before) else None


async def connect(tokens: Iterable[str], api_url: str, late: Late) -> list[WorkspaceClient]:
    """Ask Slack once who each token is. Those that it has no answer for are put into ``late``.

    Raises `PersonCanFix` where Slack cannot be reached or refuses all of them; one that it refuses among others is told
    in the log, because the other workspaces are not to wait for it.
    """
    found: list[WorkspaceClient] = []
    refused: list[TokenRefused] = []
    unanswered: list[_Unanswered] = []
    which: list[int] = []
    for number, token in enumerate(tokens, 1):
        try:
            found.append(await _installed(token, api_url))
        except TokenRefused as error:
            refused.append(error)
        except _Unanswered as error:
            unanswered.append(error)
            which.append(number)
            late.tokens.append(token)
    if not found and any(error.unreachable for error in unanswered):
        if why := unanswered[0].distrusted:
            raise PersonCanFix(words.slack_untrusted(api_url, why))
        raise PersonCanFix(words.slack_unreachable(api_url, unanswered[0].why))
    if refused and not found and not unanswered:
        raise refused[0]
    for error in refused:
        _LOG.warning("%s", error)
    if unanswered:
        _LOG.warning("%s", words.token_unanswered(which, unanswered[0].why))
    return found


class TokenRefused(PersonCanFix):
    """Slack does not take a token."""


class _Unanswered(Exception):
    """Slack did not say who a token is; that says nothing about the token."""

    def __init__(self, why: str, *, unreachable: bool = False, distrusted: str = "") -> None:
        super().__init__(why)
        self.why, self.unreachable, self.distrusted = why, unreachable, distrusted


async def _installed(token: str, api_url: str) -> WorkspaceClient:
    client = client_for(token, api_url)
    try:
        who = answer(await client.auth_test())
    except SlackApiError as error:
        if (code := reason(error)) in FOR_GOOD:
            raise TokenRefused(words.token_refused(token[:9], code)) from None
        raise _Unanswered(named(error)) from None
    except UNREACHED as error:
        unreachable = isinstance(error, OSError) and not isinstance(error, TimeoutError)
        raise _Unanswered(how_unreached(error), unreachable=unreachable, distrusted=distrusted(error)) from None
    return WorkspaceClient(
        who["team_id"], text(who, "enterprise_id"), who["user_id"], bot_id=text(who, "bot_id"), client=client
    )


def client_for(token: str, api_url: str, team: str = "") -> AsyncWebClient:
    """A client that waits when Slack says so and never sends a message twice.

    The SDK's own handler for broken connections repeats a post whose answer was lost, so it is left out. ``team`` is
    the workspace that is meant, where the token is that of a whole organisation.
    """
    return PatientClient(token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[], team_id=team or None)


# Where Slack says that there were too many calls, the next ones wait in a line, and one is made after the other.

_POST, _UPDATE = "chat.postMessage", "chat.update"
_TOO_MANY = 429
_PATIENCE = 240.0
"""Seconds that a call stands in the line before its refusal is passed on."""


class _Waiting:
    """A call in the line. A later edit of the same message takes its place, so that Slack is asked only once."""

    def __init__(self, how: Json) -> None:
        self.how = how
        self.others = 0
        self.done: asyncio.Future[AsyncSlackResponse] = asyncio.get_running_loop().create_future()


class PatientClient(SlackClient):
    """Repeats a call that came too early, and no other, when Slack takes it."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as the client that it is
        super().__init__(*args, **options)
        self._lines: dict[tuple[str, str], asyncio.Lock] = {}
        self._edits: dict[tuple[str, str], _Waiting] = {}
        self._sent: dict[tuple[str, str], _Waiting] = {}

    async def api_call(self, api_method: str, **how: Any) -> AsyncSlackResponse:  # noqa: ANN401 - as the method that it is
        """One call of Slack's Web API."""
        args = part(how, "json") or part(how, "params")
        line = self.line_of(api_method, text(args, "channel") if api_method == _POST else "")
        due = 0.0
        message = (text(args, "channel"), text(args, "ts")) if api_method == _UPDATE else None
        if not line.locked():
            with self._latest(message, how) as latest:
                try:
                    return await super().api_call(api_method, **how)
                except SlackApiError as error:
                    due = asyncio.get_running_loop().time() + _pause(error)
                how = latest.how  # another edit may be through by now: an older text must not come after it
        if message and (waiting := self._edits.get(message)):
            waiting.how, waiting.others = how, waiting.others + 1
            return await asyncio.shield(waiting.done)
        return await self._in_line(line, api_method, _Waiting(how), message=message, due=due)

    @contextmanager
    def _latest(self, message: tuple[str, str] | None, how: Json) -> Generator[_Waiting]:
        """Among the edits of a message that are on their way at the same time, what the one sent last says."""
        sent = self._sent.setdefault(message, _Waiting(how)) if message else _Waiting(how)
        sent.how, sent.others = how, sent.others + 1
        try:
            yield sent
        finally:
            sent.others -= 1
            if message and not sent.others:
                del self._sent[message]

    @cached_property
    def _hasty(self) -> SlackClient:
        named = cast("Json", self.default_params).get("team_id")
        return SlackClient(self.token, base_url=self.base_url, timeout=self.timeout, retry_handlers=[], team_id=named)

    @property
    def hasty(self) -> SlackClient:
        """One that does not wait, with the same connections."""
        self._hasty.session = self.session
        return self._hasty

    def line_of(self, api_method: str, channel: str = "") -> asyncio.Lock:
        """Locked while calls of the method (in the channel) wait for Slack."""
        return self._lines.setdefault((api_method, channel), asyncio.Lock())

    async def _in_line(
        self, line: asyncio.Lock, api_method: str, call: _Waiting, message: tuple[str, str] | None, due: float
    ) -> AsyncSlackResponse:
        until = asyncio.get_running_loop().time() + _PATIENCE
        self._stand(call, message)
        try:
            async with line:
                answered = await self._repeat(api_method, call, message, times=(due, until))
        except BaseException as error:  # also where it is cancelled: whoever waits for the same call must hear of it
            self._leave(call, message)
            if call.others:
                call.done.set_exception(error)
            raise
        call.done.set_result(answered)
        return answered

    async def _repeat(
        self, api_method: str, call: _Waiting, message: tuple[str, str] | None, times: tuple[float, float]
    ) -> AsyncSlackResponse:
        clock = asyncio.get_running_loop().time
        due, until = times
        while True:
            await asyncio.sleep(max(due - clock(), 0.0))
            self._leave(call, message)
            try:
                return await super().api_call(api_method, **call.how)
            except SlackApiError as error:
                due = clock() + _pause(error)
                if due > until:
                    raise
            self._stand(call, message)

    def _stand(self, call: _Waiting, message: tuple[str, str] | None) -> None:
        if message:
            self._edits.setdefault(message, call)

    def _leave(self, call: _Waiting, message: tuple[str, str] | None) -> None:
        if message and self._edits.get(message) is call:
            del self._edits[message]


def _pause(error: SlackApiError) -> float:
    """The seconds that Slack wants to be left alone. Whatever else went wrong goes on to who called."""
    response = cast("AsyncSlackResponse", error.response)
    if getattr(response, "status_code", 0) != _TOO_MANY:
        raise error
    headers = {name.lower(): value for name, value in cast("dict[str, str]", response.headers).items()}
    after = headers.get("retry-after", "")
    return float(after) if after.isdecimal() else 1.0


def is_busy(client: AsyncWebClient, api_method: str) -> bool:
    """True while calls of the method wait for Slack."""
    return isinstance(client, PatientClient) and client.line_of(api_method).locked()


def hasty(client: AsyncWebClient) -> AsyncWebClient:
    """The same client, but it does not wait: for what is worth it only at once."""
    return client.hasty if isinstance(client, PatientClient) else client
