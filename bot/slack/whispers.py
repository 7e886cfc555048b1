"""A line for one person alone, in the thread of the draft that they clicked about."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.json import part, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.click import Click
    from bot.slack.json import Json


async def whisper(
    client: AsyncWebClient, body: Json, said: str, click: Click | None = None, blocks: list[Json] | None = None
) -> None:
    """Say it. Without ``click``, in the thread of the message that the button belongs to.

    ``blocks`` stand in place of the words, where there are some.
    """
    container = part(body, "container")
    channel = click.place.channel if click else text(container, "channel_id")
    thread = click.place.ts if click else text(container, "thread_ts") or text(container, "message_ts")
    with suppress(SlackApiError):  # the draft, or the person, may have left the channel
        await client.chat_postEphemeral(
            channel=channel, user=text(part(body, "user"), "id"), thread_ts=thread, text=said, blocks=blocks
        )
