"""From the model's issues to points about words in pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.judgement import Drop
from bot.core.pictures import PicturePoint
from bot.core.variants import split_variants
from bot.model.folded import FoldedText

if TYPE_CHECKING:
    from bot.core.draft import Draft
    from bot.core.guideline import Guideline
    from bot.model.brief import Brief


def point_in_picture(quote: str, why: str, brief: Brief, guideline: Guideline) -> PicturePoint | Drop:
    """The point, where the quote stands in a picture's words and the guideline is for a platform of the draft."""
    for (number, look), seen in zip(brief.case.looks, brief.in_pictures, strict=True):
        if found := FoldedText(seen.text).find(quote):
            if guideline.platforms and _platforms(brief.case.draft).isdisjoint(guideline.platforms):
                return Drop.GUARD
            start, end = seen.span(*found)
            # Nobody confirms it, so that a higher severity than the file's own is never taken.
            return PicturePoint(number, guideline.id, guideline.severity, look.text[start:end], why)
    return Drop.UNGROUNDED


def _platforms(draft: Draft) -> set[str]:
    return {variant.platform for variant in split_variants(draft.text, draft.zones, draft.platform)}
