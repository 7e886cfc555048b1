"""Candor is installed by OAuth, introduces itself, leaves, and is checked by the doctor."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from html import escape
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import urlencode, urljoin

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.stateless import StatelessOAuthStateStore
from slack_sdk.oauth.state_utils import OAuthStateUtils

from bot.core.errors import TryLater, distrusted
from bot.core.installing import Admission, Home, Installation
from bot.core.words import conversing as conversing_words
from bot.core.words import doctor as doctor_words
from bot.core.words import installing as installing_words
from bot.slack.blocks import actions, button, section
from bot.slack.clicks import team_of, user_of
from bot.slack.wire.clients import FOR_GOOD, UNREACHED, client_for, how_unreached, reading
from bot.slack.wire.payloads import answer, items, listed, named, part, post_under, reason, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence

    from slack_bolt.oauth.async_callback_options import AsyncFailureArgs, AsyncSuccessArgs
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_sdk.oauth.installation_store import Installation as Given
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.installing import Diagnosis, Installations, LeavingJobs
    from bot.core.ports import Clock
    from bot.core.privacy import Introduction
    from bot.flows.installing import Introduce
    from bot.flows.settings import SwitchChannel
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# The pages at the end of an installation.

_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_INSTALL_PAGES_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  body {{ font: 1.05rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 12vh auto; padding: 0 1.5rem;
    color: #1d1c1d; background: #fff; }}
  h1 {{ font-size: 1.6rem; line-height: 1.2; color: #1f3a4d; }}
  a {{ display: inline-block; margin-top: 1rem; padding: .6rem 1.2rem; border-radius: .4rem;
    background: #1f3a4d; color: #fff; text-decoration: none; }}
  a:focus-visible {{ outline: 3px solid #d48806; outline-offset: 2px; }}
  @media (prefers-color-scheme: dark) {{
    body {{ color: #e8e8e8; background: #16191c; }}
    h1 {{ color: #a9c9de; }}
    a {{ background: #a9c9de; color: #16191c; }}
  }}
</style>
<main>
<h1>{head}</h1>
{body}
<p><a href="{address}">{action}</a></p>
</main>
</html>
"""


def done_page(workspace: str, address: str) -> BoltResponse:
    """Candor is installed; ``address`` leads back to Slack."""
    return _page(
        200, installing_words.DONE, installing_words.done(workspace), link=(address, installing_words.OPEN_SLACK)
    )


def waiting_page(workspace: str, key: str, address: str) -> BoltResponse:
    """Candor is installed and does nothing before the operator's yes, who needs the id ``key``."""
    return _page(
        200,
        installing_words.WAITING,
        installing_words.waiting(workspace, key),
        link=(address, installing_words.OPEN_SLACK),
    )


def failed_page(status: int, reason: str, again: str) -> BoltResponse:
    """It is not installed; ``again`` is where to begin anew."""
    return _page(
        status,
        installing_words.NOT_DONE,
        (installing_words.not_done(reason),),
        link=(again, installing_words.TRY_AGAIN),
    )


def _page(status: int, head: str, paragraphs: Iterable[str], link: tuple[str, str]) -> BoltResponse:
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    address, action = link
    html = _INSTALL_PAGES_PAGE.format(
        title=escape(head), head=escape(head), body=body, address=escape(address), action=escape(action)
    )
    return BoltResponse(status=status, body=html, headers=dict(_HEADERS))


# Installing Candor in workspaces by OAuth. Slack's own library does it; what it gives is kept in the store.

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
_LOG = logging.getLogger(__name__)
_SECONDS = 600
"""That an installation may take."""
_WAITS = "waits"
_REASONS = frozenset(
    {"access_denied", "invalid_browser", "invalid_state", "missing_code", "invalid_code", "storage_error"}
)
"""Slack's and the library's own; anybody can call the address with another one."""
_LINE = 60.0
"""Seconds between two lines in the log about installations that failed."""
# The library's own log would quote the code that Slack sent.
_SILENT = logging.getLogger(f"{__name__}.sdk")
_SILENT.setLevel(logging.CRITICAL)


