"""Review a text with the fixed rules alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.critique import Critique, Outcome
from bot.core.finding import without_overlaps
from bot.core.variants import split_variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.draft import Draft
    from bot.core.finding import Finding
    from bot.core.ports import Rules
    from bot.core.variants import Variant


def review_text(draft: Draft, rules: Rules) -> Critique:
    """The critique that the fixed rules give; it says that only they were applied."""
    findings = without_overlaps(_findings(draft, rules))
    outcome = Outcome.FINDINGS if findings else Outcome.NOTHING_TO_FLAG
    return Critique(outcome, findings, guidelines=rules.guidelines)


def _findings(draft: Draft, rules: Rules) -> Iterator[Finding]:
    """Every variant judged for its own platform; offsets are those of the whole draft."""
    for variant in split_variants(draft.text, draft.zones, draft.platform):
        for finding in rules.findings(_alone(draft, variant)):
            yield finding.moved(variant.start)


def _alone(draft: Draft, variant: Variant) -> Draft:
    return replace(draft, text=variant.text, platform=variant.platform, zones=(), parts=variant.parts)
