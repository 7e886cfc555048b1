"""The label that an answer calls for: what to write first, by platform and language, and the platform's own switch.

What stands behind the words is named with each of them, as background and never as legal advice. Beside that:

- “Gifted” alone leaves open whether something is advertising, so a gift is labelled as an ad that says so.
- Pictures, sound and films made with AI need a label only where a realistic asset is made so.
- The platforms' own switches change often. They come beside the label, never in place of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.core.findings import Edit, Finding
from bot.core.judging import Outcome
from bot.core.reading.labelled import is_labelled
from bot.core.reading.languages import ENGLISH, clear_language, language_of
from bot.core.reading.places import meet, parts_of, places_in
from bot.core.reading.ties import Tie, ai_tie, money_tie
from bot.core.reading.variants import split_variants
from bot.core.words import labels as label_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.core.deciding import Answer
    from bot.core.drafts import Draft
    from bot.core.guidelines import Severity
    from bot.core.judging import Critique
    from bot.core.reading.variants import Variant


COMMERCIAL = "transparency/commercial-disclosure"
AI_CONTENT = "transparency/ai-content-label"
_QUOTE = 40
_TAGGED = frozenset(("bluesky", "mastodon", "threads", "x"))
"""Where a label is commonly a hashtag."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The labels of one language. ``source`` names who asks for the words about money, or takes them for clear enough.

    ``checked`` is the day on which somebody last looked whether that still holds.
    """

    source: str
    link: str
    checked: str
    texts: Mapping[Tie, str]
    tags: Mapping[Tie, str]


AGED = 180
"""Days after which a wording has to be looked at again."""
_LOOKED = "2026-11-30"


@dataclass(frozen=True, slots=True)
class Market:
    """What stands behind the label there for what is made with AI. None of them asks for certain words.

    ``places`` are the codes of where it holds, as in `bot.core.reading.places`.
    """

    source: str
    link: str
    checked: str
    places: str
    ties: tuple[Tie, ...] = (Tie.PICTURE, Tie.FILM, Tie.VOICE)


MARKETS = {
    "EU": Market(
        "EU AI Act, Art. 50(4)", "https://eur-lex.europa.eu/eli/reg/2024/1689/oj", checked=_LOOKED, places="EU"
    ),
    "New York": Market(
        "New York General Business Law §396-b",
        "https://www.nysenate.gov/legislation/laws/GBS/396-B",
        checked=_LOOKED,
        places="US-NY",
        ties=(Tie.PICTURE, Tie.FILM),
    ),
    "UK": Market(
        "ASA and CAP, Disclosure of AI in Advertising (2025)",
        "https://www.asa.org.uk/news/disclosure-of-ai-in-advertising-striking-the-balance-between-creativity-and-responsibility.html",
        checked=_LOOKED,
        places="GB",
    ),
    "China": Market(
        "China's Measures for Labelling AI-Generated Synthetic Content, Art. 10",
        "https://www.cac.gov.cn",
        checked=_LOOKED,
        places="CN",
    ),
}
"""By the name that people read."""
_UNSAID = ("EU", "New York")
"""Whose laws stand behind the label for those who name no market, or none that is known."""


def _wording(source: str, link: str, texts: str, *, tag: str, gift: str) -> Wording:
    """``texts`` are a line for each tie, in their order; of the two tags one is for an ad, one for a gift."""
    lines = dict(zip(Tie, (f"{line.strip()} " for line in texts.strip().splitlines()), strict=True))
    return Wording(source, link, _LOOKED, texts=lines, tags={Tie.AD: f"{tag} ", Tie.GIFT: f"{gift} "})


WORDINGS = {
    "en": _wording(
        "FTC Endorsement Guides, 16 CFR 255 (US), and the ASA and CMA's influencers' guide of 2023 (UK)",
        "https://www.asa.org.uk/resource/influencers-guide.html",
        """Ad:
        Ad (gifted):
        I work for [company].
        AI-generated image.
        AI-generated video.
        AI-generated voice.
        Made with AI.""",
        tag="#ad",
        gift="#ad (gifted)",
    ),
    "de": _wording(
        "Medienanstalten, Leitfaden Werbekennzeichnung bei Online-Medien",
        "https://www.die-medienanstalten.de",
        """Anzeige:
        Werbung (Geschenk):
        Ich arbeite bei [Unternehmen].
        KI-generiertes Bild.
        KI-generiertes Video.
        KI-generierte Stimme.
        Mit KI erstellt.""",
        tag="#Anzeige",
        gift="#Werbung (Geschenk)",
    ),
    "fr": _wording(
        "Loi n° 2023-451 du 9 juin 2023, art. 5 et 5-2",
        "https://www.legifrance.gouv.fr/eli/loi/2023/6/9/2023-451/jo/texte",
        """Publicité :
        Publicité (produit offert) :
        Je travaille pour [entreprise].
        Images virtuelles (générées par IA).
        Vidéo générée par IA.
        Voix générée par IA.
        Créé avec une IA.""",
        tag="#Publicité",
        gift="#Publicité (produit offert)",
    ),
    "es": _wording(
        "Código de Conducta de Publicidad a través de Influencers (aea, AUTOCONTROL e IAB Spain, 2025)",
        "https://www.autocontrol.es",
        """Publicidad:
        Publicidad (producto regalado):
        Trabajo en [empresa].
        Imagen generada con IA.
        Vídeo generado con IA.
        Voz generada con IA.
        Hecho con IA.""",
        tag="#publicidad",
        gift="#publicidad (producto regalado)",
    ),
    "it": _wording(
        "IAP, Regolamento Digital Chart (2024)",
        "https://www.iap.it",
        """Pubblicità:
        Pubblicità (prodotto in omaggio):
        Lavoro per [azienda].
        Immagine generata con IA.
        Video generato con IA.
        Voce generata con IA.
        Creato con IA.""",
        tag="#pubblicità",
        gift="#pubblicità (prodotto in omaggio)",
    ),
    "nl": _wording(
        "Stichting Reclame Code, Reclamecode Social Media & Influencer Marketing (2022)",
        "https://www.reclamecode.nl/social-toelichting/",
        """Advertentie:
        Advertentie (gekregen):
        Ik werk bij [bedrijf].
        Met AI gemaakte afbeelding.
        Met AI gemaakte video.
        Met AI gemaakte stem.
        Gemaakt met AI.""",
        tag="#advertentie",
        gift="#advertentie (gekregen)",
    ),
    "pl": _wording(
        "Rekomendacje Prezesa UOKiK dotyczące oznaczania treści reklamowych przez influencerów (2022)",
        "https://uokik.gov.pl",
        """Reklama:
        Reklama (prezent):
        Pracuję w [firma].
        Obraz wygenerowany przez AI.
        Film wygenerowany przez AI.
        Głos wygenerowany przez AI.
        Stworzono z użyciem AI.""",
        tag="#reklama",
        gift="#reklama (prezent)",
    ),
    "pt": _wording(
        "Direção-Geral do Consumidor, guia sobre comunicação comercial no meio digital (2019)",
        "https://www.consumidor.gov.pt",
        """PUB:
        PUB (oferta):
        Trabalho na [empresa].
        Imagem gerada com IA.
        Vídeo gerado com IA.
        Voz gerada com IA.
        Feito com IA.""",
        tag="#PUB",
        gift="#PUB (oferta)",
    ),
}
"""By the language of the post."""
_SPOKEN = {
    "en": "AU GB IE NZ US",
    "de": "AT CH DE LI",
    "fr": "FR MC",
    "es": "AR BO CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV UY VE",
    "it": "IT SM VA",
    "nl": "NL",
    "pl": "PL",
    "pt": "AO BR CV MZ PT",
}
"""Where most posts are in a language."""


def aged(today: date) -> dict[str, str]:
    """The languages whose words nobody has looked at for long, with the day on which somebody last did."""
    return _aged(WORDINGS, today)


def aged_markets(today: date) -> dict[str, str]:
    """The same for what markets ask for."""
    return _aged(MARKETS, today)


def _aged(known: Mapping[str, Wording] | Mapping[str, Market], today: date) -> dict[str, str]:
    return {name: one.checked for name, one in known.items() if (today - date.fromisoformat(one.checked)).days > AGED}


_PAID_SWITCHES = {
    "facebook": "Paid partnership",
    "instagram": "Paid partnership",
    "linkedin": "Brand partnership",
    "pinterest": "Paid partnership",
    "snapchat": "Paid partnership",
    "tiktok": "Disclose commercial content",
    "youtube": "Includes paid promotion",
}
_AI_SWITCHES = {
    "facebook": "AI info",
    "instagram": "AI info",
    "threads": "AI info",
    "tiktok": "AI-generated content",
    "youtube": "Altered content",
}


@dataclass(frozen=True, slots=True)
class Label:
    """``text`` goes before the post, with the space after it; ``switch`` is the platform's own label, or "".

    ``markets`` are the names of those that ask for something beside it. ``source`` says where the words come from, or
    the wish for them, and ``checked`` when somebody last looked.
    """

    text: str
    switch: str = ""
    markets: tuple[str, ...] = ()
    source: str = field(default="", compare=False)
    checked: str = field(default="", compare=False)


def with_labels(
    critique: Critique,
    draft: Draft,
    answers: Iterable[Answer],
    severities: Mapping[str, Severity],
    markets: tuple[str, ...] = (),
    replies: str = "",
) -> Critique:
    """The critique with a point for each label that an answer calls for and that a post does not have yet.

    ``severities`` are those of the guidelines in force. A finding of the same guideline takes the label as its edit.
    ``markets`` are where posts are seen of which their author doesn't say it, ``replies`` the language of replies or
    "".
    """
    if critique.outcome is Outcome.NOT_A_DRAFT:
        return critique
    findings = list(critique.findings)
    for answer in answers:
        tie = tie_of(answer, has_pictures=bool(draft.pictures))
        if tie and answer.guideline in severities:
            for variant in split_variants(draft.text, draft.zones, draft.platform):
                seen = draft.markets or markets
                language = _language_of(variant.text, answer, seen, replies=replies)
                label = label_for(tie, variant.platform, language, markets=seen)
                if variant.text.strip() and not is_labelled(variant.text, tie, language):
                    _put(findings, variant, answer, label=label, severity=severities[answer.guideline])
    if not findings:
        return critique
    findings.sort(key=lambda finding: finding.severity.rank)
    return replace(critique, outcome=Outcome.FINDINGS, findings=tuple(findings))


def tie_of(answer: Answer, *, has_pictures: bool = False) -> Tie | None:
    """What has to be told, None where the answer calls for no label or does not say."""
    if answer.guideline == COMMERCIAL:
        return money_tie(answer.answer, answer.question)
    if answer.guideline == AI_CONTENT:
        return ai_tie(answer.answer, answer.question, has_pictures=has_pictures)
    return None


def _language_of(text: str, answer: Answer, markets: tuple[str, ...], *, replies: str) -> str:
    """The post's own language, or where it is too short to tell: the question's, the markets' and that of replies."""
    said = clear_language(text) or clear_language(f"{answer.question} {answer.answer}")
    return said or _spoken_in(markets) or replies or ENGLISH


