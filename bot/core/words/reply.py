"""What people read in the reply to a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.critique import Outcome
from bot.core.severity import Severity
from bot.core.words.counting import count

if TYPE_CHECKING:
    from bot.core.critique import Critique

NOTHING = "Nothing to flag."
COULD_NOT = "I could not review this draft."
LEAVE_OUT = "Leave it out."
ADD_AT_START = "Add at the start: "
SEVERITIES = {Severity.MUST_FIX: "Must fix", Severity.SHOULD_FIX: "Should fix", Severity.CONSIDER: "Consider"}
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


def headline(critique: Critique) -> str:
    """What the review came to, in a few words."""
    if critique.outcome is Outcome.NOTHING_TO_FLAG:
        return NOTHING
    if critique.outcome is Outcome.COULD_NOT_REVIEW:
        return COULD_NOT
    counts = ((len(critique.findings), "change"), (len(critique.questions), "question"))
    return ", ".join(count(number, noun) for number, noun in counts if number)


def label(number: int, severity: Severity, title: str, where: str) -> str:
    """The line above a finding; ``where`` is its platform where the draft has several."""
    place = f" ({where})" if where else ""
    return f"{number}. {SEVERITIES[severity]}: {title}{place}"


def folded(number: int) -> str:
    """The findings that are not shown."""
    return f"And {count(number, 'smaller point')} more."


def footer(critique: Critique, characters: int, platforms: tuple[str, ...]) -> str:
    """Who wrote this, what was read, and how far to trust it."""
    places = ", ".join(platform(name) for name in platforms)
    read = f"Read {count(characters, 'character')}" + (f" for {places}" if places else "")
    checked = f"checked against {count(critique.guidelines, 'guideline')}"
    if critique.fixed_rules_only:
        return f"Automated reply by Candor. {read}, {checked} by fixed rules only: tone and context were not judged."
    return f"AI reply by Candor. {read}, {checked} by fixed rules and a language model. People decide."


def summary(critique: Critique, points: list[str]) -> str:
    """The whole reply as one plain text, for notifications and screen readers."""
    return " ".join([f"Candor: {headline(critique)}", *points])


def point(quote: str, why: str) -> str:
    """One finding in the plain text."""
    return f"“{quote}”: {why}"
