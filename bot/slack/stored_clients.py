"""The workspaces that installed Candor by OAuth, also while it runs, on every process that shares the store."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.errors import Locked
from bot.core.installation import Home
from bot.slack.clients import Clients, client_for
from bot.slack.clients import Installed as Connected
from bot.slack.failures import UNREACHED
from bot.slack.json import answer, items, part, reason, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.installation import Installation
    from bot.core.installation_ports import Installations
    from bot.core.ports import Clock
    from bot.slack.clients import Late
    from bot.slack.renewal import Renewal

_LOG = logging.getLogger(__name__)
_KNOWN_FOR = 5.0
"""Seconds that the list of installations is believed; one cheap query reads it."""
_PAGE = 200


class StoredClients(Clients):
    """As `Clients`, and besides those with tokens of the settings what the store has. Safe to read from many tasks."""

    def __init__(
        self,
        tokens: Iterable[Connected],
        store: Installations,
        renewal: Renewal,
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
            if self._clock.now() - self._read_at < older_than:
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
        """Do not talk to it any more."""
        super().forget(home)
        self._homes.pop(home, None)
        self._arrange()

    def _join(self, one: Connected) -> None:
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
                self._by_team[team] = _connected(team, installation, self._api_url, told)

    async def _authorized(self, enterprise: str, team: str) -> Connected | None:
        """Without a team the organisation's installation speaks: Slack names the workspace elsewhere, if at all."""
        if team and await self.ready(team, enterprise):
            return self.of(team)
        await self.renew(0)
        found = self._homes.get(Home("", enterprise)) if enterprise else None
        return _connected(team, found[1], self._api_url, team) if found else None

    async def _teams_of(self, installation: Installation) -> list[str]:
        client, teams, cursor = client_for(installation.token, self._api_url), list[str](), ""
        try:
            while True:
                page = answer(await client.auth_teams_list(limit=_PAGE, cursor=cursor or None))
                teams += [text(team, "id") for team in items(page, "teams")]
                cursor = text(part(page, "response_metadata"), "next_cursor")
                if not cursor:
                    return teams
        except SlackApiError as error:
            _LOG.warning("Slack does not list the workspaces of %s: %s", installation.home.key, reason(error))
        except UNREACHED as error:
            _LOG.warning("Slack does not list the workspaces of %s: %s", installation.home.key, type(error).__name__)
        return teams


def _connected(team: str, installation: Installation, api_url: str, told: str) -> Connected:
    client = client_for(installation.token, api_url, told)
    return Connected(team, installation.home.enterprise, installation.bot_user, installation.bot_id, client)
