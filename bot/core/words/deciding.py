"""What people read when they decide about a point: on buttons, in windows, in lists, and in private after a click."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.deciding import Decision, FeedbackReason, Lasting, Scope, Thumb, VerdictReason
from bot.core.drafts import Place
from bot.core.guidelines import Choice, Severity
from bot.core.words.people import Phrase, count, forms, on, say, several
from bot.core.words.people import person as mention
from bot.core.words.reviewing import SEVERITIES, by_weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.deciding import GuidelineException, Mute, Proposal, Repeat
    from bot.core.reviewing import Point
    from bot.core.sign_off import OpenPoint


# What stands on buttons, and what people read in private after a click.

USE = Phrase("Use this")
UNDO = Phrase("Undo")
DISMISS = Phrase("Dismiss")
WHY = Phrase("Why")
MORE = Phrase("Show more")
OURS = Phrase("This is our public address")
BUTTONS_GONE = Phrase("This is out of date: the draft or its review has changed. Please use the reply as it is now.")
READ_ANEW = Phrase("I'm just updating the review of this draft. Please try again in a moment.")
"""Said instead while a review is on its way, or is there and not yet noted as shown."""
DISMISSED_BY = Phrase("Dismissed by ")
MORE_TITLE = Phrase("More about this draft")
NOTHING_MORE = Phrase("That's everything: every point is in the reply.")
LEFT_OUT = Phrase("There are more. Deal with some of these and the rest will appear.")


def dismissed(label: str) -> str:
    """The line above a finding that was dismissed."""
    return say("{label} (dismissed)", label=label)


def ours(contact: str, *, for_good: bool) -> str:
    """A contact is the brand's own, in private to the person who said so."""
    if for_good:
        return say("{contact} is now one of your public addresses, so it won't be flagged again.", contact=contact)
    said = Phrase("Dismissed in this draft. If a brand lead presses that button, {contact} won't be flagged again.")
    return say(said, contact=contact)


def settled(point: Point, named: str, because: str) -> str:
    """A point that somebody used or dismissed, in one line of markup. ``because`` says why it was dismissed."""
    if point.decision is Decision.USED or point.verdict is None:
        return say("Used: {point}", point=named)
    return say("Dismissed: {point}, by {person}", point=named, person=mention(point.verdict.user)) + because


def undo(title: str) -> str:
    """What a screen reader says for its *Undo*."""
    return say("{label}: {title}", label=UNDO, title=title)


def whose(contact: str) -> str:
    """What a screen reader says for the button beside a contact."""
    return say("{label}: {title}", label=OURS, title=contact)


# What people read when they dismiss a point, and on points that somebody dismissed.

DISMISSAL_TITLE = Phrase("Dismiss this point")
DISMISSAL_SUBMIT = Phrase("Dismiss")
REASON = Phrase("Why?")
NOTE = Phrase("In your own words")
SCOPE = Phrase("How widely should this apply?")
CAMPAIGN = Phrase("The campaign's name")
CAMPAIGN_HINT = Phrase("A name or hashtag that's in this draft and in the campaign's other drafts.")
ASK_A_LEAD = Phrase(
    "Only brand leads can dismiss it in other drafts. If you want that, leave the point open and ask them."
)
LASTING = Phrase("For how long?")
ADD_NOTE = Phrase("Add a note")
WIDER = Phrase("Add a note, or dismiss it in other drafts too")
DISMISSAL_KEPT = Phrase(
    "The quoted words, your reason and your name go on the list of exceptions, where anyone who can read this draft "
    "can see them. You or a brand lead can lift the exception there."
)
FINE_SEEN = (
    "The quoted words and your name go on the list of exceptions, where anyone who can read that draft, or the audit, "
    "can see them. You or a brand lead can lift the exception there."
)
NO_CAMPAIGN = Phrase("Name the campaign: a name or hashtag that its drafts use.")
NOT_FOUND = Phrase("This draft doesn't contain that name. Use a hashtag or a name that's in it.")
NO_REASON = Phrase("Please choose a reason.")
DONE_TITLE = Phrase("Dismissed here")
DISMISSAL_GONE_TITLE = Phrase("Not dismissed")
DISMISSAL_REASONS = {
    VerdictReason.NOT_A_PROBLEM: Phrase("Not a problem here"),
    VerdictReason.FALSE_ALARM: Phrase("False alarm: it doesn't say that"),
    VerdictReason.PROOF: Phrase("We have proof"),
    VerdictReason.AGREED: Phrase("Agreed with the brand lead"),
    VerdictReason.HOUSE_STYLE: Phrase("House style"),
    VerdictReason.OTHER: Phrase("Other"),
}
"""What people choose from."""
SAID = DISMISSAL_REASONS | {VerdictReason.OWN_ADDRESS: Phrase("Our public address")}
_BEHIND_A_COLON = {
    VerdictReason.NOT_A_PROBLEM: Phrase("not a problem here"),
    VerdictReason.FALSE_ALARM: Phrase("false alarm: it doesn't say that"),
    VerdictReason.PROOF: Phrase("we have proof"),
    VerdictReason.AGREED: Phrase("agreed with the brand lead"),
    VerdictReason.HOUSE_STYLE: Phrase("house style"),
    VerdictReason.OTHER: Phrase("other"),
    VerdictReason.OWN_ADDRESS: Phrase("our public address"),
}
"""What stands on a point that was dismissed."""
ONLY_HERE = Phrase(
    "You've dismissed the point in this draft only. To have it dismissed in other drafts too, press Undo in the "
    "thread and ask a brand lead to dismiss it."
)
DISMISSED_HERE = Phrase("You dismissed a point in this draft.")
DISMISSED_FURTHER = Phrase("You dismissed a point here and in other drafts. `/candor exceptions` lists it.")
OTHER_CAMPAIGN = "other"
HASHTAG = "tag:"
_LASTINGS = {
    Lasting.MONTH: Phrase("30 days (until {day})"),
    Lasting.QUARTER: Phrase("90 days (until {day})"),
    Lasting.YEAR: Phrase("A year (until {day})"),
}


