"""A rule's own wording keeps what stands behind the words it replaces, and ends as they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft
from bot.core.findings import clean_text

if TYPE_CHECKING:
    from bot.rules.engine import RuleEngine


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Selling fast 🔥", "[how many] sold since [start date] 🔥"),
        ("Selling fast!\nRye again", "[how many] sold since [start date]!\nRye again"),
        ("Hurry! These boots are warm.", "Order by [last order date]. These boots are warm."),
        ("Act now, friends.", "Order by [last order date], friends."),
        (
            "Like and win a bike! Winner soon.",
            "Like by [closing date] (terms: [link to terms]) to win a bike! Winner soon.",
        ),
        ("This cream! #glow #sponcon", "#ad This cream! #glow"),
    ],
)
def test_the_author_keeps_emoji_lines_and_commas(text: str, after: str, rules: RuleEngine) -> None:
    assert clean_text("0", text, rules.findings(Draft(text))).text == after
