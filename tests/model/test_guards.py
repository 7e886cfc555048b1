"""A rewording adds no fact and trips no rule; one that does is left out, and the finding stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.brand.posts import EarlierPost
from bot.core.drafts import Draft, Picture
from bot.core.findings import Edit
from bot.core.judging import Case
from bot.core.reading import labelled
from bot.model.brief import Brief
from bot.model.guards import Rewordings, may_hold_a_label, vocabulary
from bot.rules.detectors import detect
from bot.rules.text import SeenDraft
from tests.model.cases import CLAIM, TIE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.guidelines import Library
    from bot.rules.engine import RuleEngine

TEXT = "Meet Ewa, our baker. The best bread in town, from 9 euros, see brio.example/bread @brio #bread"
QUOTE = "The best bread in town"
CONTEXT = "Our oven Vulcan bakes 40 loaves. Press: press@brio.example"


def emails(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end in detect("e-mail address", SeenDraft(Draft(text))):
        yield start, end, "email"


def edit(
    library: Library,
    rules: RuleEngine,
    words: str | None,
    guideline: str = CLAIM,
    text: str = TEXT,
    quote: str = QUOTE,
    **other: Any,
) -> Edit | None:
    draft = Draft(text, context=CONTEXT, pictures=(Picture("Ewa and Ulla"),), **other)
    brief = Brief(Case("T1", "U1", draft, answers=((TIE, "Paid by Hafen"),)), {}, b"s", sensitive=emails)
    found = library.find(guideline)
    assert found
    start = text.index(quote)
    made = Rewordings(brief, rules, vocabulary(library)).edit(found, (start, start + len(quote)), words)
    return whole(made, start, quote)


def whole(made: Edit | None, start: int, quote: str = QUOTE) -> Edit | None:
    """The edit with the words of the quote that it leaves as they are."""
    if made is None:
        return None
    assert start <= made.start < made.end <= start + len(quote)
    return Edit(start, start + len(quote), quote[: made.start - start] + made.text + quote[made.end - start :])


@pytest.mark.parametrize(
    "words",
    [
        "Bread that we like",
        "the best bread in town",
        "The bread [open",
        "The bread that people in [town] chose in [month]",
        "Ewa likes her bread",
        "Paid by Hafen: the bread",
        "Our oven Vulcan bakes the bread",
        "Ulla likes the bread",
        "The bread in town #bread",
        "Ask @brio",
        "Good bread, e.g. ours. I like it",
        "40 loaves of the bread",
        "Our AI likes it",
        "",
    ],
)
def test_words_that_add_nothing_may_stand(library: Library, rules: RuleEngine, words: str) -> None:
    made = edit(library, rules, words)
    assert made
    assert made.text == words


@pytest.mark.parametrize(
    "words",
    [
        None,
        QUOTE,
        f" {QUOTE}\n",
        "The best bread since 1984",
        "The bread that 9 of 10 like",
        "Ten bakers like the bread",
        "The bread that three thousand people like",
        "Bread that Harvard likes",
        "Bread. Zurich likes it",
        "Harvard found the bread",
        "Zurich University bread",
        "The bread, see https://evil.example",
        "The bread, see www.evil",
        "The bread, see evil.example.",
        "The bread, ask @evil",
        "The bread #evil",
        "The bread [see https://evil.example]",
        "The bread [2,000 buyers]",
        "Bread from 9 euros",
        "Bread for 40 people",
        "The bread [see shop.example]",
        "The bread [open to Harvard",
        "The bread for ½ of it",
        "The bread (brio.example/bread)",
        "Write to press@brio.example",
        "Write to [EMAIL_1]",
        "Write to [EMAIL_9]",
        "Act now, only today",
        "bread " * 120,
    ],
)
def test_words_that_add_something_may_not(library: Library, rules: RuleEngine, words: str | None) -> None:
    assert edit(library, rules, words) is None


def test_the_label_that_a_guideline_asks_for_may_be_added(library: Library, rules: RuleEngine) -> None:
    assert edit(library, rules, "#ad: the bread", guideline=TIE)
    assert edit(library, rules, "#ad: the bread") is None


def test_a_rewording_that_leaves_nothing_is_none(library: Library, rules: RuleEngine) -> None:
    assert edit(library, rules, "", text=QUOTE) is None


def test_hidden_characters_never_get_into_a_rewording(library: Library, rules: RuleEngine) -> None:
    made = edit(library, rules, "The\u202e bread\u200b")
    assert made
    assert made.text == "The bread"


def test_what_tripped_a_rule_before_may_go_on_doing_so(library: Library, rules: RuleEngine) -> None:
    text = f"Act now! {QUOTE} {'#bread ' * 9}"
    parts = ((0, len(text)),)
    assert rules.findings(Draft(text))
    assert edit(library, rules, "The bread", text=text, parts=parts, zones=((0, 8),), platform="x")
    assert edit(library, rules, "The bread that cures every cold", text=text) is None


def test_a_language_that_writes_its_nouns_large_gets_rewordings_of_its_own_words(
    library: Library, rules: RuleEngine
) -> None:
    text = f"Unser Brot ist das beste. {QUOTE} Brot"
    assert edit(library, rules, "Unser Brot", text=text)


def rewording(library: Library, rules: RuleEngine, text: str, quote: str, words: str, guideline: str) -> str | None:
    """The text with the words in the quote's place, or None where they may not stand there."""
    brief = Brief(Case("T1", "U1", Draft(text)), {}, b"s", sensitive=emails)
    found = library.find(guideline)
    assert found
    start = text.index(quote)
    made = Rewordings(brief, rules, vocabulary(library)).edit(found, (start, start + len(quote)), words)
    return made and text[: made.start] + made.text + text[made.end :]


