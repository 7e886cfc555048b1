"""Installing Candor in workspaces by OAuth. Slack's own library does it; what it gives is kept in the store."""

from __future__ import annotations

import asyncio
import json
import logging
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.stateless import StatelessOAuthStateStore
from slack_sdk.oauth.state_utils import OAuthStateUtils

from bot.core.installation import Admission, Home, Installation
from bot.slack.clients import client_for
from bot.slack.failures import UNREACHED
from bot.slack.install_pages import done_page, failed_page, waiting_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slack_bolt.oauth.async_callback_options import AsyncFailureArgs, AsyncSuccessArgs
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_bolt.response import BoltResponse
    from slack_sdk.oauth.installation_store import Installation as Given

    from bot.core.installation_ports import Installations
    from bot.core.ports import Clock

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
    """The library's state is the same for all visitors of a second; this one is nobody else's."""

    def issue(self, *args: object, **kwargs: object) -> str:
        """A signed state with a random part."""
        header, payload, _ = super().issue(*args, **kwargs).split(".")
        claims = json.loads(self._b64url_decode(payload)) | {"jti": token_urlsafe(16)}
        payload = self._b64url_encode(json.dumps(claims, separators=(",", ":")).encode())
        return f"{header}.{payload}.{self._sign(f'{header}.{payload}')}"


class _Cookie(OAuthStateUtils):
    """Goes along when Slack sends the browser back, and with nothing else that another site makes it do."""

    def build_set_cookie_for_new_state(self, state: str) -> str:
        """The header's value."""
        return f"{super().build_set_cookie_for_new_state(state)}; SameSite=Lax"

    def build_set_cookie_for_deletion(self) -> str:
        """The header's value."""
        return f"{super().build_set_cookie_for_deletion()}; SameSite=Lax"


def install_flow(
    app: tuple[str, str], scopes: Sequence[str], addresses: tuple[str, str], installations: Installations, clock: Clock
) -> InstallFlow:
    """The flow for an app, (client id, client secret), and (our public address, Slack's Web API).

    Its state is signed and not stored, so that any process may take the person who comes back; a cookie ties it to
    the browser, and Slack takes a code only once.
    """
    client_id, client_secret = app
    public_url, api_url = addresses
    state = _States(expiration_seconds=_SECONDS, signing_secret=client_secret, logger=_SILENT)
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
