"""From the model's issues to points about words in pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.pictures import PicturePoint
from bot.core.variants import split_variants
from bot.model.folded import FoldedText
from bot.model.wording import accuses_of_ai, cleaned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.guideline import Guideline
    from bot.model.answers import IssueAnswer
    from bot.model.brief import Brief

_LONGEST_WHY = 300


def point_in_picture(issue: IssueAnswer, brief: Brief, guidelines: Mapping[str, Guideline]) -> PicturePoint | None:
    """The point, where the quote stands in a picture's words and all else that holds for a draft's holds, too."""
    draft = brief.case.draft
    guideline = guidelines.get(issue.guideline)
    why = cleaned(brief.masks.unmask(issue.why), _LONGEST_WHY)
    if not guideline or not why or accuses_of_ai(why, draft.text) or issue.confidence == "low":
        return None
    platforms = {variant.platform for variant in split_variants(draft.text, draft.zones, draft.platform)}
    if guideline.platforms and platforms.isdisjoint(guideline.platforms):
        return None
    for (number, look), seen in zip(brief.case.looks, brief.in_pictures, strict=True):
        if found := FoldedText(seen.text).find(issue.quote):
            start, end = seen.span(*found)
            # Nobody confirms it, so that a higher severity than the file's own is never taken.
            return PicturePoint(number, guideline.id, guideline.severity, look.text[start:end], why)
    return None
