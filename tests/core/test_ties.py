"""What an answer says of money, gifts, jobs and AI, in each language that a post may be in."""

from __future__ import annotations

import pytest

from bot.core.reading.ties import Tie, ai_tie, money_tie, says_yes

PAID = {
    "en": "Paid|Yes, it's a paid partnership|Sponsored by the brand|We get a commission|The brand pays us",
    "de": "Bezahlt|Werbung|Bezahlte Kooperation|Markenbotschafterin|Von der Marke gesponsert|Wir bekommen Provision",
    "fr": "Rémunéré|Payé par la marque|Oui, partenariat rémunéré|C'est de la publicité|Sponsorisé",
    "es": "Pagado|Sí, es publicidad pagada|Colaboración remunerada|Patrocinado por la marca|Llevo comisión",
    "it": "Pagato|Sì, è pubblicità|Sponsorizzato|Collaborazione retribuita|Ricevo una provvigione",
    "nl": "Betaald|Ja, het is reclame|Gesponsord|Betaalde samenwerking|Ik krijg commissie",
    "pl": "Płatny|Tak, to reklama|Współpraca płatna|Sponsorowany przez markę|Dostaję prowizję|Opłacone",
    "pt": "Pago|Sim, é publicidade|Parceria paga|Patrocinado pela marca|Recebo comissão",
}
GIFTED = {
    "en": "Gifted|I was given it|A free sample|No, it was a gift|Not paid, but gifted|They gave me the boots",
    "de": "Geschenk|Geschenkt|Nein, ein Geschenk|Nicht bezahlt, aber gratis bekommen|Kostenlos zur Verfügung gestellt",
    "fr": "Offert|Cadeau|Non, produit offert|Pas payé, mais gratuit|Un échantillon",
    "es": "Regalo|Regalado|No, fue un regalo|No me pagaron, pero fue gratis|Una muestra",
    "it": "Omaggio|In regalo|No, è un regalo|Non pagato, ma gratuito|Un campione",
    "nl": "Gekregen|Cadeau|Nee, het was een cadeau|Niet betaald, maar gratis|Een proefmonster",
    "pl": "Prezent|Podarunek|Nie, to był prezent|Niepłatne, ale za darmo|Próbka",
    "pt": "Oferta|Oferecido|Não, foi um presente|Não pago, mas gratuito|Uma amostra",
}
STAFF = {
    "en": "Works there|I'm an employee|It's my own company|We're the founders",
    "de": "Arbeitet dort|Angestellt|Meine eigene Firma|Gründerin",
    "fr": "Travaille là-bas|Employée|C'est mon entreprise|Fondatrice",
    "es": "Trabaja allí|Empleada|Es mi empresa|Fundadora",
    "it": "Lavora lì|Dipendente|È la mia azienda|Fondatrice",
    "nl": "Werkt daar|Medewerker|Mijn eigen bedrijf|Oprichter",
    "pl": "Pracuje tam|Pracownik|To moja firma|Założycielka",
    "pt": "Trabalha lá|Funcionária|É a minha empresa|Fundadora",
}
NO_TIE = {
    "en": "No|No tie|Not paid|Neither paid, gifted nor employed|Unpaid|Paid for it myself|Nobody paid us",
    "de": "Nein|Keine|Nicht bezahlt|Weder bezahlt noch geschenkt|Unbezahlt|Selbst bezahlt|Kein Geschenk",
    "fr": "Non|Aucun lien|Non, pas rémunéré|Ni payé ni offert|Payé de ma poche|Personne ne m'a payé",
    "es": "No|Ningún vínculo|No, no es pagado|Ni pagado ni regalado|Pagado de mi bolsillo|Nadie me pagó",
    "it": "No|Nessun legame|Non pagato|Né pagato né regalato|Pagato di tasca mia|Nessuno mi ha pagato|Mai pagato",
    "nl": "Nee|Geen band|Niet betaald|Niet betaald, noch gekregen|Zelf betaald|Niemand heeft betaald",
    "pl": "Nie|Żadne|Nie, niepłatne|Ani płatne, ani podarowane|Sam zapłaciłem|Nikt nie zapłacił",
    "pt": "Não|Nenhuma|Não, não é pago|Nem pago nem oferecido|Pago do meu bolso|Ninguém me pagou",
}


def each(listed: dict[str, str]) -> list[str]:
    return [answer for line in listed.values() for answer in line.split("|")]


@pytest.mark.parametrize("answer", each(PAID))
def test_money(answer: str) -> None:
    assert money_tie(answer, "") is Tie.AD


@pytest.mark.parametrize("answer", each(GIFTED))
def test_a_gift(answer: str) -> None:
    assert money_tie(answer, "") is Tie.GIFT


@pytest.mark.parametrize("answer", each(STAFF))
def test_a_job(answer: str) -> None:
    assert money_tie(answer, "") is Tie.STAFF


@pytest.mark.parametrize("answer", each(NO_TIE))
def test_no_tie(answer: str) -> None:
    assert money_tie(answer, "") is None
    assert money_tie(answer, "Was it paid? Payé ? Bezahlt? ¿Pagado? Betaald? Płatne? Pago?") is None


