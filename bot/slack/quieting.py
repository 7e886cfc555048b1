"""Proposals to make a guideline quieter: direct messages to brand leads, and what they answer."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.message import Place
from bot.core.quieting import Subject
from bot.core.words import audience
from bot.core.words import quieting as words
from bot.slack.clicks import team_of
from bot.slack.direct import SlackDirectMessages
from bot.slack.elements import actions, button, plain, section
from bot.slack.json import answer, items, part, text
from bot.slack.mrkdwn import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.presence import Notice
    from bot.flows.settle_quieting import SettleQuieting
    from bot.slack.clients import Clients
    from bot.slack.json import Json

ACCEPT, LEAVE, EXAMPLES = "candor_quiet_accept", "candor_quiet_leave", "candor_quiet_examples"


class QuietingMessages(SlackDirectMessages):
    """The `DirectMessages` port for proposals: the notice's key stands in the buttons."""

    def _blocks(self, notice: Notice, said: str) -> list[Json]:
        offered = ((ACCEPT, words.ACCEPT), (LEAVE, words.LEAVE), (EXAMPLES, words.EXAMPLES))
        return [section(said), actions(*(button(name, label, notice.key) for name, label in offered))]


class QuietingClicks:
    """What brand leads answer. ``titles`` say what is wrong, by the guidelines' ids."""

    def __init__(self, settle: SettleQuieting, clients: Clients, titles: Mapping[str, str]) -> None:
        self._settle = settle
        self._clients = clients
        self._titles = titles

    def register(self, app: AsyncApp) -> None:
        """Listen. Slack is answered only when what was decided is durable."""
        clicked = {ACCEPT: self.accept, LEAVE: self.leave, EXAMPLES: self.examples}

        async def on_click(body: Json, ack: AsyncAck) -> None:
            if subject := Subject.parse(text(items(body, "actions")[0], "value")):
                await clicked[items(body, "actions")[0]["action_id"]](body, subject)
            await ack()

        for name in clicked:
            app.action(name)(on_click)

    async def accept(self, body: Json, subject: Subject) -> None:
        """Make it one to consider."""
        user = text(part(body, "user"), "id")
        done = await self._settle.accept(team_of(body), user, subject)
        title = escaped(self._titles.get(subject.guideline, subject.guideline))
        await self._say(body, words.accepted(title, user) if done else words.ONLY_LEADS)

    async def leave(self, body: Json, subject: Subject) -> None:
        """Leave it."""
        done = await self._settle.leave(team_of(body), text(part(body, "user"), "id"), subject)
        await self._say(body, words.LEFT if done else words.ONLY_LEADS)

    async def examples(self, body: Json, subject: Subject) -> None:
        """Open a window at once, because Slack waits for three seconds only, and fill it then."""
        client = self._client(body)
        opened = answer(await client.views_open(trigger_id=text(body, "trigger_id"), view=_window(words.LOOKING)))
        user = text(part(body, "user"), "id")
        shown, hidden = await self._settle.examples(team_of(body), user, subject)
        drafts = [Place.of(draft_id) for draft_id in shown]
        links = [(float(place.ts), await _link(client, place)) for place in drafts]
        found = words.examples([(moment, link) for moment, link in links if link])
        elsewhere = audience.examples(hidden) if hidden.number else words.NO_EXAMPLES
        window = _window(f"{words.OPEN}\n{found}" if found else elsewhere)
        await client.views_update(view_id=text(part(opened, "view"), "id"), view=window)

    async def _say(self, body: Json, said: str) -> None:
        container = part(body, "container")
        with suppress(SlackApiError):  # what counts is kept
            await self._client(body).chat_update(
                channel=text(container, "channel_id"),
                ts=text(container, "message_ts"),
                text=said,
                blocks=[section(said)],
            )

    def _client(self, body: Json) -> AsyncWebClient:
        return self._clients.of(team_of(body)).client


async def _link(client: AsyncWebClient, place: Place) -> str:
    with suppress(SlackApiError):  # it may be gone
        found = answer(await client.chat_getPermalink(channel=place.channel, message_ts=place.ts))
        return text(found, "permalink")
    return ""


def _window(said: str) -> Json:
    return {"type": "modal", "title": plain(words.EXAMPLES_TITLE), "close": plain("Close"), "blocks": [section(said)]}
