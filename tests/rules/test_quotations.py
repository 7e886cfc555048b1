"""Words in quotation marks are quoted, whichever marks people use."""

from __future__ import annotations

import pytest

from bot.core.drafts import Draft
from bot.rules.text import SeenDraft

WORDS = "only 2 left"


@pytest.mark.parametrize(
    "text",
    [
        "The sign said “only 2 left” and we laughed.",
        'The sign said "only 2 left" and we laughed.',
        'The 12" sleeve said "only 2 left" and we laughed.',
        '牌子上写着"only 2 left"。',
        "The sign said ‘only 2 left’ and we laughed.",
        "The sign said 'only 2 left' and we laughed.",
        "They wrote 'hurry, don't wait: only 2 left' on it.",
        "Das Schild sagte „only 2 left“, ach ja.",
        "Das Schild sagte ‚only 2 left‘, ach ja.",
        "Das Schild sagte ‹only 2 left›, ach ja.",
        "Das Schild sagte »only 2 left«, ach ja.",
        "Le panneau dit « only 2 left », bon.",
    ],
)
def test_quoted_words_are_no_prose(text: str) -> None:
    assert not is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "It's the dogs' day: only 2 left, don't miss it.",
        "Rock 'n' roll night, only 2 left at the Smiths' place.",
        "'only 2 left'",
        "“Fresh bread”, and only 2 left. “Tea” too.",
        "The '90s are back: only 2 left.",
        'Our 7" single is out: only 2 left of the 12" sleeve.',
        'A 27" screen, only 2 left, "as seen at the fair".',
    ],
)
def test_apostrophes_and_marks_elsewhere_quote_nothing(text: str) -> None:
    assert is_prose(text)


def is_prose(text: str) -> bool:
    start = text.index(WORDS)
    return SeenDraft(Draft(text)).prose.holds(start, start + len(WORDS), is_regex=False)
