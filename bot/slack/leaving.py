"""A workspace that removes Candor, or takes its token back."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.installation import Home
from bot.core.words import install as words
from bot.slack.json import items, part, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp

    from bot.core.installation_ports import LeavingJobs
    from bot.core.ports import Clock
    from bot.slack.json import Json

_LOG = logging.getLogger(__name__)
REMOVED, REVOKED = "app_uninstalled", "tokens_revoked"


@dataclass(frozen=True, slots=True)
class Departures:
    """Returns only when it is durable that the workspace's data go, at once or later."""

    jobs: LeavingJobs
    disable: Callable[[Home, float], Awaitable[bool]]
    clock: Clock

    async def leave(self, body: Json) -> None:
        """Of revoked tokens only those of bots count: Candor has no others. They may go by accident, apps do not."""
        event, home = part(body, "event"), home_of(body)
        # Slack cuts off the fraction of the second, and an installation may be that young.
        at = float(body.get("event_time") or self.clock.now()) + 1
        if text(event, "type") == REMOVED:
            await self.jobs.leave(home, at)
        elif part(event, "tokens").get("bot") and await self.disable(home, at):
            _LOG.warning("%s", words.tokens_revoked(home.key))


def home_of(body: Json) -> Home:
    """Which installation an event is about: the organisation's, where Slack says that it was one."""
    about = next(iter(items(body, "authorizations")), body)
    enterprise = text(body, "enterprise_id") or text(about, "enterprise_id")
    whole = about.get("is_enterprise_install") is True or body.get("is_enterprise_install") is True
    return Home("" if whole and enterprise else text(body, "team_id"), enterprise)


def register_departures(app: AsyncApp, departures: Departures) -> None:
    """Listen."""

    async def on_departure(body: Json) -> None:
        await departures.leave(body)

    for name in (REMOVED, REVOKED):
        app.event(name)(on_departure)
