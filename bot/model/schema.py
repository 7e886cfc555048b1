"""The forms of the model's answers, as strict JSON schemas.

Why the answer to a draft looks as it does:

- Evidence before verdict: an issue begins with its quote and says why before it names a severity, and the checklist
  comes after all issues. A model writes from front to back; what it has quoted is what it then has to stand by.
- The checklist is an object with one property for each guideline, so that a strict server cannot leave a guideline
  out or answer it twice. A list of pairs would take twice the tokens, and output is what costs.
- Guidelines go by short names ("way-out"), which cost less than paths and hold only letters that every server takes.
- Everything is required, nothing else is allowed, absence is null: what strict mode asks for. Lengths and the number
  of entries are limited by code, as few servers enforce them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.severity import Severity
from bot.model.language_model import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.core.guideline import Guideline, Library

    Schema = dict[str, object]

VERDICTS = ("clear", "issue", "question", "not_applicable")
CONFIDENCES = ("low", "medium", "high")
OPINIONS = ("keep", "drop", "unsure")


def judged(library: Library) -> tuple[Guideline, ...]:
    """The guidelines that a model is asked about."""
    return tuple(g for g in library.guidelines if not g.fixed_rules_only)


def short_names(library: Library) -> dict[str, str]:
    """The name of each guideline in prompts and answers, by its id: the last part, where that is unique."""
    last = [g.id.rpartition("/")[2] for g in library.guidelines]
    return {
        g.id: name if last.count(name) == 1 else g.id.replace("/", ".")
        for g, name in zip(library.guidelines, last, strict=True)
    }


def critique_form(names: Iterable[str]) -> Form:
    """The form of a critique over the guidelines of these names."""
    names = list(names)
    issue = _object(
        {
            "quote": _TEXT,
            "why": _TEXT,
            "guideline": _enum(names),
            "severity": _enum(Severity),
            "replacement": {"type": ["string", "null"]},
            "confidence": _enum(CONFIDENCES),
        }
    )
    question = _object({"guideline": _enum(names), "question": _TEXT, "answers": _list(_TEXT)})
    checklist = _object({name: _enum(VERDICTS) for name in names})
    return Form(
        "critique",
        _object(
            {
                "issues": _list(issue),
                "questions": _list(question),
                "checklist": checklist,
                "not_a_draft": {"type": "boolean"},
            }
        ),
    )


def opinion_form() -> Form:
    """The form of a second opinion."""
    point = _object(
        {"number": {"type": "integer"}, "reason": _TEXT, "verdict": _enum(OPINIONS), "question": _TEXT},
    )
    return Form("second_opinion", _object({"points": _list(point)}))


_TEXT: Mapping[str, object] = {"type": "string"}


def _object(properties: Mapping[str, object]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Mapping[str, object]) -> Schema:
    return {"type": "array", "items": items}


def _enum(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}
