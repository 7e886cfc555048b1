"""What people read about a draft's sign-off, in Slack's markup where names and times stand in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.guidelines import Severity
from bot.core.judging import ReviewState
from bot.core.sign_off import MOST_NAMED, Act, Refusal, Source
from bot.core.words.people import channel, count, person
from bot.core.words.reviewing import SEVERITIES

if TYPE_CHECKING:
    from bot.core.reviewing import DraftRecord
    from bot.core.sign_off import OpenPoint, Prospect, Refused, SignOff, SignOffAct, Subject


ASK = "Ask for sign-off"
APPROVE = "Approve"
CHANGES = "Ask for changes"
HOLD = "Hold"
LABELS = {Act.ASKED: ASK, Act.APPROVED: APPROVE, Act.CHANGES: CHANGES, Act.HELD: HOLD}
"""What stands on the buttons."""
IN_MENU = LABELS | {act: f"{LABELS[act]} (brand leads)" for act in (Act.APPROVED, Act.CHANGES, Act.HELD)}
"""What stands in the menu of a reply, which shows everybody the same."""
ASKED_HERE = "Sign-off requested. Follow it further down in this thread."
STANDS_HERE = "The sign-off is further down in this thread."
"""In the reply, which is not shown anew with every text that a sign-off may be about."""
ASKED = "Sign-off requested. Brand leads get a direct message, and you can follow it in this thread."
ASKED_DIRECTLY = (
    "Sign-off requested. Brand leads see the request on Candor's Home, but they can't see this conversation. Post "
    "the draft in a channel so they can read it and sign it off."
)
RECORDED = "Automated message from Candor. People sign off; Candor keeps the record and never approves."
FALLBACK = "Candor: the sign-off for this draft."
STALE = "The text, or something that goes with it, has changed since then, so it needs a new sign-off."
NO_LEADS_HERE = "a brand lead"
_DONE = {
    Act.ASKED: "Sign-off requested by {who}",
    Act.APPROVED: "Approved by {who}",
    Act.CHANGES: "{who} asked for changes",
    Act.HELD: "Put on hold by {who}",
}
_TEXTS = {
    Source.DRAFT: "the draft as it is now",
    Source.CLEAN: "the clean text in this thread, with the changes that were used",
}
_TOLD = "Automated message from Candor, because you take part in this sign-off."
_NAMED = 3
"""Guidelines that one line names."""

NOTE_LABEL = {Act.CHANGES: "What should change?", Act.HELD: "Why is it on hold?"}
CLOSE = "Cancel"
TOO_SLOW = "That took too long. Please press the button again."
SEND = {Act.APPROVED: "Approve", Act.CHANGES: "Send", Act.HELD: "Hold"}
APPROVE_TITLE = "Approve this draft"
TITLES = {Act.APPROVED: APPROVE_TITLE, Act.CHANGES: "Ask for changes", Act.HELD: "Put on hold"}
CHECKED_ONLY = "No language model has reviewed this text, only fixed checks."
STILL_OPEN = "These points must be fixed and are still open:"
APPROVE_ALL_THE_SAME = "You can still approve. The record will show that they were open."
APPROVE_ANYWAY = {
    ReviewState.AWAITED: "The full review is still to come. Approve anyway? The record will say so.",
    ReviewState.GIVEN_UP: "There was no full review, because the language model didn't answer. Approve anyway? "
    "The record will say so.",
    ReviewState.REFUSED: "There was no full review, because the language model didn't read this text. Approve anyway? "
    "The record will say so.",
    ReviewState.UNPAID: "There was no full review, because my budget is used up. Approve anyway? "
    "The record will say so.",
    ReviewState.PUT_ASIDE: "I couldn't review this text. Approve anyway? The record will say so.",
}
"""Asked once, before an approval of a text that has not had its full review."""
_READ = {
    ReviewState.DONE: "",
    ReviewState.CHECKS_ONLY: CHECKED_ONLY,
    ReviewState.AWAITED: "Its full review is still to come.",
    ReviewState.GIVEN_UP: "It has had no full review.",
    ReviewState.REFUSED: "It has had no full review.",
    ReviewState.UNPAID: "It has had no full review.",
    ReviewState.PUT_ASIDE: "It has had no review.",
}
"""How far the review of a text came, for its thread."""
CHANGED = "The draft changed while you were looking at it, so nothing was approved. Please read it again."
TAKEN = {
    Act.APPROVED: "You approved this text. The thread shows it, with your name and the time.",
    Act.CHANGES: "Your note is in the thread, and the author gets a direct message.",
    Act.HELD: "The text is on hold. Your note is in the thread, and the author gets a direct message.",
}
"""Said in private, as soon as it is kept."""
NO_NOTE = "Please add a few words, so the author knows what you mean."


def for_leads(leads: tuple[str, ...]) -> str:
    """Above the buttons, which everybody sees: who may press them."""
    named = f" (here: {_people(leads)})" if leads else ""
    return f"Only brand leads can use these buttons{named}. Nobody approves their own draft."


def headline(sign_off: SignOff) -> str:
    """Where it stands, in one line."""
    return STALE if sign_off.stale else f"{done(sign_off.last)}."


def below(sign_off: SignOff) -> str:
    """The line below it: who has to decide, or what was decided on a text that is no longer there."""
    waits = f"Waiting for {_people(sign_off.leads)}." if sign_off.waits else ""
    return f"{done(sign_off.last)}, for an earlier version. {waits}" if sign_off.stale else waits


def done(act: SignOffAct) -> str:
    """One entry: who did what, and when."""
    return f"{_DONE[act.act].format(who=person(act.user))}, {moment(act.at)}"


def about(subject: Subject) -> str:
    """Which text it is about."""
    return f"It covers {_TEXTS[subject.source]}."


def open_now(prospect: Prospect, titles: list[str]) -> str:
    """What is open in that text. ``titles`` are those of the guidelines, the most severe first."""
    left = f"Still open: {_open(prospect.open, titles)}." if prospect.open else ""
    nothing = "It has no open points." if prospect.reviewed else ""
    return " ".join(filter(None, (_READ[prospect.state], left or nothing)))


def open_then(sign_off: SignOff, titles: list[str]) -> str:
    """What was open when somebody decided, in the text of then."""
    last = sign_off.last
    text, when = ("the earlier text", "In the earlier text") if sign_off.stale else ("this text", "At the time")
    if not last.reviewed:
        left = f" Still open then: {_open(last.open, titles)}." if last.open else ""
        return f"There was no full review of {text} at the time.{left}"
    checked_only = sign_off.now and sign_off.now.state is ReviewState.CHECKS_ONLY and not sign_off.stale
    read = f"{CHECKED_ONLY} " if checked_only else ""
    left = f"still open: {_open(last.open, titles)}" if last.open else "there were no open points"
    return f"{read}{when}, {left}."


def fingerprints(sign_off: SignOff) -> str:
    """What people can compare: the text of now, and the earlier one that was decided on."""
    now, then = sign_off.subject.short, sign_off.last.subject.short
    shown = (
        f"Text version `{now}`; the decision was on version `{then}`." if sign_off.stale else f"Text version `{now}`."
    )
    return f"{shown} If a word, link, picture, answer or the platform changes, so does the version."


def entry(act: SignOffAct, note: str) -> str:
    """An earlier entry. ``note`` is what the person wrote, made safe and short."""
    return f"{done(act)} (“{note}”)" if note else done(act)


def history(entries: list[str], left_out: int) -> str:
    """What came before the last entry, the latest first."""
    more = f"; {count(left_out, 'earlier entry', 'earlier entries')}" if left_out else ""
    return f"Before: {'; '.join(entries)}{more}."


def point(severity: Severity, title: str) -> str:
    """One open point in a window."""
    return f"{SEVERITIES[severity]}: {title}"


def summary(sign_off: SignOff) -> str:
    """The message in plain words, for notifications; names stand in Slack's markup."""
    return " ".join(filter(None, [f"Candor: {headline(sign_off)}", below(sign_off)]))


