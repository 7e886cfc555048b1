"""Drafts that are written in Candor's window: opening it, posting what stands in it, changing and removing that."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.composing import Composed, Composition, Sheet
from bot.core.errors import Unreadable
from bot.core.markets import names_a_place, nearest_place
from bot.core.message import Place
from bot.core.words import composer as words
from bot.slack import forms
from bot.slack.clicks import team_of
from bot.slack.compose_window import CHANNEL, MARKET, TEXT, composition_of, edit_window, new_window
from bot.slack.json import part, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.home_ports import JoinedChannels
    from bot.core.settings_ports import WorkspaceSettingsOf
    from bot.flows.audience import WhoSees
    from bot.flows.compose_draft import ComposeDraft, EditComposed, RemoveComposed
    from bot.slack.clients import Clients
    from bot.slack.json import Json

_AT_CHANNEL = (Composed.ABSENT,)


@dataclass(frozen=True, slots=True)
class Composing:
    """Returns only when what was written is durable. A window that is refused stays open with all that was typed."""

    compose: ComposeDraft
    edit: EditComposed
    remove: RemoveComposed
    settings: WorkspaceSettingsOf
    joined: JoinedChannels
    clients: Clients
    sees: WhoSees

    async def open(self, body: Json) -> None:
        """Open an empty window."""
        team = team_of(body)
        view = new_window(await self._suggested(team, text(part(body, "user"), "id")))
        await self._client(body).views_open(trigger_id=text(body, "trigger_id"), view=view)

    async def submit(self, body: Json) -> dict[str, str]:
        """Post the draft; what is wrong, by input."""
        view, composition = part(body, "view"), composition_of(part(body, "view"))
        channel = forms.given(view).get(CHANNEL, "")
        if wrong := _wrong(composition) | ({} if channel else {CHANNEL: words.NO_CHANNEL}):
            return wrong
        user = text(part(body, "user"), "id")
        done = await self.compose(Sheet(team_of(body), user, channel, text(view, "id"), composition))
        return _told(done, CHANNEL if done in _AT_CHANNEL else TEXT)

    async def open_edit(self, body: Json) -> None:
        """Open the window with the draft as it is, for its author alone."""
        draft_id = _draft_of(body)
        found = await self.edit.begin(draft_id, text(part(body, "user"), "id"))
        if isinstance(found, Composition):
            view = edit_window(found, draft_id)
            await self._client(body).views_open(trigger_id=text(body, "trigger_id"), view=view)
        else:
            await self._tell(body, found)

    async def save(self, body: Json) -> dict[str, str]:
        """Keep what the author changed; what is wrong, by input."""
        view, composition = part(body, "view"), composition_of(part(body, "view"))
        if wrong := _wrong(composition):
            return wrong
        draft_id, user = text(view, "private_metadata"), text(part(body, "user"), "id")
        if draft_id.partition(":")[0] != team_of(body):
            return _told(Composed.GONE, TEXT)
        return _told(await self.edit(draft_id, user, composition), TEXT)

    async def delete(self, body: Json) -> None:
        """Remove the draft with all that was said about it."""
        done = await self.remove(_draft_of(body), text(part(body, "user"), "id"))
        if done is not Composed.DONE:
            await self._tell(body, done)

    async def _suggested(self, team: str, user: str) -> list[str]:
        """The ids of the channels for drafts, as far as they are known and the person reads them."""
        wanted = (await self.settings.of(team)).draft_channels
        joined: dict[str, str] = {}
        with suppress(Unreadable):
            joined = await self.joined.of(team)
        ids = joined | {name: channel for channel, name in joined.items()}
        found = [name if name in joined else ids[name] for name in wanted if name in ids]
        return list((await self.sees.channels(team, user, found)).parted(found)[0])

    async def _tell(self, body: Json, what: Composed) -> None:
        place = Place.of(_draft_of(body))
        with suppress(SlackApiError):  # the person may have left the channel
            await self._client(body).chat_postEphemeral(
                channel=place.channel, user=text(part(body, "user"), "id"), text=words.TOLD[what]
            )

    def _client(self, body: Json) -> AsyncWebClient:
        return self.clients.of(team_of(body)).client


def _draft_of(body: Json) -> str:
    """The id of the draft that the clicked message shows."""
    container = part(body, "container")
    return Place(team_of(body), text(container, "channel_id"), text(container, "message_ts")).draft_id


def _wrong(composition: Composition) -> dict[str, str]:
    has_words = any(c.isalnum() for c in composition.text)
    market = composition.market.strip()
    wrong = {} if has_words else {TEXT: words.EMPTY}
    return (
        wrong
        if not market or names_a_place(market)
        else wrong | {MARKET: words.no_place(market, nearest_place(market))}
    )


def _told(done: Composed, where: str) -> dict[str, str]:
    return {} if done is Composed.DONE else {where: words.TOLD[done]}
