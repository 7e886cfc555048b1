"""What people read about a draft's sign-off, in Slack's markup where names and times stand in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.judging import ReviewState
from bot.core.sign_off import MOST_NAMED, Act, Refusal, Source
from bot.core.words.people import Phrase, channel, forms, person, say, several
from bot.core.words.reviewing import SEVERITIES, by_weight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.guidelines import Severity
    from bot.core.reviewing import DraftRecord
    from bot.core.sign_off import OpenPoint, Prospect, Refused, SignOff, SignOffAct, Subject


ASK = Phrase("Ask for sign-off")
APPROVE = Phrase("Approve")
CHANGES = Phrase("Ask for changes")
HOLD = Phrase("Hold")
LABELS = {Act.ASKED: ASK, Act.APPROVED: APPROVE, Act.CHANGES: CHANGES, Act.HELD: HOLD}
"""What stands on the buttons."""
IN_MENU = LABELS | {
    Act.APPROVED: Phrase("Approve (brand leads)"),
    Act.CHANGES: Phrase("Ask for changes (brand leads)"),
    Act.HELD: Phrase("Hold (brand leads)"),
}
"""What stands in the menu of a reply, which shows everybody the same."""
ASKED_HERE = Phrase("Sign-off requested. Follow it further down in this thread.")
STANDS_HERE = Phrase("The sign-off is further down in this thread.")
"""In the reply, which is not shown anew with every text that a sign-off may be about."""
ASKED = Phrase("Sign-off requested. Brand leads get a direct message, and you can follow it in this thread.")
ASKED_DIRECTLY = Phrase(
    "Sign-off requested. Brand leads see the request on Candor's Home, but they can't see this conversation. Post "
    "the draft in a channel so they can read it and sign it off."
)
RECORDED = Phrase("Automated message from Candor. People sign off; Candor keeps the record and never approves.")
FALLBACK = Phrase("Candor: the sign-off for this draft.")
STALE = Phrase("The text, or something that goes with it, has changed since then, so it needs a new sign-off.")
NO_LEADS_HERE = Phrase("a brand lead")
_DONE = {
    Act.ASKED: Phrase("Sign-off requested by {person}, {moment}"),
    Act.APPROVED: Phrase("Approved by {person}, {moment}"),
    Act.CHANGES: Phrase("{person} asked for changes, {moment}"),
    Act.HELD: Phrase("Put on hold by {person}, {moment}"),
}
_EARLIER = {
    Act.ASKED: Phrase("Sign-off requested by {person}, {moment}, for an earlier version."),
    Act.APPROVED: Phrase("Approved by {person}, {moment}, for an earlier version."),
    Act.CHANGES: Phrase("{person} asked for changes, {moment}, for an earlier version."),
    Act.HELD: Phrase("Put on hold by {person}, {moment}, for an earlier version."),
}
_TEXTS = {
    Source.DRAFT: Phrase("It covers the draft as it is now."),
    Source.CLEAN: Phrase("It covers the clean text in this thread, with the changes that were used."),
}
_TOLD = "Automated message from Candor, because you take part in this sign-off."
_NAMED = 3
"""Guidelines that one line names."""

NOTE_LABEL = {Act.CHANGES: Phrase("What should change?"), Act.HELD: Phrase("Why is it on hold?")}
TOO_SLOW = Phrase("That took too long. Please press the button again.")
SEND = {Act.APPROVED: APPROVE, Act.CHANGES: Phrase("Send"), Act.HELD: HOLD}
APPROVE_TITLE = Phrase("Approve this draft")
TITLES = {Act.APPROVED: APPROVE_TITLE, Act.CHANGES: CHANGES, Act.HELD: Phrase("Put on hold")}
CHECKED_ONLY = Phrase("No language model has reviewed this text, only fixed checks.")
STILL_OPEN = Phrase("These points must be fixed and are still open:")
APPROVE_ALL_THE_SAME = Phrase("You can still approve. The record will show that they were open.")
APPROVE_ANYWAY = {
    ReviewState.AWAITED: Phrase("The full review is still to come. Approve anyway? The record will say so."),
    ReviewState.GIVEN_UP: Phrase(
        "There was no full review, because the language model didn't answer. Approve anyway? The record will say so."
    ),
    ReviewState.REFUSED: Phrase(
        "There was no full review, because the language model didn't read this text. Approve anyway? "
        "The record will say so."
    ),
    ReviewState.UNPAID: Phrase(
        "There was no full review, because too little is left of my budget. Approve anyway? The record will say so."
    ),
    ReviewState.PUT_ASIDE: Phrase("I couldn't review this text. Approve anyway? The record will say so."),
}
"""Asked once, before an approval of a text that has not had its full review."""
_READ = {
    ReviewState.DONE: "",
    ReviewState.CHECKS_ONLY: CHECKED_ONLY,
    ReviewState.AWAITED: Phrase("Its full review is still to come."),
    ReviewState.GIVEN_UP: Phrase("It has had no full review."),
    ReviewState.REFUSED: Phrase("It has had no full review."),
    ReviewState.UNPAID: Phrase("It has had no full review."),
    ReviewState.PUT_ASIDE: Phrase("It has had no review."),
}
"""How far the review of a text came, for its thread."""
CHANGED = Phrase("The draft changed while you were looking at it, so nothing was approved. Please read it again.")
TAKEN = {
    Act.APPROVED: Phrase("You approved this text. The thread shows it, with your name and the time."),
    Act.CHANGES: Phrase("Your note is in the thread, and the author gets a direct message."),
    Act.HELD: Phrase("The text is on hold. Your note is in the thread, and the author gets a direct message."),
}
"""Said in private, as soon as it is kept."""
NO_NOTE = Phrase("Please add a few words, so the author knows what you mean.")


def for_leads(leads: tuple[str, ...]) -> str:
    """Above the buttons, which everybody sees: who may press them."""
    if not leads:
        return say("Only brand leads can use these buttons. Nobody approves their own draft.")
    said = Phrase("Only brand leads can use these buttons (here: {people}). Nobody approves their own draft.")
    return say(said, people=_people(leads))


def headline(sign_off: SignOff) -> str:
    """Where it stands, in one line."""
    return say(STALE) if sign_off.stale else f"{done(sign_off.last)}."


def below(sign_off: SignOff) -> str:
    """The line below it: who has to decide, or what was decided on a text that is no longer there."""
    waits = say("Waiting for {people}.", people=_people(sign_off.leads)) if sign_off.waits else ""
    return f"{done(sign_off.last, _EARLIER)} {waits}" if sign_off.stale else waits


def done(act: SignOffAct, said: Mapping[Act, str] = _DONE) -> str:
    """One entry: who did what, and when."""
    return say(said[act.act], person=person(act.user), moment=moment(act.at))


def about(subject: Subject) -> str:
    """Which text it is about."""
    return say(_TEXTS[subject.source])


def open_now(prospect: Prospect, titles: list[str]) -> str:
    """What is open in that text. ``titles`` are those of the guidelines, the most severe first."""
    left = say("Still open: {points}.", points=_open(prospect.open, titles)) if prospect.open else ""
    nothing = say("It has no open points.") if prospect.reviewed else ""
    return " ".join(filter(None, (_READ[prospect.state] and say(_READ[prospect.state]), left or nothing)))


def open_then(sign_off: SignOff, titles: list[str]) -> str:
    """What was open when somebody decided, in the text of then."""
    last = sign_off.last
    if not last.reviewed:
        earlier = say("There was no full review of the earlier text at the time.")
        unread = earlier if sign_off.stale else say("There was no full review of this text at the time.")
        still = say("Still open then: {points}.", points=_open(last.open, titles)) if last.open else ""
        return f"{unread} {still}".rstrip()
    checked_only = sign_off.now and sign_off.now.state is ReviewState.CHECKS_ONLY and not sign_off.stale
    read = f"{say(CHECKED_ONLY)} " if checked_only else ""
    if not last.open:
        nothing = say("In the earlier text, there were no open points.")
        return f"{read}{nothing if sign_off.stale else say('At the time, there were no open points.')}"
    left = (
        Phrase("In the earlier text, still open: {points}.")
        if sign_off.stale
        else Phrase("At the time, still open: {points}.")
    )
    return f"{read}{say(left, points=_open(last.open, titles))}"


def fingerprints(sign_off: SignOff) -> str:
    """What people can compare: the text of now, and the earlier one that was decided on."""
    now, then = sign_off.subject.short, sign_off.last.subject.short
    both = say("Text version `{now}`; the decision was on version `{then}`.", now=now, then=then)
    shown = both if sign_off.stale else say("Text version `{now}`.", now=now)
    return f"{shown} {say('If a word, link, picture, answer or the platform changes, so does the version.')}"


def entry(act: SignOffAct, note: str) -> str:
    """An earlier entry. ``note`` is what the person wrote, made safe and short."""
    return f"{done(act)} ({say('“{quote}”', quote=note)})" if note else done(act)


def history(entries: list[str], left_out: int) -> str:
    """What came before the last entry, the latest first."""
    more = [several(left_out, "{number} earlier entry", "{number} earlier entries")] if left_out else []
    return say("Earlier: {entries}.", entries="; ".join([*entries, *more]))


def point(severity: Severity, title: str) -> str:
    """One open point in a window."""
    return say("{severity}: {problem}", severity=SEVERITIES[severity], problem=say(title))


def summary(sign_off: SignOff) -> str:
    """The message in plain words, for notifications; names stand in Slack's markup."""
    return " ".join(filter(None, [say("Candor: {headline}", headline=headline(sign_off)), below(sign_off)]))


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
    return say(_REFUSED[answer.why], leads=_people(answer.leads))


