"""Every rule has a language, and says nothing about words that are clearly in another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import PLATFORMS, Draft
from bot.core.guidelines import RuleKind
from bot.core.reading import languages
from bot.core.reading.languages import UNKNOWN, clear_language, is_in_another, language_of, recognise_with
from bot.rules.text import recognised

if TYPE_CHECKING:
    from bot.core.guidelines import Library
    from bot.rules.engine import RuleEngine

HERE = Path(__file__).parent
POSTS = [line.split("\t") for line in (HERE / "other_languages.txt").read_text(encoding="utf-8").splitlines()]
LANGUAGES = ("de", "fr", "es", "nl")
UNREAD = [line.split("\t") for line in (HERE / "unread_languages.txt").read_text(encoding="utf-8").splitlines()]
"""Posts in languages that no check reads, the first of each with its code."""


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
    mixed = ["cancel the hard way", "no way out at all", "quiz for data", "stars for a reward"]
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


@pytest.mark.parametrize(("language", "text"), UNREAD, ids=[language for language, _ in UNREAD])
def test_a_post_in_a_language_that_no_check_reads_is_taken_for_none_that_one_does(
    language: str, text: str, rules: RuleEngine
) -> None:
    told = language_of(text)
    assert told not in {"en", "de", "fr", "es"}
    assert told == language or language not in {"it", "nl", "pl", "pt"}
    checks = rules.checks(Draft(text))
    assert checks.language == told
    assert checks.ran < checks.known / 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Свежий хлеб каждое утро с семи часов", UNKNOWN),
        ("毎朝七時から焼きたてのパンをどうぞ", UNKNOWN),
        ("خبز طازج كل صباح من الساعة السابعة", UNKNOWN),
        ("Meet us at IKEA Malmö on Saturday", "en"),
        ("Crème brûlée is back on the menu", "en"),
        ("#friluftsliv #sverige #hållbarhet", "en"),
        ("Kahvi ☕ https://example.com/the-coffee-you-are-looking-for-is-here", "en"),
        ("Ya!", "en"),
        ("Frisches Brot, jeden Morgen um sieben 🥐 #brot", "de"),
        ("Panadería abierta cada mañana", "es"),
        ("Boulangerie ouverte dimanche matin", "fr"),
    ],
)
def test_other_scripts_names_hashtags_and_a_few_letters_mislead_nobody(text: str, told: str) -> None:
    assert language_of(text) == told


@pytest.mark.parametrize("sign", ["\ud83d", "\0", "\u2028", "\x85", "__label__sv", "</s>", "🥐", "\u0301"])
def test_no_sign_hinders_a_language_from_being_recognised(sign: str) -> None:
    assert language_of(f"Uudet kengät ovat nyt kaupassa. {sign} Tervetuloa sovittamaan!{sign}") == "fi"
    assert language_of(sign * 400) == language_of("") == "en"


def test_an_english_rule_is_silent_in_a_language_that_has_no_small_words_here(rules: RuleEngine) -> None:
    finnish = "Uudet kengät ovat nyt kaupassa, tervetuloa sovittamaan! Last chance! Tervetuloa kahville."
    assert rules.findings(Draft(finnish)) == ()
    assert rules.findings(Draft(f"{finnish} Act now!"))
    assert rules.findings(Draft("New shoes are in the shop, come and try them on! Last chance! Coffee is on us."))


def test_without_a_recogniser_small_words_tell_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_Ear", type("_Ear", (), {"recognised": None}))
    assert language_of("Das Brot ist warm, und die Tür ist auf.") == "de"
    assert language_of("Kom forbi med vennerne") == "en"
    recognise_with(recognised)
    assert language_of("Kom forbi med vennerne og venindene") == "da"
    assert clear_language("10 % · 20 %") == ""