class InstallFlow(AsyncOAuthFlow):
    """Slack's flow, with our store and our pages."""

    async def run_installation(self, code: str) -> Given | None:
        """What Slack gives for the code; None where it refuses, or cannot be reached."""
        try:
            return await super().run_installation(code)
        except UNREACHED as error:
            _LOG.warning("an installation failed: %s", type(error).__name__)
            return None

    async def store_installation(self, request: AsyncBoltRequest, installation: Given) -> None:
        """Keep it. Raises BoltError, which the library turns into a page."""
        try:
            await super().store_installation(request, installation)
        except Exception as error:  # whatever it is, the person is to read a page  # noqa: BLE001
            _LOG.warning("an installation could not be kept: %s", type(error).__name__)
            raise BoltError(type(error).__name__) from None


class _Store(AsyncInstallationStore):
    """What the library wants of a store, as far as this flow uses it: it only ever saves."""

    def __init__(self, installations: Installations, clock: Clock) -> None:
        self._installations = installations
        self._clock = clock

    async def async_save(self, installation: Given) -> None:
        ours = installation_of(installation, self._clock.now())
        admission = await self._installations.save(ours)
        if admission is Admission.WAITS:
            _LOG.warning(
                "%s installed Candor and waits for your yes: candor workspaces --allow %s", *[ours.home.key] * 2
            )
        installation.set_custom_value(_WAITS, admission is not Admission.ALLOWED)


class _States(StatelessOAuthStateStore):
    """The library's state is the same for all visitors of a second; this one is nobody else's, and good once.

    Each process knows which ones it has taken. At another process Slack's code, which is good once, still protects.
    """

    def __init__(self, seconds: int, secret: str) -> None:
        super().__init__(expiration_seconds=seconds, signing_secret=secret, logger=_SILENT)
        self._taken: dict[str, float] = {}

    def consume(self, state: str) -> bool:
        """True the first time that it comes back, signed and in time."""
        now = asyncio.get_running_loop().time()
        for old in [one for one, at in self._taken.items() if now - at > _SECONDS]:
            del self._taken[old]
        if state in self._taken or not super().consume(state):
            return False
        self._taken[state] = now
        return True

    def issue(self, *args: object, **kwargs: object) -> str:
        """A signed state with a random part."""
        header, payload, _ = super().issue(*args, **kwargs).split(".")
        claims = json.loads(self._b64url_decode(payload)) | {"jti": token_urlsafe(16)}
        payload = self._b64url_encode(json.dumps(claims, separators=(",", ":")).encode())
        return f"{header}.{payload}.{self._sign(f'{header}.{payload}')}"


class _Cookie(OAuthStateUtils):
    """Goes along when Slack sends the browser back, and with nothing else that another site makes it do."""

    def build_set_cookie_for_new_state(self, state: str) -> str:
        return f"{super().build_set_cookie_for_new_state(state)}; SameSite=Lax"

    def build_set_cookie_for_deletion(self) -> str:
        return f"{super().build_set_cookie_for_deletion()}; SameSite=Lax"


def install_flow(
    app: tuple[str, str], scopes: Sequence[str], addresses: tuple[str, str], installations: Installations, clock: Clock
) -> InstallFlow:
    """The flow for an app, (client id, client secret), and (our public address, Slack's Web API).

    Its state is signed and not stored, so that any process may take the person who comes back; a cookie ties it to
    the browser, each process takes it once, and Slack takes a code only once.
    """
    client_id, client_secret = app
    public_url, api_url = addresses
    state = _States(_SECONDS, client_secret)
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=list(scopes),
        user_scopes=[],
        redirect_uri=f"{public_url}{REDIRECT}",
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        install_page_rendering_enabled=False,
        authorization_url=urljoin(api_url, "../oauth/v2/authorize"),
        installation_store=_Store(installations, clock),
        installation_store_bot_only=True,
        state_store=state,
        state_expiration_seconds=_SECONDS,
        callback_options=AsyncCallbackOptions(_succeeded, _Failures().page),
        logger=_SILENT,
    )
    settings.state_utils = _Cookie(expiration_seconds=_SECONDS)
    return InstallFlow(client=client_for("", api_url), settings=settings, logger=_SILENT)


