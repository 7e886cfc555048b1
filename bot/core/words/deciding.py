"""What people read when they decide about a point: on buttons, in windows, in lists, and in private after a click."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.deciding import Decision, FeedbackReason, Lasting, Scope, Thumb, VerdictReason
from bot.core.drafts import Place
from bot.core.guidelines import Choice, Severity
from bot.core.words.people import count
from bot.core.words.people import person as mention
from bot.core.words.reviewing import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.deciding import GuidelineException, Mute, Proposal, Repeat
    from bot.core.reviewing import Point
    from bot.core.sign_off import OpenPoint


# What stands on buttons, and what people read in private after a click.

USE = "Use this"
UNDO = "Undo"
DISMISS = "Dismiss"
WHY = "Why"
MORE = "Show more"
OURS = "This is our public address"
BUTTONS_GONE = "This is out of date: the draft or its review has changed. Please use the reply as it is now."
READ_ANEW = "I'm just updating the review of this draft. Please try again in a moment."
"""Said instead while a review is on its way, or is there and not yet noted as shown."""
DISMISSED_BY = "Dismissed by "
BUTTONS_CLOSE = "Close"
MORE_TITLE = "More about this draft"
NOTHING_MORE = "That's everything: every point is in the reply."
LEFT_OUT = "There are more. Deal with some of these and the rest will appear."


def dismissed(label: str) -> str:
    """The line above a finding that was dismissed."""
    return f"{label} (dismissed)"


def ours(contact: str, *, for_good: bool) -> str:
    """A contact is the brand's own, in private to the person who said so."""
    if for_good:
        return f"{contact} is now one of your public addresses, so it won't be flagged again."
    return f"Dismissed in this draft. If a brand lead presses that button, {contact} won't be flagged again."


def settled(point: Point, named: str, because: str) -> str:
    """A point that somebody used or dismissed, in one line of markup. ``because`` says why it was dismissed."""
    if point.decision is Decision.USED or point.verdict is None:
        return f"Used: {named}"
    return f"Dismissed: {named}, by {mention(point.verdict.user)}{because}"


def undo(title: str) -> str:
    """What a screen reader says for its *Undo*."""
    return f"{UNDO}: {title}"


def whose(contact: str) -> str:
    """What a screen reader says for the button beside a contact."""
    return f"{OURS}: {contact}"


# What people read when they dismiss a point, and on points that somebody dismissed.

DISMISSAL_TITLE = "Dismiss this point"
DISMISSAL_SUBMIT = "Dismiss"
CANCEL = "Cancel"
DISMISSAL_CLOSE = "Close"
REASON = "Why?"
NOTE = "In your own words"
SCOPE = "How widely should this apply?"
CAMPAIGN = "The campaign's name"
CAMPAIGN_HINT = "A name or hashtag that's in this draft and in the campaign's other drafts."
ASK_A_LEAD = "Only brand leads can dismiss it in other drafts. If you want that, leave the point open and ask them."
LASTING = "For how long?"
WIDER = "Add a note, or dismiss it in other drafts too"
DISMISSAL_KEPT = (
    "The quoted words, your reason and your name go on the list of exceptions, where anyone who can read this draft "
    "can see them. You or a brand lead can lift the exception there."
)
FINE_SEEN = (
    "The quoted words and your name go on the list of exceptions, where anyone who can read that draft, or the audit, "
    "can see them. You or a brand lead can lift the exception there."
)
NO_CAMPAIGN = "Name the campaign: a name or hashtag that its drafts use."
NOT_FOUND = "This draft doesn't contain that name. Use a hashtag or a name that's in it."
NO_REASON = "Please choose a reason."
DONE_TITLE = "Dismissed here"
DISMISSAL_GONE_TITLE = "Not dismissed"
DISMISSAL_REASONS = {
    VerdictReason.NOT_A_PROBLEM: "Not a problem here",
    VerdictReason.FALSE_ALARM: "False alarm: it doesn't say that",
    VerdictReason.PROOF: "We have proof",
    VerdictReason.AGREED: "Agreed with the brand lead",
    VerdictReason.HOUSE_STYLE: "House style",
    VerdictReason.OTHER: "Other",
}
"""What people choose from."""
SAID = DISMISSAL_REASONS | {VerdictReason.OWN_ADDRESS: "Our public address"}
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
    return f"That's {length:,} characters; the limit is {most:,}. Please shorten it."


