"""A rule's own wording keeps what stands behind the words it replaces, and ends as they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.clean_text import clean_text
from bot.core.draft import Draft

if TYPE_CHECKING:
    from bot.rules.engine import RuleEngine


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Selling fast 🔥", "[number] sold since [date] 🔥"),
        ("Selling fast!\nRye again", "[number] sold since [date]!\nRye again"),
        ("Tickets are going fast, folks.", "Tickets are [number] sold since [date], folks."),
        ("Hurry! These boots are warm.", "Order by [date]. These boots are warm."),
        ("Act now, friends.", "Order by [date], friends."),
        ("Like and win a bike! Winner soon.", "Like by [date] (terms: [link]) to win a bike! Winner soon."),
        ("This cream! #glow #sponcon", "#ad This cream! #glow #sponcon"),
    ],
)
def test_the_author_keeps_emoji_lines_and_commas(text: str, after: str, rules: RuleEngine) -> None:
    assert clean_text("0", text, rules.findings(Draft(text))).text == after
