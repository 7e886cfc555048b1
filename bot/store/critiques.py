"""A critique as JSON in the store, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.core.critique import Critique, Outcome, Question
from bot.core.finding import Edit, Finding, Origin
from bot.core.severity import Severity


def to_json(critique: Critique) -> dict[str, Any]:
    """Plain values only."""
    return asdict(critique)


def from_json(stored: dict[str, Any]) -> Critique:
    """What `to_json` gave."""
    return Critique(
        outcome=Outcome(stored["outcome"]),
        findings=tuple(_finding(finding) for finding in stored["findings"]),
        questions=tuple(Question(q["guideline"], q["question"], tuple(q["answers"])) for q in stored["questions"]),
        fixed_rules_only=stored["fixed_rules_only"],
        guidelines=stored["guidelines"],
    )


def _finding(stored: dict[str, Any]) -> Finding:
    edit = stored["edit"]
    enums = {"severity": Severity(stored["severity"]), "origin": Origin(stored["origin"])}
    fields: dict[str, Any] = stored | enums | {"edit": Edit(**edit) if edit else None}
    return Finding(**fields)