def scopes(hashtags: tuple[str, ...], *, always: bool | None) -> dict[str, str]:
    """The choices, by the value that stands for each; what reaches other drafts is for brand leads.

    ``always`` is True for them, and None where it is not known whether somebody is one.
    """
    campaigns = {f"{HASHTAG}{tag}": in_drafts_with(tag) for tag in hashtags}
    named = "In another campaign" if campaigns else "In one campaign"
    further = {**campaigns, OTHER_CAMPAIGN: named, Scope.ALWAYS: "In all drafts"}
    return {Scope.HERE: "Only in this draft"} | ({} if always is False else further)


def in_drafts_with(tag: str) -> str:
    """The choice of a campaign."""
    return f"In drafts with {tag}"


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


def because(reason: VerdictReason | None, note: str) -> str:
    """Why a point was dismissed, behind the name of who did it."""
    why = f": {SAID[reason].lower()}" if reason else ""
    return f"{why}. “{note}”" if note else f"{why}."


# What people read about answers to questions, and when they change one.

CHANGE = "Change answer"
ANSWERS_TITLE = "Change an answer"
ANSWERS_SUBMIT = "Save"
ANSWER = "The answer"
ANSWERS_GONE_TITLE = "Not changed"


def change(number: int, of: int) -> str:
    """On the button to one of several answers."""
    return CHANGE if of == 1 else f"{CHANGE} {number}"


# What people read in the list of exceptions.

EXCEPTIONS_TITLE = "Exceptions"
NONE = "There are no exceptions."
NONE_HERE = "No exception applies to this draft any more."
INTRO = "I leave these words alone. The person who made an exception, or any brand lead, can lift it."
LIFT = "Lift"
EXCEPTIONS_SHOW = "Show"
ALL = "All exceptions"
NEXT = "Next"
PREVIOUS = "Back"
SOMEBODY = "somebody"
DELETED = "(the words were deleted with their draft)"
NOT_YOURS = "Only the person who made this exception or a brand lead can lift it."
EXCEPTIONS_GONE = "This exception had already ended."
LIFTED = "Lifted. I'll flag these words again from the next review."


def scope(exception: GuidelineException) -> str:
    """How far it goes."""
    far = "In all drafts" if exception.scope is Scope.ALWAYS else f"In the campaign {exception.campaign}"
    return far if exception.general else f"{far}, only in drafts by the person who made it"


def until(exception: GuidelineException) -> str:
    """How long it is in force; who made it stands before."""
    end = "no end date" if exception.expires_at is None else f"until {day(exception.expires_at)}"
    return f", {day(exception.created_at)}, {end}"


def reason(exception: GuidelineException) -> str:
    """Why somebody made it."""
    note = f" “{exception.note}”" if exception.note else ""
    return f"{DISMISSAL_REASONS[exception.reason]}.{note}"


# What brand leads read, once, of a guideline that a channel's people keep dismissing. In Slack's markup.

_NOTHING_YET = (
    "Nothing changes unless a brand lead accepts. Once one of you has answered, I won't bring this up again for 90 "
    "days. To say when the guideline doesn't apply, change it under *Your guidelines* on my Home tab.\n"
    "Automated message from Candor to this workspace's brand leads."
)
ACCEPT = "Accept"
DECLINE = "No, thanks"
SHOW_WORDS = "Show the words"
WORDS_TITLE = "Dismissed words"
WORDS_ABOUT = (
    "From the drafts in which this was dismissed for this reason, the latest first. They're read when you open this "
    "window, so the words of a deleted draft are gone from here, too."
)
ONLY_LEADS_SEE = "Only brand leads can look at these."
NO_WORDS = "The drafts have been deleted, so there's nothing to show."
OPEN_DRAFT = "Open the draft"
ANSWERED_BEFORE = "This has been answered already."
PROPOSAL_GONE = "The words or the guideline have changed since, so nothing has happened."
ONLY_LEADS_ANSWER = "Only brand leads can answer this, so nothing has happened."