@pytest.mark.parametrize(
    ("yes", "no", "question", "tie"),
    [
        ("Yes", "No", "Was this post paid for?", Tie.AD),
        ("Yep", "Nope", "Were the boots a gift or not?", Tie.GIFT),
        ("Ja", "Nein", "Wurde der Beitrag bezahlt?", Tie.AD),
        ("Genau", "Nö", "Gibt es eine Zusammenarbeit?", Tie.AD),
        ("Oui", "Non", "Ce post est-il rémunéré ?", Tie.AD),
        ("Oui", "Non", "Est-ce que quelqu'un vous a payé pour ce post ?", Tie.AD),
        ("Sí", "No", "¿Te regalaron la crema?", Tie.GIFT),
        ("Si", "No", "¿Te han pagado?", Tie.AD),
        ("Sì", "No", "Il post è sponsorizzato?", Tie.AD),
        ("Sì", "No", "Il prodotto era in omaggio?", Tie.GIFT),
        ("Klopt", "Nee", "Is dit bericht betaald?", Tie.AD),
        ("Ja", "Nee", "Heb je de schoenen gekregen?", Tie.GIFT),
        ("Tak", "Nie", "Czy ten wpis jest sponsorowany?", Tie.AD),
        ("Tak", "Nie", "Czy pracujesz w tej firmie?", Tie.STAFF),
        ("Sim", "Não", "A publicação é paga?", Tie.AD),
        ("Sim", "Não", "Trabalhas na empresa?", Tie.STAFF),
    ],
)
def test_a_yes_and_a_no_answer_their_question(yes: str, no: str, question: str, tie: Tie) -> None:
    assert money_tie(yes, question) is tie
    assert money_tie(no, question) is None
    assert says_yes(yes)
    assert not says_yes(no)


@pytest.mark.parametrize(
    ("answer", "tie"),
    [
        ("Paid, not gifted", Tie.AD),
        ("Gifted (not paid)", Tie.GIFT),
        ("Not paid; it was a gift", Tie.GIFT),
        ("Not only gifted but paid", Tie.AD),
        ("Paid? No.", None),
        ("Gifted, and I work there", Tie.GIFT),
        ("A gift, and the video is a paid partnership", Tie.AD),
        ("Yes, but not paid", None),
        ("We weren't paid", None),
        ("I wasn't paid, gifted or employed", None),
        ("Ad-free", Tie.AD),
    ],
)
def test_what_is_denied_counts_for_its_own_clause(answer: str, tie: Tie | None) -> None:
    assert money_tie(answer, "Was it paid?") is tie


MADE = {
    "en": "AI image|Made with AI|Yes, with Midjourney|ChatGPT made the photo|made with ai|A.I. made it",
    "de": "KI-Bild|Mit KI erstellt|Ja, mit künstlicher Intelligenz|KI-generiert",
    "fr": "Image IA|Oui, créée avec l'IA|Générée par intelligence artificielle|Par une IA",
    "es": "Imagen con IA|Sí, hecha con IA|Con inteligencia artificial|Generada",
    "it": "Immagine IA|Sì, creata con l'IA|Con l'intelligenza artificiale|Generata",
    "nl": "AI-afbeelding|Ja, met AI gemaakt|Met kunstmatige intelligentie|Gegenereerd",
    "pl": "Obraz AI|Tak, wygenerowane|Przez sztuczną inteligencję|Stworzone przez AI",
    "pt": "Imagem com IA|Sim, feita com IA|Com inteligência artificial|Gerada",
}
NOT_MADE = {
    "en": "No|Not AI|A real photo|AI? No.|No AI was used|We don't use AI",
    "de": "Nein|Kein KI-Bild|Ein echtes Foto|Ohne KI",
    "fr": "Non|Pas d'IA|Une vraie photo|J'ai pris la photo moi-même|Sans IA",
    "es": "No|Sin IA|Una foto real|No es IA",
    "it": "No|Senza IA|Foto vera|Foto fatta ai ragazzi del negozio, e non è altro che questo",
    "nl": "Nee|Geen AI|Echte foto|Zonder AI",
    "pl": "Nie|Bez AI|Prawdziwe zdjęcie|To nie AI",
    "pt": "Não|Sem IA|Foto verdadeira|Não é IA",
}


@pytest.mark.parametrize("answer", each(MADE))
def test_made_with_ai(answer: str) -> None:
    assert ai_tie(answer, "", has_pictures=True) is Tie.PICTURE


@pytest.mark.parametrize("answer", each(NOT_MADE))
def test_not_made_with_ai(answer: str) -> None:
    assert ai_tie(answer, "Was the picture made with AI?", has_pictures=True) is None


@pytest.mark.parametrize(
    ("answer", "question", "tie"),
    [
        ("Yes", "Was the video generated?", Tie.FILM),
        ("Partly", "Was the picture made with AI?", Tie.PICTURE),
        ("Ja", "Wurde das Bild mit KI erstellt?", Tie.PICTURE),
        ("En partie", "L'image a-t-elle été générée par IA ?", Tie.PICTURE),
        ("Teilweise", "Ist die Stimme KI-generiert?", Tie.VOICE),
        ("Oui", "L'image a-t-elle été créée avec l'IA ?", Tie.PICTURE),
        ("Oui", "La voix est-elle générée par IA ?", Tie.VOICE),
        ("Sí", "¿La imagen está hecha con IA?", Tie.PICTURE),
        ("Sì", "Il video è stato generato con l'IA?", Tie.FILM),
        ("Ja", "Is de afbeelding met AI gemaakt?", Tie.PICTURE),
        ("Tak", "Czy głos wygenerowała sztuczna inteligencja?", Tie.VOICE),
        ("Sim", "A imagem foi gerada com IA?", Tie.PICTURE),
        ("Yes, all of it", "Was this made with AI?", Tie.MADE_WITH_AI),
        ("Oui, entièrement", "Créé avec l'IA ?", Tie.MADE_WITH_AI),
        ("Yes", "Is it a real photo, or made with AI?", None),
        ("Yes, it's real", "Was the photo made with AI?", None),
        ("Yes, AI video, no real people", "", Tie.FILM),
        ("Yes", "Was this made with AI?", None),
    ],
)
def test_what_was_made(answer: str, question: str, tie: Tie | None) -> None:
    assert ai_tie(answer, question, has_pictures=False) is tie