def too_long(length: int, most: int) -> str:
    """Words that are longer than what is kept."""
    said = Phrase("That's {length} characters; the limit is {most}. Please shorten it.")
    return say(said, length=f"{length:,}", most=f"{most:,}")


def scopes(hashtags: tuple[str, ...], *, always: bool | None) -> dict[str, str]:
    """The choices, by the value that stands for each; what reaches other drafts is for brand leads.

    ``always`` is True for them, and None where it is not known whether somebody is one.
    """
    campaigns = {f"{HASHTAG}{tag}": in_drafts_with(tag) for tag in hashtags}
    named = Phrase("In another campaign") if campaigns else Phrase("In one campaign")
    further = {**campaigns, OTHER_CAMPAIGN: named, Scope.ALWAYS: Phrase("In all drafts")}
    return {Scope.HERE: Phrase("Only in this draft")} | ({} if always is False else further)


def in_drafts_with(tag: str) -> str:
    """The choice of a campaign."""
    return say("In drafts with {tag}", tag=tag)


def lastings(now: float, *, ends: bool) -> dict[str, str]:
    """The choices with their dates, by value; ``ends`` leaves out the one without."""
    dates = {lasting: lasting.until(now) for lasting in Lasting}
    return {
        lasting: say("No end date") if end is None else say(_LASTINGS[lasting], day=day(end))
        for lasting, end in dates.items()
        if end is not None or not ends
    }


def day(moment: float) -> str:
    """``20 February 2027``."""
    return on(datetime.fromtimestamp(moment, UTC).date())


def because(reason: VerdictReason | None, note: str) -> str:
    """Why a point was dismissed, behind the name of who did it."""
    why = say(": {reason}", reason=_BEHIND_A_COLON[reason]) if reason else ""
    return f"{why}. {say('“{quote}”', quote=note)}" if note else f"{why}."


# What people read about answers to questions, and when they change one.

CHANGE = Phrase("Change answer")
ANSWERS_TITLE = Phrase("Change an answer")
ANSWERS_SUBMIT = Phrase("Save")
ANSWER = Phrase("The answer")
ANSWERS_GONE_TITLE = Phrase("Not changed")


def change(number: int, of: int) -> str:
    """On the button to one of several answers."""
    return CHANGE if of == 1 else say("Change answer {number}", number=number)


# What people read in the list of exceptions.

EXCEPTIONS_TITLE = Phrase("Exceptions")
NONE = Phrase("There are no exceptions.")
NONE_HERE = Phrase("No exception applies to this draft any more.")
INTRO = Phrase("I leave these words alone. The person who made an exception, or any brand lead, can lift it.")
LIFT = Phrase("Lift")
EXCEPTIONS_SHOW = Phrase("Show")
ALL = Phrase("All exceptions")
NEXT = Phrase("Next")
PREVIOUS = Phrase("Back")
SOMEBODY = Phrase("somebody")
DELETED = Phrase("(the words were deleted with their draft)")
NOT_YOURS = Phrase("Only the person who made this exception or a brand lead can lift it.")
EXCEPTIONS_GONE = Phrase("This exception had already ended.")
LIFTED = Phrase("Lifted. I'll flag these words again from the next review.")