def proposal(
    problem: str, offer: Proposal | None, repeats: Sequence[Repeat], reason: VerdictReason, links: Sequence[str]
) -> str:
    """What was dismissed, in which drafts (``links``, "" where Slack gave none), and what is offered, if anything."""
    rows = [f"• {_opened(repeat, link)}" for repeat, link in zip(repeats, links, strict=True)]
    said = SAID[reason].partition(":")[0]
    channel = Place.of(repeats[0].draft_id).channel
    dismissed = (
        f"*{_escaped(problem)}* was dismissed in {count(len(repeats), 'draft')} in <#{channel}> within 30 days, each "
        f"time with the reason “{said}”:"
    )
    offered = [f"*My suggestion:* {_offered(offer, repeats[0].finding.severity)}"] if offer else []
    return "\n".join((dismissed, *rows, *offered, _NOTHING_YET))


def _offered(offer: Proposal, now: Severity) -> str:
    if offer.choice is None:
        return "an exception for the words that were dismissed, so that I leave them alone in all drafts for 90 days."
    if offer.choice is Choice.OFF:
        return "switch this guideline off, in all channels."
    milder = SEVERITIES[Severity(offer.choice)]
    return f"make it “{milder}” instead of “{SEVERITIES[now]}”, in all channels."


def accepted(offer: Proposal) -> str:
    """To whoever accepted it, in their direct messages, which keep no name; where to take it back."""
    where = "/candor settings" if offer.choice else "/candor exceptions"
    return f"You accepted this. `{where}` takes it back."


DECLINED = "You declined. I won't bring this up again for 90 days."


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _opened(repeat: Repeat, link: str) -> str:
    """Without the draft's words, which would stay here when the draft is deleted."""
    posted = float(repeat.draft_id.rpartition(":")[2])
    fallback = datetime.fromtimestamp(posted, UTC).strftime("%-d %B %Y, %H:%M UTC")
    day = f"<!date^{posted:.0f}^{{date_short}}, {{time}}|{fallback}>"
    return f"<{link}|A draft> of {day}" if link else f"A draft of {day}"


# What people read when they say whether a critique helped.

UP = "Helpful"
DOWN = "Not helpful"
PLAIN_UP = "👍 Helpful"
PLAIN_DOWN = "👎 Not helpful"
LABELS = {Thumb.UP: UP, Thumb.DOWN: DOWN}
TOOLS = "What to do with this draft"
"""Read out for the menu beside the headline."""
FEEDBACK_KEPT = (
    "Thanks, noted. It goes into the weekly digest without your name. Press the thumb again to take it back."
)
TAKEN_BACK = "Undone: your rating no longer counts."
FEEDBACK_GONE = "This is out of date: the draft is gone."
FEEDBACK_TITLE = "What was wrong?"
FEEDBACK_SEND = "Send"
SKIP = "Skip"
NOTED = (
    "Thanks, noted. It goes into the weekly digest without your name. If you like, say what was wrong, or press the "
    "thumb again to take it back."
)
WHICH = "Choose what fits best"
HINT = "It's kept with the draft and deleted with it."
FEEDBACK_REASONS = {
    FeedbackReason.WRONG_POINT: "A point is wrong",
    FeedbackReason.MISSED: "Something was missed",
    FeedbackReason.TONE: "The tone",
    FeedbackReason.OTHER: "Something else",
}


# What people read about a muted thread, in Slack's markup where names stand in it.

MUTE = "Mute this thread"
MUTE_SEND = "Mute"
MUTE_CLOSE = "Cancel"
UNMUTE = "Unmute"
MUTE_SHOW = "Show open points"
FOOTER = (
    "Automated message from Candor. I keep edits but don't review them. A sign-off in this thread stays up to date."
)
FALLBACK = "Candor: this thread is muted."
MUTE_GONE = "This is out of date: the draft is gone."


def hides(must: int) -> str:
    """What is asked before a thread is muted in which something must be fixed."""
    said = "1 point must be fixed and is" if must == 1 else f"{must} points must be fixed and are"
    return (
        f"{said} still open. Muting hides the review for everyone in this thread, and Candor won't read "
        "edits to the draft until somebody presses *Unmute*."
    )


def muted(mute: Mute) -> str:
    """The one line that is left of the reply."""
    return f"Muted by {mention(mute.by)}. Candor won't review or post in this thread."


def still_open(left: tuple[OpenPoint, ...]) -> str:
    """What nobody has handled, worst first."""
    counts = [
        (sum(point.severity is severity for point in left), SEVERITIES[severity].lower()) for severity in Severity
    ]
    by_weight = ", ".join(f"{number} {name}" for number, name in counts if number)
    return f"Still open: {count(len(left), 'point')} ({by_weight})."
