"""What is good for a short while: tickets for sockets, trigger ids, response URLs."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from collections.abc import Callable


# Tickets for sockets: good for one connection, for 30 seconds.

_TICKETS_SECONDS = 30


class Tickets:
    """Issued by ``apps.connections.open``, used up by the connection."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._issued: dict[str, tuple[str, float]] = {}

    def issue(self, app_id: str) -> str:
        """A new ticket for an app."""
        ticket = secrets.token_hex(16)
        self._issued[ticket] = (app_id, self._now() + _TICKETS_SECONDS)
        return ticket

    def use(self, ticket: str) -> str:
        """The app the ticket was issued to; empty for a ticket that is unknown, used or too old."""
        app_id, until = self._issued.pop(ticket, ("", 0.0))
        return app_id if self._now() <= until else ""


# Trigger ids: what lets an app open a window for somebody who just did something.

SECONDS = 3.0


@dataclass
class Trigger:
    """Who did something, until when an app may answer with a window, and whether one did."""

    team: str
    user: str
    until: float
    used: bool = False


class Triggers:
    """Good once, for three seconds; longer where acknowledgements may take longer too."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.seconds = SECONDS
        self._now = now
        self._issued: dict[str, Trigger] = {}

    def issue(self, team: str, user: str) -> str:
        """A trigger id for what somebody just did."""
        trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = Trigger(team, user, self._now() + self.seconds)
        return trigger_id

    def use(self, trigger_id: str, team: str) -> str:
        """The person it belongs to; it is used up. Raises `Refused` as Slack does."""
        trigger = self._issued.get(trigger_id)
        if trigger is None or trigger.team != team:
            code = "invalid_trigger_id"
            raise ApiRefusal(code)
        if trigger.until < self._now():
            code = "expired_trigger_id"
            raise ApiRefusal(code)
        if trigger.used:
            code = "exchanged_trigger_id"
            raise ApiRefusal(code)
        trigger.used = True
        return trigger.user


# Response URLs: five answers within thirty minutes.

_RESPONSES_SECONDS = 30 * 60
_USES = 5


@dataclass
class ResponseUrl:
    """Where an answer goes: a channel, for a person, and the message that was clicked, if one was."""

    team: str
    channel: str
    user: str
    until: float
    ts: str = ""
    thread_ts: str = ""
    ephemeral: bool = False
    uses: int = _USES


class Responses:
    """Every response URL that was handed out."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, team: str, channel: str, user: str) -> tuple[str, ResponseUrl]:
        """A new key for the address, and what it stands for."""
        key = f"{team}/{secrets.randbelow(10**12)}/{secrets.token_hex(12)}"
        self._issued[key] = ResponseUrl(team, channel, user, until=self._now() + _RESPONSES_SECONDS)
        return key, self._issued[key]

    def use(self, key: str) -> tuple[ResponseUrl | None, str]:
        """What the address stands for, used up by one; or None and Slack's word for why not."""
        target = self._issued.get(key)
        if target is None or target.until < self._now():
            return None, "expired_url"
        if target.uses <= 0:
            return None, "used_url"
        target.uses -= 1
        return target, ""
