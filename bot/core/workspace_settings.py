"""What a workspace (a Slack team) has set. Everything else is set for the installation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.policy import Policy

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class QuietWeek(StrEnum):
    """What the digest does in a week without drafts."""

    LINE = "line"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """Where and when the weekly digest is posted."""

    channel: str = ""
    """A channel's id or name; "" where no digest is wanted."""
    weekday: int = 0
    """0 is Monday."""
    hour: int = 9
    minute: int = 0
    zone: str = "UTC"
    """A name of the IANA time zone database, such as Europe/Berlin."""
    quiet_week: QuietWeek = QuietWeek.LINE


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """All of it; the defaults are those of the installation."""

    draft_channels: tuple[str, ...] = ()
    """Names (without #) or ids of the channels where drafts are reviewed without being asked."""
    digest: DigestSettings = field(default_factory=DigestSettings)
    policy: Policy = field(default_factory=Policy)
    markets: tuple[str, ...] = ()
    """Where the posts are seen, as the brand says it: countries or regions."""
    facts: tuple[str, ...] = ()
    """What is true of the brand, one sentence each; a claim that a fact carries needs no other support."""
    own_contacts: tuple[str, ...] = ()
    """E-mail addresses, telephone numbers and handles that the brand publishes as its own."""
    brand_leads: tuple[str, ...] = ()
    """Slack user ids; without any, the workspace's admins are the brand leads."""
    retention_days: int = 90
    """After which a draft's text and its critique are deleted; 0 keeps them until somebody deletes them."""
    external_authors: bool = False
    """True where drafts by people of other organisations (Slack Connect) are reviewed as well."""


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One entry of the audit: who changed what, when (seconds since 1970)."""

    field: str
    old: str
    new: str
    user: str
    at: float
