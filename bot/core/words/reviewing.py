"""What people read in the reply to a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.critique import Outcome, ReviewState
from bot.core.severity import Severity
from bot.core.verdict import Decision
from bot.core.words.counting import count
from bot.core.words.model import checked, reason, recorded
from bot.core.words.pictures import counted
from bot.core.words.pictures import footer as seen

if TYPE_CHECKING:
    from bot.core.critique import Critique
    from bot.core.draft import Draft
    from bot.core.finding import Finding
    from bot.core.standing import Standing
    from bot.core.whereabouts import Whereabouts

NOTHING = "Nothing to flag."
COULD_NOT = "I couldn't review this draft, so I've put it aside. Please ask a colleague to read it."
ANSWERED = "Answered. I'm reading the draft again with your answer."
USED = "Used: it's in the clean text in this thread."
ANSWERS = "Answered: "
LEAVE_OUT = "Leave it out."
ADD_AT_START = "Add at the start: "
MOVE_TO_START = "Take it out here and add this at the start: "
SEVERITIES = {Severity.MUST_FIX: "Must fix", Severity.SHOULD_FIX: "Should fix", Severity.CONSIDER: "Consider"}
ICONS = {Severity.MUST_FIX: "🔴", Severity.SHOULD_FIX: "🟠", Severity.CONSIDER: "🔵"}
"""Seen before the word is read, which says the same."""
PLATFORMS = {
    "email": "e-mail",
    "linkedin": "LinkedIn",
    "sms": "SMS",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "youtube": "YouTube",
}


def platform(name: str) -> str:
    """A platform as people write it."""
    return PLATFORMS.get(name, name.capitalize())


def where(place: Whereabouts, *, several: bool) -> str:
    """Where a point stands, "" where there is only one place; ``several`` says that the draft is for some platforms."""
    variant = f"variant {place.variant}" if place.variant else ""
    part = f"part {place.part} of {place.parts}" if place.parts else ""
    named = platform(place.platform) if several and place.platform else ""
    return ", ".join(filter(None, (named, variant, part)))


def headline(standing: Standing) -> str:
    """What is left of the review, in a few words."""
    critique = standing.critique
    if critique.state is ReviewState.PUT_ASIDE:
        return COULD_NOT
    if critique.state is not ReviewState.DONE:
        return f"{reason(critique)} {_by_checks(standing)}"
    if critique.unplaced and (standing.silent or not standing.says_something):
        return lost(critique.unplaced)
    if standing.silent or critique.outcome in (Outcome.NOTHING_TO_FLAG, Outcome.NOT_A_DRAFT):
        return NOTHING
    if standing.handled:
        return _handled(standing)
    counts = ((standing.count(Decision.OPEN), "change"), (len(standing.questions), "question"))
    said = [count(number, noun) for number, noun in counts if number]
    in_pictures = len(standing.open_pictured)
    return ", ".join([*said, *([counted(in_pictures)] if in_pictures else [])]) or ANSWERED


def unplaced(number: int) -> str:
    """Points of the model that nobody can be shown, as they quote nothing that stands in the draft."""
    return f"{count(number, 'point')} couldn't be matched to the text."


def left_out(number: int) -> str:
    """Doubts of the model that nobody is asked about yet."""
    return f"{count(number, 'more question')} to come: I ask two at a time, so please answer these first."


def lost(number: int) -> str:
    """The headline of a review of which nothing else is left."""
    it = "it" if number == 1 else "them"
    return f"{unplaced(number)} I can't show {it} to you, so please read this draft again yourself."


def _by_checks(standing: Standing) -> str:
    """What is left of a draft that no model has read."""
    if standing.handled:
        return _handled(standing)
    found, asked = standing.count(Decision.OPEN), len(standing.questions)
    if standing.critique.questions and not (found or asked):
        return ANSWERED
    return checked(standing.critique, found) + (f" {count(asked, 'question')} for you." if asked else "")


def _handled(standing: Standing) -> str:
    counts = ((standing.count(Decision.USED), Decision.USED), (len(standing.dismissed), Decision.DISMISSED))
    return f"All points handled: {', '.join(f'{number} {decision}' for number, decision in counts if number)}."


def label(number: int, finding: Finding, problem: str, where: str) -> str:
    """The line above a finding; ``where`` is its place where the draft has several."""
    several = f", {len(finding.parts)} places" if finding.parts else ""
    place = f" ({where})" if where else ""
    return f"{ICONS[finding.severity]} {number}. {SEVERITIES[finding.severity]}: {problem}{several}{place}"


def label_in_picture(number: int, finding: Finding, problem: str) -> str:
    """The line above a point about words in a picture."""
    return f"{ICONS[finding.severity]} {SEVERITIES[finding.severity]}, in picture {number}: {problem}"


def folded(number: int) -> str:
    """The findings that are not shown."""
    return f"And {count(number, 'more point')}."


def excepted(number: int) -> str:
    """The findings that an exception silences."""
    return f"{count(number, 'point')} left out because of an exception."


def answered(title: str, answer: str) -> str:
    """What somebody answered to the question of a guideline; who it was follows."""
    return f"{answer}, on “{title}” ("


def footer(critique: Critique, draft: Draft, platforms: tuple[str, ...]) -> str:
    """Who wrote this, what was read, and how far to trust it."""
    left = unplaced(critique.unplaced) if critique.unplaced and critique.says_something else ""
    read = _read(critique, len(draft.text), platforms)
    unread = f"{count(draft.unread, 'file')} not read." if draft.unread else ""
    more = left_out(critique.left_out) if critique.left_out else ""
    return " ".join(filter(None, (left, more, read, seen(critique.pictures, len(draft.pictures)), unread)))


def _read(critique: Critique, characters: int, platforms: tuple[str, ...]) -> str:
    places = ", ".join(platform(name) for name in platforms)
    read = f"{count(characters, 'character')} read" + (f" for {places}" if places else "")
    if critique.state is not ReviewState.DONE:
        return f"Automated reply from Candor, {read}. People decide."
    if said := recorded(critique.model):
        return f"AI reply from Candor. {said}"
    model = f" ({critique.model})" if critique.model else ""
    return f"AI reply from Candor{model}, {read}. People decide."


def news(must_fix: int) -> str:
    """One line in the thread: an edited message alone would go unnoticed."""
    return f"The full review is ready, above. It found {count(must_fix, 'more point')} that must be fixed."


def summary(standing: Standing, points: list[str]) -> str:
    """The whole reply as one plain text, for notifications and screen readers."""
    return " ".join([f"Candor: {headline(standing)}", *points])


def point(quote: str, why: str) -> str:
    """One finding in the plain text."""
    return f"“{quote}”: {why}"