def installation_of(given: Given, now: float) -> Installation:
    """From the library's object to ours."""
    enterprise = given.enterprise_id or ""
    home = Home("" if given.is_enterprise_install else given.team_id or "", enterprise)
    ends = given.bot_token_expires_at
    return Installation(
        home,
        bot_user=given.bot_user_id or "",
        bot_id=given.bot_id or "",
        token=given.bot_token or "",
        user=given.user_id or "",
        installed_at=now,
        app=given.app_id or "",
        scopes=tuple(given.bot_scopes or ()),
        refresh_token=given.bot_refresh_token or "",
        expires_at=None if ends is None else float(ends),
    )


async def _succeeded(args: AsyncSuccessArgs) -> BoltResponse:
    given = args.installation
    query = {"app": given.app_id or "", "team": given.team_id or ""}
    address = f"https://slack.com/app_redirect?{urlencode({k: v for k, v in query.items() if v})}"
    if given.custom_values.get(_WAITS, True):
        home = installation_of(given, 0).home
        return waiting_page(given.team_name or given.enterprise_name or "", home.key, address)
    return done_page(given.team_name or given.enterprise_name or "", address)


class _Failures:
    """Anybody can call the address: one line a minute, with no words of theirs."""

    def __init__(self) -> None:
        self._told_at, self._untold = float("-inf"), 0

    async def page(self, args: AsyncFailureArgs) -> BoltResponse:
        """What the person reads."""
        self._untold += 1
        now = asyncio.get_running_loop().time()
        if now - self._told_at >= _LINE:
            reason = args.reason if args.reason in _REASONS else "unknown reason"
            _LOG.warning("an installation failed: %s (%d since the last such line)", reason, self._untold)
            self._told_at, self._untold = now, 0
        return failed_page(args.suggested_status_code, args.reason, INSTALL)


# Candor introduces itself in a channel, with a button that switches reviews on or off there.

SWITCH_ON, SWITCH_OFF = "candor_review_here", "candor_stop_here"
_EVENT = "candor_introduction"
_LATEST = 100
"""Messages among which an earlier attempt is looked for."""


class Inviting(Protocol):
    """Durable work after an invitation."""

    def introduce(self, team: str, channel: str, at: str) -> Awaitable[None]:
        """Say once in a channel who Candor is; ``at`` is Slack's time of the invitation."""
        ...


