"""Every rule has a language, and says nothing about words that are clearly in another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import PLATFORMS, Draft
from bot.core.guidelines import RuleKind
from bot.core.reading.languages import is_in_another

if TYPE_CHECKING:
    from bot.core.guidelines import Library
    from bot.rules.engine import RuleEngine

HERE = Path(__file__).parent
POSTS = [line.split("\t") for line in (HERE / "other_languages.txt").read_text(encoding="utf-8").splitlines()]
LANGUAGES = ("de", "fr", "es", "nl")


BEGGING = {
    "de": "Freunde markieren",
    "es": "etiquetar amigos",
    "fr": "taguer des amis",
    "it": "taggare amici",
    "nl": "vrienden taggen",
    "pl": "oznaczanie znajomych",
    "pt": "marcar amigos",
}


def test_every_rule_of_words_carries_a_language(library: Library) -> None:
    rules = [rule for guideline in library.guidelines for rule in guideline.rules if rule.kind is RuleKind.FLAG]
    assert {rule.language for rule in rules} == {"en", "any", *BEGGING}
    named = {one: sorted(rule.name for rule in rules if rule.language == one) for one in ("any", *BEGGING)}
    everywhere = ["buried label", "claims in other languages", "green promise", "label behind hashtags"]
    mixed = ["cancel the hard way", "quiz for data", "stars for a reward"]
    assert named.pop("any") == sorted([*everywhere, *mixed, "tool without a label", "unreadable label"])
    hurrying = {"de": ["drängende Worte"], "es": ["palabras con prisa"], "fr": ["mots pressants"]}
    assert named == {language: sorted([name, *hurrying.get(language, ())]) for language, name in BEGGING.items()}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Etiqueta a tres amigos que necesitan este café", "Etiqueta a tres amigos"),
        ("Taguez trois amis", "Taguez trois amis"),
        ("Tagga tre amici", "Tagga tre amici"),
        ("Tag drie vrienden", "Tag drie vrienden"),
        ("Oznacz trzech znajomych", "Oznacz trzech znajomych"),
        ("Marca três amigos", "Marca três amigos"),
        ("Markiert eure Freunde", "Markiert eure Freunde"),
        ("“Taguez trois amis”, disait le concours. Nous, on préfère vous lire.", ""),
        ("«Etiqueta a tres amigos», decía el sorteo. Nosotros no lo pedimos.", ""),
        ("Ne taguez pas vos amis, racontez-nous plutôt votre été.", ""),
        ("No etiquetes a tus amigos, cuéntanos tu verano.", ""),
        ("Não marque os seus amigos, conte-nos o seu verão.", ""),
        ("Nie oznaczaj znajomych, opowiedz nam o lecie.", ""),
        ("Tag geen vrienden, vertel ons over je zomer.", ""),
        ("La etiqueta a mano de cada botella lleva el nombre de un amigo.", ""),
        ("La marca de dos amigos de Cádiz, ahora en la tienda.", ""),
        ("Identifiez une personne de confiance pour l'appel.", ""),
    ],
)
def test_begging_for_tags_is_found_in_each_language(text: str, quote: str, rules: RuleEngine) -> None:
    assert "".join(finding.quote for finding in rules.findings(Draft(text))) == quote


def test_there_are_ten_posts_in_each_language() -> None:
    assert {language: sum(one == language for one, _ in POSTS) for language in LANGUAGES} == dict.fromkeys(
        LANGUAGES, 10
    )


@pytest.mark.parametrize(("language", "text"), POSTS)
def test_an_ordinary_post_in_another_language_gets_no_finding(language: str, text: str, rules: RuleEngine) -> None:
    assert is_in_another("en", text)
    assert not is_in_another(language, text)
    assert [rules.findings(Draft(text, platform)) for platform in ("", *PLATFORMS)] == [()] * (len(PLATFORMS) + 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Act now! The bread is in the window and it is warm.", ["Act now!"]),
        ("Act now! #rye", ["Act now!"]),
        ("Das Brot ist da, und die Tür ist auf. Act now!", ["Act now!"]),
        ("Das Brot ist da, und die Tür ist auf. Last chance!", []),
        ("Das Brot ist da, und die Tür ist auf. Hurry up before it's gone!", ["Hurry up"]),
        ("Le Tour de France is over and we are back. Only 3 left!", ["Only 3 left"]),
        ("Die casting, la dolce vita, el pan: act now! We have it all in the window.", ["act now!"]),
        ("Unser Tag mit der neuen Bürste von @brioclean, wir sind und bleiben zufrieden. #spon", ["#spon"]),
        ("Das ist unser Zugang und der ist neu. password: correct7horse", ["password: correct7horse"]),
    ],
)
def test_what_is_in_the_rules_own_language_is_heard_in_any_company(
    text: str, found: list[str], rules: RuleEngine
) -> None:
    quotes = [finding.quote for finding in rules.findings(Draft(text))]
    assert bool(quotes) is bool(found), quotes
    assert all(any(words in quote for quote in quotes) for words in found)


def test_a_rule_in_another_language_is_silent_about_english() -> None:
    assert is_in_another("de", "The bread is in the window and it is warm.")
    assert is_in_another("sv", "The bread is in the window and it is warm.")
    assert not is_in_another("sv", "Brödet är varmt.")


def test_the_model_is_told_to_answer_in_the_language_of_the_draft(root: Path) -> None:
    prompt = (root / "prompts" / "critique.md").read_text(encoding="utf-8")
    assert "in the language of the draft" in " ".join(prompt.split())