def scope(exception: GuidelineException) -> str:
    """How far it goes."""
    always = exception.scope is Scope.ALWAYS
    far = say("In all drafts") if always else say("In the campaign {name}", name=exception.campaign)
    return far if exception.general else say("{scope}, only in drafts by the person who made it", scope=far)


def until(exception: GuidelineException) -> str:
    """How long it is in force; who made it stands before."""
    ends = exception.expires_at
    end = say("no end date") if ends is None else say("until {day}", day=day(ends))
    return f", {day(exception.created_at)}, {end}"


def reason(exception: GuidelineException) -> str:
    """Why somebody made it."""
    note = f" {say('“{quote}”', quote=exception.note)}" if exception.note else ""
    return f"{say(DISMISSAL_REASONS[exception.reason])}.{note}"


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
    "From the drafts where this was dismissed for this reason, latest first. I look them up when you open this "
    "window, so words from a deleted draft won't be here."
)
ONLY_LEADS_SEE = "Only brand leads can see these."
NO_WORDS = "The drafts have been deleted, so there's nothing to show."
OPEN_DRAFT = "Open the draft"
ANSWERED_BEFORE = "This has been answered already."
PROPOSAL_GONE = "The words or the guideline have changed since, so nothing has happened."
ONLY_LEADS_ANSWER = "Only brand leads can answer this, so nothing has happened."


def proposal(
    named: str, offer: Proposal | None, repeats: Sequence[Repeat], reason: VerdictReason, links: Sequence[str]
) -> str:
    """What was dismissed, in which drafts (``links``, "" where Slack gave none), and what is offered, if anything."""
    rows = [f"• {_opened(repeat, link)}" for repeat, link in zip(repeats, links, strict=True)]
    said = SAID[reason].partition(":")[0]
    channel = Place.of(repeats[0].draft_id).channel
    dismissed = (
        f"*{_escaped(named)}* was dismissed in {count(len(repeats), 'draft')} in <#{channel}> within 30 days, each "
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

UP = Phrase("Helpful")
DOWN = Phrase("Not helpful")
PLAIN_UP = Phrase("👍 Helpful")
PLAIN_DOWN = Phrase("👎 Not helpful")
LABELS = {Thumb.UP: UP, Thumb.DOWN: DOWN}
TOOLS = Phrase("What to do with this draft")
"""Read out for the menu beside the headline."""
FEEDBACK_KEPT = Phrase(
    "Thanks, noted. It goes into the weekly digest without your name. Press the thumb again to take it back."
)
TAKEN_BACK = Phrase("Undone: your rating no longer counts.")
FEEDBACK_GONE = Phrase("This is out of date: the draft is gone.")
FEEDBACK_TITLE = Phrase("What was wrong?")
FEEDBACK_SEND = Phrase("Send")
SKIP = Phrase("Skip")
NOTED = Phrase(
    "Thanks, noted. It goes into the weekly digest without your name. If you like, say what was wrong, or press the "
    "thumb again to take it back."
)
WHICH = Phrase("Choose what fits best")
HINT = Phrase("It's kept with the draft and deleted with it.")
FEEDBACK_REASONS = {
    FeedbackReason.WRONG_POINT: Phrase("A point is wrong"),
    FeedbackReason.MISSED: Phrase("Something was missed"),
    FeedbackReason.TONE: Phrase("The tone"),
    FeedbackReason.OTHER: Phrase("Something else"),
}


# What people read about a muted thread, in Slack's markup where names stand in it.

MUTE = Phrase("Mute this thread")
MUTE_SEND = Phrase("Mute")
UNMUTE = Phrase("Unmute")
MUTE_SHOW = Phrase("Show open points")
FOOTER = Phrase(
    "Automated message from Candor. I keep edits but don't review them. A sign-off in this thread stays up to date."
)
FALLBACK = Phrase("Candor: this thread is muted.")
MUTE_GONE = Phrase("This is out of date: the draft is gone.")


def hides(must: int) -> str:
    """What is asked before a thread is muted in which something must be fixed."""
    asked = forms(
        "{number} point must be fixed and is still open. Muting hides the review for everyone in this thread, and "
        "Candor won't review edits to the draft until somebody presses *Unmute*.",
        "{number} points must be fixed and are still open. Muting hides the review for everyone in this thread, and "
        "Candor won't review edits to the draft until somebody presses *Unmute*.",
    )
    return several(must, *asked)


def muted(mute: Mute) -> str:
    """The one line that is left of the reply."""
    return say("Muted by {person}. Candor won't review or post in this thread.", person=mention(mute.by))


def still_open(left: tuple[OpenPoint, ...]) -> str:
    """What nobody has handled, worst first."""
    open_ = forms("Still open: {number} point ({severities}).", "Still open: {number} points ({severities}).")
    return several(len(left), *open_, severities=by_weight([point.severity for point in left]))