class SlackIntroductions:
    """The `Introductions` port."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def find(self, team: str, channel: str) -> str:
        """The ts of an introduction that stands in the channel, "" where there is none. Raises `Unreadable`."""
        client = self._clients.of(team).client
        with reading():
            latest = answer(
                await client.conversations_history(channel=channel, limit=_LATEST, include_all_metadata=True)
            )
        found = (m for m in items(latest, "messages") if text(part(m, "metadata"), "event_type") == _EVENT)
        return next((text(message, "ts") for message in found), "")

    async def post(self, introduction: Introduction) -> None:
        with reading():
            await post_under(
                _EVENT,
                f"introduction:{introduction.channel}",
                self._clients.of(introduction.team).client,
                channel=introduction.channel,
                text=conversing_words.SUMMARY,
                blocks=introduction_blocks(introduction),
            )


def introduction_blocks(introduction: Introduction) -> list[Json]:
    """What Candor is, what it reads and stores, and how to keep it away."""
    on = introduction.switched_on
    switch = button(
        *((SWITCH_OFF, conversing_words.SWITCH_OFF) if on else (SWITCH_ON, conversing_words.SWITCH_ON)),
        introduction.channel,
    )
    lines = [
        conversing_words.HELLO,
        conversing_words.ON if on else conversing_words.OFF,
        conversing_words.data(introduction),
        conversing_words.QUIET,
    ]
    return [*(section(line) for line in lines), actions(switch)]


JOINED = "member_joined_channel"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Invitations, and the button of the introduction. Returns only when what was done is durable."""

    jobs: Inviting
    switch: SwitchChannel
    introduce: Introduce
    clients: Clients

    async def joined(self, body: Json) -> None:
        """Somebody joined a channel; only Candor itself counts."""
        team, event = text(body, "team_id"), part(body, "event")
        if text(event, "user") == self.clients.of(team).bot_user:
            await self.jobs.introduce(team, text(event, "channel"), text(event, "event_ts"))

    async def switched(self, body: Json, *, on: bool) -> None:
        """A brand lead switches the channel on or off; others are told who can."""
        team, channel = team_of(body), text(part(body, "container"), "channel_id")
        try:
            refused = await self.switch(team, user_of(body), channel, on=on)
        except TryLater:
            await self._tell(body, conversing_words.LATER)
            return
        if refused is not None:
            await self._tell(body, conversing_words.only_leads(refused))
            return
        blocks = introduction_blocks(await self.introduce.about(team, channel))
        client, ts = self.clients.of(team).client, text(part(body, "container"), "message_ts")
        try:
            await client.chat_update(channel=channel, ts=ts, text=conversing_words.SUMMARY, blocks=blocks)
        except SlackApiError:  # what counts is kept
            await self._tell(body, conversing_words.SUMMARY, blocks)

    async def _tell(self, body: Json, said: str, blocks: list[Json] | None = None) -> None:
        user, channel = user_of(body), text(part(body, "container"), "channel_id")
        client = self.clients.of(team_of(body)).client
        with suppress(SlackApiError):  # the person may have left the channel
            await client.chat_postEphemeral(channel=channel, user=user, text=said, blocks=blocks)


# A workspace that removes Candor, or takes its token back.

REMOVED, REVOKED = "app_uninstalled", "tokens_revoked"


@dataclass(frozen=True, slots=True)
class Departures:
    """Returns only when it is durable that the workspace's data go, at once or later."""

    jobs: LeavingJobs
    disable: Callable[[Home, float], Awaitable[bool]]
    clock: Clock

    async def leave(self, body: Json) -> None:
        """Of revoked tokens only those of bots count: Candor has no others. They may go by accident, apps do not."""
        event, home = part(body, "event"), home_of(body)
        # Slack cuts off the fraction of the second, and an installation may be that young.
        at = float(body.get("event_time") or self.clock.now()) + 1
        if text(event, "type") == REMOVED:
            await self.jobs.leave(home, at)
        elif part(event, "tokens").get("bot") and await self.disable(home, at):
            _LOG.warning("%s", installing_words.tokens_revoked(home.key))


def home_of(body: Json) -> Home:
    """Which installation an event is about: the organisation's, where Slack says that it was one."""
    about = next(iter(items(body, "authorizations")), body)
    enterprise = text(body, "enterprise_id") or text(about, "enterprise_id")
    whole = about.get("is_enterprise_install") is True or body.get("is_enterprise_install") is True
    return Home("" if whole and enterprise else text(body, "team_id"), enterprise)


# What the doctor asks Slack. Nothing that it returns quotes a token.

_CLOCK_MAY_DIFFER = 60.0
"""Seconds; a signed request is refused after five minutes, but sessions and schedules suffer earlier."""
_CHECKUP_PAGE = 200
_NO_SUCH = frozenset({"unknown_method"})
"""How a server says for good that it knows Slack's API only in part."""


