"""Whatever a model would slip into a rewording, no number, date, name, link or source of its own gets through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.guards import stated, vouches
from tests.model.test_guards import CLAIM, QUOTE, TEXT, edit

if TYPE_CHECKING:
    from bot.core.guidelines import Library
    from bot.rules.engine import RuleEngine

PRICED = f"{QUOTE}, from 9 euros"
STEM = ("the", "bread", "that", "people", "in town", "like", "and", "baked with", "[town]", "from 9 euros")
FACTS = (
    "twice", "half", "thrice", "double", "tripled", "three", "seventeen", "tenfold", "a dozen", "zwei", "moitié",
    "30", "8", "1.9", "9.5", "90", "½", "³", "٣", "9 %", "$9", "£9", "9 dollars", "9 pounds", "€", "9,000", "900",
    "on Friday", "until Monday", "in March", "by 12 May", "tomorrow", "tonight", "this weekend", "am Montag", "en mars",
    "Harvard", "of Zurich", "by Stella", "with ACME", "@stella", "#win", "#ads", "stella.example", "https://x.example",
    "www.stella", "mail@stella.example", "brio.example/other", "certified", "award-winning", "guaranteed",
    "scientists", "experts", "a study", "clinically", "approved", "officially", "patented",
)  # fmt: skip


@given(
    before=st.lists(st.sampled_from(STEM), max_size=4),
    fact=st.sampled_from(FACTS),
    after=st.lists(st.sampled_from(STEM), max_size=4),
)
def test_a_fact_of_its_own_costs_a_rewording(
    library: Library, rules: RuleEngine, before: list[str], fact: str, after: list[str]
) -> None:
    words = " ".join(("the", *before, fact, *after))
    assert edit(library, rules, words, quote=PRICED) is None


@given(words=st.lists(st.sampled_from(STEM), max_size=8))
def test_without_it_the_same_words_may_stand(library: Library, rules: RuleEngine, words: list[str]) -> None:
    assert edit(library, rules, " ".join(("the", *words)), quote=PRICED)


@pytest.mark.parametrize(
    ("text", "words", "stays"),
    [
        (f"{QUOTE} for 0.5 % less", "Bread for 5 % less", False),
        (f"{QUOTE} for 0.5 % less", "Bread for 0,5 % less", True),
        (f"{QUOTE} for 1,200 people", "Bread for 1200 people", True),
        (f"{QUOTE} for 1.200 people", "Bread for 200 people", False),
        (f"{QUOTE} at 10:30", "Bread at 10:30", True),
        (f"{QUOTE} at 10:30", "Bread for 30 people", False),
        (f"{QUOTE} for 9 euros", "Bread for 9 euros", True),
        (f"{QUOTE} for 9 euros", "Bread for €9", False),
        (f"{QUOTE} twice a week", "Bread twice a week", True),
        (f"{QUOTE} may come in march", "Bread in March", False),
        (f"{QUOTE} in March", "Bread in March", True),
        (f"{QUOTE} comes in May", "Bread that you may like", True),
        (f"{QUOTE}, in a study of 40", "Bread in a study of 40", True),
        (f"{QUOTE}, in two studies", "Bread in studies", True),
    ],
)
def test_what_the_quote_says_may_be_said_again(
    library: Library, rules: RuleEngine, text: str, words: str, *, stays: bool
) -> None:
    assert bool(edit(library, rules, words, CLAIM, text=f"{text} 🥖 and 9 euros", quote=text)) is stays


def test_slots_state_nothing(library: Library, rules: RuleEngine) -> None:
    assert edit(library, rules, "Bread from [price] until [date], as [name of the study] found", text=TEXT)


def test_facts_have_one_spelling() -> None:
    assert list(stated("1,200 or 1.200 or 0.5 or 0,5")) == ["1200", "1200", "0,5", "0,5"]
    assert list(stated("Twofold, ½ and 10:30, 7.")) == ["½", "10:30", "7", "twofold"]
    assert not vouches("an office in town", frozenset())
    assert vouches("an official seal", frozenset({"seal"}))
    assert not vouches("an official seal", frozenset({"officially"}))
