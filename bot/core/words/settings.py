"""What people read about a workspace's settings."""

from __future__ import annotations

LABELS = {
    "draft_channels": "Draft channels",
    "digest_channel": "Digest channel",
    "digest_day": "Digest day",
    "digest_time": "Digest time",
    "digest_zone": "Digest time zone",
    "quiet_week": "In a week without drafts",
    "guidelines_off": "Guidelines switched off",
    "packs": "Optional packs",
    "severities": "Your own severities",
    "markets": "Markets",
    "facts": "Facts about the brand",
    "public_addresses": "Our public addresses",
    "brand_leads": "Brand leads",
    "retention_days": "Days to keep drafts",
    "external_authors": "Review drafts by people from other organisations",
}
EXAMPLES = {
    "draft_channels": "drafts, C0123456789",
    "digest_channel": "brand",
    "digest_day": "Monday",
    "digest_time": "09:00",
    "digest_zone": "Europe/Berlin",
    "quiet_week": "Post one line",
    "guidelines_off": "Earned attention",
    "packs": "Access for all",
    "severities": "Ads look like ads = Should fix",
    "markets": "Germany, United Kingdom",
    "facts": "Our flour is certified organic (EU 2018/848).",
    "public_addresses": "hello@example.com, +44 20 7946 0018, @example",
    "brand_leads": "U0123456789",
    "retention_days": "90",
    "external_authors": "no",
}
ONLY_LEADS = "Only brand leads can change settings. Candor's Home shows who they are."


_BRIEF = 60
"""Characters of somebody's words that an answer repeats."""


def fault(field: str, reason: str) -> str:
    """A value that cannot be: what is wrong, and a right one."""
    return f"{LABELS[field]}: {reason}. For example: {EXAMPLES[field]}"


def no_guideline(name: str, near: str) -> str:
    """No guideline is called that."""
    hint = f"did you mean “{near}”?" if near else "`/candor guidelines` lists them"
    return f"there's no guideline called “{name}”; {hint}"


def no_pack(name: str, known: list[str]) -> str:
    """No optional pack is called that."""
    return f"there's no pack called “{name}”; packs to choose from: {', '.join(known) or 'none'}"


def one_of(names: list[str]) -> str:
    """A word that is none of the possible ones."""
    return f"choose one of {', '.join(names)}"


def never_off(names: list[str]) -> str:
    """A guideline that nobody can switch off."""
    return f"{', '.join(names)} protects people's data and stays on"


def no_place(what: str, near: str) -> str:
    """Something that is no country or region."""
    named = what if len(what) <= _BRIEF else f"{what[:_BRIEF].rstrip()}…"
    return f"“{named}” isn’t a country or region that I know" + (f" (did you mean {near}?)" if near else "")


def no_channel(what: str) -> str:
    """Something that cannot be a channel."""
    named = what if len(what) <= _BRIEF else f"{what[:_BRIEF].rstrip()}…"
    return f"“{named}” isn’t a channel’s name or ID"


def no_contact(what: str) -> str:
    """Something that nobody could be reached at."""
    return f"“{what}” isn’t an e-mail address, a phone number or a handle such as @example"


def too_long(most: int) -> str:
    """A text that is longer than can be kept."""
    return f"it's longer than {most:,} characters"


NO_TIME = "that isn't a time of day"
NO_ZONE = "that isn't a time zone"
NO_DAYS = "choose a whole number from 7 to 3650, or 0 to keep drafts until somebody deletes them"
NO_PAIRS = "each line needs a guideline, an equals sign and a severity"
NO_USER = "name brand leads by their member ID in this workspace"
