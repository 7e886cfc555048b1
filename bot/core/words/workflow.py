"""What people read about the step *Critique a draft* in their workflows."""

from __future__ import annotations

NO_TEXT = "There's no text in the draft to review."
"""Shown by Slack as the reason why the step failed."""


def summary(headline: str, points: list[str], footer: str) -> str:
    """What the step hands on to the next one."""
    return "\n".join([f"Candor: {headline}", *(f"• {point}" for point in points), footer])
