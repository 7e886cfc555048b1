"""Review a text with the fixed rules alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.critique import Critique, Outcome

if TYPE_CHECKING:
    from bot.core.draft import Draft
    from bot.core.ports import Rules


def review_text(draft: Draft, rules: Rules) -> Critique:
    """The critique that the fixed rules give; it says that only they were applied."""
    findings = rules.findings(draft)
    outcome = Outcome.FINDINGS if findings else Outcome.NOTHING_TO_FLAG
    return Critique(outcome, findings, guidelines=rules.guidelines)
