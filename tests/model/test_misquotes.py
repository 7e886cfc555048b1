"""A model that copies badly loses no point: its quote is aligned, or people hear that a point has no place."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.judging import Outcome
from bot.core.reviewing import standing_of
from bot.core.words import reviewing as reply
from bot.core.words import terminal
from bot.flows.reviewing import review_case
from bot.model.quotes import FoldedText
from tests.model.cases import CLAIM, case
from tests.model.server import issue
from tests.model.test_grounding import answering

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.model.critic import ModelCritic
    from bot.rules.engine import RuleEngine

PLAIN = "Our tonic cures every cold within a day, says Ana from the market.\nCome and taste it on Saturday."
MARKED = (
    "Our “tonic” cures *every* cold – within a day & night 🍵! It’s the best :tada: you’ll ever try…\n"
    "Come and taste it on Saturday."
)
LIST = "Why us?\n• No waiting list\n• Cures every cold\n1. Call Ewa\n2. Relax"

CURES = "cures every cold within a day"
GUESTS = "Free for the first 30 guests 🍵 – bring a mug! Our cream heals in 3 days – no prescription."
WAYS = [
    ("emphasis in the quote", PLAIN, "**cures every cold within a day**", "cures every cold within a day"),
    ("emphasis inside", PLAIN, "cures __every__ cold `within` a day", "cures every cold within a day"),
    ("emphasis in the draft", MARKED, "cures every cold", "cures *every* cold"),
    ("emphasis of its own", MARKED, "**Our tonic** cures _every_ cold", "Our “tonic” cures *every* cold"),
    ("a line's number", PLAIN, "Line 1: cures every cold within a day", "cures every cold within a day"),
    ("a number and a dot", PLAIN, "1. cures every cold", "cures every cold"),
    ("a number in brackets", PLAIN, "[2] Come and taste it", "Come and taste it"),
    ("a name for the text", PLAIN, "Draft: “cures every cold”", "cures every cold"),
    ("a bold label", PLAIN, "**Line 2:** Come and taste it", "Come and taste it"),
    (
        "a marked gap",
        PLAIN,
        "cures every cold within a day […] Come and taste it",
        "cures every cold within a day, says Ana from the market.\nCome and taste it",
    ),
    ("dots for a gap", PLAIN, "cures every cold ... says Ana", "cures every cold within a day, says Ana"),
    ("dots over two lines", MARKED, "cures *every* cold ... on Saturday", MARKED[12:-1]),
    ("two quotes in one", PLAIN, '"cures every cold" "says Ana"', "cures every cold within a day, says Ana"),
    ("lines that are not neighbours", LIST, "No waiting list\n2. Relax", LIST[10:]),
    ("dots at its ends", PLAIN, "...cures every cold within a day...", "cures every cold within a day"),
    ("pieces in another order", PLAIN, "Come and taste it … says Ana", "Come and taste it"),
    ("a piece that is nowhere", PLAIN, "cures every cold […] forever and ever", "cures every cold"),
    ("an emoji for its name", MARKED, "It’s the best 🎉 you’ll ever try", "It’s the best :tada: you’ll ever try"),
    ("a name for its emoji", MARKED, "within a day & night :tea:", "within a day & night 🍵"),
    ("an emoji without its spaces", MARKED, "the best🎉you'll ever try", "the best :tada: you’ll ever try"),
    ("an emoji alone", "Win now :moneybag::moneybag: today", "💰💰", ":moneybag::moneybag:"),
    ("a skin tone", "Well done :wave::skin-tone-3: all", "well done 👋🏽 all", "Well done :wave::skin-tone-3: all"),
    ("its end cut", PLAIN, "cures every cold within a d", "cures every cold within a day"),
    ("its start cut", PLAIN, "nic cures every cold", "tonic cures every cold"),
    ("another end", "Act now! Or cry.", "Act now.", "Act now"),
    ("curly quotes", MARKED, "Our 'tonic' cures", "Our “tonic” cures"),
    ("no quotes at all", MARKED, "Our tonic cures", "Our “tonic” cures"),
    ("a dash without spaces", MARKED, "cold—within a day", "cold – within a day"),
    ("white space", PLAIN, "the\u00a0market.  Come\tand", "the market.\nCome and"),
    ("a written line break", PLAIN, "from the market.\\nCome and taste", "from the market.\nCome and taste"),
    ("HTML", MARKED, "a day &amp; night", "a day & night"),
    ("escapes", PLAIN, "\\*cures every cold\\*", "cures every cold"),
    ("a list's sign", LIST, "- Cures every cold", "Cures every cold"),
    ("two lines of a list", LIST, "- No waiting list\n- Cures every cold", "No waiting list\n• Cures every cold"),
    (
        "a spelling of its own",
        PLAIN,
        "Our tonic cures every colds within a day",
        "Our tonic cures every cold within a day",
    ),
    ("tags", PLAIN, "<b>cures every cold</b> within a day", CURES),
    ("its line before", PLAIN, "(line 1) cures every cold within a day", CURES),
    ("its line behind", PLAIN, "“cures every cold within a day” (line 1)", CURES),
    ("two dots", PLAIN, "Our tonic cures [..] says Ana", "Our tonic cures every cold within a day, says Ana"),
    ("dots with spaces", PLAIN, "Our tonic cures . . . says Ana", "Our tonic cures every cold within a day, says Ana"),
    ("sic", PLAIN, "cures every cold within a day [sic]", CURES),
    ("angle quotes", PLAIN, "‹cures every cold within a day›", CURES),
    ("braces", PLAIN, "{cures every cold within a day}", CURES),
    ("a name and a sign", PLAIN, "quote = 'cures every cold within a day'", CURES),
    ("an introduction", PLAIN, 'The draft says "cures every cold within a day"', CURES),
    ("an emoji in words", GUESTS, "first 30 guests (tea emoji) – bring a mug", "first 30 guests 🍵 – bring a mug"),
    ("an emoji as a word", GUESTS, "first 30 guests [emoji] – bring a mug", "first 30 guests 🍵 – bring a mug"),
    ("two with and", PLAIN, "'cures every cold' and 'says Ana'", "cures every cold within a day, says Ana"),
    ("two with a comma", PLAIN, '"cures every cold", "says Ana"', "cures every cold within a day, says Ana"),
    ("in another order", PLAIN, "taste it on Saturday. Our tonic cures every cold within a day", f"Our tonic {CURES}"),
    ("a number in words", GUESTS, "Free for the first thirty guests 🍵 – bring a mug", GUESTS[: GUESTS.index("!")]),
    ("an end of its own", PLAIN, "cures every cold within a day, according to all", CURES),
]
NOWHERE = [
    (PLAIN, "Our tonic is sold in every shop of the market town"),
    (PLAIN, "says Ana to the mayor of our small town"),
    (PLAIN, "It works within a day for everybody who believes in it"),
    (PLAIN, "Come and be amazed by our prices"),
    (PLAIN, "It will make you immortal by Sunday"),
    (PLAIN, "us … them"),
    (PLAIN, "…"),
    (PLAIN, "**"),
    (PLAIN, "Line 1:"),
    (PLAIN, "🎉"),
    ("Hooray 🎉 and 🔥", "💰"),
    ("Hooray :tada: and :fire:", "💰"),
    (f"The tonic is here. {'It is good. ' * 60}", "The end … never comes"),
]


@pytest.mark.parametrize(("text", "quote", "found"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_a_quote_is_aligned_with_the_words_it_means(text: str, quote: str, found: str) -> None:
    span = FoldedText(text).find(quote)
    assert (text[slice(*span)] if span else None) == found


@pytest.mark.parametrize(("text", "quote"), NOWHERE)
def test_what_the_text_does_not_say_is_not_found(text: str, quote: str) -> None:
    assert FoldedText(text).find(quote) is None


@pytest.mark.parametrize(("text", "quote", "found"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
async def test_a_point_with_such_a_quote_is_shown(
    critic_of: Callable[..., ModelCritic], rules: RuleEngine, text: str, quote: str, found: str
) -> None:
    critic = critic_of(answering(issue(quote, CLAIM, why="Nobody has shown it.")))
    critique = await review_case(case(text), rules, critic)
    assert [(finding.quote, finding.why) for finding in critique.findings if finding.guideline == CLAIM] == [
        (found, "Nobody has shown it.")
    ]
    assert critique.unplaced == 0


@pytest.mark.parametrize(("text", "quote"), NOWHERE)
async def test_a_point_that_has_no_place_is_never_nothing_to_flag(
    critic_of: Callable[..., ModelCritic], rules: RuleEngine, text: str, quote: str
) -> None:
    critique = await review_case(case(text), rules, critic_of(answering(issue(quote, CLAIM))))
    assert (critique.unplaced, critique.outcome) == (1, Outcome.FINDINGS)
    for headline in (reply.headline(standing_of(critique)), terminal.headline(critique)):
        assert headline.startswith("1 point couldn't be matched to the text.")


NUMBERS = [f"{tens}{ones}" for tens in ("alba", "berg", "city", "dune") for ones in ("rook", "seal", "tern", "wolf")]
STORY = " ".join(f"{one} {other}." for one in NUMBERS for other in NUMBERS)


def test_a_long_quote_with_a_slip_in_every_other_line_is_found() -> None:
    words = STORY[500:1300].split()
    quote = " ".join(f"{word}s" if at % 12 == 5 else word for at, word in enumerate(words))
    span = FoldedText(STORY).find(quote)
    assert span
    assert STORY[slice(*span)].split()[1:-1] == words[1:-1]
    assert FoldedText(STORY).find(quote[:400] + "nobody ever said so, " * 20 + quote[400:]) is None


@pytest.mark.parametrize("text", ["€5 " * 13_000, "今天免费" * 10_000])
def test_long_quotes_that_fit_nowhere_in_a_repetitive_draft_take_no_long_time(text: str) -> None:
    quote = " ".join(f"{word}x" if at % 7 else word for at, word in enumerate(text[900:1795].split())) + "zzzzz"
    seen = FoldedText(text)
    seen.find("x y")
    before = time.process_time()
    for _ in range(5):
        seen.find(quote)
    assert time.process_time() - before < 1


FREE = "Free tea for children on Saturday. Free from all illness with our tonic!"


@pytest.mark.parametrize(
    ("text", "issues", "usable"),
    [
        (FREE, [issue("Free", CLAIM, replacement="[how]")], [False]),
        (FREE, [issue("Free", CLAIM, replacement="[how]")] * 2, [True, True]),
        (FREE, [issue("Free from all illness", CLAIM, replacement="[how]")], [True]),
        ("Free from all illness. Freedom!", [issue("Free", CLAIM, replacement="[how]")], [True]),
    ],
)
async def test_a_word_in_two_places_is_reworded_only_where_it_is_clear_which_is_meant(
    critic_of: Callable[..., ModelCritic], rules: RuleEngine, text: str, issues: list[Any], usable: list[bool]
) -> None:
    critique = await review_case(case(text), rules, critic_of(answering(*issues)))
    assert [one.edit is not None for one in critique.findings if one.guideline == CLAIM] == usable