_REFUSED = {
    Refusal.GONE: Phrase("This is out of date: the draft is gone, or its thread is muted."),
    Refusal.NOT_A_LEAD: Phrase(
        "Signing off is up to the brand leads here: {leads}. You can tell them in this thread what you think."
    ),
    Refusal.OWN_DRAFT: Phrase("You wrote this draft, so another brand lead has to approve it: {leads}."),
    Refusal.ONLY_LEAD: Phrase(
        "Nobody approves their own draft, and its author is the only brand lead here. Name a second one "
        "in Candor's settings."
    ),
    Refusal.NO_LEADS: Phrase("There's no brand lead here, so nobody can sign off. Name one in Candor's settings."),
    Refusal.NO_LEADS_INSIDE: Phrase(
        "There's no brand lead in this channel, so nobody can read this draft and sign it off. "
        "Invite one ({leads}), then ask again."
    ),
    Refusal.NOT_THE_AUTHOR: Phrase("Only a draft's author can ask for its sign-off."),
    Refusal.ALREADY_ASKED: Phrase("Sign-off has already been requested; see the message in this thread."),
    Refusal.ALREADY_APPROVED: Phrase("This exact text is already approved; see the message in this thread."),
    Refusal.CHANGED: CHANGED,
    Refusal.LATER: Phrase("Slack can't say right now who the brand leads are. Please try again in a minute."),
}


def _people(leads: tuple[str, ...]) -> str:
    named = ", ".join(person(lead) for lead in leads[:MOST_NAMED])
    more = len(leads) - MOST_NAMED
    return say("{names} and {number} more", names=named, number=more) if more > 0 else named or say(NO_LEADS_HERE)


def moment(seconds: float) -> str:
    """In the reader's own time zone; the words after the bar show where Slack cannot tell that."""
    fallback = datetime.fromtimestamp(seconds, UTC).strftime("%-d %b %Y, %H:%M UTC")
    return f"<!date^{seconds:.0f}^{{date_short_pretty}} {{time}}|{fallback}>"


def _open(points: tuple[OpenPoint, ...], titles: list[str]) -> str:
    return f"{by_weight([point.severity for point in points])} ({_listed(titles)})"


def _listed(titles: list[str]) -> str:
    more = len(titles) - _NAMED
    named = ", ".join(map(say, titles[:_NAMED]))
    others = forms("{names} and {number} other", "{names} and {number} others")
    return several(more, *others, names=named) if more > 0 else named
