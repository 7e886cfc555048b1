"""Cases and findings that the tests share."""

from __future__ import annotations

from typing import Any

from bot.core.drafts import Draft
from bot.core.findings import Finding, Origin
from bot.core.guidelines import Severity
from bot.core.judging import Question
from bot.evaluation.cases import Answered, Gold, GoldCase, Labels

PRESSURE, EXIT, CLAIM = "user-control/no-false-pressure", "user-control/way-out", "authenticity/claim-evidence"
LABELS = Labels((CLAIM, PRESSURE, EXIT))
TEXT = "Hurry up, everyone has one. To leave, write a letter."


def gold(*labels: str, text: str = TEXT, **other: Any) -> GoldCase:
    """A case in which those labels are wrong; ``other`` are further fields."""
    made: dict[str, Any] = {"id": "one", "draft": Draft(text), "expected": tuple(map(Gold, labels))}
    return GoldCase(**(made | other))


def finding(guideline: str, quote: str = "Hurry up", *, text: str = TEXT, **other: Any) -> Finding:
    start = max(0, text.find(quote))
    usual: dict[str, Any] = {"severity": Severity.SHOULD_FIX, "origin": Origin.MODEL, "why": "It hurries readers."}
    return Finding(guideline, start=start, end=start + len(quote), quote=quote, **(usual | other))


def answered(case: GoldCase, *findings: Finding, **other: Any) -> Answered:
    return Answered(case, findings=findings, **other)


def question(guideline: str) -> Question:
    return Question(guideline, "Is it so?", ("Yes", "No"))
