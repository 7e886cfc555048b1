from __future__ import annotations

import pytest

from bot.core.reading.variants import Whereabouts, split_variants, whereabouts
from bot.core.words import reviewing as reply

TEXT = """For Mika, please

IG: Rye is back.
---
Rye again.

X thread:
1/2 First part.

2/2 Second part."""


@pytest.mark.parametrize(
    ("words", "place", "said"),
    [
        ("Mika", Whereabouts(), ""),
        ("Rye is", Whereabouts("instagram", 1), "Instagram, variant 1"),
        ("Rye again", Whereabouts("instagram", 2), "Instagram, variant 2"),
        ("First", Whereabouts("x", 0, 1, parts=2), "X, part 1 of 2"),
        ("2/2", Whereabouts("x", 0, 2, parts=2), "X, part 2 of 2"),
        ("Second part", Whereabouts("x", 0, 2, parts=2), "X, part 2 of 2"),
    ],
)
def test_a_point_is_told_by_platform_variant_and_part(words: str, place: Whereabouts, said: str) -> None:
    assert whereabouts(split_variants(TEXT), TEXT.index(words)) == place
    assert reply.where(place, several=True) == said


def test_the_only_platform_is_not_named() -> None:
    assert reply.where(Whereabouts("x", 0, 1, parts=2), several=False) == "part 1 of 2"
    (single,) = split_variants("Rye is back.")
    assert whereabouts([single], 4) == Whereabouts()


def test_the_end_of_a_thread_belongs_to_its_last_part() -> None:
    variants = split_variants("1/2 First\n\n2/2 Last")
    assert whereabouts(variants, len("1/2 First\n\n2/2 Last")).part == 2
