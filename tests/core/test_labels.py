"""Where an answer calls for a label, the exact one is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.deciding import Answer
from bot.core.drafts import Draft, Picture
from bot.core.findings import Edit, Finding
from bot.core.guidelines import Severity
from bot.core.judging import Credentials, Critique, Outcome, Signature, UseOfAI
from bot.core.labels import (
    AI_CONTENT,
    COMMERCIAL,
    MARKETS,
    WORDINGS,
    Label,
    aged,
    aged_markets,
    label_for,
    tie_of,
    with_labels,
)
from bot.core.reading.labelled import is_labelled
from bot.core.reading.languages import clear_language, has_words_of, language_of
from bot.core.reading.ties import Tie, says_yes
from bot.core.words import labels as label_words

if TYPE_CHECKING:
    from pathlib import Path

SEVERITIES = {COMMERCIAL: Severity.MUST_FIX, AI_CONTENT: Severity.SHOULD_FIX}
POST = "Three weeks with the rain barrel and I am in love."
CLEAN = Critique(Outcome.NOTHING_TO_FLAG)


def answer(words: str, guideline: str = COMMERCIAL, question: str = "") -> Answer:
    return Answer(guideline, words, "U1", at="1.0", question=question)


@pytest.mark.parametrize(
    ("words", "question", "tie"),
    [
        ("Paid", "", Tie.AD),
        ("Paid or gifted", "", Tie.AD),
        ("A gift", "", Tie.GIFT),
        ("The product or service was a gift", "", Tie.GIFT),
        ("Paid partnership", "", Tie.AD),
        ("Bezahlt", "", Tie.AD),
        ("Geschenk", "", Tie.GIFT),
        ("Works there", "", Tie.STAFF),
        ("Neither paid nor gifted", "", None),
        ("No tie", "", None),
        ("Nicht bezahlt", "", None),
        ("Yes", "Was the barrel paid for?", Tie.AD),
        ("Yes", "Is this the brand's own account?", None),
        ("Yes", "", None),
        ("", "", None),
        ("Our own account", "", None),
    ],
)
def test_what_an_answer_about_money_calls_for(words: str, question: str, tie: Tie | None) -> None:
    assert tie_of(answer(words, question=question)) is tie


@pytest.mark.parametrize(
    ("words", "question", "pictures", "tie"),
    [
        ("The pictures are made with AI", "", False, Tie.PICTURE),
        ("Yes", "Was the video generated?", False, Tie.FILM),
        ("KI-generierte Stimme", "", False, Tie.VOICE),
        ("All of it is made with AI", "", False, Tie.MADE_WITH_AI),
        ("Partly made with AI", "", False, None),
        ("Partly made with AI", "", True, Tie.PICTURE),
        ("Nothing of it is made with AI", "", True, None),
        ("A real photo", "", True, None),
    ],
)
def test_what_an_answer_about_machines_calls_for(words: str, question: str, *, pictures: bool, tie: Tie | None) -> None:
    assert tie_of(answer(words, AI_CONTENT, question), has_pictures=pictures) is tie


def test_other_guidelines_call_for_no_label() -> None:
    assert tie_of(answer("Paid, with AI", "authenticity/claim-evidence")) is None


@pytest.mark.parametrize(
    ("tie", "platform", "text", "label"),
    [
        (Tie.AD, "instagram", POST, Label("Ad: ", "Paid partnership")),
        (Tie.AD, "instagram", "Drei Wochen mit der Tonne, und ich bin froh.", Label("Anzeige: ", "Paid partnership")),
        (Tie.AD, "x", POST, Label("#ad ")),
        (Tie.GIFT, "threads", "Das ist die Tonne", Label("#Werbung (Geschenk) ")),
        (Tie.GIFT, "youtube", POST, Label("Ad (gifted): ", "Includes paid promotion")),
        (Tie.STAFF, "linkedin", POST, Label("I work for [company]. ")),
        (Tie.PICTURE, "tiktok", POST, Label("AI-generated image. ", "AI-generated content")),
        (Tie.MADE_WITH_AI, "", POST, Label("Made with AI. ")),
    ],
)
def test_the_label_fits_the_platform_and_the_language(tie: Tie, platform: str, text: str, label: Label) -> None:
    assert label_for(tie, platform, language_of(text)) == label


POSTS = {
    "en": "We have the barrel in the shop and you can try it.",
    "de": "Die Tonne ist da, und wir sind froh. Das ist nicht alles.",
    "fr": "Nous avons les tonneaux dans la boutique et vous pouvez les essayer.",
    "es": "Tenemos los barriles en la tienda y el precio es para todos.",
    "it": "Abbiamo i barili che sono nel negozio e il prezzo è per tutti.",
    "nl": "Wij hebben de tonnen in de winkel en het is niet duur voor ons.",
    "pl": "Nasza beczka jest już w sklepie i nie jest droga dla nas.",
    "pt": "Temos os barris na loja e não são caros para uma casa.",
}


@pytest.mark.parametrize("language", WORDINGS)
def test_each_language_has_its_own_labels_with_their_source(language: str) -> None:
    wording, post = WORDINGS[language], POSTS[language]
    for tie in Tie:
        label = label_for(tie, "instagram", language_of(post))
        assert label.text == wording.texts[tie]
        assert is_labelled(f"{label.text}{post}", tie)
        assert not is_labelled(post, tie)
    for tie in (Tie.AD, Tie.GIFT):
        label = label_for(tie, "threads", language)
        assert (label.text, label.source) == (wording.tags[tie], wording.source)
        assert is_labelled(f"{label.text}{post}", tie)
    both = "EU AI Act, Art. 50(4); New York General Business Law §396-b"
    assert (label_for(Tie.FILM, "", language).source, label_for(Tie.VOICE, "", language).source) == (both, both[:21])
    assert label_for(Tie.STAFF, "", language).source == label_for(Tie.MADE_WITH_AI, "", language).source == ""
    assert (label_for(Tie.PICTURE, "", language).source == wording.source) is (language == "fr")


@pytest.mark.parametrize(
    ("text", "question", "markets", "replies", "label"),
    [
        ("Wow 💪", "Ce post est-il rémunéré ?", ("Germany",), "es", "Publicité : "),
        ("Wow 💪", "", ("Germany", "Austria"), "es", "Anzeige: "),
        ("Wow 💪", "", ("Belgium",), "es", "Publicidad: "),
        ("Wow 💪", "", ("Belgium",), "", "Ad: "),
        ("Wow 💪", "", (), "pl", "Reklama: "),
        ("Our new shoes 💪", "", ("Germany",), "de", "Ad: "),
        ("Neue Schuhe, neue Woche 💪", "Was this paid for?", ("UK",), "en", "Anzeige: "),
    ],
)
def test_where_a_post_is_too_short_to_tell_its_language_what_is_around_it_does(
    text: str, question: str, markets: tuple[str, ...], replies: str, label: str
) -> None:
    given = [answer("OK, publi", question=question)]
    (point,) = with_labels(CLEAN, Draft(text), given, severities=SEVERITIES, markets=markets, replies=replies).findings
    assert point.edit == Edit(0, 0, label)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wat een heerlijke koffie, echt een aanrader", "nl"),
        ("Uwielbiam ten krem, polecam każdemu", "pl"),
        ("Neue Schuhe, neue Woche 💪", "de"),
        ("Mon nouveau parfum préféré pour l'été ! Disponible partout dès aujourd'hui.", "fr"),
        ("Questa crema mi ha salvato la pelle", "it"),
        ("Adoro este creme, recomendo a todas", "pt"),
        ("Zapatos nuevos, semana nueva", "es"),
        ("New shoes, new week for our team", "en"),
        ("C'est l'heure d'un café", "fr"),
        ("Wow 💪", ""),
        ("OK", ""),
    ],
)
def test_short_posts_tell_their_language_or_nothing(text: str, language: str) -> None:
    assert clear_language(text) == language


def test_words_that_two_languages_share_tell_neither() -> None:
    assert has_words_of("de", "Brot und Butter")
    assert not has_words_of("de", "was in")
    assert not has_words_of("sv", "och")


def test_the_documents_name_each_label_with_its_source_and_day(root: Path) -> None:
    told = (root / "docs" / "brand-leads.md").read_text(encoding="utf-8")
    for one in WORDINGS.values():
        words = (one.texts[Tie.AD], one.texts[Tie.GIFT], one.texts[Tie.PICTURE])
        row = next(line for line in told.splitlines() if one.source in line and line.startswith("|"))
        assert all(f"`{label.strip()}`" in row for label in words)
        assert one.link in row
        assert one.checked in row


def test_words_that_nobody_has_looked_at_for_long_are_named() -> None:
    checked = date.fromisoformat(WORDINGS["fr"].checked)
    assert aged(checked + timedelta(days=180)) == {}
    assert aged(checked + timedelta(days=181))["fr"] == WORDINGS["fr"].checked
    checked = date.fromisoformat(MARKETS["EU"].checked)
    assert aged_markets(checked + timedelta(days=180)) == {}
    assert aged_markets(checked + timedelta(days=181))["EU"] == MARKETS["EU"].checked


@pytest.mark.parametrize(
    ("market", "asking"),
    [
        ("Germany", ["EU"]),
        ("Paris (France)", ["EU"]),
        ("DACH", ["EU"]),
        ("EU + UK", ["EU", "UK"]),
        ("USA", ["New York"]),
        ("us", ["New York"]),
        ("Scotland", ["UK"]),
        ("China", ["China"]),
        ("worldwide", [*MARKETS]),
        ("Northern Ireland", ["UK"]),
        ("Latin America", []),
        ("Brazil", []),
        ("South Korea", []),
        ("États-Unis", ["New York"]),
        ("Vereinigte Staaten", ["New York"]),
        ("U.S.A.", ["New York"]),
        ("Royaume-Uni", ["UK"]),
        ("Allemagne", ["EU"]),
        ("Union européenne", ["EU"]),
        ("New South Wales", []),
        ("New England", []),
        ("California", []),
        ("Non-EU", ["New York", "UK", "China"]),
    ],
)
def test_only_the_markets_where_a_post_is_seen_ask_for_something(market: str, asking: list[str]) -> None:
    label = label_for(Tie.PICTURE, "", "en", markets=(market, "Brazil"))
    assert list(label.markets) == asking
    assert label.source == "; ".join(MARKETS[name].source for name in asking)
    assert label_for(Tie.AD, "", "en", markets=(market,)).markets == ()
    assert "New York" not in label_for(Tie.VOICE, "", "en", markets=(market,)).markets
    assert label_for(Tie.STAFF, "", "en", markets=(market,)).source == ""


@pytest.mark.parametrize("markets", [(), ("Atlantis",), ("RoW",)])
def test_markets_that_are_not_known_count_as_none(markets: tuple[str, ...]) -> None:
    label = label_for(Tie.PICTURE, "", "en", markets=markets)
    assert label.markets == ()
    assert label.source == "EU AI Act, Art. 50(4); New York General Business Law §396-b"


def test_a_market_is_told_in_a_line_with_its_source_and_day_and_the_authors_own_goes_first() -> None:
    given = [answer("AI image", AI_CONTENT)]
    (point,) = with_labels(CLEAN, Draft(POST), given, severities=SEVERITIES, markets=("Germany",)).findings
    assert point.why.endswith(
        " EU: if it could pass for real, label the picture, video or audio too, in words or with the EU's AI icon."
        " Source: EU AI Act, Art. 50(4), checked 30 November 2026. This isn't legal advice."
    )
    own = Draft(POST, context="Audience: bakers\nMarket: Canada, USA")
    (point,) = with_labels(CLEAN, own, given, severities=SEVERITIES, markets=("Germany",)).findings
    assert "EU" not in point.why
    assert "New York: an ad has to say plainly if a person in it was made with AI. Source: New York" in point.why


def test_every_market_has_a_line_and_a_row_in_the_documents(root: Path) -> None:
    told = (root / "docs" / "brand-leads.md").read_text(encoding="utf-8")
    assert label_words.IN_MARKETS.keys() == MARKETS.keys()
    for name, one in MARKETS.items():
        row = next(line for line in told.splitlines() if line.startswith(f"| {name} |"))
        assert all(words in row for words in (one.source, one.link, one.checked))


@pytest.mark.parametrize(
    ("text", "tie", "labelled"),
    [
        ("Ad: our barrel", Tie.AD, True),
        ("Anzeige | die Tonne", Tie.AD, True),
        ("Our barrel (ad) is here", Tie.AD, True),
        ("So good #Ad.", Tie.GIFT, True),
        ("So good # #sale", Tie.GIFT, False),
        ("Our very first TV ad", Tie.AD, False),
        ("Paid partnership with @barrel", Tie.GIFT, True),
        (f"{POST * 3} #ad", Tie.AD, False),
        ("I work at Barrel", Tie.STAFF, True),
        ("Sunrise. Made with AI", Tie.PICTURE, True),
        ("Ad: Sunrise", Tie.PICTURE, False),
        ("PUB: o barril", Tie.AD, True),
        ("Pub quiz tonight", Tie.AD, False),
    ],
)
def test_what_a_post_says_already(text: str, tie: Tie, *, labelled: bool) -> None:
    assert is_labelled(text, tie) is labelled


def test_a_label_is_a_point_with_an_edit_at_the_start() -> None:
    critique = with_labels(CLEAN, Draft(f"\n{POST}", "instagram"), [answer("Paid")], severities=SEVERITIES)
    (point,) = critique.findings
    assert critique.outcome is Outcome.FINDINGS
    assert (point.quote, point.edit) == ("Three weeks with the rain barrel and I", Edit(1, 1, "Ad: "))
    assert (point.severity, point.start) == (Severity.MUST_FIX, 1)
    assert "“Paid partnership”" in point.why
    assert "You answered “Paid”" in point.why


def test_every_post_of_the_draft_gets_its_own() -> None:
    text = f"LinkedIn: We bake.\nX: {'a' * 60}\nIG: #ad We bake."
    critique = with_labels(CLEAN, Draft(text), [answer("A gift")], severities=SEVERITIES)
    assert [one.edit.text for one in critique.findings if one.edit] == ["Ad (gifted): ", "#ad (gifted) "]
    assert [one.quote for one in critique.findings] == ["We bake.", "a" * 40]
    assert all(text[one.start : one.end] == one.quote for one in critique.findings)


def test_a_point_of_the_same_guideline_takes_the_label() -> None:
    mild = Finding("a/b", Severity.CONSIDER, 0, end=5, quote="Three", why="Why.")
    known = Finding(
        COMMERCIAL, Severity.SHOULD_FIX, 21, end=32, quote="rain barrel", why="Why.", edit=Edit(21, 32, "[what]")
    )
    before = Critique(Outcome.FINDINGS, (mild, known))
    critique = with_labels(
        before, Draft(POST, "tiktok"), [answer("Paid"), answer("AI image", AI_CONTENT)], severities=SEVERITIES
    )
    assert [one.guideline for one in critique.findings] == [COMMERCIAL, AI_CONTENT, "a/b"]
    first = critique.findings[0]
    assert (first.key, first.edit) == (known.key, Edit(0, 0, "Ad: "))
    moves = replace(known, edit=Edit(0, 0, "#ad ", gone=((21, 25),)))
    (moved,) = with_labels(
        Critique(Outcome.FINDINGS, (moves,)), Draft(POST), [answer("Paid")], severities=SEVERITIES
    ).findings
    assert moved.edit == Edit(0, 0, "Ad: ", gone=((21, 25),))
    assert first.why.startswith(
        "Why. On TikTok, switch on its own label as well (“Disclose commercial content”). Source: "
    )
    assert first.why.endswith("(UK), checked 30 November 2026. This isn't legal advice.")


@pytest.mark.parametrize(
    ("text", "words", "severities"),
    [("Ad: bread", "Paid", SEVERITIES), (POST, "No tie", SEVERITIES), (POST, "Paid", {}), (" \n", "Paid", SEVERITIES)],
)
def test_nothing_is_added_where_nothing_is_called_for(text: str, words: str, severities: dict[str, Severity]) -> None:
    assert with_labels(CLEAN, Draft(text), [answer(words)], severities=severities) == CLEAN


def test_talk_needs_no_label_and_a_picture_is_taken_into_account() -> None:
    talk = Critique(Outcome.NOT_A_DRAFT)
    assert with_labels(talk, Draft(POST), [answer("Paid")], severities=SEVERITIES) == talk
    pictured = Draft(POST, pictures=(Picture(),))
    (point,) = with_labels(CLEAN, pictured, [answer("Made with AI", AI_CONTENT)], severities=SEVERITIES).findings
    assert point.edit == Edit(0, 0, "AI-generated image. ")


SLACK = "Slack changes some photos when they're uploaded, so that may be why."
FITS = "The signature matches the picture, but I can't tell whose it is."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Credentials(Signature.ABSENT), "This picture has no Content Credentials, which proves nothing either way."),
        (
            Credentials(Signature.BROKEN),
            f"This picture's Content Credentials no longer match it, so they prove nothing. {SLACK}",
        ),
        (
            Credentials(Signature.UNKNOWN, UseOfAI.MADE, "Loaf 2"),
            f"This picture's Content Credentials say it was made with AI (“Loaf 2”). {FITS}",
        ),
        (
            Credentials(Signature.TRUSTED, UseOfAI.EDITED),
            "This picture's Content Credentials say it was edited with AI. The signature is verified.",
        ),
    ],
)
def test_what_content_credentials_say_and_how_sure_that_is(said: Credentials, told: str) -> None:
    assert label_words.credentials(1, said, 1) == told
    assert label_words.credentials(2, said, 3) == told.replace("This picture", "Picture 2")


def test_broken_credentials_are_told_and_suggest_nothing() -> None:
    broken = Credentials(Signature.BROKEN, UseOfAI.MADE, "Loaf 2")
    assert f"But they no longer match the picture, so don't rely on them. {SLACK}" in label_words.credentials(
        1, broken, 1
    )
    assert [replace(broken, signature=one).suggests_ai for one in (Signature.BROKEN, Signature.UNKNOWN)] == [
        False,
        True,
    ]
    assert not Credentials(Signature.TRUSTED).suggests_ai


@pytest.mark.parametrize(("said", "yes"), [("Yes", True), ("Ja, alles", True), ("No", False), ("", False)])
def test_a_plain_yes(said: str, yes: bool) -> None:  # noqa: FBT001 - a table
    assert says_yes(said) is yes
