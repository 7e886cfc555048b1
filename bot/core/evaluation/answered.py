"""What the whole pipeline said about a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.core.critique import SHOWN
from bot.core.judgement import Usage

if TYPE_CHECKING:
    from bot.core.critique import Question
    from bot.core.evaluation.cases import GoldCase
    from bot.core.finding import Finding
    from bot.core.ports import Critic

MISSING, STALE = "missing", "stale"
"""Faults beside a model's own failures: nobody has answered yet; the answer is to another request."""


@dataclass(frozen=True, slots=True)
class Note:
    """How a case fared on its way to the model. ``seconds`` is None where nobody measured."""

    fault: str = ""
    seconds: float | None = None


class Examiner(Protocol):
    """One case's way to the model, for one run."""

    @property
    def critic(self) -> Critic:
        """The critic; ask it once."""
        ...

    def note(self) -> Note:
        """How it went; to be asked afterwards."""
        ...


@dataclass(frozen=True, slots=True)
class Answered:
    """A case in one run. ``findings`` are those that reach people, the most severe first.

    ``fault`` says why the model has no part in it, "" where it has. ``drops`` counts what does not reach people, by
    reason; ``confidences`` are the model's, by a finding's ``ref``. ``seconds`` is None where nobody measured.
    """

    case: GoldCase
    run: int = 0
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    fault: str = ""
    drops: dict[str, int] = field(default_factory=dict[str, int])
    confidences: dict[str, str] = field(default_factory=dict[str, str])
    confirmed: bool = True
    model: str = ""
    usage: Usage = field(default_factory=Usage)
    seconds: float | None = None

    @property
    def shown(self) -> tuple[Finding, ...]:
        """What people see at once."""
        return self.findings[:SHOWN]
