"""The names of people and channels that a message mentions by their ids, as its author sees them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from slack_sdk.errors import SlackApiError

from bot.core.errors import NotInstalled
from bot.slack.failures import UNREACHED
from bot.slack.json import answer, part, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.ports import Clock
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_KNOWN_FOR, _UNKNOWN_FOR = 600.0, 60.0
"""Seconds that a name is believed, and that Slack is not asked again for one that it did not give."""
_MOST = 20
"""Names of one message: Slack allows about 100 calls a minute for people and 50 for channels."""
_KEPT = 5_000
"""Names in memory."""
_PATIENCE = 1.0
"""Seconds for all of a message's names: Slack waits three for what it told."""
_PEOPLE = ("U", "W")
_CALLS = ("@U", "@W", "#C", "#G")


class SlackNames:
    """Asks Slack and remembers for a while, in memory only. A name that cannot be had is left out: nothing waits."""

    def __init__(self, clients: Clients, clock: Clock) -> None:
        self._clients, self._clock = clients, clock
        self._known: dict[tuple[str, str], tuple[str, float]] = {}

    async def of(self, team: str, item: Json) -> dict[str, str]:
        """The names by id for a message as Slack gives it."""
        try:
            installed = self._clients.of(team)
        except NotInstalled:
            return {}
        wanted = [one for one in dict.fromkeys(_ids(item)) if one != installed.bot_user][:_MOST]
        if new := [one for one in wanted if not self._is_known(team, one)]:
            await self._ask(team, new, installed.client)
        return {one: name for one in wanted if (name := self._known.get((team, one), ("", 0.0))[0])}

    def _is_known(self, team: str, one: str) -> bool:
        return self._known.get((team, one), ("", float("-inf")))[1] > self._clock.now()

    async def _ask(self, team: str, new: list[str], client: AsyncWebClient) -> None:
        if len(self._known) > _KEPT:
            self._known.clear()
        for one in new:  # until Slack says something else
            self._known[team, one] = ("", self._clock.now() + _UNKNOWN_FOR)
        tasks = [asyncio.create_task(self._learn(team, one, client)) for one in new]
        _, late = await asyncio.wait(tasks, timeout=_PATIENCE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _learn(self, team: str, one: str, client: AsyncWebClient) -> None:
        try:
            name = await (_person(one, client) if one.startswith(_PEOPLE) else _channel(one, client))
        except (SlackApiError, *UNREACHED):
            return
        self._known[team, one] = (name, self._clock.now() + _KNOWN_FOR)


async def _person(user: str, client: AsyncWebClient) -> str:
    about = part(answer(await client.users_info(user=user)), "user")
    profile = part(about, "profile")
    return text(profile, "display_name") or text(profile, "real_name") or text(about, "name")


async def _channel(channel: str, client: AsyncWebClient) -> str:
    return text(part(answer(await client.conversations_info(channel=channel)), "channel"), "name")


def _ids(item: Json) -> Iterator[str]:
    """The ids of people and channels whose names the message does not say, whatever shape it has."""
    blocks: object = item.get("blocks")
    yield from _in_blocks(blocks)
    if not blocks:
        yield from _in_markup(item.get("text"))
    yield from _in_blocks(item.get("attachments"))


def _in_blocks(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for one in cast("list[object]", value):
            yield from _in_blocks(one)
    elif isinstance(value, dict):
        element = cast("dict[str, object]", value)
        yield from (one for one in (element.get("user_id"), element.get("channel_id")) if isinstance(one, str))
        yield from _in_markup(element.get("text"))
        for one in element.values():
            yield from _in_blocks(one)


def _in_markup(words: object) -> Iterator[str]:
    """``<@U1>`` and ``<#C1>``, but not ``<@U1|mika>``."""
    for piece in words.split("<")[1:] if isinstance(words, str) else ():
        target, closing, _ = piece.partition(">")
        if closing and target.startswith(_CALLS) and target[1:].isalnum():
            yield target[1:]
