"""The second opinion: what a model calls must-fix is asked again, in other words, before anybody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.severity import Severity
from bot.model.grounding import share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.critique import Question
    from bot.core.finding import Finding
    from bot.core.guideline import Guideline
    from bot.model.answers import Opinion
    from bot.model.questions import Asking

_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the second opinion left of the findings, and the questions that came of doubt."""

    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    dropped: int


def to_confirm(findings: Sequence[Finding], found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The must-fix findings that rest on the model alone; what a rule found as well needs no second opinion."""
    return tuple(f for f in findings if f.severity is Severity.MUST_FIX and not _is_found(f, found))


def _is_found(finding: Finding, found: Sequence[Finding]) -> bool:
    return any(other.guideline == finding.guideline and share(finding, other) >= _SAME for other in found)


def weigh(
    findings: Sequence[Finding],
    doubted: Sequence[Finding],
    opinions: Sequence[Opinion],
    asking: Asking,
    guidelines: Mapping[str, Guideline],
) -> Confirmed:
    """Kept findings stay, refuted ones go, and what nobody confirmed is asked of the author.

    ``doubted`` were numbered from 1 for the opinions. Of contradicting opinions on one finding none counts. A finding
    in doubt whose question may not be asked, as the author has answered it before, goes as well.
    """
    said = _one_each(opinions)
    stays = {id(finding) for finding in findings} - {id(finding) for finding in doubted}
    questions: list[Question] = []
    dropped = 0
    for number, finding in enumerate(doubted, 1):
        opinion = said.get(number)
        if opinion and opinion.verdict == "keep":
            stays.add(id(finding))
            continue
        question = None
        if not opinion or opinion.verdict == "unsure":
            asked = opinion.question if opinion else ""
            own = guidelines[finding.guideline].question
            question = asking.question(finding.guideline, asked) or asking.question(finding.guideline, own)
        questions += [question] if question else []
        dropped += not question
    return Confirmed(tuple(f for f in findings if id(f) in stays), tuple(questions), dropped)


def _one_each(opinions: Sequence[Opinion]) -> dict[int, Opinion]:
    said: dict[int, Opinion] = {}
    at_odds: set[int] = set()
    for opinion in opinions:
        if said.setdefault(opinion.number, opinion).verdict != opinion.verdict:
            at_odds.add(opinion.number)
    return {number: opinion for number, opinion in said.items() if number not in at_odds}
