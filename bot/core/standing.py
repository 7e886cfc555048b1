"""How a critique stands: what people have decided about its points, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.clean_text import compatible
from bot.core.critique import SHOWN
from bot.core.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.answer import Answer
    from bot.core.critique import Critique, Question
    from bot.core.finding import Finding
    from bot.core.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Point:
    """A finding and what was decided. ``usable`` is False where there is no edit for it.

    Of two edits that touch the same words, only the one of the more severe finding is usable.
    """

    finding: Finding
    decision: Decision = Decision.OPEN
    usable: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A critique with the points and the ``questions`` that nobody answered yet."""

    critique: Critique
    points: tuple[Point, ...] = ()
    questions: tuple[Question, ...] = ()

    def count(self, decision: Decision) -> int:
        """How many points are decided like that."""
        return len(self._all(decision))

    @property
    def handled(self) -> bool:
        """True where there were points and nothing is left to decide or to answer."""
        return bool(self.points) and not self.questions and not self.count(Decision.OPEN)

    @property
    def used(self) -> tuple[Finding, ...]:
        """The findings whose edits were accepted, the most severe first."""
        return tuple(point.finding for point in self._all(Decision.USED))

    @property
    def shown(self) -> tuple[Point, ...]:
        """The points that people see at once; none where all are handled."""
        return () if self.handled else self._standing[:SHOWN]

    @property
    def hidden(self) -> tuple[Point, ...]:
        """The points behind "Show more": the folded ones, then the dismissed ones."""
        return self._standing[len(self.shown) :] + self._all(Decision.DISMISSED)

    @property
    def _standing(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.decision is not Decision.DISMISSED)

    def _all(self, decision: Decision) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.decision is decision)


def standing_of(critique: Critique, verdicts: Iterable[Verdict] = (), answers: Iterable[Answer] = ()) -> Standing:
    """What is left of a critique after what people decided and answered."""
    decided = {verdict.finding: verdict.decision for verdict in verdicts}
    answered = {answer.guideline for answer in answers}
    wishes = [(finding, _wish(finding, decided)) for finding in critique.findings]
    usable = compatible(finding for finding, wish in wishes if wish is not Decision.DISMISSED)
    points = tuple(_point(finding, wish, usable) for finding, wish in wishes)
    return Standing(critique, points, tuple(q for q in critique.questions if q.guideline not in answered))


def _wish(finding: Finding, decided: dict[str, Decision]) -> Decision:
    wish = decided.get(finding.ref, Decision.OPEN)
    return Decision.OPEN if wish is Decision.DISMISSED and not finding.dismissable else wish


def _point(finding: Finding, wish: Decision, usable: list[Finding]) -> Point:
    can_be = finding in usable
    return Point(finding, Decision.OPEN if wish is Decision.USED and not can_be else wish, can_be)
