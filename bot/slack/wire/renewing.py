"""Tokens that end: exchanged for new ones in good time, by one process at a time."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.wire.clients import UNREACHED, client_for
from bot.slack.wire.payloads import answer, named, text

if TYPE_CHECKING:
    from bot.core.installing import Home, Installation, Installations
    from bot.core.ports import Clock

_LOG = logging.getLogger(__name__)
_BEFORE = 2 * 3600.0
"""Seconds before its end that a token is exchanged; Slack's live for twelve hours."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """Exchanges tokens, where the app has token rotation switched on."""

    store: Installations
    client_id: str
    client_secret: str
    api_url: str
    clock: Clock

    async def renew(self, home: Home, installation: Installation) -> None:
        """Exchange a token that ends soon; nothing for the others, and where another process is at it."""
        if installation.expires_at is None or installation.expires_at > self.clock.now() + _BEFORE:
            return
        if not await self.store.may_renew(home):
            return
        # Another process may just have done it: a refresh token is good once.
        newest = await self.store.find(home)
        if newest is None or newest.refresh_token != installation.refresh_token:
            return
        try:
            await self.store.renewed(await self._exchanged(newest))
        except SlackApiError as error:
            _LOG.warning("the token of %s cannot be renewed: %s", home.key, named(error))
        except UNREACHED as error:
            _LOG.warning("the token of %s cannot be renewed yet: %s", home.key, type(error).__name__)

    async def _exchanged(self, installation: Installation) -> Installation:
        got = answer(
            await client_for("", self.api_url).oauth_v2_access(
                client_id=self.client_id,
                client_secret=self.client_secret,
                grant_type="refresh_token",
                refresh_token=installation.refresh_token,
            )
        )
        return replace(
            installation,
            token=text(got, "access_token"),
            refresh_token=text(got, "refresh_token"),
            expires_at=self.clock.now() + float(got["expires_in"]),
        )
