"""The Home tab, and the windows for the settings that open from it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.errors import TryLater, Unreadable
from bot.core.guideline_choices import Choice
from bot.core.words import setting_windows as words
from bot.core.words.settings import ONLY_LEADS
from bot.slack import forms
from bot.slack import setting_windows as windows
from bot.slack.clicks import team_of
from bot.slack.failures import UNREACHED
from bot.slack.home_blocks import home_view
from bot.slack.json import items, part, reason, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.flows.choose_guidelines import ChooseGuidelines
    from bot.flows.show_home import ShowHome
    from bot.flows.workspace_settings import Changed
    from bot.slack.clients import Clients
    from bot.slack.joined import SlackJoinedChannels
    from bot.slack.json import Json

_LOG = logging.getLogger(__name__)
_PATIENCE = 1.2
"""Seconds for what else is shown anew: Slack itself waits three for the submission of a window."""
_CONFLICT = "hash_conflict"


@dataclass(frozen=True, slots=True)
class HomeTabs:
    """Returns only when what was changed is durable, because then Slack is answered."""

    show: ShowHome
    choose: ChooseGuidelines
    joined: SlackJoinedChannels
    clients: Clients
    open_exceptions: Callable[[str, str, str], Awaitable[None]] | None = None
    """Opens the list of exceptions for a workspace, a person and a trigger id."""

    async def opened(self, body: Json) -> None:
        """Somebody looks at the tab."""
        event = part(body, "event")
        team = text(body, "team_id")
        self.joined.forget(team)
        await self.publish(team, text(event, "user"), text(part(event, "view"), "hash"))

    async def publish(self, team: str, user: str, seen: str = "") -> None:
        """Show somebody's Home as it is now; ``seen`` is the hash of what stands there, where that is known.

        Where somebody else was faster, what they showed may be older than what is known by now.
        """
        client = self._client(team)
        for hash_ in dict.fromkeys((seen, "")):
            view = home_view(await self.show(team, user), with_exceptions=self.open_exceptions is not None)
            try:
                await client.views_publish(user_id=user, view=view, **({"hash": hash_} if hash_ else {}))
            except SlackApiError as error:
                if reason(error) != _CONFLICT or not hash_:
                    raise
            else:
                return

    async def settings(self, body: Json) -> None:
        """Open the settings for whoever clicked or typed a command; for others than brand leads say who can."""
        team, user = team_of(body) or text(body, "team_id"), text(part(body, "user"), "id") or text(body, "user_id")
        view = windows.told(ONLY_LEADS)
        if await self._is_lead(team, user):
            settings = await self.show.settings.of(team)
            view = windows.overview(settings, self.show.library, await self.show.seen(team, user, settings))
        await self._client(team).views_open(trigger_id=text(body, "trigger_id"), view=view)

    async def exceptions(self, body: Json) -> None:
        """Open the list of exceptions."""
        if self.open_exceptions:
            await self.open_exceptions(team_of(body), text(part(body, "user"), "id"), text(body, "trigger_id"))

    async def page(self, body: Json) -> None:
        """Open one page on top of the overview."""
        await self._push(body, await self._page(body, _clicked(body)))

    async def family(self, body: Json) -> None:
        """Open a family of guidelines on top of their page."""
        settings = await self.show.settings.of(team_of(body))
        await self._push(body, windows.family(_clicked(body), settings, self.show.library))

    async def save_page(self, body: Json) -> dict[str, str]:
        """Keep what was changed on a page; what is wrong, by input."""
        view, team, user = part(body, "view"), team_of(body), text(part(body, "user"), "id")
        wanted = await self.show.with_hidden(team, user, forms.differing(view))
        return await self._saved(body, self.choose.change(team, user, wanted))

    async def save_family(self, body: Json) -> dict[str, str]:
        """Keep the choices that were changed; what is wrong, by input."""
        view, team, user = part(body, "view"), team_of(body), text(part(body, "user"), "id")
        choices = {name: Choice(value) for name, value in forms.differing(view).items()}
        return await self._saved(body, self.choose(team, user, choices))

    async def _saved(self, body: Json, saving: Awaitable[Changed]) -> dict[str, str]:
        view = part(body, "view")
        try:
            changed = await saving
        except TryLater:
            return windows.faults(view, {"": words.LATER})
        if not changed.faults and changed.changes:
            await self._show_anew(body)
        return windows.faults(view, dict(changed.faults))

    async def _show_anew(self, body: Json) -> None:
        """The windows below and the Home; one that is closed by now, or late, is no reason to fail."""
        team, user, view = team_of(body), text(part(body, "user"), "id"), part(body, "view")
        settings, library = await self.show.settings.of(team), self.show.library
        seen = await self.show.seen(team, user, settings)
        client = self._client(team)
        root, below = text(view, "root_view_id"), text(view, "previous_view_id")
        work: list[Awaitable[object]] = [self.publish(team, user)]
        if root and root != text(view, "id"):
            work.append(client.views_update(view_id=root, view=windows.overview(settings, library, seen)))
        if below and below != root:
            above = await self._page(body, "guidelines")
            work.append(client.views_update(view_id=below, view=above))
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                for failed in await asyncio.gather(*work, return_exceptions=True):
                    if isinstance(failed, Exception):
                        _LOG.warning("a Home or a window shows older settings: %s", type(failed).__name__)

    async def _page(self, body: Json, name: str) -> Json:
        team, user = team_of(body), text(part(body, "user"), "id")
        if name not in words.PAGES:
            return windows.told(words.NO_PAGE)
        joined: dict[str, str] = {}
        with suppress(Unreadable):
            joined = await self.joined.of(team)
        settings = await self.show.settings.of(team)
        return windows.page(name, settings, self.show.library, joined, await self.show.seen(team, user, settings))

    async def _is_lead(self, team: str, user: str) -> bool:
        with suppress(TryLater, *UNREACHED):
            return user in await self.show.leads.of(team)
        return False

    async def _push(self, body: Json, view: Json) -> None:
        await self._client(team_of(body)).views_push(trigger_id=text(body, "trigger_id"), view=view)

    def _client(self, team: str) -> AsyncWebClient:
        return self.clients.of(team).client


def _clicked(body: Json) -> str:
    return text(items(body, "actions")[0], "value")
