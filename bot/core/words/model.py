"""What people read where no language model judged the draft: first that it was not reviewed, then what checks found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.core.critique import RECORDED, ModelPart
from bot.core.finding import on_one_line
from bot.core.words.counting import count

if TYPE_CHECKING:
    from bot.core.critique import Critique

_REASONS = {
    ModelPart.OFF: "Not reviewed: no language model is connected.",
    ModelPart.AWAITED: "Not reviewed yet: the language model hasn't answered. Its review will replace this reply.",
    ModelPart.DECLINED: "Not reviewed: the language model declined to read this draft.",
    ModelPart.TOO_LONG: "Not reviewed: this draft is too long for the language model.",
    ModelPart.GIVEN_UP: "Not reviewed: the language model couldn't be reached for a day.",
    ModelPart.UNREACHED: "Not reviewed: the language model couldn't be reached.",
    ModelPart.KEY: "Not reviewed: the language model's server refused the key. The person who runs Candor can fix "
    "that.",
    ModelPart.OUTGROWN: "Not reviewed: you changed this draft, so its recorded answer no longer fits. To get your own "
    "words reviewed, connect a model.",
}
KEY_REFUSED = "the language model's server refused the key; check OPENAI_API_KEY"
"""For the log."""
WORTH_A_LOOK = "Worth a look"
WORTH_WHY = "Words like these often mislead or rush readers. Fixed checks can't tell if they do here."
_LANGUAGES = {
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
}
_QUOTES = 3


def reason(critique: Critique) -> str:
    """The first words of such a reply."""
    return _REASONS.get(critique.model_part, _REASONS[ModelPart.OFF])


def checked(critique: Critique, found: int) -> str:
    """What the fixed checks came to; ``found`` points are still open."""
    checks = critique.checks
    result = _result(found, len({lead.guideline for lead in critique.leads}))
    if checks is None:
        return f"The fixed checks {result}."
    if checks.language:
        language = _LANGUAGES.get(checks.language, "this language")
        return f"Only {checks.ran} of {checks.known} fixed checks can read {language}; they {result}."
    return f"{count(checks.ran, 'fixed check')} ran and {result}."


def lead(problem: str, quotes: list[str]) -> str:
    """One line for all leads under a guideline."""
    shown = ", ".join(f"“{on_one_line(quote.rstrip(',;:'))}”" for quote in dict.fromkeys(quotes[:_QUOTES]))
    more = len(quotes) - _QUOTES
    return f"{problem}: {shown}" + (f" and {more} more" if more > 0 else "")


def _result(found: int, leads: int) -> str:
    parts = [count(found, "point")] if found else []
    parts += [f"{count(leads, 'thing')} worth a look"] if leads else []
    return f"found {' and '.join(parts) or 'nothing'}"


def recorded(model: str) -> str:
    """Said of an answer that was recorded, "" of one that a model gives now. ``model`` is the id of who answered."""
    if not model.startswith(RECORDED):
        return ""
    day = date.fromisoformat(model.removeprefix(RECORDED))
    return f"Recorded answer from a language model, {day:%-d %B %Y}; your own drafts are read by fixed checks."
