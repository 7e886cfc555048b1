"""What people read when they ask why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.reply import SEVERITIES

if TYPE_CHECKING:
    from bot.core.guideline import Guideline

TITLE = "Why"
QUESTION = "What is asked"
REASON = "Why it matters"
NOT_WHEN = "When it does not apply"
FIX = "How to mend it"
REFERENCES = "Background"


def sections(guideline: Guideline) -> list[tuple[str, str]]:
    """The heading and the words of each part, without the empty ones."""
    parts = (
        (QUESTION, guideline.question),
        (REASON, guideline.why),
        (NOT_WHEN, _listed(guideline.not_when)),
        (FIX, guideline.fix),
        (REFERENCES, _listed(guideline.references)),
    )
    return [(heading, text) for heading, text in parts if text]


def point(guideline: Guideline) -> str:
    """The line above it all where a point is asked about: what is wrong, as on the point."""
    return f"{SEVERITIES[guideline.severity]}: {guideline.problem}"


def in_full(guideline: Guideline) -> str:
    """The line above it all where a guideline is looked up: what it asks for."""
    return f"{SEVERITIES[guideline.severity]}: {guideline.title}"


def _listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {line}" for line in lines)
