"""Candor in a workspace, as an admin installed it there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

ANYBODY = "anybody"
"""In place of ids: every workspace may install Candor."""


@dataclass(frozen=True, slots=True)
class Home:
    """What an installation covers: one workspace, or (``team`` is "") every workspace of an organisation."""

    team: str
    enterprise: str = ""

    @property
    def is_organisation(self) -> bool:
        """True for all workspaces of an organisation."""
        return not self.team

    @property
    def key(self) -> str:
        """Names it among all."""
        return self.team or self.enterprise


@dataclass(frozen=True, slots=True)
class Installation:
    """What Slack gave at the end of an installation. Moments are seconds since 1970."""

    home: Home
    bot_user: str
    bot_id: str
    token: str = field(repr=False)
    user: str
    """Who installed it."""
    installed_at: float
    app: str = ""
    scopes: tuple[str, ...] = ()
    refresh_token: str = field(default="", repr=False)
    expires_at: float | None = None
    """When the token ends; None for one that does not."""


class Admission(Enum):
    """Whether a workspace that installed Candor may use it."""

    ALLOWED = "allowed"
    WAITS = "waits"
    """For the operator's yes, from now on."""
    STILL_WAITS = "still waits"


@dataclass(frozen=True, slots=True)
class Guest:
    """An installation as the operator sees it."""

    home: Home
    installed_at: float
    waits: bool
    revoked: bool = False
    """True where its tokens no longer work; then it is not used, and kept for a week."""


@dataclass(frozen=True, slots=True)
class Installed:
    """Which installations may be used, without their tokens."""

    stamps: dict[Home, str]
    """Each with a text that is another one whenever it changes."""
    covered: dict[str, str]
    """The workspaces that installations of organisations cover: team id to enterprise id."""
