"""Trigger ids: what lets an app open a window for somebody who just did something."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.workspace.errors import ApiRefusal

if TYPE_CHECKING:
    from collections.abc import Callable

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