PRESSURE = "user-control/no-false-pressure"


@pytest.mark.parametrize(
    ("text", "quote", "words", "stays"),
    [
        ("Rye bread. Act now!", "Act now!", "Come by.", True),
        ("Rye bread. Act now!", "Act now!", "Hurry up!", False),
        ("Rye bread. Act now!", "Act now!", "Act now! Please.", False),
        ("Rye is here. Only 3 left, act now!", "Only 3", "Only a few", False),
        ("Rye is here. Only 3 left", "is here", "is warm", True),
        ("Rye is here and left. We have 3 loaves.", "3 loaves", "only 3", True),
        ("Rye: the 3 left are warm.", "the 3", "only 3", False),
    ],
)
def test_a_rewording_is_judged_in_its_place_in_the_whole_text(
    library: Library, rules: RuleEngine, text: str, quote: str, words: str, *, stays: bool
) -> None:
    assert bool(rewording(library, rules, text, quote=quote, words=words, guideline=PRESSURE)) is stays


TEA = "Anzeige: Our tea lowers stress by 20% in 30 days. Paid partnership with Hafen. Tins of 50 g for £12, in 5 days."
SHEET = "What holds\n- F1 price: A tin costs £14\n- F2 promise: Sent within 7 days"


@pytest.mark.parametrize(
    ("quote", "words", "stays"),
    [
        ("lowers stress by 20% in 30 days", "may help within 30 days, for up to 20% of us", True),
        ("lowers stress by 20% in 30 days", "lowers stress by 50% in 30 days", False),
        ("lowers stress by 20% in 30 days", "lowers stress by 5% in 12 days", False),
        ("lowers stress by 20% in 30 days", "lowers stress in 20 days", False),
        ("lowers stress by 20% in 30 days", "lowered stress for 90 testers", True),
        ("lowers stress by 20% in 30 days", "lowered stress in 90 days", False),
        ("lowers stress by 20% in 30 days", "sent within 7 days", False),
        ("Anzeige: Our tea lowers stress", "Our tea may help", False),
        ("Anzeige: Our tea lowers stress", "Our tea may help (Anzeige)", True),
        ("Anzeige: Our tea lowers stress", "Paid partnership: our tea may help", True),
        ("by 20% in 30 days. Paid partnership with Hafen", "in 30 days", False),
        ("by 20% in 30 days. Paid partnership with Hafen", "in 30 days. Our paid partnership with Hafen", True),
        ("Tins of 50 g for £12", "Tins of 50 g for £14 [F1]", False),
    ],
)
def test_figures_keep_their_units_and_labels_stay(
    library: Library, rules: RuleEngine, quote: str, words: str, *, stays: bool
) -> None:
    case = Case("T1", "U1", Draft(TEA, context=SHEET), answers=((CLAIM, "Yes, 90 testers"),))
    found, start = library.find(CLAIM), TEA.index(quote)
    assert found
    rewordings = Rewordings(Brief(case, {}, b"s", sensitive=emails), rules, vocabulary(library))
    assert bool(rewordings.edit(found, (start, start + len(quote)), words)) is stays


LABELS = ("IN_FRONT", "TAGS", "PHRASES", "BY", "STAFF", "AI_TAGS", "SAYS_SO")


