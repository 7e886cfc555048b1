"""Candor introduces itself in a channel, with a button that switches reviews on or off there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from slack_sdk.errors import SlackApiError

from bot.core.errors import TryLater
from bot.core.words import introduction as words
from bot.slack.clicks import team_of
from bot.slack.elements import actions, button, section
from bot.slack.failures import reading
from bot.slack.json import answer, items, part, text

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.core.personal_data import Introduction
    from bot.flows.introduce import Introduce
    from bot.flows.switch_channel import SwitchChannel
    from bot.slack.clients import Clients
    from bot.slack.json import Json

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
        """Say it. Raises `Unreadable`."""
        with reading():
            await self._clients.of(introduction.team).client.chat_postMessage(
                channel=introduction.channel,
                text=words.SUMMARY,
                blocks=introduction_blocks(introduction),
                metadata={"event_type": _EVENT, "event_payload": {"key": f"introduction:{introduction.channel}"}},
                unfurl_links=False,
                unfurl_media=False,
            )


def introduction_blocks(introduction: Introduction) -> list[Json]:
    """What Candor is, what it reads and stores, and how to keep it away."""
    on = introduction.switched_on
    switch = button(*((SWITCH_OFF, words.SWITCH_OFF) if on else (SWITCH_ON, words.SWITCH_ON)), introduction.channel)
    lines = [words.HELLO, words.ON if on else words.OFF, words.data(introduction), words.QUIET]
    return [*(section(line) for line in lines), actions(switch)]


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
            refused = await self.switch(team, text(part(body, "user"), "id"), channel, on=on)
        except TryLater:
            await self._tell(body, words.LATER)
            return
        if refused is not None:
            await self._tell(body, words.only_leads(refused))
            return
        blocks = introduction_blocks(await self.introduce.about(team, channel))
        with suppress(SlackApiError):  # what counts is kept
            await self.clients.of(team).client.chat_update(
                channel=channel, ts=text(part(body, "container"), "message_ts"), text=words.SUMMARY, blocks=blocks
            )

    async def _tell(self, body: Json, said: str) -> None:
        user, channel = text(part(body, "user"), "id"), text(part(body, "container"), "channel_id")
        with suppress(SlackApiError):  # the person may have left the channel
            await self.clients.of(team_of(body)).client.chat_postEphemeral(channel=channel, user=user, text=said)
