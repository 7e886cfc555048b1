"""A workspace that removes Candor, or takes its token back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.installation import Home
from bot.slack.json import items, part, text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.core.installation_ports import LeavingJobs
    from bot.core.ports import Clock
    from bot.slack.json import Json

REMOVED, REVOKED = "app_uninstalled", "tokens_revoked"


@dataclass(frozen=True, slots=True)
class Departures:
    """Returns only when it is durable that the workspace's data go."""

    jobs: LeavingJobs
    clock: Clock

    async def leave(self, body: Json) -> None:
        """Of revoked tokens only those of bots count: Candor has no others."""
        event = part(body, "event")
        if text(event, "type") == REMOVED or part(event, "tokens").get("bot"):
            # Slack cuts off the fraction of the second, and an installation may be that young.
            at = float(body.get("event_time") or self.clock.now()) + 1
            await self.jobs.leave(home_of(body), at)


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
