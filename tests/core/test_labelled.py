"""What counts as a label in a post, and what only looks like one."""

from __future__ import annotations

import pytest

from bot.core.reading.labelled import is_labelled, labels_in
from bot.core.reading.ties import Tie


@pytest.mark.parametrize(
    "text",
    [
        "Ad: our barrel",
        "AD Our barrel",
        "[Ad] Our barrel",
        "Our barrel (ad) is here",
        "So good #Ad.",
        "Big news | Ad",
        "Sponsored by Barrel",
        "This post is sponsored by Barrel",
        "They paid me to say so",
        "Paid partnership with @barrel",
        "*Anzeige* Unsere Tonne",
        "Anzeige 🥐 Brot",
        "Werbung\nUnsere Tonne",
        "WERBUNG Unsere Tonne",
        "Gesponsert von Tonne: die neue",
        "Bezahlte Partnerschaft mit @tonne",
        "#werbung Unsere Tonne",
        "En partenariat rémunéré avec Sézane : ma robe",
        "Collaboration commerciale avec @tonneau",
        "Publicité : le tonneau",
        "Patrocinado por Barril",
        "Patrocinado: la crema",
        "Publi | La crema nueva del barrio",
        "Sponsorizzato da Botte",
        "#adv il nuovo profumo che non è caro",
        "ADV Il profumo che non è caro",
        "Advertentie: de ton",
        "Betaalde samenwerking met @ton",
        "Reclame | Deze crème",
        "Współpraca płatna z @beczka",
        "Materiał reklamowy: beczka",
        "Parceria remunerada com @barril",
        "PUB: o barril",
    ],
)
def test_what_says_that_it_is_an_ad(text: str) -> None:
    assert is_labelled(text, Tie.AD)
    assert is_labelled(text, Tie.GIFT)


@pytest.mark.parametrize(
    "text",
    [
        "This is not an ad, just love.",
        "Not a paid partnership, just love.",
        "Nobody paid me to say so",
        "No ads, no fuss: our new app.",
        "Ad-free at last",
        "Ads & more",
        "Our very first TV ad",
        "We sponsored our local team this year",
        "The stadium is sponsored by Barrel",
        "This post isn't sponsored by Barrel",
        "Pub quiz tonight",
        "Quiz tonight #pub",
        "What a day #adv",
        "Werbung, die nervt",
        "„Werbung“ nervt uns alle",
        "Unbezahlte Partnerschaft mit @tonne",
        "#ad Unsere neue Creme ist da und wir lieben sie.",
        "Ad: Unsere neue Creme ist da und wir lieben sie.",
        "#ad La crema nueva que me ha salvado la piel",
        "#colab La crema nueva que me ha salvado la piel",
        "Pas de publicité, promis",
        "Sin publicidad, lo prometo",
        "Reklama nie kłamie",
        "Reclame maken is een vak",
        "Reklama czy sztuka?",
    ],
)
def test_what_is_no_label_of_an_ad(text: str) -> None:
    assert not is_labelled(text, Tie.AD)


@pytest.mark.parametrize(
    "text",
    [
        "Sunrise. Made with AI",
        "AI-generated image",
        "AI image: the lobby to come",
        "Generated using artificial intelligence",
        "Sunrise #madewithai",
        "How the lobby will look: AI-generated image",
        "AI-generated image of a knight against the sky, why not",
        "Can you guess the street? AI-generated image.",
        "How to spot AI-generated images (this one is AI-generated)",
        "See how it looks in these AI-generated images",
        "How the lobby will look in this AI-generated image",
        "AI-generated images of how the flat could look",
        "AI-generated images of our favourite spot in town",
        "AI-generated image that shows why we love the sea",
        "KI-generierte Bilder davon wie die Wohnung aussehen könnte",
        "Spot mit KI erstellt",
        "Foto generada por IA como ejemplo",
        "Así quedaría: imagen generada con IA como muestra",
        "Image générée par IA pour montrer comment serait le salon",
        "KI-generiertes Bild",
        "Mit KI erstellt",
        "Bild mit KI",
        "Foto: KI",
        "Bild: ChatGPT",
        "Images virtuelles",
        "Image générée par intelligence artificielle",
        "Vidéo créée avec l'IA",
        "Imagen creada con inteligencia artificial",
        "Immagine creata con l'intelligenza artificiale",
        "Afbeelding gemaakt met AI",
        "Met AI gegenereerde afbeelding",
        "Zdjęcie wygenerowane AI",
        "Obraz stworzony przez sztuczną inteligencję",
        "Imagem gerada por IA",
    ],
)
def test_what_says_that_it_was_made_with_ai(text: str) -> None:
    assert is_labelled(text, Tie.PICTURE)


@pytest.mark.parametrize(
    "text",
    [
        "Ein Ausflug mit Kindern in die Alpen",
        "Kein KI-generiertes Bild, alles echt!",
        "Ohne KI erstellt",
        "Nicht mit KI gemacht",
        "We don't use AI-generated images.",
        "We made our AI better",
        "Our new AI image generator is here",
        "Our AI made us faster",
        "J'ai créé cette image",
        "Foto fatta ai ragazzi che non è finita",
        "Zdjęcie bez AI",
        "Sin IA, hecho a mano",
        "Ad: Sunrise",
        "How to spot AI-generated images",
        "How to make AI-generated images",
        "How AI-generated images changed our work",
        "Learn how to label AI-generated images",
        "We show how you can tell if a picture is AI-generated",
        "This is how people spot AI-generated images",
        "Real vs AI-generated images",
        "Spot the AI-generated images",
        "Cómo reconocer imágenes generadas por IA",
        "Cómo crear imágenes generadas por IA",
        "Wie du KI-generierte Bilder kennzeichnest",
        "Warum KI-generierte Bilder nerven",
        "5 tips for detecting AI-generated images before you share them",
        "Why AI-generated videos fool us",
        "AI-generated images are everywhere.",
        "Is this picture AI-generated? We asked our readers.",
        "Our talk on Friday is about AI-generated pictures.",
        "Woran du KI-generierte Bilder erkennst",
        "Comment reconnaître une image générée par IA",
        "Cómo detectar imágenes generadas con IA",
        "Come riconoscere le immagini generate con IA",
        "Hoe je met AI gemaakte beelden herkent",
    ],
)
def test_what_does_not_say_that_it_was_made_with_ai(text: str) -> None:
    assert not is_labelled(text, Tie.PICTURE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I work at Barrel", True),
        ("Ich arbeite bei Tonne", True),
        ("Je travaille chez Tonneau", True),
        ("Pracuję w Beczce", True),
        ("I work out every day", False),
        ("I don't work for Barrel", False),
        ("Nie pracuję w Beczce", False),
    ],
)
def test_what_says_where_its_author_works(text: str, *, told: bool) -> None:
    assert is_labelled(text, Tie.STAFF) is told


def test_a_language_that_is_known_decides_what_a_short_word_means() -> None:
    assert is_labelled("#adv Nuovo", Tie.AD, "it")
    assert not is_labelled("#adv Nuovo", Tie.AD, "en")
    assert not is_labelled("#ad Neue Schuhe", Tie.AD, "de")


def test_labels_are_counted_wherever_they_stand() -> None:
    text = f"Anzeige: tea. {'More of it. ' * 20}Paid partnership with Hafen. I work for Hafen. #ad"
    assert dict(labels_in(text, "en")) == {Tie.AD: 3, Tie.STAFF: True, Tie.PICTURE: False}
    assert dict(labels_in("Tea. Image made with AI", "en")) == {Tie.AD: 0, Tie.STAFF: False, Tie.PICTURE: True}