def _spoken_in(markets: tuple[str, ...]) -> str:
    """The language of all the markets, "" where they have none in common."""
    seen = frozenset[str]().union(*(places_in(market).parts for market in markets))
    return next((name for name, places in _SPOKEN.items() if seen and seen <= parts_of(places)), "")


def label_for(tie: Tie, platform: str, language: str, markets: tuple[str, ...] = ()) -> Label:
    """The label for a post in this language, seen in these ``markets``."""
    commercial = tie in (Tie.AD, Tie.GIFT)
    switches = _PAID_SWITCHES if commercial else {} if tie is Tie.STAFF else _AI_SWITCHES
    wording = WORDINGS.get(language, WORDINGS[ENGLISH])
    texts = wording.tags if commercial and platform in _TAGGED else wording.texts
    own = commercial or (tie is Tie.PICTURE and wording is WORDINGS["fr"])  # which has its own words for these
    asking = [name for name, one in MARKETS.items() if tie in one.ties and meet(markets, parts_of(one.places))]
    known = any(places_in(market).parts for market in markets)
    unsaid = () if known or own else (name for name in _UNSAID if tie in MARKETS[name].ties)
    behind = [MARKETS[name] for name in (*asking, *unsaid)]
    source = "; ".join([*([wording.source] if own else []), *(one.source for one in behind)])
    checked = min([wording.checked, *(one.checked for one in behind)])
    return Label(texts[tie], switches.get(platform, ""), tuple(asking), source=source, checked=checked)


