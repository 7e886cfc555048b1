"""What people read about the pictures of a draft."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.core.pictures import LARGEST, MOST, LeftOut
from bot.core.words.counting import count
from bot.core.words.model import recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.pictures import PictureReview

SHOWN = 3
"""Points that are shown."""
MADE_WITH_AI = ("Yes", "No", "Not sure")
"""What can be answered. A plain “Yes” takes its meaning from the question, which names a picture and AI."""
_WHY = {
    LeftOut.TOO_MANY: f"only the first {MOST} are looked at",
    LeftOut.TOO_LARGE: f"larger than {LARGEST // 2**20} MB",
    LeftOut.OTHER_KIND: "not a PNG, JPEG, WebP or GIF",
    LeftOut.UNSEEN: "Slack or the model wouldn't let me",
    LeftOut.NO_MODEL: "no language model is connected",
}


def made_with_ai(numbers: Sequence[int], pictures: int) -> str:
    """The question about pictures in which something speaks for it."""
    if pictures == 1:
        return "Was the picture made with AI?"
    if len(numbers) == 1:
        return f"Was picture {numbers[0]} made with AI?"
    named = ", ".join(map(str, numbers[:-1]))
    return f"Were pictures {named} and {numbers[-1]} made with AI?"


def spoken(label: str, number: int, problem: str) -> str:
    """What a screen reader says for a button of a point."""
    return f"{label}: picture {number}, {problem}"


def more(number: int) -> str:
    """The points that are not shown."""
    return f"And {count(number, 'more point')} about pictures."


def alt_text(number: int) -> str:
    """The line above a proposal, which stands in a block to copy."""
    return f"Suggested alt text for picture {number}:"


def counted(number: int) -> str:
    """How many points there are, for the headline."""
    return count(number, "point about a picture", "points about pictures")


def footer(review: PictureReview | None, pictures: int) -> str:
    """Which pictures a model looked at, and why it left out others. ``pictures`` are as many as the draft has."""
    if review is None:
        return f"{count(pictures, 'picture')} not looked at." if pictures else ""
    model = f" ({review.model})" if review.model and not recorded(review.model) else ""
    looked = [f"{count(review.looked, 'picture')} looked at{model}."] if review.looked else []
    reasons = Counter(review.left_out)
    left_out = [f"{count(reasons[why], 'picture')} not looked at: {_WHY[why]}." for why in LeftOut if reasons[why]]
    return " ".join([*looked, *left_out])
