"""Tickets for sockets: good for one connection, for 30 seconds."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS = 30


class Tickets:
    """Issued by ``apps.connections.open``, used up by the connection."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._issued: dict[str, tuple[str, float]] = {}

    def issue(self, app_id: str) -> str:
        """A new ticket for an app."""
        ticket = secrets.token_hex(16)
        self._issued[ticket] = (app_id, self._now() + _SECONDS)
        return ticket

    def use(self, ticket: str) -> str:
        """The app the ticket was issued to; empty for a ticket that is unknown, used or too old."""
        app_id, until = self._issued.pop(ticket, ("", 0.0))
        return app_id if self._now() <= until else ""
