"""What people read about a workspace's settings, in answers and in windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.judging import Strictness
from bot.core.words.people import brief
from bot.core.words.reviewing import SEVERITIES

if TYPE_CHECKING:
    from bot.core.guidelines import Severity


LABELS = {
    "draft_channels": "Draft channels",
    "strictness": "Strictness",
    "reply_language": "Language of replies",
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
    "monthly_budget": "Monthly budget",
    "daily_budget": "Daily budget",
}
EXAMPLES = {
    "draft_channels": "drafts, C0123456789",
    "strictness": "C0123456789 = quiet",
    "reply_language": "Deutsch",
    "digest_channel": "brand",
    "digest_day": "Monday",
    "digest_time": "09:00",
    "digest_zone": "Europe/Berlin",
    "quiet_week": "Post one line",
    "guidelines_off": "Earned attention",
    "packs": "Access for all",
    "severities": "Ads look like ads = Should fix",
    "markets": "Germany, United Kingdom, EU, DACH, Nordics",
    "facts": "Our flour is certified organic (EU 2018/848).",
    "public_addresses": "hello@example.com, +44 20 7946 0018, @example",
    "brand_leads": "U0123456789",
    "retention_days": "90",
    "external_authors": "no",
    "monthly_budget": "$50.00, 20,000,000 tokens",
    "daily_budget": "$5.00",
}
FROM_NEXT_REVIEW = {"strictness", "guidelines_off", "packs", "severities", "markets", "facts", "public_addresses"}
"""Settings that say how drafts are reviewed, so that a change shows with the next one."""
ONLY_LEADS = "Only brand leads can change settings. Candor's Home shows who they are."


_BRIEF = 60
"""Characters of somebody's words that an answer repeats."""


def fault(field: str, reason: str) -> str:
    """A value that cannot be: what is wrong, and a right one."""
    example = "" if reason == NO_PRICES else f" For example: {EXAMPLES[field]}"
    return f"{LABELS[field]}: {reason}.{example}"


def too_small(need: str) -> str:
    """No draft would ever be reviewed."""
    return f"that's too little for a single review, which can take {need} or more"


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
    named = brief(what, _BRIEF)
    return f"“{named}” isn't a country or region that I know" + (f" (did you mean {near}?)" if near else "")


def no_market(what: str, near: str) -> str:
    """The whole sentence, for where a market is all that is wrong."""
    return f"{no_place(what, near)}. For example: {EXAMPLES['markets']}."


def no_channel(what: str) -> str:
    """Something that cannot be a channel."""
    named = brief(what, _BRIEF)
    return f"“{named}” isn't a channel's name or ID"


def no_contact(what: str) -> str:
    """Something that nobody could be reached at."""
    return f"“{what}” isn't an e-mail address, a phone number or a handle such as @example"


def settings_too_long(most: int) -> str:
    """A text that is longer than can be kept."""
    return f"it's longer than {most:,} characters"


NO_PICKED_CHANNEL = "type # and pick the channel from Slack's list"
NO_TIME = "that isn't a time of day"
NO_ZONE = "that isn't a time zone"
NO_DAYS = "choose a whole number from 7 to 3650, or 0 to keep drafts until somebody deletes them"
NO_PAIRS = "each line needs a guideline, an equals sign and a severity"
NO_BUDGET = "say how much, in dollars, tokens or both"
NO_PRICES = (
    "I don't know what the model costs. Set this in tokens, such as 20,000,000 tokens, or ask the person who runs "
    "Candor to set OPENAI_PRICES"
)
NO_USER = "name brand leads by their member ID in this workspace"


# What people read in the windows for the settings.

TITLE = "Settings"
BACK = "Back"
"""Where something can be typed: what it drops is no way back."""
SAVE = "Save"
CHANGE = "Change"
PAGES = {
    "channels": "Drafts",
    "digest": "Weekly digest",
    "guidelines": "Guidelines",
    "brand": "About the brand",
    "people": "People and data",
    "costs": "Costs",
}
HINTS = {
    "draft_channels": "Candor reviews posts there without being asked. Invite it to each one.",
    "reply_language": "If a draft is in a language that isn't listed, the reply is in English.",
    "external_authors": "In channels shared with other organisations.",
    "digest_channel": "If there's no channel, no digest is posted.",
    "digest_zone": "A name such as Europe/Berlin or America/New_York.",
    "packs": "Guidelines that not every brand needs.",
    "markets": "Countries or regions, one per line.",
    "facts": "One per line. A claim backed by a fact here needs no other support.",
    "public_addresses": "Your own e-mail addresses, phone numbers and handles, one per line. They're never flagged.",
    "brand_leads": "They change settings and sign off drafts. If you name the first one, you stay a lead too. "
    "If nobody is named, the workspace's admins are the leads.",
    "monthly_budget": "What the language model may cost here in a month, such as $50.00 or 20,000,000 tokens. When "
    "it's used up, drafts get only the fixed checks until the first of next month. Leave it empty for no limit.",
    "daily_budget": "The same for one day, so that one busy day doesn't use up the month.",
    "retention_days": "From 7 to 3650; 0 keeps drafts until somebody deletes them.",
}
HINT_WITHOUT_PRICES = HINTS["monthly_budget"].replace("$50.00 or ", "")
LEVELS = {Strictness.QUIET: "Quiet", Strictness.NORMAL: "Normal", Strictness.THOROUGH: "Thorough"}
EVERYWHERE_ELSE = "Everywhere else"
STRICTNESS_HINT = "How much of a review the reply shows. It applies from the next review."
LEVELS_MEAN = (
    "*Quiet* shows what must or should be fixed, and only counts the rest. *Normal* also shows what to consider, asks "
    "questions, and folds all but three points. *Thorough* shows six points at once, and words that the language model "
    "let go. What must be fixed is shown at every level."
)
FINE_POSTS = "A fine post is one that a brand lead approved as first written, or whose points were all dismissed."
NO_FIGURES = "Once I've reviewed drafts here, you'll see what each level would have flagged."
REASONS_IN = (
    "The people who read this review want every why and every question with its answers in the language named here, "
    "whatever the draft is in; a replacement stays in the draft's own language:"
)
"""For the model; the language follows."""
AS_DRAFT = "draft"
REPLY_LANGUAGES = {
    AS_DRAFT: "The draft's own language",
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
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


def absent_drafts(channels: str) -> str:
    """Channels for drafts that are set and cannot be shown in the menu."""
    return f"Also chosen, but Candor isn't there: {channels}. To change that, type /candor settings draft channels."


def absent(channel: str) -> str:
    """The digest's channel, where it cannot be shown in the menu."""
    return f"Also chosen, but Candor isn't there: {channel}. If you save another choice, it's removed."


def setting_windows_too_long(label: str) -> str:
    """A setting that no input can hold."""
    return f"{label}: the text is too long to edit here."


def as_shipped(severity: Severity) -> str:
    """A guideline as its file has it."""
    return f"Default: {SEVERITIES[severity].lower()}"


YOUR_OWN = "Your own"


def your_own(on: int, of: int) -> str:
    """How many of the workspace's own guidelines are in force."""
    return f"{on} of {of} switched on. You can change them under *Your guidelines* on my Home tab."


def family(on: int, of: int, own: int) -> str:
    """How many guidelines of a family are in force."""
    return f"{on} of {of} switched on" + (f", {own} with your own severity" if own else "")
