"""The clients of workspaces that installed Candor, with tokens that are exchanged before they end."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from slack_sdk.errors import SlackApiError

from bot.core.errors import Locked, TryLater
from bot.core.installing import Home
from bot.slack.wire.clients import ENDED, LONGEST_PAUSE, UNREACHED, Clients, Late, WorkspaceClient, client_for
from bot.slack.wire.payloads import answer, listed, named, reason, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.installing import Installation, Installations
    from bot.core.ports import Clock

_LOG = logging.getLogger(__name__)


# Tokens that end: exchanged for new ones in good time, by one process at a time.

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


# The workspaces that installed Candor by OAuth, also while it runs, on every process that shares the store.

_KNOWN_FOR = 5.0
"""Seconds that the list of installations is believed; one cheap query reads it."""
_PAGE = 200


class Renews(Protocol):
    """Exchanges tokens that end (`bot.slack.wire.installed`)."""

    async def renew(self, home: Home, installation: Installation) -> None: ...


class StoredClients(Clients):
    """As `Clients`, and besides those with tokens of the settings what the store has. Safe to read from many tasks."""

    def __init__(
        self,
        tokens: Iterable[WorkspaceClient],
        store: Installations,
        renewal: Renews,
        api_url: str,
        clock: Clock,
        late: Late | None = None,
    ) -> None:
        super().__init__(tokens, late)
        self._fixed = frozenset(self._by_team)
        self._store, self._renewal = store, renewal
        self._api_url, self._clock = api_url, clock
        self._homes: dict[Home, tuple[str, Installation]] = {}
        self._broken: dict[Home, str] = {}
        self._covered: dict[str, str] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def ready(self, team: str, enterprise: str = "") -> bool:
        """True where Candor is installed, also when that happened just now: an unknown workspace is looked up at once.

        A workspace of an organisation that installed Candor is taken in when Slack sends its first event.
        """
        await self.renew(_KNOWN_FOR if team in self._by_team else 0)
        if team and team not in self._by_team and Home("", enterprise) in self._homes:
            await self._store.cover(team, enterprise)
            await self.renew(0)
        return team in self._by_team

    async def renew(self, older_than: float = _KNOWN_FOR) -> None:
        """Read the list again where it is older than that many seconds."""
        async with self._reading:
            if 0 <= self._clock.now() - self._read_at < older_than:  # else the clock may have been set back
                return
            there = await self._store.installed()
            self._read_at = self._clock.now()
            for home in self._homes.keys() - there.stamps.keys():
                del self._homes[home]
            for home, stamp in there.stamps.items():
                await self._take(home, stamp)
            self._covered = there.covered
            self._arrange()

    def forget(self, home: Home) -> None:
        super().forget(home)
        self._homes.pop(home, None)
        self._arrange()

    async def ended(self, home: Home) -> float | None:
        """Up to which moment of installing the home's installations have ended; None where Slack takes the token.

        One that no key opens has ended, too. Raises `TryLater` while Slack has no answer.
        """
        try:
            installation = await self._store.find(home)
        except Locked:
            return float("inf")
        if installation is None:
            return float("-inf")
        try:
            await client_for(installation.token, self._api_url).auth_test()
        except SlackApiError as error:
            if reason(error) in ENDED:
                return installation.installed_at
            raise TryLater(LONGEST_PAUSE) from None
        except UNREACHED:
            raise TryLater(LONGEST_PAUSE) from None
        return None

    def _join(self, one: WorkspaceClient) -> None:
        self._fixed |= {one.team}
        super()._join(one)

    async def exchange_tokens(self) -> None:
        """Exchange the tokens that end soon. To be called every few minutes."""
        for home, (_, installation) in tuple(self._homes.items()):
            await self._renewal.renew(home, installation)
        await self.renew(0)

    async def list_organisations(self) -> None:
        """Ask Slack which workspaces the installations of organisations cover. To be called now and then."""
        for home, (_, installation) in tuple(self._homes.items()):
            if home.is_organisation:
                for team in await self._teams_of(installation):
                    await self._store.cover(team, home.enterprise)

    async def _take(self, home: Home, stamp: str) -> None:
        """One that cannot be opened is told in the log, once; the others do not wait for it."""
        if self._homes.get(home, (None, None))[0] == stamp or self._broken.get(home) == stamp:
            return
        try:
            installation = await self._store.find(home)
        except Locked:
            self._homes.pop(home, None)
            self._broken[home] = stamp
            _LOG.warning("the installation in %s cannot be opened with any of ENCRYPTION_KEYS", home.key)
            return
        if installation:
            self._homes[home] = (stamp, installation)

    def _arrange(self) -> None:
        """From installations to clients: an installation of one's own is nearer than the organisation's."""
        wanted: dict[str, tuple[Installation, str]] = {}
        for team, enterprise in self._covered.items():
            if found := self._homes.get(Home("", enterprise)):
                wanted[team] = (found[1], team)
        for home, (_, installation) in self._homes.items():
            if not home.is_organisation:
                wanted[home.team] = (installation, "")
        for team in self._by_team.keys() - wanted.keys() - self._fixed:
            del self._by_team[team]
        for team, (installation, told) in wanted.items():
            known = self._by_team.get(team)
            if known is None or known.client.token != installation.token:
                self._by_team[team] = _connected(team, installation, self._api_url, told=told)

    async def _authorized(self, enterprise: str, team: str) -> WorkspaceClient | None:
        """Without a team the organisation's installation speaks: Slack names the workspace elsewhere, if at all."""
        if team and await self.ready(team, enterprise):
            return self.of(team)
        await self.renew(0)
        found = self._homes.get(Home("", enterprise)) if enterprise else None
        return _connected(team, found[1], self._api_url, told=team) if found else None

    async def _teams_of(self, installation: Installation) -> list[str]:
        client, teams = client_for(installation.token, self._api_url), list[str]()
        try:
            async for team in listed(lambda at: client.auth_teams_list(limit=_PAGE, cursor=at or None), "teams"):
                teams.append(text(team, "id"))
        except SlackApiError as error:
            _LOG.warning("Slack does not list the workspaces of %s: %s", installation.home.key, reason(error))
        except UNREACHED as error:
            _LOG.warning("Slack does not list the workspaces of %s: %s", installation.home.key, type(error).__name__)
        return teams


def _connected(team: str, installation: Installation, api_url: str, told: str) -> WorkspaceClient:
    client = client_for(installation.token, api_url, told)
    return WorkspaceClient(
        team, installation.home.enterprise, installation.bot_user, bot_id=installation.bot_id, client=client
    )
