"""A rewording keeps the marks of its quote, and is no larger than the change."""

from __future__ import annotations

from collections import Counter

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.core.findings import Edit
from bot.model.answers import trimmed
from bot.model.guards import kept, marks

WORDS = st.sampled_from(
    ["bread", "rye", "the", "now", "oven,", "warm!", "don't", "café", "cafe\u0301", "Straße", "half"]
)
MARKS = st.sampled_from(
    ["🔥", "👩‍👩‍👧", "🇵🇱", "✌🏽", "❤️", "1️⃣", "#rye", "#Brot.", "@brio", "brio.example/x", "https://a.example", ":loaf:"]
)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n"])


@st.composite
def posts(draw: st.DrawFn) -> str:
    """Words and marks in any order."""
    tokens = draw(st.lists(WORDS | MARKS, min_size=1, max_size=8))
    return "".join(token + draw(GAPS) for token in tokens).strip()


@pytest.mark.parametrize(
    ("quote", "words", "result"),
    [
        ("Act now 🔥🔥", "Order by [date]", "Order by [date] 🔥🔥"),
        ("🔥 Act now", "Order by [date]", "🔥 Order by [date]"),
        ("🔥 Act now 🔥", "🔥 Order by [date]", "🔥 Order by [date] 🔥"),
        ("Act now🔥", "Order by [date]", "Order by [date]🔥"),
        ("Act now\n#rye #bread", "Order by [date]", "Order by [date]\n#rye #bread"),
        ("Act now ❤️", "Order ❤", "Order ❤"),
        ("Act now :loaf:", "Order", "Order :loaf:"),
        ("@brio says act now", "@brio says order", "@brio says order"),
        ("Act now at brio.example", "Order", "Order brio.example"),
        ("Act 🔥 now", "Order by [date]", None),
        ("Ask @brio now", "Ask us", None),
        ("See brio.example now", "See us", None),
        ("Act #now or never", "Order by [date]", None),
        ("Act now\nor never", "Order by [date]", None),
        ("Act now", "Order\nby [date]", None),
        ("#sp", "#ad", "#ad"),
        ("🔥🔥🔥", "", ""),
        ("#a #b\n🔥", "#b", "#b"),
        ("Act now 🔥\nor never", "", ""),
        ("Act now #rye", "", "#rye"),
        ("#rye Act now https://a.example", "", "#rye https://a.example"),
        ("Ask @brio now", "", None),
        ("Brio® bread", "bread", "bread"),
    ],
)
def test_marks_stay_or_are_put_back_or_the_rewording_goes(quote: str, words: str, result: str | None) -> None:
    assert kept(words, quote) == result


def test_a_label_that_the_guideline_asks_for_takes_the_place_of_a_hashtag() -> None:
    assert kept("#ad: I love it", "I love it so #spon much", ["#ad"]) == "#ad: I love it"
    assert kept("#ad: I love it", "I love it so #spon much") is None
    assert kept("#ad: I love it", "I love it so @brio much", ["#ad"]) is None
    assert kept("#ad I love it", "#ad I love it so #spon much", ["#ad"]) is None


@given(posts(), posts())
def test_whatever_is_suggested_no_mark_gets_lost(quote: str, words: str) -> None:
    result = kept(words, quote)
    if result is None or (kept("x", quote) == "x" and marks(quote)):
        return
    assert not marks(quote) - marks(result)
    assert result.count("\n") == quote.count("\n")


@given(posts(), posts())
def test_a_trimmed_edit_makes_the_same_text_and_cuts_no_grapheme(quote: str, words: str) -> None:
    text = f"Before 🔥{quote} after"
    start = len("Before 🔥")
    edit = trimmed(Edit(start, start + len(quote), words), quote)
    assert start <= edit.start < edit.end <= start + len(quote)
    assert text[: edit.start] + edit.text + text[edit.end :] == f"Before 🔥{words} after"
    whole = Counter(regex.findall(r"\X", text))
    pieces = (text[: edit.start], text[edit.start : edit.end], text[edit.end :])
    assert sum((Counter(regex.findall(r"\X", piece)) for piece in pieces), Counter[str]()) == whole


@pytest.mark.parametrize(
    ("quote", "words", "old", "new"),
    [
        ("the best bread in town", "the bread in town", "best ", ""),
        ("the best bread in town", "the bread that we like in town", "best bread", "bread that we like"),
        ("the bread", "the rye bread", "the ", "the rye "),
        ("bread", "bread of [town]", "bread", "bread of [town]"),
        ("until [date]", "until [day]", "[date]", "[day]"),
        ("9.5 loaves", "9 loaves", "9.5", "9"),
        ("cafe\u0301", "cafe", "cafe\u0301", "cafe"),
        ("hot 👩‍👩‍👧 buns", "hot 👩 buns", "👩‍👩‍👧", "👩"),
        ("don't", "do", "don't", "do"),
        ("buy it now", "buy it", " now", ""),
        ("same same", "same", " same", ""),
    ],
)
def test_the_edit_is_as_small_as_whole_words_allow(quote: str, words: str, old: str, new: str) -> None:
    edit = trimmed(Edit(0, len(quote), words), quote)
    assert (quote[edit.start : edit.end], edit.text) == (old, new)
