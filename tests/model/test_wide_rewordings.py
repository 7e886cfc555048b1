"""A rewording never doubles words, takes the author's away or brings along what a model put around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.findings import clean_text
from bot.flows.reviewing import review_case
from tests.model.cases import CLAIM, case
from tests.model.server import issue
from tests.model.test_grounding import answering

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.model.critic import ModelCritic
    from bot.rules.engine import RuleEngine

    Clean = Callable[[str, str, str], Awaitable[str]]

TONIC = "Our tonic cures every cold within a day, says Ana from the market. Come and taste it on Saturday."
QUOTE = "cures every cold"
EASES = TONIC.replace(QUOTE, "may ease a cold")
HURRY = "Hurry! Our tonic cures every cold.\n\nBread is ready on Saturday."


@pytest.fixture
def clean(critic_of: Callable[..., ModelCritic], rules: RuleEngine) -> Clean:
    async def made(text: str, quote: str, words: str) -> str:
        """The text with the rewording in it, or as it was where it has none."""
        critique = await review_case(case(text), rules, critic_of(answering(issue(quote, CLAIM, replacement=words))))
        found = [finding for finding in critique.findings if finding.guideline == CLAIM]
        assert len(found) == 1
        return clean_text("0", text, found).text

    return made


@pytest.mark.parametrize(
    ("text", "quote", "words", "wanted"),
    [
        (TONIC, QUOTE, EASES[: EASES.index(" Come")], EASES),
        (TONIC, QUOTE, "may ease a cold within a day", EASES),
        (TONIC, QUOTE, "Tonic may ease a cold.", EASES),
        (TONIC, QUOTE, "may ease a cold.", EASES),
        (TONIC, "cures every cold within a day, says Ana from the market.", EASES[10:], EASES),
        (HURRY, QUOTE, "Our tonic may ease a cold.", HURRY.replace(QUOTE, "may ease a cold")),
        (HURRY, QUOTE, "may ease a cold!", HURRY.replace(QUOTE, "may ease a cold")),
        (HURRY, f"{QUOTE}.", "may ease a cold!", HURRY.replace(f"{QUOTE}.", "may ease a cold!")),
        (HURRY, f"Our tonic {QUOTE}.", "Our tonic goes with bread", HURRY.replace(f"{QUOTE}.", "goes with bread")),
        ("Up and up and up it goes.", "and up it", "and up it may", "Up and up and up it may goes."),
        (
            "It is free, free, free for life.",
            "free for life",
            "free for [how long]",
            "It is free, free, free for [how long].",
        ),
    ],
)
async def test_words_that_stand_beside_the_quote_are_not_there_twice(
    clean: Clean, text: str, quote: str, words: str, wanted: str
) -> None:
    assert await clean(text, quote, words) == wanted


GERMAN = "Unsere Bäckerei backt das beste Brot der Stadt und du wirst es lieben, sagt Ana vom Markt."


@pytest.mark.parametrize(
    ("text", "quote", "words", "wanted"),
    [
        (TONIC, QUOTE, "May ease a cold", EASES),
        (TONIC, "every cold within a day", "A cold", TONIC.replace("every cold within a day", "a cold")),
        ("So act now, friends!", "act now", "Come when you like", "So come when you like, friends!"),
        ("We bake and it cures all.", "it cures all", "The bread is good", "We bake and the bread is good."),
        ("It is good, cures all.", "cures all", "It is bread", "It is good, it is bread."),
        ("We read in The Day, so bread cures.", "bread cures", "The bread", "We read in The Day, so The bread."),
        ("We say, bread cures.", "bread cures", "Bread", "We say, bread."),
        ("At Bakery we say bread cures.", "bread cures", "Bread is good", "At Bakery we say bread is good."),
        ("We love Bread, so bread cures.", "bread cures", "Bread is good", "We love Bread, so Bread is good."),
        ("Good: bread cures all.", "bread cures all", "Bread is good", "Good: Bread is good."),
        (GERMAN, "das beste Brot der Stadt", "Das Brot der Stadt", GERMAN.replace("beste ", "")),
        (GERMAN, "das beste Brot der Stadt", "Brot der Stadt", GERMAN.replace("das beste ", "")),
    ],
)
async def test_words_in_the_middle_of_a_sentence_have_no_capital_unless_it_is_their_own(
    clean: Clean, text: str, quote: str, words: str, wanted: str
) -> None:
    assert await clean(text, quote, words) == wanted


@pytest.mark.parametrize("words", ["A tonic that may ease a cold", "It may ease a cold", "The tonic may ease a cold"])
async def test_a_rewording_that_begins_the_sentence_anew_is_none(clean: Clean, words: str) -> None:
    assert await clean(TONIC, QUOTE, words) == TONIC


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (QUOTE, "may help, Ana from the market says"),
        (QUOTE, "Our tonic"),
        (QUOTE, "may ease […] a cold"),
        (QUOTE, "may ease a cold …"),
        (QUOTE, "(delete)"),
        (QUOTE, "[removed]"),
        (QUOTE, "<omit>"),
        (QUOTE, "Remove this claim."),
        (QUOTE, "leave it out"),
        (QUOTE, "-"),
        (f"{QUOTE} […] Come and taste it", "may ease a cold. Come and taste it"),
        (f"{QUOTE} ... Come and taste it", "may ease a cold"),
        ("Come and taste it … says Ana", "Taste it, Ana says"),
        (f"{QUOTE} within a day, for everybody", "may ease a cold for many"),
        (f"{QUOTE} […] forever and ever", "may ease a cold"),
    ],
)
async def test_words_that_would_spoil_the_sentence_are_left_out(clean: Clean, quote: str, words: str) -> None:
    assert await clean(TONIC, quote, words) == TONIC


@pytest.mark.parametrize(
    "words",
    [
        "**may ease a cold**",
        '"may ease a cold"',
        "“*may ease a cold*”",
        "Replace with: may ease a cold",
        "Suggested wording: `may ease a cold`",
        "- may ease a cold",
        "may&#32;ease&#x20;a cold",
    ],
)
async def test_what_a_model_puts_around_its_words_stays_out(clean: Clean, words: str) -> None:
    assert await clean(TONIC, QUOTE, words) == EASES


@pytest.mark.parametrize(
    ("text", "quote", "words"),
    [
        ("*Our tonic* cures.", "*Our tonic*", "*The tonic*"),
        ("“Our tonic” cures.", "“Our tonic”", '"The tonic"'),
        ("Read Q&amp;A first, now!", "Q&amp;A first", "Q&amp;A [when]"),
        ("So good … and cheap, now!", "So good … and cheap", "Good … and cheap"),
        ("Our tonic (now) cures.", "(now)", "(soon)"),
        ("Come, hurry!! Now.", ", hurry!!", "!"),
        ("Lines\n- cures all\n- heals all", "- cures all\n- heals all", "- may help\n- may heal"),
        ("Call it 'Tonic' and 'Tea' now", "it 'Tonic' and 'Tea'", "'Tonic' and 'Tea'"),
        ("cures all\nheals all", "cures all / heals all", "may help\nmay heal"),
    ],
)
async def test_what_the_quote_has_as_well_stays(clean: Clean, text: str, quote: str, words: str) -> None:
    found = quote.replace(" / ", "\n")
    assert await clean(text, quote, words) == text.replace(found, words)