@dataclass(frozen=True, slots=True)
class CheckedWorkspace:
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
        return [_away(api_url, error)]
    date = _header(response, "date")
    if not date:
        return []
    ahead = clock.now() - parsedate_to_datetime(date).timestamp()
    return [doctor_words.clock_wrong(ahead) if abs(ahead) > _CLOCK_MAY_DIFFER else doctor_words.clock_right()]


async def look_at_token(patient: CheckedWorkspace, scopes: Iterable[str]) -> tuple[str, list[Diagnosis]]:
    """The workspace's id ("" where the token is no good), and whether it has the scopes of the manifest."""
    try:
        response = await patient.client.auth_test()
    except SlackApiError as error:
        return "", [_refused(error, patient.which, partial(doctor_words.bot_token_refused, patient.which))]
    except UNREACHED as error:
        return "", [_away(patient.client.base_url, error)]
    who = answer(response)
    team = patient.team or text(who, "team_id")
    found = [doctor_words.bot_token_works(patient.which, text(who, "team"), team)]
    granted = {scope.strip() for scope in _header(response, "x-oauth-scopes").split(",")}
    missing = sorted(set(scopes) - granted)
    # Without the header nothing is known of the scopes.
    return team, [*found, doctor_words.scopes_missing(team, missing)] if missing and granted != {""} else found


async def look_at_app_token(token: str, api_url: str) -> Diagnosis:
    """Whether Socket Mode could connect."""
    try:
        await client_for(token, api_url).apps_connections_open(app_token=token)
    except SlackApiError as error:
        return _refused(error, doctor_words.APP_TOKEN, doctor_words.app_token_refused)
    except UNREACHED as error:
        return _away(api_url, error)
    return doctor_words.app_token_works()


def _away(url: str, error: BaseException) -> Diagnosis:
    if why := distrusted(error):
        return doctor_words.slack_untrusted(url, why)
    return doctor_words.slack_away(url, how_unreached(error))


def _refused(error: SlackApiError, asked: str, refused: Callable[[str], Diagnosis]) -> Diagnosis:
    """Slack's no, where it is one for good; what is over in a moment, and a proxy's page, say nothing about a token."""
    if (code := reason(error)) in FOR_GOOD | _NO_SUCH:
        return refused(code)
    return doctor_words.slack_odd(asked, named(error), is_slack=bool(code))


async def look_at_channels(client: AsyncWebClient, team: str, wanted: Iterable[str]) -> list[Diagnosis]:
    """Whether Candor is in the channels where drafts are to be reviewed."""
    names = sorted(wanted)
    if not names:
        return [doctor_words.no_channels(team)]
    try:
        own = {key async for channel in _channels(client, own=True) for key in _keys(channel)}
        absent = [name for name in names if name not in own]
        others = set[str]()
        if absent:
            others = {key async for channel in _channels(client, own=False) for key in _keys(channel)}
    except SlackApiError as error:
        return [_refused(error, doctor_words.channels_of(team), partial(doctor_words.channels_unread, team))]
    except UNREACHED as error:
        return [_away(client.base_url, error)]
    away = [doctor_words.not_in_channel if name in others else doctor_words.no_such_channel for name in absent]
    inside = [doctor_words.in_channel(team, name) for name in names if name in own]
    return [*inside, *(say(team, name) for say, name in zip(away, absent, strict=True))]


async def _channels(client: AsyncWebClient, *, own: bool) -> AsyncIterator[Json]:
    method = "users.conversations" if own else "conversations.list"
    asked: Json = {"types": "public_channel,private_channel", "exclude_archived": "1", "limit": _CHECKUP_PAGE}
    pages = listed(lambda at: client.api_call(method, http_verb="GET", params=asked | {"cursor": at}), "channels")
    async for channel in pages:
        yield channel


def _header(response: object, name: str) -> str:
    headers = cast("Mapping[str, str]", getattr(response, "headers", {}))
    return {key.lower(): value for key, value in headers.items()}.get(name, "")


def _keys(channel: Json) -> tuple[str, str]:
    return text(channel, "id"), text(channel, "name")
