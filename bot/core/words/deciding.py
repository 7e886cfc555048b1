"""What people read when they dismiss a point, and on points that somebody dismissed."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.exception import Lasting, Scope
from bot.core.verdict import Reason

TITLE = "Dismiss this point"
SUBMIT = "Dismiss"
CANCEL = "Cancel"
CLOSE = "Close"
REASON = "Why?"
NOTE = "In your own words"
SCOPE = "How widely should this apply?"
CAMPAIGN = "The campaign’s name"
CAMPAIGN_HINT = "A name or hashtag that's in this draft and in the campaign's other drafts."
ASK_A_LEAD = "Only a brand lead can dismiss it in other drafts. If you want that, leave the point open and ask one."
LASTING = "For how long?"
WIDER = "Add a note, or dismiss it in other drafts too"
KEPT = (
    "The quoted words, your reason and your name go on the list of exceptions, where anyone who can read this draft "
    "can see them. You or a brand lead can lift the exception there."
)
NO_CAMPAIGN = "Name the campaign: a name or hashtag that its drafts use."
NOT_FOUND = "This draft doesn't contain that name. Use a hashtag or a name that's in it."
NO_REASON = "Please choose a reason."
DONE_TITLE = "Dismissed here"
GONE_TITLE = "Not dismissed"
REASONS = {
    Reason.NOT_A_PROBLEM: "Not a problem here",
    Reason.FALSE_ALARM: "False alarm: it doesn't say that",
    Reason.PROOF: "We have proof",
    Reason.AGREED: "Agreed with the brand lead",
    Reason.HOUSE_STYLE: "House style",
    Reason.OTHER: "Other",
}
"""What people choose from."""
SAID = REASONS | {Reason.OWN_ADDRESS: "Our public address"}
"""What stands on a point that was dismissed."""
ONLY_HERE = (
    "You've dismissed the point in this draft only. To have it dismissed in other drafts too, press Undo in the "
    "thread and ask a brand lead to dismiss it."
)
DISMISSED_HERE = "You dismissed a point in this draft."
DISMISSED_FURTHER = "You dismissed a point here and in other drafts. `/candor exceptions` lists it."
OTHER_CAMPAIGN = "other"
HASHTAG = "tag:"
_LASTINGS = {Lasting.MONTH: "30 days", Lasting.QUARTER: "90 days", Lasting.YEAR: "A year"}


def too_long(length: int, most: int) -> str:
    """Words that are longer than what is kept."""
    return f"That’s {length:,} characters; the limit is {most:,}. Please shorten it."


def scopes(hashtags: tuple[str, ...], *, always: bool | None) -> dict[str, str]:
    """The choices, by the value that stands for each; what reaches other drafts is for brand leads.

    ``always`` is True for them, and None where it is not known whether somebody is one.
    """
    campaigns = {f"{HASHTAG}{tag}": f"In drafts with {tag}" for tag in hashtags}
    named = "In another campaign (name it below)" if campaigns else "In one campaign (name it below)"
    further = {**campaigns, OTHER_CAMPAIGN: named, Scope.ALWAYS: "Always"}
    return {Scope.HERE: "Only in this draft"} | ({} if always is False else further)


def lastings(now: float, *, ends: bool) -> dict[str, str]:
    """The choices with their dates, by value; ``ends`` leaves out the one without."""
    dates = {lasting: lasting.until(now) for lasting in Lasting}
    return {
        lasting: "No end date" if end is None else f"{_LASTINGS[lasting]} (until {day(end)})"
        for lasting, end in dates.items()
        if end is not None or not ends
    }


def day(moment: float) -> str:
    """``20 February 2027``."""
    return datetime.fromtimestamp(moment, UTC).strftime("%-d %B %Y")


def because(reason: Reason | None, note: str) -> str:
    """Why a point was dismissed, behind the name of who did it."""
    why = f": {SAID[reason].lower()}" if reason else ""
    return f"{why}. “{note}”" if note else f"{why}."
