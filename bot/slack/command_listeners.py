"""What Candor listens to around its slash command: the command, the question before a deletion, invitations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.command import NAME
from bot.core.words import privacy as words
from bot.slack.clicks import team_of
from bot.slack.command_blocks import DELETE, KEEP
from bot.slack.elements import section
from bot.slack.introduction import SWITCH_OFF, SWITCH_ON
from bot.slack.json import items, part, text
from bot.slack.responding import respond

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.core.privacy_ports import PersonJobs
    from bot.slack.commands import Commands
    from bot.slack.introduction import Arrivals
    from bot.slack.json import Json

JOINED = "member_joined_channel"


@dataclass(frozen=True, slots=True)
class Deletions:
    """The answer to the question whether somebody's data is to be deleted."""

    people: PersonJobs

    async def delete(self, body: Json) -> None:
        """It is durable when this returns; a click that is repeated counts once."""
        key = text(items(body, "actions")[0], "value")
        await self.people.forget_person(team_of(body), text(part(body, "user"), "id"), key)
        await _instead(body, words.DELETING)

    async def keep(self, body: Json) -> None:
        """Nothing happens."""
        await _instead(body, words.KEPT)


async def _instead(body: Json, said: str) -> None:
    content: Json = {"replace_original": True, "text": said, "blocks": [section(said)]}
    await respond(text(body, "response_url"), content)


def register_commands(app: AsyncApp, commands: Commands, deletions: Deletions) -> None:
    """Listen. Every answer is seen by one person alone."""

    @app.command(NAME)
    async def on_command(body: Json, ack: AsyncAck) -> None:
        answer = await commands.answer(body)
        await (ack(response_type="ephemeral", **answer) if answer else ack())

    @app.action(DELETE)
    async def on_delete(body: Json, ack: AsyncAck) -> None:
        await deletions.delete(body)
        await ack()

    @app.action(KEEP)
    async def on_keep(body: Json, ack: AsyncAck) -> None:
        await deletions.keep(body)
        await ack()

    del on_command, on_delete, on_keep


def register_arrivals(app: AsyncApp, arrivals: Arrivals) -> None:
    """Listen to invitations, and to the button of the introduction."""

    @app.event(JOINED)
    async def on_joined(body: Json) -> None:
        await arrivals.joined(body)

    @app.action(SWITCH_ON)
    async def on_switch_on(body: Json, ack: AsyncAck) -> None:
        await arrivals.switched(body, on=True)
        await ack()

    @app.action(SWITCH_OFF)
    async def on_switch_off(body: Json, ack: AsyncAck) -> None:
        await arrivals.switched(body, on=False)
        await ack()

    del on_joined, on_switch_on, on_switch_off
