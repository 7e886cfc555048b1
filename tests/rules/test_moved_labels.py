"""A label that stands too late or is abbreviated moves to the start: the clean text has it once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft
from bot.core.findings import clean_text, one_per_sentence
from bot.core.reading.variants import split_variants
from bot.flows.reviewing import rule_findings

if TYPE_CHECKING:
    from bot.rules.engine import RuleEngine

LONG = (
    "Two weeks with this chair and my back has stopped complaining. It folds flat, it fits behind the door, and it "
    "costs less than dinner."
)


def cured(rules: RuleEngine, text: str) -> str:
    """The post to copy with every certain change in it."""
    certain = [finding for finding in rule_findings(Draft(text), rules) if not finding.lead]
    made = clean_text("0", text, one_per_sentence(certain, text), variants=split_variants(text))
    return made.posts[0][1]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"{LONG} #chairs #spon #home", f"#ad {LONG} #chairs #home"),
        (f"{LONG}\n\n#chairs #home #spon", f"#ad {LONG}\n\n#chairs #home"),
        (f"{LONG}\n#spon\nLink in bio.", f"#ad {LONG}\nLink in bio."),
        (f"Instagram\n\n{LONG} #chairs #Sponsored", f"#Sponsored {LONG} #chairs"),
        (f"{LONG} #chairs #werbung #zuhause", f"#werbung {LONG} #chairs #zuhause"),
        (
            "Loving my new kettle! #kitchen #tea #morning #home #ad",
            "#ad Loving my new kettle! #kitchen #tea #morning #home",
        ),
        ("Loving my new kettle!\n\n#tea #morning #home #ad", "#ad Loving my new kettle!\n\n#tea #morning #home"),
        (f"{LONG} #chairs #home #folding #ad", f"#ad {LONG} #chairs #home #folding"),
        (f"{LONG} #sp #chairs", f"#ad {LONG} #chairs"),
        (f"{LONG} #spon #ad #chairs", f"#ad {LONG} #chairs"),
        ("Sitting well with @foldaway #one #sp #chairs", "#ad Sitting well with @foldaway #one #chairs"),
    ],
)
def test_the_clean_text_has_one_label_and_has_it_first(rules: RuleEngine, text: str, clean: str) -> None:
    assert cured(rules, text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Best chair I've had in years #sp",
        "Best chair I've had in years! #SP #chairs",
        "My desk, my rules.\n\n#desk #sp.",
    ],
)
def test_an_abbreviated_label_is_caught_where_it_is_the_only_one(rules: RuleEngine, text: str) -> None:
    (finding,) = [one for one in rule_findings(Draft(text), rules) if one.rule == "abbreviated label"]
    assert (finding.quote.lower(), finding.lead) == ("#sp", False)


@pytest.mark.parametrize(
    "text",
    [
        "Sunday league, mud and all #sport #sp0rt #spring #spa #sportswear",
        "First coffee of the trip in São Paulo #sp #coffee",
        "Sunset over Avenida Paulista #sp",
        "Bread at six, as ever. spon sp",
        "#ad Best chair I've had in years #sp",
        "Heute gibt es frisches Brot und ihr seid eingeladen, wir sind ab sechs da #sp",
    ],
)
def test_what_only_looks_like_one_is_left_alone(rules: RuleEngine, text: str) -> None:
    assert not [one for one in rule_findings(Draft(text), rules) if one.rule == "abbreviated label"]


LATE = (
    "Up to 60% off in the clearance sale until Sunday at the shop behind the link, with jackets, shirts, jeans and "
    "some shoes among it all, and 10% more with the code SPRING. #ad"
)


@pytest.mark.parametrize(("platform", "found"), [("", True), ("instagram", True), ("x", False), ("bluesky", False)])
def test_a_label_comes_late_only_where_a_feed_cuts_the_post_off(
    rules: RuleEngine, platform: str, *, found: bool
) -> None:
    assert bool([one for one in rule_findings(Draft(LATE, platform), rules) if one.rule == "buried label"]) is found


@pytest.mark.parametrize("tag", ["#adívida", "#Adıyaman", "#ad\N{GREEK SMALL LETTER ALPHA}"])
def test_a_word_that_only_begins_like_a_label_is_none(rules: RuleEngine, tag: str) -> None:
    text = f"Novos livros chegaram e a editora mostra tudo esta semana na loja. {'Boas leituras! ' * 6}#a #b #c {tag}"
    assert [one.rule for one in rule_findings(Draft(text), rules)] == []
