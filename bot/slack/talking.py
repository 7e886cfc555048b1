"""What people do in a conversation besides writing: stop an answer, ask for it again, open the messages tab."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.words import talk as words
from bot.slack.clicks import team_of
from bot.slack.failures import UNREACHED
from bot.slack.json import items, part, text
from bot.slack.speech_blocks import AGAIN, STOP, turn_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.flows.take_turn import TakeTurn
    from bot.slack.clients import Clients
    from bot.slack.json import Json

OPENED = "app_home_opened"
_MESSAGES_TAB = "messages"


@dataclass(frozen=True, slots=True)
class Talking:
    """Each returns only when what was clicked is durable."""

    take: TakeTurn
    clients: Clients
    prompts: tuple[tuple[str, str], ...] = words.PROMPTS
    """What is offered to begin with: (label, message)."""

    async def stop(self, body: Json) -> None:
        """Stop an answer."""
        turn_id = turn_in(_value(body), team_of(body))
        if not (turn_id and await self.take.stop(turn_id)):
            await self._tell_gone(body)

    async def again(self, body: Json) -> None:
        """Ask for a failed answer anew."""
        value, _, attempt = _value(body).partition("|")
        turn_id = turn_in(value, team_of(body))
        if not (turn_id and attempt.isdecimal() and await self.take.again(turn_id, int(attempt))):
            await self._tell_gone(body)

    async def suggest(self, body: Json) -> None:
        """Offer somebody who opens the messages tab what to begin with. A failure does not matter."""
        event = part(body, "event")
        if text(event, "tab") != _MESSAGES_TAB:
            return
        prompts = [{"title": title, "message": message} for title, message in self.prompts]
        with suppress(SlackApiError, *UNREACHED):
            # Without a thread: with one the call does nothing, as each message begins a thread of its own.
            await self.clients.of(text(body, "team_id")).client.assistant_threads_setSuggestedPrompts(
                channel_id=text(event, "channel"), title=words.PROMPTS_TITLE, prompts=prompts
            )

    async def _tell_gone(self, body: Json) -> None:
        container = part(body, "container")
        thread = text(container, "thread_ts") or text(container, "message_ts")
        with suppress(SlackApiError, *UNREACHED):
            await self.clients.of(team_of(body)).client.chat_postEphemeral(
                channel=text(container, "channel_id"),
                user=text(part(body, "user"), "id"),
                thread_ts=thread,
                text=words.GONE,
            )


def register_talking(app: AsyncApp, talking: Talking) -> None:
    """Listen to the buttons of answers, and to who opens the messages tab."""

    async def on_opened(body: Json) -> None:
        await talking.suggest(body)

    async def on_stop(body: Json, ack: AsyncAck) -> None:
        await talking.stop(body)
        await ack()

    async def on_again(body: Json, ack: AsyncAck) -> None:
        await talking.again(body)
        await ack()

    app.event(OPENED)(on_opened)
    listeners: dict[str, Callable[..., object]] = {STOP: on_stop, AGAIN: on_again}
    for name, listener in listeners.items():
        app.action(name)(listener)


def _value(body: Json) -> str:
    return text(items(body, "actions")[0], "value")
