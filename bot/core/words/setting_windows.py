"""What people read in the windows for the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.reply import SEVERITIES

if TYPE_CHECKING:
    from bot.core.severity import Severity

TITLE = "Settings"
CLOSE = "Close"
BACK = "Back"
SAVE = "Save"
CHANGE = "Change"
PAGES = {
    "channels": "Drafts",
    "digest": "Weekly digest",
    "guidelines": "Guidelines",
    "brand": "About the brand",
    "people": "People and data",
}
HINTS = {
    "draft_channels": "Candor reviews posts there without being asked. Invite it to each one.",
    "external_authors": "In channels shared with other organisations.",
    "digest_channel": "If there's no channel, no digest is posted.",
    "digest_zone": "A name such as Europe/Berlin or America/New_York.",
    "packs": "Guidelines that not every brand needs.",
    "markets": "Countries or regions, one per line.",
    "facts": "One per line. A claim backed by a fact here needs no other support.",
    "public_addresses": "Your own e-mail addresses, phone numbers and handles, one per line. They’re never flagged.",
    "brand_leads": "They change settings and sign off drafts. If you name the first one, you stay a lead too. "
    "If nobody is named, the workspace's admins are the leads.",
    "retention_days": "From 7 to 3650; 0 keeps drafts until somebody deletes them.",
}
QUIET_WEEK = {"line": "Post one line", "nothing": "Post nothing"}
YES_OR_NO = {"no": "No", "yes": "Yes"}
FAMILIES = {"authenticity": "Authenticity", "transparency": "Transparency", "user-control": "User control"}
FAMILY_HINT = "Switch a guideline off, or give it another severity. It applies from the next review."
OFF = "Off"
ALWAYS_ON = "This one protects people's data and can't be changed."
IN_A_PACK = "Part of an optional pack that's switched off."
NO_PAGE = "This window is out of date. Close it and open the settings again."
LATER = "Slack didn't answer, so nothing was saved. Try again in a moment."


def absent(channels: str) -> str:
    """Channels that are set and cannot be shown in the menu."""
    return f"Also chosen, but Candor isn't there: {channels}. If you save another choice, they're removed."


def too_long(label: str) -> str:
    """A setting that no input can hold."""
    return f"{label}: the text is too long to edit here."


def as_shipped(severity: Severity) -> str:
    """A guideline as its file has it."""
    return f"Default: {SEVERITIES[severity].lower()}"


def family(on: int, of: int, own: int) -> str:
    """How many guidelines of a family are in force."""
    return f"{on} of {of} switched on" + (f", {own} with your own severity" if own else "")