def ad_tag(text: str) -> str:
    """The hashtag that says in the language of a text that it was paid for."""
    return WORDINGS.get(language_of(text), WORDINGS[ENGLISH]).tags[Tie.AD].strip()


def _put(findings: list[Finding], variant: Variant, answer: Answer, label: Label, severity: Severity) -> None:
    lead = len(variant.text) - len(variant.text.lstrip())
    start, end = variant.start + lead, variant.start + len(variant.text)
    edit = Edit(start, start, label.text)
    markets = (label_words.IN_MARKETS[name] for name in label.markets)
    said = (
        label_words.switch(variant.platform, label.switch),
        *markets,
        label_words.source(label.source, label.checked),
    )
    more = " ".join(filter(None, said))
    for at, known in enumerate(findings):
        if known.guideline == answer.guideline and start <= known.start < end:
            moved = replace(edit, gone=known.edit.gone if known.edit else ())
            findings[at] = replace(known, edit=moved, why=" ".join(filter(None, (known.why, more))))
            return
    quote = _opening(variant.text[lead:])
    why = " ".join(filter(None, (label_words.why(answer.answer), more)))
    findings.append(Finding(answer.guideline, severity, start, end=start + len(quote), quote=quote, why=why, edit=edit))


def _opening(text: str) -> str:
    """The first words, as many as are needed to know the post again."""
    line = text.splitlines()[0].rstrip()
    cut = line[:_QUOTE].rpartition(" ")[0] if len(line) > _QUOTE else ""
    return cut.rstrip() or line[:_QUOTE]
