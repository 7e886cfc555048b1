"""A critique as JSON in the store, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.core.critique import Critique, ModelPart, Outcome, Question
from bot.core.finding import Edit, Finding, Origin
from bot.core.pictures import LeftOut, PicturePoint, PictureReview
from bot.core.rule import Checks
from bot.core.severity import Severity


def to_json(critique: Critique) -> dict[str, Any]:
    """Plain values only."""
    return asdict(critique)


def from_json(stored: dict[str, Any]) -> Critique:
    """What `to_json` gave, also where an older Candor wrote it."""
    return Critique(
        outcome=Outcome(stored["outcome"]),
        findings=tuple(finding_from_json(finding) for finding in stored["findings"]),
        questions=tuple(question_from_json(question) for question in stored["questions"]),
        fixed_rules_only=stored["fixed_rules_only"],
        guidelines=stored["guidelines"],
        model_part=ModelPart(stored.get("model_part", ModelPart.OFF)),
        model=stored.get("model", ""),
        pictures=_pictures_from_json(stored["pictures"]) if stored.get("pictures") else None,
        leads=tuple(finding_from_json(finding) for finding in stored.get("leads", ())),
        checks=Checks(**stored["checks"]) if stored.get("checks") else None,
        unplaced=stored.get("unplaced", 0),
        left_out=stored.get("left_out", 0),
    )


def finding_from_json(stored: dict[str, Any]) -> Finding:
    """One finding as it was before ``asdict``."""
    edit = stored["edit"]
    enums = {"severity": Severity(stored["severity"]), "origin": Origin(stored["origin"])}
    parts = tuple(finding_from_json(part) for part in stored.get("parts", ()))
    fields: dict[str, Any] = stored | enums | {"edit": _edit_from_json(edit) if edit else None, "parts": parts}
    return Finding(**fields)


def _edit_from_json(stored: dict[str, Any]) -> Edit:
    gone = tuple((start, end) for start, end in stored.get("gone", ()))
    return Edit(stored["start"], stored["end"], stored["text"], gone)


def _pictures_from_json(stored: dict[str, Any]) -> PictureReview:
    return PictureReview(
        stored["looked"],
        stored["model"],
        tuple(map(LeftOut, stored["left_out"])),
        tuple(picture_point_from_json(point) for point in stored["points"]),
        tuple((number, text) for number, text in stored["alt_texts"]),
    )


def picture_point_from_json(stored: dict[str, Any]) -> PicturePoint:
    """One point about a picture as it was before ``asdict``."""
    fields: dict[str, Any] = stored | {"severity": Severity(stored["severity"])}
    return PicturePoint(**fields)


def question_from_json(stored: dict[str, Any]) -> Question:
    """One question as it was before ``asdict``."""
    return Question(stored["guideline"], stored["question"], tuple(stored["answers"]))
