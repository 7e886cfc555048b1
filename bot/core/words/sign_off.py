"""What people read about a draft's sign-off, in Slack's markup where names and times stand in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.severity import Severity
from bot.core.sign_off import Act, Refusal, Source
from bot.core.words.counting import count
from bot.core.words.people import person
from bot.core.words.reply import SEVERITIES

if TYPE_CHECKING:
    from bot.core.sign_off import OpenPoint, Refused, SignOff, SignOffAct, Subject

ASK = "Ask for sign-off"
APPROVE = "Approve"
CHANGES = "Ask for changes"
HOLD = "Hold"
LABELS = {Act.ASKED: ASK, Act.APPROVED: APPROVE, Act.CHANGES: CHANGES, Act.HELD: HOLD}
"""What stands on the buttons."""
RECORDED = "Automated message by Candor. People sign off; Candor keeps the record and never approves."
FALLBACK = "Candor: the sign-off of this draft."
STALE = "The text has changed since: sign-off needed again."
NO_LEADS_HERE = "a brand lead"
_DONE = {
    Act.ASKED: "Sign-off asked for by {who}",
    Act.APPROVED: "Approved by {who}",
    Act.CHANGES: "{who} asked for changes",
    Act.HELD: "Held by {who}",
}
_TEXTS = {
    Source.DRAFT: "the draft as it stands now",
    Source.CLEAN: "the clean text in this thread, with the changes that were used",
}
_MENTIONED = 5
"""People that one line names."""
_NAMED = 3
"""Guidelines that one line names."""

NOTE_LABEL = {Act.CHANGES: "What should change?", Act.HELD: "Why is it on hold?"}
CLOSE = "Cancel"
TOO_SLOW = "That took too long. Please press it again."
SEND = {Act.APPROVED: "Approve", Act.CHANGES: "Send", Act.HELD: "Hold"}
APPROVE_TITLE = "Approve this draft"
TITLES = {Act.APPROVED: APPROVE_TITLE, Act.CHANGES: "Ask for changes", Act.HELD: "Put on hold"}
STILL_OPEN = "These points must be fixed and are still open:"
APPROVE_ALL_THE_SAME = "You can approve all the same. That they were open is kept with the approval."
UNREAD = "Candor has not finished reading this text. You can approve all the same; that is kept with the approval."
CHANGED_TITLE = "The text has changed"
CHANGED = "The text was changed while you looked at it, so nothing was approved. Please read it again."
NO_NOTE = "Please say it in a few words, so that the author knows."


def headline(sign_off: SignOff) -> str:
    """Where it stands, in one line."""
    return STALE if sign_off.stale else f"{done(sign_off.last)}."


def below(sign_off: SignOff) -> str:
    """The line below it: who has to decide, or what was decided on a text that is no longer there."""
    last = sign_off.last
    if sign_off.stale:
        return f"{done(last)}, on text `{last.subject.short}`."
    return f"It waits for {_people(sign_off.leads)}." if last.act is Act.ASKED else ""


def done(act: SignOffAct) -> str:
    """One entry: who did what, and when."""
    return f"{_DONE[act.act].format(who=person(act.user))}, {moment(act.at)}"


def about(subject: Subject) -> str:
    """Which text it is about, with what people can compare."""
    return f"Text `{subject.short}`: {_TEXTS[subject.source]}."


def open_then(act: SignOffAct, titles: list[str]) -> str:
    """What was open when somebody decided. ``titles`` are those of the guidelines, the most severe first."""
    if not act.reviewed:
        return "The review of this text was not finished at that moment."
    if not act.open:
        return "No open points at that moment."
    return f"Open at that moment: {_counted(act.open)} ({_listed(titles)})."


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


def refused(answer: Refused) -> str:
    """The one sentence in private."""
    return _REFUSED[answer.why].format(leads=_people(answer.leads))


_REFUSED = {
    Refusal.GONE: "That no longer fits: the draft is gone, or its thread is muted.",
    Refusal.NOT_A_LEAD: "Only brand leads can decide on a sign-off here: {leads}.",
    Refusal.OWN_DRAFT: "You wrote this draft, so another brand lead has to approve it: {leads}.",
    Refusal.ONLY_LEAD: "Nobody approves their own draft, and its author is the only brand lead here: name a second one "
    "in Candor's settings.",
    Refusal.NO_LEADS: "Nobody is known as a brand lead here, so nobody can sign off: name one in Candor's settings.",
    Refusal.NOT_THE_AUTHOR: "Only the author of a draft can ask for its sign-off.",
    Refusal.ALREADY_ASKED: "A sign-off of this draft is asked for already; the message is in this thread.",
    Refusal.ALREADY_APPROVED: "This very text is approved already; the message is in this thread.",
    Refusal.CHANGED: CHANGED,
    Refusal.LATER: "Slack does not say at the moment who the brand leads are. Please try again in a minute.",
}


def _people(leads: tuple[str, ...]) -> str:
    named = ", ".join(person(lead) for lead in leads[:_MENTIONED])
    more = len(leads) - _MENTIONED
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


def _listed(titles: list[str]) -> str:
    more = len(titles) - _NAMED
    named = ", ".join(titles[:_NAMED])
    return f"{named} and {count(more, 'other')}" if more > 0 else named
