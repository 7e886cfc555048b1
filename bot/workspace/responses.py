"""Response URLs: five answers within thirty minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS = 30 * 60
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
        self._issued[key] = ResponseUrl(team, channel, user, self._now() + _SECONDS)
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
