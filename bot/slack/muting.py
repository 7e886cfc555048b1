"""The menu beside a review's headline, and the way back from a muted thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.sign_off import Act
from bot.core.words import deciding as words
from bot.slack.clicks import click_of, team_of, user_of, whisper
from bot.slack.deciding import opened_by
from bot.slack.reviewing import MUTE, mute_window
from bot.slack.wire.payloads import items, part, text

if TYPE_CHECKING:
    from bot.core.drafts import Click
    from bot.flows.muting import MuteThread, UnmuteThread
    from bot.slack.sign_off import SignOffClicks
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


@dataclass(frozen=True, slots=True)
class MenuClicks:
    """Each returns only when what was chosen is durable."""

    sign_off: SignOffClicks
    mute: MuteThread
    unmute: UnmuteThread
    clients: Clients

    async def choose(self, body: Json) -> None:
        """Something in the menu is chosen."""
        click = _chosen(body)
        what = click.target.ref if click else ""
        if click and what == MUTE:
            await self._mute(body, click)
        elif click and what == Act.ASKED:
            await self.sign_off.ask(body, click)
        elif click and what in set(Act):
            await self.sign_off.choose(body, click, Act(what))

    async def submit(self, body: Json) -> None:
        """A thread is muted although something in it must be fixed."""
        opened = opened_by(part(body, "view"), user_of(body))
        if opened and opened[0].place.team == team_of(body):
            await self._tell(body, opened[0], done=await self.mute(opened[0]))

    async def take_back(self, body: Json) -> None:
        """A muted thread is unmuted."""
        click = click_of(body)
        if click:
            await self._tell(body, click, done=await self.unmute(click))

    async def _mute(self, body: Json, click: Click) -> None:
        must = await self.mute.hides(click)
        if must:
            client = self.clients.of(team_of(body)).client
            await client.views_open(trigger_id=text(body, "trigger_id"), view=mute_window(click, must))
        else:
            await self._tell(body, click, done=await self.mute(click))

    async def _tell(self, body: Json, click: Click, *, done: bool) -> None:
        """The reply says itself what was done; only where it cannot, the person is told."""
        if not done:
            await whisper(self.clients, body, words.MUTE_GONE, click=click)


def _chosen(body: Json) -> Click | None:
    """The click in a menu's payload, which says what was chosen in a part of its own."""
    action = items(body, "actions")[0]
    return click_of(body | {"actions": [action | part(action, "selected_option")]})