def your_turn(sign_off: SignOff, record: DraftRecord, link: str) -> str:
    """A direct message to whoever has to go on. ``link`` leads to the draft, "" where Slack gives none."""
    place = channel(record.place.channel)
    last, who = sign_off.last, person(sign_off.last.user)
    if last.act is Act.ASKED:
        opened = f"<{link}|Open it>, or find it" if link else "You'll find it"
        return (
            f"A draft by {person(record.author_id)} in {place} is waiting for sign-off. {opened} on my Home under "
            "“Waiting for sign-off”.\nAutomated message from Candor to this workspace's brand leads."
        )
    opened = f"<{link}|Open it>." if link else "You'll find it in the channel."
    if sign_off.stale:
        return (
            f"The draft by {person(record.author_id)} that you approved in {place} has changed, so it needs a new "
            f"sign-off. {opened}\n{_TOLD}"
        )
    if last.act is Act.CHANGES:
        return f"{who} asked for changes to your draft in {place}. {opened}\n{_TOLD}"
    return f"{who} put your draft in {place} on hold. {opened}\n{_TOLD}"


def refused(answer: Refused) -> str:
    """The one sentence in private."""
    return _REFUSED[answer.why].format(leads=_people(answer.leads))


_REFUSED = {
    Refusal.GONE: "This is out of date: the draft is gone, or its thread is muted.",
    Refusal.NOT_A_LEAD: "Signing off is up to the brand leads here: {leads}. You can tell them in this thread what you "
    "think.",
    Refusal.OWN_DRAFT: "You wrote this draft, so another brand lead has to approve it: {leads}.",
    Refusal.ONLY_LEAD: "Nobody approves their own draft, and its author is the only brand lead here. Name a second one "
    "in Candor's settings.",
    Refusal.NO_LEADS: "There's no brand lead here, so nobody can sign off. Name one in Candor's settings.",
    Refusal.NO_LEADS_INSIDE: "There's no brand lead in this channel, so nobody can read this draft and sign it off. "
    "Invite one ({leads}), then ask again.",
    Refusal.NOT_THE_AUTHOR: "Only a draft's author can ask for its sign-off.",
    Refusal.ALREADY_ASKED: "Sign-off has already been requested; see the message in this thread.",
    Refusal.ALREADY_APPROVED: "This exact text is already approved; see the message in this thread.",
    Refusal.CHANGED: CHANGED,
    Refusal.LATER: "Slack can't say right now who the brand leads are. Please try again in a minute.",
}


def _people(leads: tuple[str, ...]) -> str:
    named = ", ".join(person(lead) for lead in leads[:MOST_NAMED])
    more = len(leads) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named or NO_LEADS_HERE


def moment(seconds: float) -> str:
    """In the reader's own time zone; the words after the bar show where Slack cannot tell that."""
    fallback = datetime.fromtimestamp(seconds, UTC).strftime("%-d %b %Y, %H:%M UTC")
    return f"<!date^{seconds:.0f}^{{date_short_pretty}} {{time}}|{fallback}>"


def _counted(points: tuple[OpenPoint, ...]) -> str:
    counts = [
        (sum(point.severity is severity for point in points), SEVERITIES[severity].lower()) for severity in Severity
    ]
    return ", ".join(f"{number} {name}" for number, name in counts if number)


def _open(points: tuple[OpenPoint, ...], titles: list[str]) -> str:
    return f"{_counted(points)} ({_listed(titles)})"


def _listed(titles: list[str]) -> str:
    more = len(titles) - _NAMED
    named = ", ".join(titles[:_NAMED])
    return f"{named} and {count(more, 'other')}" if more > 0 else named
