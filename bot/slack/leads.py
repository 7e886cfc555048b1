"""Who the brand leads of a workspace are."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.errors import TryLater
from bot.slack.failures import UNREACHED
from bot.slack.json import answer, items, part, reason, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.core.ports import Clock
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_LOG = logging.getLogger(__name__)
_KNOWN_FOR = 600.0
"""Seconds that the list is believed: people come, go and change their roles."""
_PAGE = 200
_PAUSE = 3.0
"""Seconds between two pages of people: Slack allows about 20 such calls a minute."""
_AFTER = 60.0


class SlackBrandLeads:
    """The `BrandLeads` port: whom the settings name, or else the workspace's admins and owners."""

    def __init__(self, clients: Clients, named: tuple[str, ...], clock: Clock) -> None:
        """``named`` are user ids of any of the workspaces."""
        self._clients = clients
        self._named = named
        self._clock = clock
        self._known: dict[str, tuple[tuple[str, ...], float]] = {}

    async def of(self, team: str) -> tuple[str, ...]:
        """Their user ids; empty where nobody is known. Raises `TryLater` where Slack does not answer."""
        if self._named and len(list(self._clients)) == 1:
            return self._named
        leads, read_at = self._known.get(team, ((), float("-inf")))
        if self._clock.now() - read_at > _KNOWN_FOR:
            leads = await self._ask(team)
            self._known[team] = (leads, self._clock.now())
        return leads

    async def includes(self, team: str, user: str) -> bool:
        """Whether somebody is one at this moment. Raises `TryLater` where Slack does not say."""
        if self._named and len(list(self._clients)) == 1:
            return user in self._named
        leads = await self.of(team)
        try:
            person = part(answer(await self._clients.of(team).client.users_info(user=user)), "user")
        except (SlackApiError, *UNREACHED):
            raise TryLater(_AFTER) from None
        runs = bool(person.get("is_admin") or person.get("is_owner") or user in self._named)
        return user in leads and runs and not _is_gone(person)

    async def _ask(self, team: str) -> tuple[str, ...]:
        try:
            people = [person async for person in self._people(team) if not _is_gone(person)]
        except SlackApiError as error:
            if reason(error) != "missing_scope":
                raise TryLater(_AFTER) from None
            _LOG.warning("the brand leads of %s are unknown: the app lacks the scope users:read", team)
            return ()
        except UNREACHED:
            raise TryLater(_AFTER) from None
        named = tuple(person["id"] for person in people if person["id"] in self._named)
        return named or tuple(person["id"] for person in people if person.get("is_admin") or person.get("is_owner"))

    async def _people(self, team: str) -> AsyncIterator[Json]:
        cursor = ""
        while True:
            page = answer(await self._clients.of(team).client.users_list(limit=_PAGE, cursor=cursor))
            for person in items(page, "members"):
                yield person
            cursor = text(part(page, "response_metadata"), "next_cursor")
            if not cursor:
                return
            await self._clock.sleep(_PAUSE)


def _is_gone(person: Json) -> bool:
    return bool(person.get("is_bot") or person.get("deleted"))