@pytest.mark.parametrize("name", LABELS)
def test_every_label_is_looked_for_before_labels_are_counted(name: str) -> None:
    every = [run or word for run, word in re.findall(r'"([^"]+)"|(\S+)', getattr(labelled, f"_{name}"))]
    assert [label for label in every if not may_hold_a_label(label)] == []


@pytest.mark.parametrize("label", ["Photo: ChatGPT", "Rendered by Sora", "Réalisé par intelligence artificielle"])
@pytest.mark.parametrize("stays", [True, False])
def test_a_label_that_names_a_tool_stays(library: Library, rules: RuleEngine, label: str, *, stays: bool) -> None:
    text = f"{label}. Only today, hurry up: our bread is here."
    words = f"{label}. Our bread is here" if stays else "Our bread is here"
    quote = text.removesuffix(".")
    assert bool(rewording(library, rules, text, quote=quote, words=words, guideline=PRESSURE)) is stays


@pytest.mark.parametrize(
    ("why", "stays"),
    [
        ("It costs more. [F1]", True),
        ("It was said. [P1]", True),
        ("It is more. [F2]", False),
        ("It costs more.", False),
    ],
)
def test_a_figure_comes_from_the_fact_or_post_that_the_point_shows(
    library: Library, rules: RuleEngine, why: str, *, stays: bool
) -> None:
    post = EarlierPost("A tin is £14.", "2026-11-01")
    case = Case("T1", "U1", Draft(TEA, context=SHEET), said_before=(post,))
    found, start = library.find(CLAIM), TEA.index("£12")
    assert found
    rewordings = Rewordings(Brief(case, {}, b"s", sensitive=emails), rules, vocabulary(library))
    assert bool(rewordings.edit(found, (start, start + 3), "£14", why=why)) is stays


def test_it_is_judged_for_the_platform_of_its_post(library: Library, rules: RuleEngine) -> None:
    post = f"{QUOTE} {'bread ' * 42}"
    text = f"LinkedIn: {post}\n\nX: {post}"
    words = "The bread that we like best of all the bread in town"
    assert rewording(library, rules, text, quote=QUOTE, words=words, guideline=CLAIM)
    assert (
        rewording(library, rules, text.replace(QUOTE, "Our bread", 1), quote=QUOTE, words=words, guideline=CLAIM)
        is None
    )


def test_a_point_of_another_family_may_outlast_it(library: Library, rules: RuleEngine) -> None:
    text = "Nine out of ten very sudden bakers would choose rye"
    assert [f.family for f in rules.findings(Draft(text))] == ["authenticity"]
    assert rewording(library, rules, text, quote="very sudden", words="slow", guideline=PRESSURE)
    assert rewording(library, rules, text, quote="very sudden", words="slow", guideline=CLAIM) is None


def test_of_an_emoji_or_a_hashtag_nothing_gets_lost(library: Library, rules: RuleEngine) -> None:
    text = "Rye. Hurry up 🔥 #rye @brio"
    assert rewording(library, rules, text, quote="Hurry up 🔥 #rye", words="Order by [date]", guideline=PRESSURE) == (
        "Rye. Order by [date] 🔥 #rye @brio"
    )
    assert (
        rewording(library, rules, "Rye. Hurry 🔥 up", quote="Hurry 🔥 up", words="Order by [date]", guideline=PRESSURE)
        is None
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Three weeks with the Tarn boots and I am in love. Thanks for the pair! #ad", "Ad: "),
        ("Three weeks with the Tarn boots and I am in love. Tarn gave me the pair.", "Gifted by Tarn: "),
        ("Three weeks with the Tarn boots and I am in love. Paid by Tarn.", "#ad "),
        ("Drei Wochen mit den Stiefeln. Danke für das Paar, liebe Leute von Tarn! #Anzeige", "Anzeige: "),
        ("Tres semanas con las botas. Gracias por el par. #publi", "Publicidad: "),
    ],
)
def test_a_label_may_move_to_the_first_words(library: Library, rules: RuleEngine, text: str, label: str) -> None:
    brief = Brief(Case("T1", "U1", Draft(text, "instagram")), {}, b"s", sensitive=emails)
    guideline = library.find(TIE)
    assert guideline
    first = text[: text.index(" ")]
    made = Rewordings(brief, rules, vocabulary(library)).edit(guideline, (0, len(first)), f"{label}{first}")
    assert made
    assert f"{text[: made.start]}{made.text}{text[made.end :]}" == f"{label}{text}"
