"""What people read when they ask why, or look a guideline up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.reply import SEVERITIES

if TYPE_CHECKING:
    from bot.core.guideline import Guideline

TITLE = "Why"
QUESTION = "What I look for"
REASON = "Why it matters"
NOT_WHEN = "When I keep quiet"
FIX = "What I suggest"
SOURCES = "Sources"


def point(guideline: Guideline) -> str:
    """The line above it all where a point is asked about: what is wrong, as on the point."""
    return f"{SEVERITIES[guideline.severity]}: {guideline.problem}"


def in_full(guideline: Guideline) -> str:
    """The line above it all where a guideline is looked up: what it asks for."""
    return f"{SEVERITIES[guideline.severity]}: {guideline.title}"


def reasons(guideline: Guideline) -> list[tuple[str, str]]:
    """The heading and the words of each part that answers *Why*, without the empty ones."""
    return _filled((REASON, guideline.why), (NOT_WHEN, _listed(guideline.not_when)))


def sections(guideline: Guideline) -> list[tuple[str, str]]:
    """The same of each part of the whole guideline."""
    return [*_filled((QUESTION, guideline.question)), *reasons(guideline), *_filled((FIX, guideline.fix))]


def _filled(*parts: tuple[str, str]) -> list[tuple[str, str]]:
    return [(heading, text) for heading, text in parts if text]


def _listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {line}" for line in lines)
